"""The edition id: eight characters that change with any word of a publication, and with nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from pipeline.model.publication import Imprint, Picture, Publication

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32, which leaves out letters that a reader may take for another."""
LENGTH = 8

NOT_CONTENT = frozenset({"span", "edition", "theme", "paper", "sources"})
"""Fields that say where something stands or how it looks, not what it says."""


def edition(publication: Publication) -> str:
    """The id of a publication's words and pictures; the same on every machine and for every format."""
    number = int.from_bytes(digest(publication, leave_out=NOT_CONTENT)[:5])
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def digest(value: object, leave_out: frozenset[str] = frozenset()) -> bytes:
    """SHA-256 of a value of the model, whatever the process, machine or hash seed; fields in ``leave_out`` do not count."""
    canonical = json.dumps(_plain(value, leave_out), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()


def _plain(value: object, leave_out: frozenset[str]) -> Any:
    match value:
        case Picture():
            return hashlib.sha256(value.data).hexdigest()
        case Imprint() if "edition" in leave_out:
            return [value.name, value.url, value.contact, value.postal_address]
        case Mapping():
            return {str(key): _plain(item, leave_out) for key, item in value.items()}
        case tuple() | list():
            return [_plain(item, leave_out) for item in value]
        case date():
            return value.isoformat()
        case _ if is_dataclass(value):
            names = [field.name for field in fields(value) if field.name not in leave_out]
            return {"": type(value).__name__, **{name: _plain(getattr(value, name), leave_out) for name in names}}
        case _:
            return value

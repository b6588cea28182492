"""What a build writes down beside its outputs, so that the next one knows what has changed. It can be deleted at any time."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from pipeline.files import plain_bytes
from pipeline.frozen import dataclass
from pipeline.staging import WORK

STATE = f"{WORK}/state.json"
"""Path below ``build/``."""
FORM = 2

Parts = Mapping[str, str]
"""What an output is made from: a digest of each part, by what it is."""


@dataclass(frozen=True, slots=True)
class State:
    """Of the outputs below ``build/``."""

    keys: Mapping[str, str] = field(default_factory=dict)
    """Path -> the key with which it was made."""
    parts: Mapping[str, Parts] = field(default_factory=dict)
    """Path -> what it was made from."""
    manifest: str = ""
    """SHA-256 of the manifest."""

    @classmethod
    def load(cls, out: Path) -> State:
        """What was written down below ``out``; nothing where it cannot be told, so that all is built."""
        try:
            found = json.loads(plain_bytes(out / STATE))
            if found["form"] != FORM:
                return cls()
            keys, parts = _texts(found["keys"]), {str(path): _texts(each) for path, each in found["parts"].items()}
            return cls(keys, parts, str(found["manifest"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return cls()

    def dump(self) -> bytes:
        """The bytes of the file."""
        parts = {path: dict(each) for path, each in self.parts.items()}
        document = {"form": FORM, "keys": dict(self.keys), "parts": parts, "manifest": self.manifest}
        return (json.dumps(document, sort_keys=True, separators=(",", ":")) + "\n").encode()


def _texts(value: Mapping[str, str]) -> dict[str, str]:
    return {str(key): str(each) for key, each in value.items()}


def digest_of(file: Path | str) -> str:
    """SHA-256 of a file; empty where it cannot be read, or is a link: what that leads to is none of ours."""
    try:
        return hashlib.sha256(plain_bytes(file)).hexdigest()
    except OSError:
        return ""


def lies_at(place: str, size: int, digest: str) -> bool:
    """Whether a plain file of so many bytes with this SHA-256 lies at a place; one of another size is not read for that."""
    try:
        there = os.lstat(place)
    except OSError:
        return False
    return stat.S_ISREG(there.st_mode) and there.st_size == size and digest_of(place) == digest

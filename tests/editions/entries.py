"""Entries of a record, and the record as a file, for tests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipeline.editions import EDITIONS
from pipeline.editions.lines import dump
from pipeline.model.edition import Entry, Reinstated, Released, Withdrawn, WordingVersion
from pipeline.model.publication import PublicationKind

DAY = date(2026, 11, 22)


def released(
    id_: str,
    slug: str = "squat",
    format_: str = "pdf",
    *,
    kind: PublicationKind = "article",
    articles: Sequence[str] = (),
    language: str = "en-GB",
) -> Released:
    return Released(
        id=id_,
        slug=slug,
        kind=kind,
        title=f"How to {slug}",
        language=language,
        format=format_,
        sha256=hashlib.sha256(f"{id_} {format_}".encode()).hexdigest(),
        articles=tuple(articles) or (slug,),
        disclaimers=(WordingVersion("info", "1.1"),),
        checks={"errors": 0, "warnings": 1, "suppressed": 0},
        released=DAY,
    )


def withdrawn(slug: str = "squat", reason: str = "Step 2 was wrong.") -> Withdrawn:
    return Withdrawn(slug, f"How to {slug}", "en-GB", reason, DAY, "")


def reinstated(slug: str = "squat") -> Reinstated:
    return Reinstated(slug, DAY)


def lines(entries: Sequence[Entry]) -> list[str]:
    """The record's lines, without their ends."""
    head, made = "", []
    for entry in entries:
        line, head = dump(entry, head)
        made.append(line)
    return made


def write_record(content: Path, *entries: Entry) -> Path:
    """A record below ``content``."""
    content.mkdir(exist_ok=True)
    record = content / EDITIONS
    record.write_text("".join(f"{line}\n" for line in lines(entries)), "utf-8")
    return record

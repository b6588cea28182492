"""The findings of one file beside its lines, and the fixes that can be applied."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.checks.registry import checks
from pipeline.mend import Mended, apply, byte_order_mark
from pipeline.model.diagnostic import Diagnostic, Severity
from pipeline.preview.desk import Opened

ALL = "all"
"""Stands for all findings that can be mended."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding as the page shows it."""

    key: str
    """Names it, as long as it is where it is."""
    diagnostic: Diagnostic
    about: str
    """What its check looks for, in a sentence."""
    elsewhere: bool
    """Whether it is in another file, such as ``publisher.toml``."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source."""

    number: int
    text: str
    severity: str
    """Of the worst finding that starts on it; empty where none does."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What a fix would change."""

    mended: Mended
    digest: str
    """Of the text before and after: what was shown is what is applied, or nothing."""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The unified diff: each line's first character, and the rest."""
        return [(line[:1], line[1:]) for line in self.mended.diff().split("\n")[2:] if line]


def shown(opened: Opened) -> list[Shown]:
    """All findings, errors in front."""
    rules = checks()
    found = [
        Shown(key(each), each, rules[each.code].summary if each.code in rules else "", each.path != opened.path)
        for each in opened.checked.diagnostics
    ]
    return sorted(found, key=lambda each: (each.diagnostic.severity is not Severity.ERROR, each.diagnostic.sort_key))


def key(diagnostic: Diagnostic) -> str:
    """A short name of a finding."""
    place = f"{diagnostic.code}\0{diagnostic.line}\0{diagnostic.column}\0{diagnostic.message}"
    return f"{diagnostic.code}-{hashlib.sha256(place.encode()).hexdigest()[:10]}"


def lines(opened: Opened) -> list[Line]:
    """The lines of the source, those with findings marked."""
    worst: dict[int, str] = {}
    for each in opened.checked.diagnostics:
        if each.path == opened.path and worst.get(each.line) != Severity.ERROR.value:
            worst[each.line] = each.severity.value
    texts = opened.checked.article.source.splitlines()
    return [Line(number, text, worst.get(number, "")) for number, text in enumerate(texts, 1)]


def fix(opened: Opened, wanted: str) -> Fix | None:
    """What mending one finding, or all of them, would change; None where there is nothing to be mended."""
    chosen = _chosen(opened.checked.diagnostics, wanted)
    article = opened.checked.article
    after = apply(article.source, chosen)
    if not chosen or after == article.source:
        return None
    digest = hashlib.sha256(f"{article.source}\0{after}".encode()).hexdigest()
    return Fix(Mended(article.path, article.source, after, byte_order_mark(article)), digest)


def _chosen(diagnostics: Sequence[Diagnostic], wanted: str) -> list[Diagnostic]:
    return [each for each in diagnostics if each.fixable and wanted in {ALL, key(each)}]

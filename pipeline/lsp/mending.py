"""Quick fixes: the checks' own edits, the word that was meant, and the confirmation of what an import has guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from pipeline.frozen import dataclass
from pipeline.lsp.open_file import OpenFile
from pipeline.model.diagnostic import Diagnostic, Edit

_MEANT = re.compile(r"Did you mean `([^`]+)`\?")
_WORD = re.compile(r"[\w.#-]+")
_MARK = re.compile(r"(?<![ \t])[ \t]+#.*")
_GUESSED = "was guessed and is still to be confirmed"


@dataclass(frozen=True, slots=True)
class Mend:
    """Something that a click changes."""

    title: str
    edits: tuple[Edit, ...]
    diagnostic: Diagnostic
    preferred: bool = False
    """Whether it is the plain mend of what was found."""


def mends(file: OpenFile, diagnostics: Sequence[Diagnostic]) -> list[Mend]:
    """The quick fixes of some of a file's diagnostics."""
    return [mend for diagnostic in diagnostics for mend in _of(file, diagnostic)]


def _of(file: OpenFile, diagnostic: Diagnostic) -> Iterator[Mend]:
    if diagnostic.edits:
        yield Mend(diagnostic.help or f"Mend {diagnostic.code}", diagnostic.edits, diagnostic, preferred=True)
    if meant := _MEANT.search(diagnostic.help):
        yield from _meant(file, diagnostic, meant[1])
    if _GUESSED in diagnostic.message:
        line = file.index.line(diagnostic.line)
        if mark := _MARK.search(line):
            start = file.index.offset(diagnostic.line, mark.start() + 1)
            edit = Edit(start, start + len(mark.group()), "")
            yield Mend(f"Confirm {diagnostic.message.partition(' was')[0]}", (edit,), diagnostic)


def _meant(file: OpenFile, diagnostic: Diagnostic, word: str) -> Iterator[Mend]:
    """Put the word that was meant in the place of the one that is most like it where the finding is."""
    start = file.index.offset(diagnostic.line, diagnostic.column)
    end = file.index.offset(diagnostic.end_line, diagnostic.end_column)
    found = {match.group(): match.start() for match in _WORD.finditer(file.source, start, end)}
    near = get_close_matches(word, found.keys() - {word}, 1)
    if near:
        edit = Edit(found[near[0]], found[near[0]] + len(near[0]), word)
        yield Mend(f"Change `{near[0]}` to `{word}`", (edit,), diagnostic, preferred=True)

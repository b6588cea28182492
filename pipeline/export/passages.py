"""The passages of a finished page, read from its elements: HTML and the documents of an e-book alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.model.passage import Kind, Passage

Element = Any
"""An element of ``lxml`` or of ``xml.etree``; namespaces do not count."""

INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
"""Elements that do not part passages."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

BESIDE = frozenset({"nav", "footer", "script", "style", "template", "svg"})
"""Elements that are no part of an article's text: ways into it, imprint and colophon."""

OWN_KINDS: dict[str, Kind] = {"th": "cell", "td": "cell", "figcaption": "caption"}


class Run(NamedTuple):
    """A piece of text: that of an element, or what follows it."""

    element: Element
    text: str
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A passage, and the text or the picture that it was read from."""

    passage: Passage
    runs: tuple[Run, ...]
    """Those with words; of a picture, its element alone."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What an element makes of the words in it."""

    kind: Kind = "paragraph"
    level: int = 0
    lists: int = 0
    numbered: bool = False
    notes: bool = False


def read_passages(root: Element, shows: Callable[[Element], bool] = lambda _: True) -> list[Found]:
    """The passages below an article's element, in order; what ``shows`` says is not shown is left out.

    The publisher's line, which an e-book has on its title page, is left out as well.
    """
    reader = _Reader(shows)
    reader.read(root, _Around())
    return reader.found


@dataclass(slots=True)
class _Reader:
    """Gathers the words of a block until the next one starts."""

    shows: Callable[[Element], bool]
    found: list[Found] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    pictures: list[Run] = field(default_factory=list)

    def read(self, element: Element, around: _Around) -> None:
        if element.text:
            self.runs.append(Run(element, element.text))
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, child.tag.rpartition("}")[2], around)
            if child.tail:
                self.runs.append(Run(child, child.tail, follows=True))

    def _child(self, child: Element, tag: str, around: _Around) -> None:
        role, names = child.get("role"), child.get("class")
        if tag in BESIDE or role == "doc-backlink" or (names and "publisher" in names.split()) or not self.shows(child):
            return
        if tag == "img":
            self.pictures.append(Run(child, child.get("alt") or ""))
        elif tag in {"br", "hr"}:  # a rule between two lines of an item is no tag in a PDF, and parts nothing here
            self.runs.append(Run(child, " "))
        elif tag in INLINE:
            mark = role == "doc-noteref"
            self.runs += [Run(child, "[")] if mark else []
            self.read(child, around)
            self.runs += [Run(child, "]")] if mark else []
        else:
            self._flush(around)
            inner = _inner(tag, role, around)
            self.read(child, inner)
            self._flush(inner)

    def _flush(self, around: _Around) -> None:
        if self.runs:
            text = " ".join("".join([run.text for run in self.runs]).split())
            if text:
                counted = around.level if around.kind in {"heading", "step", "item"} else 0
                runs = tuple([run for run in self.runs if not run.text.isspace()])
                self.found.append(Found(Passage(around.kind, text, counted), runs))
            self.runs.clear()
        for run in self.pictures:
            if alternative := " ".join(run.text.split()):
                self.found.append(Found(Passage("picture", alternative), (run,)))
        self.pictures.clear()


@lru_cache(maxsize=256)
def _inner(tag: str, role: str | None, around: _Around) -> _Around:
    if role == "doc-endnotes":
        return replace(around, notes=True)
    if tag in {"ol", "ul"}:
        return replace(around, lists=around.lists + 1, numbered=tag == "ol")
    if tag == "li":
        if around.notes:
            return replace(around, kind="note", notes=False)
        return replace(around, kind="step" if around.numbered else "item", level=around.lists)
    if tag in HEADINGS:
        return replace(around, kind="heading", level=HEADINGS.index(tag) + 1)
    return replace(around, kind=OWN_KINDS[tag]) if tag in OWN_KINDS else around

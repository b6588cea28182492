"""The passages of a finished page, read from its elements: HTML and the documents of an e-book alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
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


def read_passages(root: Element, shows: Callable[[Element], bool] = lambda _: True) -> Iterator[Found]:
    """The passages below an article's element, in order; what ``shows`` says is not shown is left out.

    The publisher's line, which an e-book has on its title page, is left out as well.
    """
    yield from _Reader(shows).read(root, _Around())


@dataclass(slots=True)
class _Reader:
    """Gathers the words of a block until the next one starts."""

    shows: Callable[[Element], bool]
    runs: list[Run] = field(default_factory=list)
    pictures: list[Run] = field(default_factory=list)

    def read(self, element: Element, around: _Around) -> Iterator[Found]:
        self.runs.append(Run(element, element.text or ""))
        for child in element:
            yield from self._child(child, around)
            self.runs.append(Run(child, child.tail or "", follows=True))

    def _child(self, child: Element, around: _Around) -> Iterator[Found]:
        if not isinstance(child.tag, str):
            return
        tag = child.tag.rpartition("}")[2]
        names = (child.get("class") or "").split()
        if tag in BESIDE or child.get("role") == "doc-backlink" or "publisher" in names or not self.shows(child):
            return
        if tag == "img":
            self.pictures.append(Run(child, child.get("alt") or ""))
        elif tag in {"br", "hr"}:  # a rule between two lines of an item is no tag in a PDF, and parts nothing here
            self.runs.append(Run(child, " "))
        elif tag in INLINE:
            mark = child.get("role") == "doc-noteref"
            self.runs += [Run(child, "[")] if mark else []
            yield from self.read(child, around)
            self.runs += [Run(child, "]")] if mark else []
        else:
            yield from self._flush(around)
            inner = _inner(child, tag, around)
            yield from self.read(child, inner)
            yield from self._flush(inner)

    def _flush(self, around: _Around) -> Iterator[Found]:
        text = " ".join("".join(run.text for run in self.runs).split())
        if text:
            counted = around.level if around.kind in {"heading", "step", "item"} else 0
            yield Found(Passage(around.kind, text, counted), tuple(run for run in self.runs if run.text.strip()))
        for run in self.pictures:
            if alternative := " ".join(run.text.split()):
                yield Found(Passage("picture", alternative), (run,))
        self.runs.clear()
        self.pictures.clear()


def _inner(element: Element, tag: str, around: _Around) -> _Around:
    if element.get("role") == "doc-endnotes":
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

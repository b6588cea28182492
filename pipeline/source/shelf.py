"""Articles whose text is read when somebody wants it: of thousands only those that changed are opened."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from pipeline.model.article import Article, Outline
from pipeline.model.nodes import Heading, Link
from pipeline.model.walk import anchored
from pipeline.source.decode import decode
from pipeline.source.discover import SourceFile
from pipeline.source.findings import Findings
from pipeline.source.resources import file_path, is_local

KEPT = 16
"""Articles that are kept whole, the last ones that were wanted."""
LOOSE = 256
"""Articles whose bytes may lie there as they are, waiting to be read; room that all bytes at once had taken is not given back."""

_TOLD = ("metadata", "body_line", "parsed")
"""What the outline of an article tells of it."""

Known = Callable[[SourceFile, bytes], Outline | None]
"""Gives the outline of a file with these bytes where an earlier run has found it; None where it must be read for that."""


def outline_of(article: Article) -> Outline:
    """The outline of an article that is read."""
    ids, linked = list[str](), set[str]()
    for node in anchored([*article.body, *article.footnotes]):
        if isinstance(node, Heading):
            ids.append(node.id)
        elif isinstance(node, Link) and is_local(node.href):
            linked.add(file_path(node.href))
    slugs = {path.removesuffix(".md") for path in linked if path.endswith(".md")}
    return Outline(
        metadata=article.metadata,
        anchors=frozenset(ids),
        links=frozenset((slugs | set(article.metadata.related)) - {article.slug}),
        files=tuple(article.resources),
        body_line=article.body_line,
        parsed=article.parsed,
        digest=article.digest,
    )


class Shelved(Article):
    """An article that is read as far as somebody asks; what it says is the same at any time."""

    __slots__ = ("_data", "_outline", "_packed", "_shelf", "file")
    file: SourceFile
    _data: bytes
    _packed: bool
    _outline: Outline | None
    _shelf: Shelf

    @property
    def data(self) -> bytes:
        """The bytes of its file."""
        return self._shelf.unpacked(self, self._data) if self._packed else self._data

    def pack(self) -> None:
        """Hold its bytes in less room; nobody is expected to ask for them soon."""
        if not self._packed:
            object.__setattr__(self, "_data", zlib.compress(self._data, 1))
            object.__setattr__(self, "_packed", True)

    @property
    def outline(self) -> Outline:
        """Its outline, for which it is read where that is not known."""
        if self._outline is None:
            self.learn(outline_of(self.whole()))
        assert self._outline is not None
        return self._outline

    @property
    def digest(self) -> str:
        """As of any article; it is read for that where its outline is not known."""
        return self.outline.digest

    @property
    def known(self) -> bool:
        """Whether its outline can be had without reading it."""
        return self._outline is not None

    def learn(self, outline: Outline) -> None:
        """Take the outline that somebody else has made of the same bytes."""
        object.__setattr__(self, "_outline", outline)
        for name in _TOLD:  # which is quicker than to be asked for them
            object.__setattr__(self, name, getattr(outline, name))

    def whole(self) -> Article:
        """The article, read."""
        return self._shelf.whole(self)

    def __getattr__(self, name: str) -> Any:
        """Of what is not there yet, as much as is asked for."""
        if name == "source":
            return decode(self.data, Findings()) or ""
        if name in _TOLD:
            return getattr(self.outline, name)
        if name in {"body", "footnotes", "findings", "resources", "stopped"}:
            return getattr(self.whole(), name)
        raise AttributeError(name)


class Shelf:
    """Where the articles of a tree stand."""

    def __init__(self, read: Callable[[SourceFile, bytes], Article], known: Known = lambda _file, _data: None) -> None:
        self._read, self._known = read, known
        self._last: OrderedDict[str, Article] = OrderedDict()
        self._unread = 0
        """How many were put there of which nothing was known."""
        self._unpacked: tuple[Shelved | None, bytes] = None, b""

    def unpacked(self, article: Shelved, data: bytes) -> bytes:
        """The bytes of an article from those that it holds packed; whoever wants them once mostly does so again."""
        if self._unpacked[0] is not article:
            self._unpacked = article, zlib.decompress(data)
        return self._unpacked[1]

    def put(self, file: SourceFile, data: bytes) -> Shelved:
        """The article of a file with these bytes."""
        made = object.__new__(Shelved)
        values = {"path": file.name, "slug": file.slug, "_data": data, "_packed": False, "file": file}
        values |= {"_shelf": self, "_outline": None}
        for name, value in values.items():
            object.__setattr__(made, name, value)
        outline = self._known(file, data)
        if outline is not None:
            made.learn(outline)
            return made
        self._unread += 1
        if self._unread > LOOSE:
            made.pack()
        return made

    def whole(self, article: Shelved) -> Article:
        """The article, read now or a moment ago."""
        name = article.file.name
        if name not in self._last:
            self._last[name] = self._read(article.file, article.data)
            if len(self._last) > KEPT:
                self._last.popitem(last=False)
        self._last.move_to_end(name)
        return self._last[name]

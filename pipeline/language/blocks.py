"""Texts that are made of blocks: each block is taken apart once, for all that read it alone or among others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, ClassVar

from pipeline.language.normal import SENTENCE_GAP, Normal, normalise_evenly
from pipeline.language.text import Text, Whole, analyse, take_apart

MOST = 65_536
"""Characters of the blocks that are remembered."""
_GAP = len(SENTENCE_GAP)


class _Memory:
    """The blocks that were read of late, all in one language."""

    def __init__(self) -> None:
        self.language = ""
        self.texts: dict[str, Text] = {}
        self._size = 0

    def turn_to(self, language: str) -> None:
        """Forget what is in another language."""
        if language != self.language:
            self.language, self.texts, self._size = language, {}, 0

    def add(self, made: Mapping[str, Text]) -> None:
        """Remember blocks, unless they are too many, in the place of others where there is no room."""
        size = sum(map(len, made))
        if size > MOST:
            return
        if self._size + size > MOST:
            self.texts, self._size = {}, 0
        self.texts.update(made)
        self._size += size


_memory = _Memory()


def read_block(text: str, language: str) -> Text:
    """``analyse`` for a paragraph, a heading or the like, which several readers ask for."""
    return read_together((text,), language)[0]


def read_blocks(text: str, language: str) -> Text:
    """``analyse`` for a text of many blocks; what stands in one says nothing of the words of another."""
    texts = read_together(text.split(SENTENCE_GAP), language)
    return texts[0] if len(texts) == 1 else join(texts)


def read_together(blocks: Sequence[str], language: str) -> list[Text]:
    """Each of several blocks as ``read_block`` has it, in one go: that takes half of what one after the other does."""
    _memory.turn_to(language)
    known = _memory.texts
    fresh = [block for block in dict.fromkeys(blocks) if block not in known]
    if not fresh:
        return [known[block] for block in blocks]
    made = dict(zip(fresh, _apart(fresh, language), strict=True))
    found = [made.get(block) or known[block] for block in blocks]
    _memory.add(made)
    return found


def _apart(blocks: Sequence[str], language: str) -> Iterator[Text]:
    """What ``analyse`` says of each block."""
    even = _evenly(blocks, language)
    if even is not None:
        yield from even
        return
    plain = [block for block in blocks if normalise_evenly(block) is not None]
    known = dict(zip(plain, _evenly(plain, language) or (), strict=True))
    for block in blocks:
        yield known.get(block) or analyse(block, language)


def _evenly(blocks: Sequence[str], language: str) -> Iterator[Text] | None:
    """The same, where the normal form of each has each character in its place; else None."""
    source = SENTENCE_GAP.join(blocks)
    normal = normalise_evenly(source)
    return None if normal is None else _cut(take_apart(source, normal, language), blocks)


def _cut(whole: Whole, blocks: Sequence[str]) -> Iterator[Text]:
    """The blocks of a text."""
    start = 0
    for block, (first, following) in zip(blocks, pairwise(_firsts(whole, blocks)), strict=True):
        part = _Part()
        part.source, part.language, part.whole = block, whole.language, whole
        part.start, part.first, part.following = start, first, following
        start += len(block) + _GAP
        yield part


def _firsts(whole: Whole, blocks: Sequence[str]) -> list[int]:
    """The number of the first word in or behind each block of a text, and of all words."""
    if len(whole.heads) == len(blocks) == whole.source.count(SENTENCE_GAP) + 1:
        return [*whole.heads, len(whole.forms)]  # each block has a word, and none has a gap of its own
    starts = accumulate((len(block) + _GAP for block in blocks), initial=0)
    return [bisect_left(whole.starts, start) for start in starts]


class _Part(Text):
    """One block of a text of which each character is in its place; what is asked of it is cut from the whole."""

    __slots__ = ("first", "following", "start", "whole")
    whole: Text
    first: int
    """The number that its first word has in the whole."""
    following: int
    """The number of the first word behind it."""
    start: int
    """Where it starts in the whole."""

    def places_of(self, places: Sequence[int]) -> list[int]:
        """Places of words in the whole, as they are in this block."""
        return [place - self.start for place in places[self.first : self.following]]

    def _normal(self) -> Normal:
        own, normal = slice(self.start, self.start + len(self.source)), self.whole.normal
        return Normal(normal.cased[own], normal.text[own], range(len(self.source) + 1))

    later: ClassVar[Mapping[str, Callable[[_Part], Any]]] = {
        **Text.later,
        "normal": _normal,
        "forms": lambda part: part.whole.forms[part.first : part.following],
        "stems": lambda part: part.whole.stems[part.first : part.following],
        "breaks": lambda part: part.whole.breaks[part.first : part.following],
        "starts": lambda part: part.places_of(part.whole.starts),
        "ends": lambda part: part.places_of(part.whole.ends),
    }


def join(texts: Sequence[Text]) -> Joined:
    """One text of several blocks, which are of one language."""
    made = Joined()
    made.blocks, made.language = texts, texts[0].language
    made.forms, made.stems, made.breaks = [], [], []
    for whole, first, following in _runs(texts):
        made.forms += whole.forms[first:following]
        made.stems += whole.stems[first:following]
        made.breaks += whole.breaks[first:following]
    return made


def _runs(texts: Sequence[Text]) -> Iterator[tuple[Text, int, int]]:
    """The words of blocks: in which text, and from where to where; blocks that are neighbours in it are one run."""
    whole: Text | None = None
    first = following = 0
    for text in texts:
        if isinstance(text, _Part) and text.whole is whole and text.first == following:
            following = text.following
            continue
        if whole is not None:
            yield whole, first, following
        if isinstance(text, _Part):
            whole, first, following = text.whole, text.first, text.following
        else:
            whole, first, following = text, 0, len(text.forms)
    if whole is not None:
        yield whole, first, following


def _count(text: Text) -> int:
    """How many words a text has."""
    return text.following - text.first if isinstance(text, _Part) else len(text.forms)


class Joined(Text):
    """A text of blocks."""

    __slots__ = ("blocks", "firsts")
    blocks: Sequence[Text]
    firsts: Sequence[int]
    """The number of each block's first word, and of all words."""

    def places_of(self, places: Callable[[Text], Sequence[int]]) -> list[int]:
        """Places in the normal forms of blocks, as they are in that of all."""
        found: list[int] = []
        before = 0
        for each in self.blocks:
            found += [place + before for place in places(each)]
            before += len(each.normal.text) + _GAP
        return found

    def _normal(self) -> Normal:
        parts = [each.normal for each in self.blocks]
        cased = SENTENCE_GAP.join([part.cased for part in parts])
        lower = SENTENCE_GAP.join([part.text for part in parts])
        if all(isinstance(part.offsets, range) for part in parts):
            return Normal(cased, lower, range(len(cased) + 1))
        offsets: list[int] = []
        place = 0
        for part in parts:
            offsets += [offset + place for offset in part.offsets]
            # the last of them is the end of the block, where the gap's first character stands
            place = offsets[-1] + _GAP
            offsets += range(offsets[-1] + 1, place)
        return Normal(cased, lower, offsets[: len(lower) + 1])

    later: ClassVar[Mapping[str, Callable[[Joined], Any]]] = {
        **Text.later,
        "firsts": lambda text: list(accumulate(map(_count, text.blocks), initial=0)),
        "source": lambda text: SENTENCE_GAP.join(each.source for each in text.blocks),
        "normal": _normal,
        "starts": lambda text: text.places_of(lambda each: each.starts),
        "ends": lambda text: text.places_of(lambda each: each.ends),
        "negated": lambda text: list(chain.from_iterable(each.negated for each in text.blocks)),
        "quoted": lambda text: list(chain.from_iterable(each.quoted for each in text.blocks)),
    }

"""Texts that are made of blocks: each block is taken apart once, for all that read it alone or among others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from pipeline.language.normal import SENTENCE_GAP, Normal
from pipeline.language.text import Text, analyse

LONGEST = 4_000
"""Characters of the longest block that is remembered."""
_GAP = len(SENTENCE_GAP)


def read_block(text: str, language: str) -> Text:
    """``analyse`` for a paragraph, a heading or the like, which several readers ask for."""
    return _remembered(text, language) if len(text) <= LONGEST else analyse(text, language)


_remembered = lru_cache(maxsize=512)(analyse)


def read_blocks(text: str, language: str) -> Text:
    """``analyse`` for a text of many blocks; what stands in one says nothing of the words of another."""
    texts = [read_block(block, language) for block in text.split(SENTENCE_GAP)]
    return texts[0] if len(texts) == 1 else join(texts)


def join(texts: Sequence[Text]) -> Text:
    """One text of several blocks, which are of one language."""
    made = object.__new__(_Joined)
    values = {
        "language": texts[0].language,
        "forms": list(chain.from_iterable(each.forms for each in texts)),
        "stems": list(chain.from_iterable(each.stems for each in texts)),
        "breaks": list(chain.from_iterable(each.breaks for each in texts)),
        "words": frozenset().union(*(each.words for each in texts)),
        "_texts": tuple(texts),
    }
    for name, value in values.items():
        object.__setattr__(made, name, value)
    return made


class _Joined(Text):
    """A text of blocks: what few ask for, such as where its words stand, is worked out when somebody does."""

    __slots__ = ("_texts",)
    _texts: tuple[Text, ...]

    def __getattr__(self, name: str) -> Any:
        """Of what is not there yet, as much as is asked for."""
        made = _LATER.get(name)
        if made is None:
            raise AttributeError(name)
        value = made(self._texts)
        object.__setattr__(self, name, value)
        return value


def _places(texts: Sequence[Text], places: Callable[[Text], Sequence[int]]) -> list[int]:
    """Places in the normal forms of blocks, as they are in that of all."""
    found: list[int] = []
    before = 0
    for each in texts:
        found += [place + before for place in places(each)]
        before += len(each.normal.text) + _GAP
    return found


def _normal(texts: Sequence[Text]) -> Normal:
    parts = [each.normal for each in texts]
    cased, lower = (SENTENCE_GAP.join(part) for part in zip(*((part.cased, part.text) for part in parts), strict=True))
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


_LATER: Mapping[str, Callable[[Sequence[Text]], Any]] = {
    "source": lambda texts: SENTENCE_GAP.join(each.source for each in texts),
    "normal": _normal,
    "starts": lambda texts: _places(texts, lambda each: each.starts),
    "ends": lambda texts: _places(texts, lambda each: each.ends),
    "negated": lambda texts: list(chain.from_iterable(each.negated for each in texts)),
    "quoted": lambda texts: list(chain.from_iterable(each.quoted for each in texts)),
}

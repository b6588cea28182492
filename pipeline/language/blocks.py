"""Texts that are made of blocks: each block is taken apart once, for all that read it alone or among others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

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
    if len(texts) == 1:
        return texts[0]
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for each in texts:
        starts += [start + place for start in each.starts]
        ends += [end + place for end in each.ends]
        place += len(each.normal.text) + _GAP
    return Text(
        source=text,
        language=language,
        normal=_normal(text, [each.normal for each in texts]),
        forms=list(chain.from_iterable(each.forms for each in texts)),
        stems=list(chain.from_iterable(each.stems for each in texts)),
        starts=starts,
        ends=ends,
        breaks=list(chain.from_iterable(each.breaks for each in texts)),
        negated=list(chain.from_iterable(each.negated for each in texts)),
        quoted=list(chain.from_iterable(each.quoted for each in texts)),
        words=frozenset().union(*(each.words for each in texts)),
    )


def _normal(text: str, parts: Sequence[Normal]) -> Normal:
    cased, lower = (SENTENCE_GAP.join(part) for part in zip(*((part.cased, part.text) for part in parts), strict=True))
    if all(isinstance(part.offsets, range) for part in parts):
        return Normal(cased, lower, range(len(text) + 1))
    offsets: list[int] = []
    place = 0
    for part in parts:
        offsets += [offset + place for offset in part.offsets]
        # the last of them is the end of the block, where the gap's first character stands
        place = offsets[-1] + _GAP
        offsets += range(offsets[-1] + 1, place)
    return Normal(cased, lower, offsets[: len(lower) + 1])

"""Where a text is in the passive voice: a form of *be* and a participle that is no mere state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import compress, count

from pipeline.checks.claims import passive
from pipeline.frozen import dataclass
from pipeline.language import Break

REACH = 3
"""Adverbs that may stand between the two."""
SHORTEST = 5
"""Letters of the shortest regular participle."""
AGENT = 6
"""Words behind a participle among which *by* and the agent stands."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language, as its data has them."""

    be: frozenset[str]
    between: frozenset[str]
    adverb_endings: tuple[str, ...]
    participle: frozenset[str]
    participle_endings: tuple[str, ...]
    adjective: frozenset[str]
    by: frozenset[str]
    agent: frozenset[str]


@cache
def _words(language: str) -> _Words | None:
    known = passive(language)
    if not known:
        return None
    sets = {part: frozenset(known[part]) for part in ("be", "between", "participle", "adjective", "by", "agent")}
    return _Words(**sets, adverb_endings=known["adverb_endings"], participle_endings=known["participle_endings"])


def passives(forms: Sequence[str], breaks: Sequence[Break], language: str) -> list[int]:
    """The number of each verb *be* that makes a passive, in order; none where nothing is known of the language.

    ``breaks`` holds what stands before each word.
    """
    words = _words(language)
    if words is None:
        return []
    verbs = compress(count(), map(words.be.__contains__, forms))
    return [verb for verb in verbs if _is_passive(forms, breaks, verb + 1, words)]


def _is_passive(forms: Sequence[str], breaks: Sequence[Break], word: int, words: _Words) -> bool:
    for place in range(word, min(word + REACH + 1, len(forms))):
        if breaks[place]:
            return False
        form = forms[place]
        if form in words.between or form.endswith(words.adverb_endings):
            continue
        regular = len(form) >= SHORTEST and form.endswith(words.participle_endings)
        if not regular and form not in words.participle:
            return False
        return form not in words.adjective or _has_agent(forms, breaks, place, words)
    return False


def _has_agent(forms: Sequence[str], breaks: Sequence[Break], word: int, words: _Words) -> bool:
    for place in range(word + 1, min(word + 1 + AGENT, len(forms) - 1)):
        if breaks[place] == Break.BLOCK:
            return False
        if forms[place] in words.by and forms[place + 1] in words.agent and not breaks[place + 1]:
            return not breaks[place]
    return False

"""Whether a sentence is in the passive voice: a form of *be* and a participle that is no mere state."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.checks.claims import plain
from pipeline.checks.sentences import Read
from pipeline.language import Match
from pipeline.language.text import Break

REACH = 3
"""Adverbs that may stand between the two."""
SHORTEST = 5
"""Letters of the shortest regular participle."""
AGENT = 6
"""Words behind a participle among which *by* and the agent stands."""
_KEY = "passive_voice."

Marks = Mapping[str, list[Match]]


def is_passive(one: Read, marks: Marks) -> bool:
    """Whether one sentence has a passive; ``marks`` are the vocabulary's matches in its text."""
    return any(
        one.sentence.first <= verb.first <= one.sentence.last and _participle(one, verb.last + 1, marks)
        for verb in marks.get(_KEY + "be", ())
    )


def _participle(one: Read, word: int, marks: Marks) -> bool:
    text = one.text
    for place in range(word, min(word + REACH + 1, one.sentence.last + 1)):
        if text.breaks[place] != Break.NONE:
            return False
        if _at(marks, "between", place) or _adverb(one, place):
            continue
        form = text.forms[place]
        regular = len(form) >= SHORTEST and form.endswith(plain(text.language, "participle_endings"))
        if not regular and not _at(marks, "participle", place):
            return False
        return not _at(marks, "adjective", place) or _agent(marks, place, one.sentence.last)
    return False


def _adverb(one: Read, place: int) -> bool:
    return one.text.forms[place].endswith(plain(one.text.language, "adverb_endings"))


def _at(marks: Marks, key: str, word: int) -> bool:
    return any(match.first <= word <= match.last for match in marks.get(_KEY + key, ()))


def _agent(marks: Marks, word: int, last: int) -> bool:
    return any(word < match.first <= min(word + AGENT, last) for match in marks.get(_KEY + "agent", ()))

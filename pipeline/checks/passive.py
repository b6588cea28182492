"""Where a text is in the passive voice: a form of *be* and a participle that is no mere state."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.claims import Marks, plain
from pipeline.checks.claims.vocabulary import PASSIVE
from pipeline.language.text import Break

REACH = 3
"""Adverbs that may stand between the two."""
SHORTEST = 5
"""Letters of the shortest regular participle."""
AGENT = 6
"""Words behind a participle among which *by* and the agent stands."""


def passives(marks: Marks) -> Iterator[int]:
    """The number of each verb *be* that makes a passive, in order; none where nothing is known of the language."""
    return (verb.first for verb in marks.found(PASSIVE + "be") if _is_passive(marks, verb.last + 1))


def _is_passive(marks: Marks, word: int) -> bool:
    text = marks.text
    for place in range(word, min(word + REACH + 1, len(text.forms))):
        if text.breaks[place] != Break.NONE:
            return False
        form = text.forms[place]
        if marks.at(PASSIVE + "between", place) or form.endswith(plain(text.language, "adverb_endings")):
            continue
        regular = len(form) >= SHORTEST and form.endswith(plain(text.language, "participle_endings"))
        if not regular and not marks.at(PASSIVE + "participle", place):
            return False
        return marks.at(PASSIVE + "adjective", place) is None or _has_agent(marks, place)
    return False


def _has_agent(marks: Marks, word: int) -> bool:
    agent = marks.within(PASSIVE + "agent", word + 1, len(marks.text.forms))
    return agent is not None and agent.first <= word + AGENT and marks.text.breaks[agent.first] == Break.NONE

"""People who tell what became of them."""

from __future__ import annotations

from pipeline.checks.claims.marks import starting
from pipeline.checks.claims.reading import Reading
from pipeline.language import Match, Sentence
from pipeline.language.text import Break

_KEY = "testimonial."
SUBJECT = 12
"""Words before a result among which the one who tells it stands."""


def witnessed(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence tells the result of one person: of *I*, of a member, or of somebody named."""
    result = starting(reading.those(_KEY + "result", is_witness), sentence.first)
    return result is not None and result.first <= sentence.last


def is_witness(reading: Reading, result: Match) -> bool:
    """Whether the subject of a result is one person, not a group or a reader."""
    if reading.within(_KEY + "person", result.first, result.last) or _names_one(reading, result):
        return True
    first = max(reading.sentence(result.first).first, result.first - SUBJECT)
    for word in range(result.first - 1, first - 1, -1):
        if reading.at(_KEY + "relative", word):  # "Dave, who lost", not "people who lost"
            return word > first and reading.at(_KEY + "others", word - 1) is None and _is_one(reading, word - 1)
        if reading.at(_KEY + "others", word):
            return False
        if _is_one(reading, word):
            return True
    return False


def _names_one(reading: Reading, result: Match) -> bool:
    """Whether a name stands inside a result: *la cintura de Juana*. In headings capitals show nothing."""
    inside = range(result.first + 1, result.last)
    return reading.passage.kind != "heading" and any(_named(reading, word) for word in inside)


def _is_one(reading: Reading, word: int) -> bool:
    return reading.at(_KEY + "person", word) is not None or _named(reading, word)


def _named(reading: Reading, word: int) -> bool:
    """Whether a word is the name of a person: a capital, and no plural at the start of a sentence."""
    text = reading.text
    initial = text.normal.cased[text.starts[word]]
    form = text.forms[word]
    if not initial.isupper() or len(form) == 1 or text.normal.cased[text.starts[word] : text.ends[word]].isupper():
        return False
    if text.breaks[word] < Break.SENTENCE:
        return True
    if reading.at(_KEY + "no_names", word):
        return False
    return form.endswith("'s") or not form.endswith(("s", "ing")) or reading.at(_KEY + "names", word) is not None

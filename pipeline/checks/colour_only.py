"""The text points to something by its colour alone: “the red one”.

About one man in twelve tells colours poorly, and a handout is often printed in black (WCAG 2.2, 1.4.1). Name a second cue
beside the colour: a place, a shape, a label. Coloured things that are no sign, such as a red pepper, are meant as they are.

Bad:

    Do the exercises marked in green first, then the red ones.

Good:

    Do the exercises marked with a tick in green. Eat red peppers and green beans.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from pipeline.checks.claims import text_in
from pipeline.checks.context import Context
from pipeline.checks.prose import PROSE, Kind, prose
from pipeline.checks.registry import check
from pipeline.language import Patterns, Text, compile_patterns, find, sentences
from pipeline.locales import Locale
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.profiles import base_language

KINDS: frozenset[Kind] = PROSE | frozenset[Kind]({"cell", "caption"})


@check("A04", severity=Severity.WARNING, source="WCAG 1.4.1")
def colour_only(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each sentence."""
    locale = context.locale
    if not locale.colour_only or locale.language != base_language(article.language):
        return
    passages = prose(article, KINDS)
    colours = [colour.removeprefix("=") for colour in locale.colours]
    named = _named(colours, "\n".join(passage.text for passage in passages).lower())
    if not named:
        return  # most articles name no colour, and need no analysis
    points, cues = _patterns(locale)
    for passage in passages:
        if not _named(named, passage.text.lower()):
            continue
        for start, end in _alone(text_in(article, passage.text), points, cues):
            yield Finding(
                f"“{passage.text[start:end]}” tells readers by colour alone",
                passage.place(start, end),
                "Add a cue that does not need colour: a place, a shape or a label.",
            )


def _named(colours: Iterable[str], text: str) -> list[str]:
    """The colours with whose name, or a longer form of it, a word of a text in lower case begins: no *red* in *tired*."""
    return [colour for colour in colours if _begins_a_word(colour, text)]


def _begins_a_word(name: str, text: str) -> bool:
    place = text.find(name)
    while place > 0 and text[place - 1].islower():
        place = text.find(name, place + 1)
    return place >= 0


def _patterns(locale: Locale) -> tuple[Patterns, Patterns]:
    """What points by colour, and what gives another cue."""
    any_colour = "(" + "|".join(locale.colours) + ")"
    points = [pattern.replace("{colour}", any_colour) for pattern in locale.colour_only]
    return compile_patterns(points, locale.language), compile_patterns(locale.other_cues, locale.language)


def _alone(text: Text, points: Patterns, cues: Patterns) -> Iterator[tuple[int, int]]:
    """Where each sentence first points by colour and by nothing else."""
    found = [match for match in find(points, text) if not match.quoted]
    if not found:
        return
    firsts = [sentence.first for sentence in sentences(text)]
    cued = {bisect_right(firsts, match.first) for match in find(cues, text)}
    for match in found:
        sentence = bisect_right(firsts, match.first)
        if sentence not in cued:
            cued.add(sentence)
            yield match.start, match.end

"""The opening does not answer the question that the article asks.

Who asks wants the answer first and the reasons after it (CDC Clear Communication Index 1 and 2: one main message, at the
top). It has to come within the first three sentences and the first 60 words; disclaimers do not count. An opening that
tells how popular the exercise is, or what the article will explore, has put it off.

Bad:

    ---
    profile: exercise-qa
    title: Do hip thrusts strengthen the lower back?
    ---
    The hip thrust has become very popular in recent years. Many people wonder about its effect on the spine. In this
    article we will look at what it does. Yes, they help a little.

Good:

    ---
    profile: exercise-qa
    title: Do hip thrusts strengthen the lower back?
    ---
    Hip thrusts strengthen the glutes far more than the lower back. The hip thrust has become very popular in recent years.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.outline import lead, opening_question
from pipeline.checks.prose import Passage, prose
from pipeline.checks.registry import check
from pipeline.language import Break, Sentence, Text, analyse, compile_patterns, find, sentences
from pipeline.language.normal import SENTENCE_GAP
from pipeline.locales import Locale
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.profiles import base_language

SENTENCES = 3
WORDS = 60
MOST_CHARACTERS = 6_000
"""More than 60 words ever have."""
SHARED = 0.5
"""Part of the question's words that a sentence repeats when it speaks of the same thing."""


@check("S05", severity=Severity.ERROR, source="CDC Clear Communication Index 1–2")
def late_answer(article: Article, context: Context) -> Iterator[Finding]:
    """At most one finding, at the opening; none in languages whose answers are not known."""
    profile, locale = context.profile, context.locale
    if profile is None or not profile.question_title or locale.language != base_language(article.language):
        return
    question = opening_question(article)
    passages = _opening(article)
    if not question or not passages or not locale.phrases.get("opening.openers"):
        return
    text = analyse(SENTENCE_GAP.join(passage.text for passage in passages)[:MOST_CHARACTERS], locale.language)
    window = [sentence for sentence in sentences(text)[:SENTENCES] if sentence.first < WORDS]
    if window and not _answered(question, text, window, article, locale):
        yield Finding(
            f"the opening does not answer “{question}” in its first {SENTENCES} sentences or {WORDS} words",
            passages[0].span,
            "Start with the answer, such as “Yes, but only a little”; give the reasons after it.",
        )


def _opening(article: Article) -> list[Passage]:
    """The text that should hold the answer: what comes before the first heading, and the section on the question."""
    opening = list(lead(article))
    found = prose(article)
    first = next((passage.section for passage in found if passage.role == "question"), None)
    if first is not None and first.heading.level > 1:
        opening.extend(passage for passage in found if passage.section is first)
    words = 0
    for number, passage in enumerate(opening):
        words += passage.text.count(" ") + 1
        if words > 3 * WORDS:
            return opening[: number + 1]
    return opening


def _answered(question: str, text: Text, window: list[Sentence], article: Article, locale: Locale) -> bool:
    phrases = locale.phrases
    asked = _content(analyse(question, locale.language), phrases["opening.stop_words"])
    topic = analyse(" ".join((*article.metadata.topics, *article.metadata.keywords)), locale.language)
    said_of_it = asked - frozenset(topic.stems)
    found = {
        key: find(compile_patterns(phrases[f"opening.{key}"], locale.language), text)
        for key in ("answers", "openers", "short", "deferrals")
    }
    wants_amount = bool(
        find(compile_patterns(phrases["opening.amounts"], locale.language), analyse(question, locale.language))
    )
    numbers = {match.first for match in find(compile_patterns(["#"], locale.language), text)}
    for sentence in window:
        place = range(sentence.first, sentence.last + 1)
        if any(match.first in place for match in found["answers"]):
            return True
        asks = text.source[: sentence.end].rstrip("\"'”’»)").endswith("?")
        if asks:
            continue
        if any(match.first == sentence.first for match in found["openers"]):
            return True
        if any(match.first == sentence.first and _ends(text, match.last) for match in found["short"]):
            return True
        if any(match.first in place for match in found["deferrals"]):
            continue
        if wants_amount and not numbers.isdisjoint(place):
            return True
        stems = frozenset(text.stems[sentence.first : sentence.last + 1])
        if len(asked & stems) >= SHARED * len(asked) or (said_of_it != asked and said_of_it & stems):
            return True
    return False


def _ends(text: Text, last: int) -> bool:
    """Whether a clause ends behind a word, as in “They can, but …”."""
    return last + 1 == len(text.breaks) or text.breaks[last + 1] != Break.NONE


def _content(text: Text, stop_words: tuple[str, ...]) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    stop = frozenset(stop_words)
    return frozenset(stem for form, stem in zip(text.forms, text.stems, strict=True) if form not in stop)

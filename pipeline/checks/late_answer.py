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

from collections.abc import Callable, Iterator

from pipeline.checks.context import Context
from pipeline.checks.outline import lead, opening_question
from pipeline.checks.prose import Passage, prose
from pipeline.checks.registry import check
from pipeline.language import Break, Patterns, Sentence, Text, analyse, compile_patterns, find, sentences
from pipeline.language.normal import SENTENCE_GAP
from pipeline.locales import Locale
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.profiles import base_language

SENTENCES = 3
WORDS = 60
MOST_CHARACTERS = 6_000
"""More than 60 words ever have."""
SHARED = 0.35
"""Part of the question's words that a sentence repeats when it speaks of the same thing."""
SHARED_WHEN_OPEN = 0.2
"""The same for “what”, “why” and their like, whose answers need not repeat much."""


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
    """Whether one of the sentences may be an answer; in doubt it is."""
    asked = analyse(question, locale.language)
    kinds = ("answers", "openers", "short", "weak", "quantities", "deferrals")
    found = {kind: find(_patterns(kind, locale), text) for kind in kinds}
    of_amount = bool(find(_patterns("amounts", locale), asked))
    is_open = any(match.first == 0 for match in find(_patterns("open", locale), asked))
    speaks_of_it = _speaker(asked, text, article, locale, SHARED_WHEN_OPEN if is_open else SHARED)
    for sentence in window:
        place = range(sentence.first, sentence.last + 1)
        here = {kind for kind in kinds if any(match.first in place for match in found[kind])}
        starts = {kind: [match for match in found[kind] if match.first == sentence.first] for kind in kinds}
        if "answers" in here:
            return True
        if text.source[: sentence.end].rstrip("\"'”’»)").endswith("?"):
            continue
        if starts["openers"] or any(_ends(text, match.last) for match in starts["short"]):
            return True
        if "deferrals" in here:
            continue
        if starts["weak"] or ("quantities" in here if of_amount else speaks_of_it(sentence)):
            return True
    return False


def _speaker(asked: Text, text: Text, article: Article, locale: Locale, share: float) -> Callable[[Sentence], bool]:
    """What tells whether a sentence says something of what was asked.

    It repeats a good part of the question's words, or one of those that the article's topics do not hold anyway: of
    “Do hip thrusts strengthen the lower back?” that is *strengthen*.
    """
    stop = frozenset(locale.phrases.get("opening.stop_words", ()))
    words = frozenset(stem for form, stem in zip(asked.forms, asked.stems, strict=True) if form not in stop)
    topics = analyse(" ".join((*article.metadata.topics, *article.metadata.keywords)), locale.language)
    telling = words - frozenset(topics.stems)

    def speaks(sentence: Sentence) -> bool:
        stems = frozenset(text.stems[sentence.first : sentence.last + 1])
        return len(words & stems) >= share * len(words) or (telling != words and bool(telling & stems))

    return speaks


def _patterns(kind: str, locale: Locale) -> Patterns:
    return compile_patterns(locale.phrases.get(f"opening.{kind}", ()), locale.language)


def _ends(text: Text, last: int) -> bool:
    """Whether a clause ends behind a word, as in “They can, but …”."""
    return last + 1 == len(text.breaks) or text.breaks[last + 1] != Break.NONE

"""What calls for each kind of disclaimer in an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from pipeline.disclaimers.kind import DisclaimerKind, by_language
from pipeline.disclaimers.kind_patterns import SEPARATOR, patterns_of
from pipeline.disclaimers.reading import Reading, ReadingBuilder
from pipeline.frozen import dataclass
from pipeline.language import Break, Match, Patterns, Text, analyse, compile_patterns, find, load_rules
from pipeline.model.article import Article
from pipeline.model.nodes import Span
from pipeline.model.walk import plain_text, sections

SECTION_ROLE = "disclaimer"
SILENT_ROLES = frozenset({"sources", "related", SECTION_ROLE})
"""Sections whose words trigger nothing: titles of other works, and disclaimers themselves."""


class ArticleType(Protocol):
    """What must be known of an article's type; ``pipeline.profiles.Profile`` is one."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def disclaimers(self) -> tuple[str, ...]:
        """The kinds that every such article needs."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One reason why an article needs a kind of disclaimer."""

    kind: str
    reason: str
    """For a person: ``profile exercise-qa``, ``“lower back” in the text``."""
    span: Span
    group: str = ""
    """The group of trigger words; empty for any other reason."""


def read_prose(article: Article) -> Reading:
    """What an article says in its own words: title, description, headings, text, lists, tables, captions and alerts."""
    metadata = article.metadata
    builder = ReadingBuilder(left_out=SILENT_ROLES)
    builder.line(metadata.title, metadata.span("title"), title=True)
    builder.line(metadata.subtitle, metadata.span("subtitle"), title=True)
    builder.line(metadata.description, metadata.span("description"))
    builder.blocks(article.body)
    return builder.build(article.language)


def find_triggers(
    article: Article, profile: ArticleType | None, kinds: Mapping[str, DisclaimerKind], prose: Reading
) -> tuple[Trigger, ...]:
    """Every reason, the first of each sort."""
    language = article.language
    found = [
        *_from_metadata(article, profile, kinds),
        *_from_roles(article, kinds),
        *_from_topics(article, kinds),
        *_from_words(prose, patterns_of(kinds, language).words),
    ]
    limits = {name: kind.triggers.languages for name, kind in kinds.items()}
    unique: dict[tuple[str, str, str], Trigger] = {}
    for trigger in found:
        if trigger.kind in kinds and (not limits[trigger.kind] or language in limits[trigger.kind]):
            unique.setdefault((trigger.kind, trigger.group, trigger.group or trigger.reason), trigger)
    return tuple(unique.values())


def _from_metadata(
    article: Article, profile: ArticleType | None, kinds: Mapping[str, DisclaimerKind]
) -> Iterator[Trigger]:
    metadata = article.metadata
    for kind in kinds.values():
        if kind.triggers.always:
            yield Trigger(kind.kind, "every article", metadata.span("profile"))
        if profile and (kind.kind in profile.disclaimers or profile.name in kind.triggers.profiles):
            yield Trigger(kind.kind, f"profile {profile.name}", metadata.span("profile"))
        if kind.triggers.funding and _paid(metadata.funding, article.language):
            yield Trigger(kind.kind, f"funding: {metadata.funding}", metadata.span("funding"))
    for number, name in enumerate(metadata.disclaimers):
        yield Trigger(name, "disclaimers in the metadata", metadata.span(f"disclaimers.{number}", "disclaimers"))


def _paid(funding: str, language: str) -> bool:
    """Whether ``funding`` names someone; ``none``, ``the author received no funding`` and the like say that nobody paid."""
    text = analyse(funding, language)
    if not text.forms or text.forms[:2] == ["n", "a"]:
        return False
    negators = {phrase[0] for tag in (language, "en") for phrase in load_rules(tag).negators if len(phrase) == 1}
    clause = next((number for number, gap in enumerate(text.breaks) if number and gap >= Break.COMMA), len(text.forms))
    return text.forms[0] not in negators and not any(text.negated[:clause])


def _from_roles(article: Article, kinds: Mapping[str, DisclaimerKind]) -> Iterator[Trigger]:
    for section in sections(article.body):
        for kind in kinds.values():
            if section.role and section.role in kind.triggers.roles:
                heading = plain_text(section.heading.children)
                yield Trigger(kind.kind, f"section “{heading}” ({section.role})", section.heading.span)


def _from_topics(article: Article, kinds: Mapping[str, DisclaimerKind]) -> Iterator[Trigger]:
    topics = [(f"topics.{number}", topic) for number, topic in enumerate(article.metadata.topics)]
    if not topics:
        return
    language = article.language
    patterns = patterns_of(kinds, language)
    for key, topic in topics:
        text = analyse(topic, language)
        for match in (*find(patterns.words, text), *find(patterns.topics, text)):
            name, _, group = match.label.partition(SEPARATOR)
            span = article.metadata.span(key, "topics")
            yield Trigger(name, f"topic “{topic}”", span, group or _topic_group(kinds[name], match, language))


def _topic_group(kind: DisclaimerKind, match: Match, language: str) -> str:
    """The group of words that bears the pattern's own name, so that the topic *back* counts as the back."""
    groups = by_language(kind.triggers.words, language) or {}
    words = match.pattern.split()
    return next((group for group in groups if group in words), "")


def _from_words(prose: Reading, patterns: Patterns) -> Iterator[Trigger]:
    seen: set[str] = set()
    dismissed: frozenset[int] | None = None
    for match in find(patterns, prose.text):
        if match.label in seen or match.negated or match.quoted or is_name(prose, match):
            continue
        if dismissed is None:
            dismissed = _dismissed(prose.text)
        if match.last in dismissed:
            continue
        seen.add(match.label)
        name, _, group = match.label.partition(SEPARATOR)
        words = " ".join(prose.text.source[match.start : match.end].split())
        yield Trigger(name, f"“{words}” in the text", prose.span(match), group)


def _dismissed(text: Text) -> frozenset[int]:
    """The words that are said not to be needed: the few of its clause before a dismissal."""
    found: set[int] = set()
    for match in find(compile_patterns(load_rules(text.language).dismissals, text.language), text):
        word = match.first
        while word > 0 and text.breaks[word] < Break.COMMA and match.first - word < _SUBJECT:
            word -= 1
            found.add(word)
    return frozenset(found)


def is_name(reading: Reading, match: Match) -> bool:
    """Whether a match is part of a proper name: its words have capitals, and so has a neighbour.

    In titles, headings and bold words capitals show nothing, and a word all in capitals is an acronym or shouted.
    """
    text = reading.text
    numbers = range(match.first, match.last + 1)
    words = [text.normal.cased[text.starts[number] : text.ends[number]] for number in numbers]
    if reading.is_title(match.start) or not _capital(words[-1]):
        return False
    if _named(text, match.last + 1, 1):
        return True
    if not all(map(_capital, words)) or text.breaks[match.first] >= Break.SENTENCE:
        return False
    return len(words) > 1 or _named(text, match.first - 1, -1)


def _named(text: Text, number: int, step: int) -> bool:
    """Whether the word at ``number``, or behind one short word the next one, has a capital and opens no sentence."""
    for place in (number, number + step):
        # what stands between this word and the one nearer to the match
        if not 0 <= place < len(text.forms) or text.breaks[max(place, place - step)] != Break.NONE:
            return False
        if _capital(text.normal.cased[text.starts[place] : text.ends[place]]):
            return text.breaks[place] < Break.SENTENCE
        if len(text.forms[place]) > _CONNECTOR:
            return False
    return False


_SUBJECT = 4
"""Words before a dismissal that it may be said of."""
_CONNECTOR = 3
"""Letters of words within names: of, and, for, del."""


def _capital(word: str) -> bool:
    return word[0].isupper() and not (len(word) > 1 and word.isupper())

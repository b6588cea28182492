"""What is to be said of an article's disclaimers: the one place that weighs triggers against statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.disclaimers.hidden import HiddenText, find_hidden
from pipeline.disclaimers.kind import DisclaimerKind, Element, OlderWording, wording
from pipeline.disclaimers.kind_patterns import patterns_of
from pipeline.disclaimers.reading import Reading
from pipeline.disclaimers.statements import (
    Statement,
    altered_sentences,
    denied,
    missing_elements,
    outdated,
    says_any,
    stated,
)
from pipeline.disclaimers.triggers import ArticleType, Trigger, find_triggers, read_prose
from pipeline.frozen import dataclass
from pipeline.language import Found, Match, Patterns, Sentence, analyse, sentences
from pipeline.model.article import Article
from pipeline.model.instructions import first_instruction
from pipeline.model.nodes import Span
from pipeline.model.walk import walk_blocks


@dataclass(frozen=True, slots=True)
class Denial:
    """A place that says the opposite of what a kind must say."""

    kind: str
    reading: Reading
    match: Match


@dataclass(frozen=True, slots=True)
class Alteration:
    """A place where legal text was meant and differs."""

    statement: Statement
    element: Element
    first: int
    """Numbers of the first and the last word in the statement's reading."""
    last: int

    @property
    def _sentences(self) -> list[Sentence]:
        return [
            one for one in sentences(self.statement.reading.text) if self.first <= one.first and one.last <= self.last
        ]

    @property
    def sentences(self) -> int:
        """How many sentences it runs over."""
        return len(self._sentences)

    @property
    def plural(self) -> bool:
        """Whether it speaks of several statements."""
        forms = self.statement.reading.text.forms[self.first : self.last + 1]
        return "these" in forms or "statements" in forms

    @property
    def span(self) -> Span:
        """Where it stands in the source file, full stop included."""
        found = self._sentences
        return self.statement.reading.span_of(found[0].start, found[-1].end)


@dataclass(frozen=True, slots=True)
class KindReview:
    """What an article makes of one kind that it needs or states."""

    kind: DisclaimerKind
    triggers: tuple[Trigger, ...]
    """Empty where the article states the kind without need."""
    statements: tuple[Statement, ...]
    absent: bool
    """Needed, and stated nowhere where readers see it."""
    hidden: HiddenText | None
    """Where it is hidden, when it is absent."""
    missing: tuple[Element, ...]
    """What the article's own words leave out."""
    outdated: tuple[tuple[Statement, OlderWording], ...]
    altered: tuple[Alteration, ...]
    late: Statement | None
    """The first statement, when it stands after the first instruction."""


@dataclass(frozen=True, slots=True)
class Review:
    """What is to be said of an article's disclaimers."""

    prose: Reading
    """The article's own words, disclaimers apart."""
    kinds: Mapping[str, KindReview]
    """The kinds that the article needs or states, general ones first."""
    denials: tuple[Denial, ...]
    safety: tuple[Reading, ...]
    """What the article's own disclaimers say, each once."""

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """Why the article needs what it needs."""
        return tuple(trigger for kind in self.kinds.values() for trigger in kind.triggers)


_last: list[tuple[Article, ArticleType | None, Mapping[str, DisclaimerKind], Review]] = []
"""The last article's review: all checks of an article ask for it one after the other."""


def review(article: Article, profile: ArticleType | None, kinds: Mapping[str, DisclaimerKind]) -> Review:
    """Weigh an article's disclaimers; ``profile`` is its type, None when that is unknown.

    Time is linear in the article's length, and asking again for the same article costs nothing.
    """
    for known in _last:
        if known[0] is article and known[1] is profile and known[2] is kinds:
            return known[3]
    found = _review(article, profile, kinds)
    _last[:] = [(article, profile, kinds, found)]
    return found


def triggered(
    article: Article, profile: ArticleType | None, kinds: Mapping[str, DisclaimerKind]
) -> tuple[Trigger, ...]:
    """Why an article needs each kind that it needs, the first reason of each sort."""
    return review(article, profile, kinds).triggers


def _review(article: Article, profile: ArticleType | None, kinds: Mapping[str, DisclaimerKind]) -> Review:
    prose = read_prose(article)
    triggers = find_triggers(article, profile, kinds, prose)
    statements = stated(article, kinds)
    needed = {trigger.kind for trigger in triggers}
    boxes = {statement.kind for statement in statements if statement.form != "section"}
    names = [name for name in kinds if name in needed or name in boxes]
    own = {name: tuple(statement for statement in statements if statement.kind == name) for name in names}
    denials = _denials(article, prose, own, kinds)
    groups = {name: frozenset(trigger.group for trigger in triggers if trigger.kind == name) for name in names}
    contrary = {id(denial.reading) for denial in denials}
    denied_kinds = {statement.kind for statement in statements if id(statement.reading) in contrary}
    first = _first_instruction(article)
    reviews: dict[str, KindReview] = {}
    for name in names:
        because = tuple(trigger for trigger in triggers if trigger.kind == name)
        reviews[name] = _weigh(
            article, kinds[name], because, own[name], groups[name], denied=name in denied_kinds, first=first
        )
    absent = {name: kinds[name] for name, found in reviews.items() if found.absent}
    hidden = find_hidden(article, absent, groups) if absent else {}
    for name, place in hidden.items():
        reviews[name] = replace(reviews[name], hidden=place)
    safety = {id(statement.node): statement.reading for statement in statements if statement.form != "approved"}
    return Review(prose, reviews, denials, tuple(safety.values()))


def _weigh(
    article: Article,
    kind: DisclaimerKind,
    triggers: tuple[Trigger, ...],
    statements: tuple[Statement, ...],
    groups: frozenset[str],
    *,
    denied: bool,
    first: int | None,
) -> KindReview:
    language = article.language
    own = [statement for statement in statements if statement.form != "approved"]
    approved = len(own) < len(statements)
    old = tuple(
        (statement, version)
        for statement in own
        if (version := outdated(kind, statement.reading.text, language)) is not None
        and not _is_current(kind, statement, language)
    )
    altered = tuple(
        Alteration(statement, element, *words)
        for statement in own
        for element in kind.elements
        if element.verbatim and element.wanted(language)
        if (words := altered_sentences(element, statement.reading.text)) is not None
    )
    settled = approved or denied or bool(old)
    silent = not settled and not any(says_any(kind, statement.reading.text, language) for statement in own)
    missing: tuple[Element, ...] = ()
    if own and not settled and not silent:
        legal = {alteration.element.id for alteration in altered}
        missing = tuple(element for element in _left_out(kind, own, language, groups) if element.id not in legal)
    late = min(statements, key=lambda statement: statement.order) if statements else None
    if late is not None and (silent or first is None or late.order <= first or not kind.protects):
        late = None
    return KindReview(kind, triggers, statements, silent, None, missing, old, altered, late)


def _left_out(kind: DisclaimerKind, own: list[Statement], language: str, groups: frozenset[str]) -> tuple[Element, ...]:
    """What no statement of the kind says."""
    missing = missing_elements(kind, own[0].reading.text, language, groups)
    for statement in own[1:]:
        ids = {element.id for element in missing_elements(kind, statement.reading.text, language, groups)}
        missing = tuple(element for element in missing if element.id in ids)
    return missing


def _is_current(kind: DisclaimerKind, statement: Statement, language: str) -> bool:
    """Whether the words hold the approved wording of today, which may begin as an older one did."""
    approved = analyse(wording(kind, language).text, language)
    return " ".join(approved.forms) in " ".join(statement.reading.text.forms)


def _denials(
    article: Article,
    prose: Reading,
    statements: Mapping[str, tuple[Statement, ...]],
    kinds: Mapping[str, DisclaimerKind],
) -> tuple[Denial, ...]:
    """Every place that says the opposite of a disclaimer, each once: a disclaimer's own opposite before that of another."""
    language = article.language
    patterns = patterns_of(kinds, language)
    found = list(_opposites(prose, patterns.denials, kinds))
    own = [
        (name, statement.reading)
        for name, stated in statements.items()
        for statement in stated
        if statement.reading.text.forms
    ]
    for name, reading in own:
        found += [Denial(name, reading, match) for match in denied(kinds[name], reading.text, language)]
    for _, reading in own:
        found += _opposites(reading, patterns.contradictions, kinds)
    seen: dict[int, set[int]] = {}
    kept: list[Denial] = []
    for denial in found:
        taken = seen.setdefault(id(denial.reading.text.source), set())
        words = range(denial.match.first, denial.match.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(denial)
    return tuple(kept)


def _opposites(reading: Reading, patterns: Patterns, kinds: Iterable[str]) -> Iterator[Denial]:
    """Where a text says what one of the patterns, labelled by kind, stands for; kind by kind."""
    matches = Found(patterns, reading.text)
    for name in kinds:
        yield from (
            Denial(name, reading, match) for match in matches.of(name) if not match.negated and not match.quoted
        )


def _first_instruction(article: Article) -> int | None:
    """Place of the first instruction among all blocks, items and cells of the body."""
    first = first_instruction(article.body)
    nodes = walk_blocks(article.body)
    return None if first is None else next(order for order, node in enumerate(nodes) if node is first)

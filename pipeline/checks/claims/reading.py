"""An article's passages with what the vocabulary of claims finds in them, and what takes a claim back.

A claim is no claim where it is negated, quoted, asked, doubted or told as somebody else's: *a myth that squats cure back
pain*, *beware of anyone who promises*. An item of a list is read behind the sentence that leads to it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.checks.claims.marks import Marks, openings_in, read, read_in, seen_metadata
from pipeline.checks.claims.vocabulary import OPENERS
from pipeline.checks.prose import EVERYWHERE, TEXT, TOLD, Kind, Passage, Region, Same, prose
from pipeline.language import Break, Match, Sentence, Text, sentences
from pipeline.language.normal import CLAUSE_GAP
from pipeline.model.article import Article
from pipeline.model.nodes import Section, Span
from pipeline.model.walk import plain_text

MAX_LEAD = 400
"""Characters of a lead that its items are read behind."""
DOUBT = 40
"""Words before and behind a claim among which doubt is looked for."""
_QUESTION_MARKS = "?\uff1f"


@dataclass(frozen=True)
class Reading:
    """One passage as words, and every match of the vocabulary in it."""

    passage: Passage
    lead: str
    """What the passage's sentence starts with, from the paragraph before its list; else empty."""
    marks: Marks
    """Of lead and passage."""

    @property
    def text(self) -> Text:
        """The words of lead and passage."""
        return self.marks.text

    def found(self, label: str) -> Sequence[Match]:
        """The matches of one label, in order; those of the lead too."""
        return self.marks.found(label)

    def own(self, label: str) -> Iterator[Match]:
        """The matches of one label in the passage itself."""
        return (match for match in self.marks.found(label) if match.start >= len(self.lead))

    def those(self, label: str, test: Callable[[Reading, Match], bool]) -> Sequence[Match]:
        """The matches of one label that pass a test, in order; each is tested once."""
        if (label, test) not in self._tested:
            self._tested[label, test] = [match for match in self.found(label) if test(self, match)]
        return self._tested[label, test]

    @cached_property
    def _tested(self) -> dict[tuple[str, Callable[[Reading, Match], bool]], list[Match]]:
        return {}

    def at(self, label: str, word: int) -> Match | None:
        """The match of a label that holds a word."""
        return self.marks.at(label, word)

    def within(self, label: str, first: int, last: int) -> Match | None:
        """The first match of a label that lies wholly among these words."""
        return self.marks.within(label, first, last)

    def words(self, first: int, last: int) -> str:
        """The words as the passage has them."""
        start, end = self.text.place(first, last)
        return " ".join(self.text.source[max(start, len(self.lead)) : end].split())

    def span(self, first: int, last: int) -> Span:
        """Where words of the passage stand in the source."""
        start, end = self.text.place(first, last)
        return self.passage.place(max(0, start - len(self.lead)), end - len(self.lead))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of lead and passage."""
        return sentences(self.text)

    def sentence(self, word: int) -> Sentence:
        """The sentence that a word belongs to."""
        return self.sentences[self._number(word)]

    def _number(self, word: int) -> int:
        return bisect_right(self.sentences, word, key=lambda sentence: sentence.first) - 1

    def asked(self, word: int) -> bool:
        """Whether the word's sentence asks, and not only to sell."""
        sentence = self.sentence(word)
        selling = self.within("guards.selling", sentence.first, min(sentence.first + 4, sentence.last))
        if selling and selling.first == sentence.first:
            return False
        _, end = self.text.place(sentence.last, sentence.last)
        if any(mark in self.text.source[end : sentence.end] for mark in _QUESTION_MARKS):
            return True
        opener = self.at("guards.questions", sentence.first)
        if self.passage.kind != "heading" or not opener or self.passage.text.rstrip().endswith(("!", ".")):
            return False
        # "What it works: it cures arthritis" asks nothing behind its colon
        return Break.COLON not in self.text.breaks[sentence.first + 1 : word + 1]

    def doubted(self, first: int, last: int) -> bool:
        """Whether the sentence, or the one behind it, takes back what these words say, or says it of others."""
        number = self._number(first)
        sentence = self.sentences[number]
        before = self.within("guards.before", max(sentence.first, first - DOUBT), len(self.text.forms))
        after = self.within("guards.after", last, min(sentence.last, last + DOUBT))
        if (before and before.first < first and not before.negated) or after:
            return True
        if number + 1 < len(self.sentences):
            following = self.sentences[number + 1].first
            refuted = self.at("guards.refutes", following)
            return refuted is not None and refuted.first == following
        return False

    def negated(self, first: int, last: int) -> bool:
        """Whether a negation that does not praise governs one of these words."""
        place = bisect_left(self._negated, first)
        if place == len(self._negated) or self._negated[place] > last:
            return False
        boast = self.within("guards.boast", self.sentence(first).first, len(self.text.forms))
        return boast is None or boast.first > first

    def innocent(self, first: int, last: int, *, negated: bool) -> bool:
        """Whether a claim of these words is negated, quoted, asked, doubted, or stands among myths."""
        return (
            negated
            or self._is_quoted(first, last)
            or self.asked(first)
            or self.doubted(first, last)
            or self.among_myths
        )

    def _is_quoted(self, first: int, last: int) -> bool:
        place = bisect_left(self._unquoted, first)
        return place == len(self._unquoted) or self._unquoted[place] > last

    @cached_property
    def _negated(self) -> list[int]:
        """The words that a negation governs."""
        return [number for number, negated in enumerate(self.text.negated) if negated]

    @cached_property
    def _unquoted(self) -> list[int]:
        return [number for number, quoted in enumerate(self.text.quoted) if not quoted]

    def claims(self, label: str) -> Iterator[Match]:
        """The matches of a label in the passage that claim what they say."""
        for match in self.own(label):
            if not self.innocent(match.first, match.last, negated=match.negated or self.text.negated[match.first]):
                yield match

    @cached_property
    def among_myths(self) -> bool:
        """Whether a heading above says that what follows is untrue."""
        return any(_tells_myths(section, self.text.language) for section in self.passage.sections)


def _tells_myths(section: Section, language: str) -> bool:
    return bool(read(plain_text(section.heading.children), language).found("guards.myths"))


class _Opening:
    """A passage in which a claim may start; it is read once somebody asks."""

    __slots__ = ("_reading", "article", "labels", "lead", "passage")

    def __init__(self, article: Article, passage: Passage, lead: str, labels: AbstractSet[str]) -> None:
        self.article, self.passage = article, passage
        self.lead = lead
        """The paragraph that it goes on with, if it is an item; else empty."""
        self.labels = labels
        """What it has of openers and ailments, unless an exception takes them back."""
        self._reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        """The passage as words."""
        if self._reading is None:
            before = self.lead[-MAX_LEAD:] + CLAUSE_GAP if self.lead else ""
            text, language = self.passage.text, self.article.language
            marks = read(before + text, language) if before else read_in(self.article, text)
            self._reading = Reading(self.passage, before, marks)
        return self._reading

    def may_name(self, labels: Collection[str]) -> bool:
        """Whether it may have something of some labels; behind a lead, which is read with it, anything may be."""
        return bool(self.lead) or not self.labels.isdisjoint(labels)


def readings(
    article: Article, *sections: str, kinds: frozenset[Kind] = EVERYWHERE, naming: Collection[str] = ()
) -> Iterator[Reading]:
    """The article's own words where a claim of these sections of the vocabulary may start, passage by passage.

    Title and description come first; quotations, sources and disclaimers are left out, and so is a passage that has
    none of some openers or ailments (``naming``), where a check asks for them.
    """
    same = Same(article)
    openings, by_section = _openings(same, TEXT), _by_section(same)
    for number in sorted({number for section in sections for number in by_section.get(section, ())}):
        opening = openings[number]
        if opening.passage.kind not in kinds or (naming and not opening.may_name(naming)):
            continue
        if not naming or any(map(opening.reading.found, naming)):
            yield opening.reading


def with_quotations(article: Article) -> tuple[Reading, ...]:
    """The article's passages where any claim may start, quotations among them, in document order."""
    read = (opening.reading for opening in _openings(Same(article), TOLD))
    return tuple(one for one in read if one.marks.opens(len(one.lead)))


def may_start(article: Article, labels: Collection[str]) -> bool:
    """Whether there is something of one of these labels, from which claims start, in text or quotations."""
    return any(not opening.labels.isdisjoint(labels) for opening in _openings(Same(article), TOLD))


@lru_cache(maxsize=8)
def _openings(same: Same, regions: frozenset[Region]) -> tuple[_Opening, ...]:
    article = same.article
    known = openings_in(article)
    if not known:
        return ()
    chosen = prose(article, EVERYWHERE, regions)
    if regions == TEXT and len(chosen) == len(prose(article, EVERYWHERE, TOLD)):
        return _openings(same, TOLD)  # most articles quote nothing
    found: list[_Opening] = []
    lead = ""
    for passage in (*_metadata(article), *chosen):
        if passage.text in known:
            found.append(_Opening(article, passage, lead if passage.continues else "", known[passage.text]))
        if passage.text.rstrip().endswith(":"):
            lead = passage.text.rstrip()
    return tuple(found)


@lru_cache(maxsize=4)
def _by_section(same: Same) -> Mapping[str, Sequence[int]]:
    """By section of the vocabulary, which of the passages of text have something that its claims may start from."""
    found: dict[str, list[int]] = {}
    for number, opening in enumerate(_openings(same, TEXT)):
        for section in {label.partition(".")[0] for label in opening.labels & OPENERS}:
            found.setdefault(section, []).append(number)
    return found


def _metadata(article: Article) -> Iterator[Passage]:
    """What of the metadata readers see, as headings."""
    for key, text in seen_metadata(article).items():
        span = article.metadata.span(key)
        yield Passage(text, span, "heading", "text", (), continues=False, children=())

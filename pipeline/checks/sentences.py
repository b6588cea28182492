"""An article's prose in sentences, for the checks on how it reads."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import pairwise

from pipeline.checks.claims import text_in
from pipeline.checks.prose import Passage, Same, prose
from pipeline.frozen import dataclass
from pipeline.language import Break, Sentence, Text, sentences
from pipeline.language.blocks import join
from pipeline.language.readability import Measure, measure
from pipeline.model.article import Article
from pipeline.model.nodes import NOWHERE, Span

_SENTENCE = Break.SENTENCE


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of paragraphs and list items, in order; no headings, tables, sources, quotations or disclaimers.

    Where one stands in the source is worked out for those of which something is said.
    """

    passages: Sequence[Passage]
    texts: Sequence[Text]
    """The words of each passage."""
    starts: Sequence[int]
    """The number of each passage's first word among the words of all."""
    words: list[str]
    """All words, in lower case."""
    breaks: list[Break]
    """What stands before each word."""
    firsts: Sequence[int]
    """The number of each sentence's first word."""
    places: dict[int, dict[int, Sentence]] = field(default_factory=dict)
    """By passage and first word, those of which it is known where they stand."""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.firsts)

    @property
    def lengths(self) -> list[int]:
        """How many words each has."""
        return [following - first for first, following in pairwise((*self.firsts, len(self.words)))]

    def span(self, number: int) -> Span:
        """Where a sentence stands in the source."""
        passage = bisect_right(self.starts, self.firsts[number]) - 1
        if passage not in self.places:
            self.places[passage] = {one.first: one for one in sentences(self.texts[passage])}
        found = self.places[passage][self.firsts[number] - self.starts[passage]]
        return self.passages[passage].place(found.start, found.end)

    def of_word(self, word: int) -> int:
        """The sentence that a word belongs to."""
        return bisect_right(self.firsts, word) - 1

    def heaviest(self, weight: Callable[[list[str]], int]) -> Span:
        """Where the first sentence stands whose words weigh most; NOWHERE for an article without prose."""
        ends = (*self.firsts[1:], len(self.words))
        weights = [weight(self.words[first:end]) for first, end in zip(self.firsts, ends, strict=True)]
        return self.span(weights.index(max(weights))) if weights else NOWHERE


def read_sentences(article: Article) -> Sentences:
    """The sentences of an article's prose."""
    return _read(Same(article))


@lru_cache(maxsize=4)
def _read(same: Same) -> Sentences:
    passages = prose(same.article)
    texts = [text_in(same.article, passage.text) for passage in passages]
    if not texts:
        return Sentences((), (), (), [], [], ())
    joined = join(texts)
    firsts = [number for number, gap in enumerate(joined.breaks) if gap >= _SENTENCE]
    return Sentences(passages, texts, joined.firsts[:-1], joined.forms, joined.breaks, firsts)


def measured(article: Article) -> Measure:
    """The measure of the article's prose."""
    return _measured(Same(article))


@lru_cache(maxsize=4)
def _measured(same: Same) -> Measure:
    read = _read(same)
    return measure(read.words, len(read), same.article.language)


def worst(article: Article) -> Span:
    """The sentence that makes the text hardest to read; NOWHERE for an article without prose."""
    return read_sentences(article).heaviest(lambda words: measure(words, 1, article.language).syllables)

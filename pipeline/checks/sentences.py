"""An article's prose in sentences, for the checks on how it reads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.claims import Marks, read_in
from pipeline.checks.prose import Passage, Same, prose
from pipeline.frozen import dataclass
from pipeline.language import Sentence, sentences
from pipeline.language.readability import Measure, measure
from pipeline.model.article import Article
from pipeline.model.nodes import Span


@dataclass(frozen=True, slots=True)
class Read:
    """One sentence of prose."""

    passage: Passage
    marks: Marks
    """Of the passage's words."""
    sentence: Sentence

    @property
    def words(self) -> list[str]:
        """Its words in lower case."""
        return self.marks.text.forms[self.sentence.first : self.sentence.last + 1]

    @property
    def span(self) -> Span:
        """Where it stands in the source."""
        return self.passage.place(self.sentence.start, self.sentence.end)


def read_sentences(article: Article) -> tuple[Read, ...]:
    """The sentences of paragraphs and list items, in order; no headings, tables, sources, quotations or disclaimers."""
    return _read(Same(article))


@lru_cache(maxsize=4)
def _read(same: Same) -> tuple[Read, ...]:
    return tuple(_sentences(same.article))


def _sentences(article: Article) -> Iterator[Read]:
    for passage in prose(article):
        marks = read_in(article, passage.text)
        for sentence in sentences(marks.text):
            yield Read(passage, marks, sentence)


def measured(article: Article) -> Measure:
    """The measure of the article's prose."""
    return _measured(Same(article))


@lru_cache(maxsize=4)
def _measured(same: Same) -> Measure:
    read = _read(same)
    words = [word for one in read for word in one.words]
    return measure(words, len(read), same.article.language)


def worst(article: Article) -> Read | None:
    """The sentence that makes the text hardest to read; None for an article without prose."""
    return max(read_sentences(article), key=lambda one: _weight(one, article.language), default=None)


def _weight(one: Read, language: str) -> int:
    return measure(one.words, 1, language).syllables

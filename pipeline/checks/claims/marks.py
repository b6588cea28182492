"""A text with what the vocabulary of claims finds in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache

from pipeline.checks.claims.vocabulary import OPENERS, vocabulary
from pipeline.checks.prose import EVERYWHERE, TOLD, prose
from pipeline.language import Found, Match, Patterns, Text, analyse, labels_together
from pipeline.language.blocks import read_block, read_together
from pipeline.model.article import Article


class Marks:
    """The matches of the vocabulary in one text, by label; those of one label never overlap."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._vocabulary = vocabulary(text.language)
        self._found: dict[int, Found] = {}
        self._known: dict[str, Sequence[Match]] = {}

    def found(self, label: str) -> Sequence[Match]:
        """The matches of one label, in order; none for a language without vocabulary."""
        known = self._known.get(label)
        if known is None:
            patterns = self._vocabulary.holding.get(label) if self._vocabulary else None
            known = self._known[label] = self._all(patterns).of(label) if patterns else ()
        return known

    def opens(self, start: int) -> bool:
        """Whether a claim may start in the text from this place on."""
        if self._vocabulary is None:
            return False
        found = self._all(self._vocabulary.first)
        return any(matches[-1].start >= start for label in OPENERS.intersection(found) if (matches := found.of(label)))

    def _all(self, patterns: Patterns) -> Found:
        found = self._found.get(id(patterns))
        if found is None:
            found = self._found[id(patterns)] = Found(patterns, self.text)
        return found

    def at(self, label: str, word: int) -> Match | None:
        """The match of a label that holds a word."""
        matches = self.found(label)
        if not matches:
            return None  # so it is nearly always, and for all words of a text
        number = bisect_right(matches, word, key=_first) - 1
        return matches[number] if number >= 0 and matches[number].last >= word else None

    def within(self, label: str, first: int, last: int) -> Match | None:
        """The first match of a label that lies wholly among these words."""
        match = starting(self.found(label), first)
        return match if match is not None and match.last <= last else None


def starting(matches: Sequence[Match], word: int) -> Match | None:
    """The first of matches in order that starts with a word or behind it."""
    number = bisect_left(matches, word, key=_first)
    return matches[number] if number < len(matches) else None


def _first(match: Match) -> int:
    return match.first


@lru_cache(maxsize=2048)
def read(text: str, language: str) -> Marks:
    """The words of a text and what the vocabulary finds in them."""
    return Marks(analyse(text, language))


class _Shelf:
    """What is read of an article as long as it is checked; its passages are taken apart and gone through together."""

    def __init__(self, article: Article) -> None:
        self.article = article
        passages = prose(article, EVERYWHERE, TOLD)
        blocks = tuple(dict.fromkeys((*seen_metadata(article).values(), *(passage.text for passage in passages))))
        self._texts = dict(zip(blocks, read_together(blocks, article.language), strict=True))
        self._marks: dict[str, Marks] = {}

    def text(self, text: str) -> Text:
        """The words of a text of the article."""
        known = self._texts.get(text)
        if known is None:
            known = self._texts[text] = read_block(text, self.article.language)
        return known

    def marks(self, text: str) -> Marks:
        """The same with what the vocabulary finds in them."""
        known = self._marks.get(text)
        if known is None:
            known = self._marks[text] = Marks(self.text(text))
        return known

    @cached_property
    def openings(self) -> Mapping[str, AbstractSet[str]]:
        """Of each passage in which a claim may start what it has of openers and ailments."""
        known = vocabulary(self.article.language)
        if known is None:
            return {}
        blocks = tuple(self._texts)
        found = labels_together(known.first, tuple(self._texts.values()))
        return {blocks[number]: labels for number, labels in found.items() if not labels.isdisjoint(OPENERS)}


_last: list[_Shelf] = []
"""That of the article that is being checked."""


def _shelf(article: Article) -> _Shelf:
    if not _last or _last[0].article is not article:
        _last[:] = [_Shelf(article)]
    return _last[0]


def text_in(article: Article, text: str) -> Text:
    """The words of one of an article's passages, kept as long as the article is checked: all are taken apart together."""
    return _shelf(article).text(text)


def read_in(article: Article, text: str) -> Marks:
    """The same with what the vocabulary finds in them."""
    return _shelf(article).marks(text)


def openings_in(article: Article) -> Mapping[str, AbstractSet[str]]:
    """Of an article's passages, metadata and quotations included, those in which a claim may start: the labels met there.

    Of openers and ailments these are, save that an exception may take them back.
    """
    return _shelf(article).openings


def seen_metadata(article: Article) -> dict[str, str]:
    """What of the metadata readers see, by key."""
    metadata = article.metadata
    seen = {"title": metadata.title, "subtitle": metadata.subtitle, "description": metadata.description}
    return {key: text for key, text in seen.items() if text}

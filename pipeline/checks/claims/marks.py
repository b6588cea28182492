"""A text with what the vocabulary of claims finds in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache

from pipeline.checks.claims.vocabulary import OPENERS, vocabulary
from pipeline.language import Found, Match, Patterns, Text, find_together
from pipeline.language.blocks import read_block
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
        return any(last >= start for last in self._openings.values())

    def opens_for(self, sections: Collection[str]) -> bool:
        """Whether something that a claim of one of these sections may start from is in the text."""
        return not self._openings.keys().isdisjoint(sections)

    @cached_property
    def _openings(self) -> dict[str, int]:
        """Where the last match starts that a claim may start from, by section of the vocabulary."""
        starts: dict[str, int] = {}
        if self._vocabulary is not None:
            found = self._all(self._vocabulary.first)
            for label in OPENERS.intersection(found):
                if matches := found.of(label):
                    section = label.partition(".")[0]
                    starts[section] = max(matches[-1].start, starts.get(section, 0))
        return starts

    def _all(self, patterns: Patterns) -> Found:
        found = self._found.get(id(patterns))
        if found is None:
            found = self._found[id(patterns)] = Found(patterns, self.text)
        return found

    def knows(self, patterns: Patterns) -> bool:
        """Whether patterns have been looked for."""
        return id(patterns) in self._found

    def learn(self, patterns: Patterns, found: Found) -> None:
        """Take what somebody else has found."""
        self._found[id(patterns)] = found

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
    return Marks(read_block(text, language))


def look_through(some: Iterable[Marks], language: str) -> None:
    """Look in several texts for what a claim may start from, all at once."""
    known = vocabulary(language)
    fresh = [marks for marks in dict.fromkeys(some) if known and not marks.knows(known.first)]
    if known and fresh:
        for marks, found in zip(fresh, find_together(known.first, [marks.text for marks in fresh]), strict=True):
            marks.learn(known.first, found)


def read_in(article: Article, text: str) -> Marks:
    """The same for a text of an article, kept as long as the article is checked."""
    if not _last or _last[0][0] is not article:
        _last[:] = [(article, {})]
    known = _last[0][1]
    marks = known.get(text)
    if marks is None:
        marks = known[text] = read(text, article.language)
    return marks


_last: list[tuple[Article, dict[str, Marks]]] = []
"""What has been read of the article that is being checked."""

"""Finds what a section is for from the words of its heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipeline.frozen import dataclass

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘‛ʼ´`′＇")


OPENING = "question"
"""The role of what an article opens with."""


def words(text: str) -> list[str]:
    """The words of a heading or synonym, folded: case, accents, quotation marks and hyphens do not count."""
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    return _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))


@lru_cache(maxsize=256)
def folded(phrases: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The words of each of some phrases."""
    return frozenset(tuple(words(phrase)) for phrase in phrases)


def is_question(text: str) -> bool:
    """Whether a heading or title asks something: it has a question mark, as in ``Do squats help? What is known``."""
    return any(mark in text for mark in "?？؟")


def _without(found: Iterable[str], small: frozenset[str]) -> tuple[str, ...]:
    """The words that count; all where none does."""
    every = tuple(found)
    return tuple(word for word in every if word not in small) or every


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """How a language asks what yes or no would answer."""

    yes_no: frozenset[str] = frozenset()
    """First words of such questions."""
    open: frozenset[str] = frozenset()
    """First words of all other questions, where ``¿`` marks every question and yes or no needs no word of its own."""

    def ask_yes_or_no(self, heading: str, found: list[str]) -> bool:
        """Whether ``heading``, whose words are ``found``, asks for yes or no: it puts a question, it names no topic."""
        if not found or not is_question(heading):
            return False
        marked = bool(self.open) and heading.lstrip(" \"'“‘«").startswith("¿")
        return found[0] in self.yes_no or (marked and found[0] not in self.open)


GAP = "..."
MOST_BETWEEN = 4
"""Words that a gap in a synonym stands for, at most."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A synonym with a gap: *are … safe*."""

    head: tuple[str, ...]
    tail: tuple[str, ...]
    whole: bool
    """Whether nothing may follow the tail."""
    role: str

    @classmethod
    def of(cls, phrase: str, role: str) -> Frame:
        """The frame that a phrase with one gap describes."""
        head, _, tail = phrase.partition(GAP)
        return cls(tuple(words(head)), tuple(words(tail)), phrase.startswith("="), role)

    def holds(self, found: list[str]) -> bool:
        """Whether the words of a heading are of this form."""
        size, end = len(self.head), len(self.tail)
        if tuple(found[:size]) != self.head:
            return False
        starts = range(size + 1, min(size + MOST_BETWEEN, len(found) - end) + 1)
        places = [len(found) - end] if self.whole else list(starts)
        return any(place in starts and tuple(found[place : place + end]) == self.tail for place in places)


@dataclass(frozen=True, slots=True)
class HeadingIndex:
    """The synonyms of one profile in one language, ready to be looked up."""

    whole: Mapping[tuple[str, ...], str]
    """Headings that mean a role only when they are all there is."""
    bare: Mapping[tuple[str, ...], str]
    """The same without articles and other small words."""
    later: Mapping[tuple[str, ...], str]
    """What whole headings that may open an article mean further down: *In short* at the end is a conclusion."""
    leading: Mapping[tuple[str, ...], str]
    """Words that mean a role at the start of a heading."""
    anywhere: Mapping[tuple[str, ...], str]
    frames: tuple[Frame, ...]
    """Synonyms with a gap, looked at where no other one fits."""
    longest: int
    """Words of the longest synonym."""
    questions: QuestionWords
    small: frozenset[str]
    """Words that do not count where a whole heading is compared."""

    @classmethod
    def of(
        cls,
        synonyms: Iterable[tuple[str, Iterable[str]]],
        questions: QuestionWords,
        small: frozenset[str] = frozenset(),
    ) -> HeadingIndex:
        """Index ``(role, synonyms)`` pairs; of two roles with the same synonym the first has it."""
        whole: dict[tuple[str, ...], str] = {}
        later: dict[tuple[str, ...], str] = {}
        leading: dict[tuple[str, ...], str] = {}
        anywhere: dict[tuple[str, ...], str] = {}
        frames: list[Frame] = []
        for role, phrases in synonyms:
            for phrase in phrases:
                if GAP in phrase:
                    frames.append(Frame.of(phrase, role))
                    continue
                table = whole if phrase.startswith("=") else leading if phrase.startswith("^") else anywhere
                key = tuple(words(phrase))
                if table.setdefault(key, role) != role and table[key] == OPENING and table is whole:
                    later.setdefault(key, role)
        bare: dict[tuple[str, ...], str] = {}
        for found, role in whole.items():
            bare.setdefault(_without(found, small), role)
        longest = max(map(len, (*whole, *leading, *anywhere)), default=0)
        return cls(whole, bare, later, leading, anywhere, tuple(frames), longest, questions, small)

    def role(self, heading: str, *, question: bool, opens: bool = True) -> str | None:
        """The role that ``heading`` means, or None.

        With ``question`` the article type has a role for questions; ``opens`` tells whether no other heading is before it.
        """
        found = words(heading)
        first = next((number for number, word in enumerate(found) if not word.isdecimal()), len(found) - 1)
        found = found[first:]  # "2. Technique"
        exact = self._all_of(found, opens=opens) or self._longest(found, anywhere=False)
        if question and self.questions.ask_yes_or_no(heading, found):
            return exact or (None if opens else self._framed(found)) or OPENING
        role = self._longest(found, anywhere=True)
        if role is None or tuple(found) not in self.anywhere:
            role = self._all_of(found, opens=opens) or role
        if role is None:
            role = self._framed(found)
        if role is None and question and is_question(heading):
            return OPENING
        return role

    def _all_of(self, found: list[str], *, opens: bool) -> str | None:
        """The role that the heading means as a whole."""
        whole = self.whole.get(tuple(found))
        if whole == OPENING and not opens:
            return self.later.get(tuple(found), whole)
        return self.bare.get(_without(found, self.small)) if whole is None else whole

    def _framed(self, found: list[str]) -> str | None:
        """The role of the first synonym with a gap that the heading has the form of."""
        return next((frame.role for frame in self.frames if frame.holds(found)), None)

    def _longest(self, found: list[str], *, anywhere: bool) -> str | None:
        """The role of the longest synonym in ``found``, counted in letters; the earliest of equals."""
        best, length = None, 0
        for start in range(len(found)):
            for end in range(start + 1, min(len(found), start + self.longest) + 1):
                phrase = tuple(found[start:end])
                role = self.anywhere.get(phrase) if anywhere else None
                if role is None and start == 0:
                    role = self.leading.get(phrase)
                size = sum(map(len, phrase)) + len(phrase)
                if role is not None and size > length:
                    best, length = role, size
            if not anywhere:
                break
        return best

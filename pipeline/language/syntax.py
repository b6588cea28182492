"""Reads one pattern of the pattern language into positions that follow one another (Glushkov's construction)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, TypeVar

from pipeline.frozen import dataclass
from pipeline.language.normal import normalise
from pipeline.language.rules import stem

MAX_GAP = 20
DEFAULT_GAP = 3
_TOKEN = re.compile(r"\.\.\.\d*|[()|]\??|[^\s()|?]+\??|\?")
Words = TypeVar("Words", bound=Collection[str])
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*")


class PatternSyntaxError(ValueError):
    """A pattern that cannot be read; the message says why and quotes it."""


@dataclass(frozen=True, slots=True)
class Atom:
    """What one word must be."""

    kind: Literal["stem", "form", "prefix", "number", "any"]
    value: str = ""
    word: str = ""
    """As written, in normal form."""

    def matches(self, form: str, stemmed: str, numbers: frozenset[str]) -> bool:
        """Whether a word of this form and stem will do; ``numbers`` are the language's number words."""
        match self.kind:
            case "stem":
                return stemmed == self.value
            case "form":
                return form == self.value
            case "prefix":
                return form.startswith(self.value)
            case "number":
                return form[0].isdigit() or form in numbers
            case "any":
                return True


@dataclass(frozen=True, slots=True)
class Positions:
    """A pattern: its atoms, which of them may come first, last, and after which."""

    atoms: tuple[Atom, ...]
    first: tuple[int, ...]
    final: frozenset[int]
    follow: tuple[tuple[int, int], ...]
    """For each atom its successors as bits: all of them, and those that are reached through a gap (which steps over commas)."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a pattern: positions that may start it, that may end it, and whether it may be missing."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    empty: bool
    gap: bool = False


@lru_cache(maxsize=16_384)
def _atoms(token: str, language: str) -> tuple[Atom, ...] | None:
    """The words of one token, for ``x-ray`` two; none for a lone hyphen, and None where the token is no word."""
    plain = token.removesuffix("?")
    # what normalising comes to, without its price, for nearly every pattern
    word = (plain.lower() if plain.isascii() else normalise(plain).text).strip("-")
    if not word:
        return ()  # a hyphen between words is a space
    if word == "#":
        return (Atom("number"),)
    found = _WORD.findall(word)
    if not found or _WORD.sub("", word).strip("=*-'"):
        return None
    if word.startswith("="):
        return tuple(Atom("form", form, form) for form in found)
    if word.endswith("*"):
        return tuple(Atom("prefix", form, form) for form in found)
    return tuple(Atom("stem", stem(form, language), form) for form in found)


class _Reader:
    """Reads the tokens of one pattern from left to right."""

    def __init__(self, source: str, language: str) -> None:
        self.source, self.language = source, language
        self.atoms: list[Atom] = []
        self.follow: dict[int, dict[int, bool]] = {}
        self.tokens = _TOKEN.findall(source)
        self.place = 0

    def fail(self, why: str) -> PatternSyntaxError:
        return PatternSyntaxError(f"{why} in the pattern “{self.source}”")

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def alternatives(self) -> _Part:
        parts = [self.sequence()]
        while self.peek() == "|":
            self.place += 1
            parts.append(self.sequence())
        return _Part(
            tuple(position for part in parts for position in part.first),
            tuple(position for part in parts for position in part.last),
            any(part.empty for part in parts),
        )

    def sequence(self) -> _Part:
        parts: list[_Part] = []
        while self.peek() not in {"", "|", ")", ")?"}:
            parts.extend(self.item())
        if not parts:
            raise self.fail("an empty alternative")
        if parts[0].gap or parts[-1].gap:
            raise self.fail("a gap at the start or end of words")
        whole = parts[0]
        for part in parts[1:]:
            whole = self.join(whole, part)
        return whole

    def item(self) -> list[_Part]:
        piece = self.peek()
        self.place += 1
        if piece == "(":
            part = self.alternatives()
            closing = self.peek()
            if closing not in {")", ")?"}:
                raise self.fail("a bracket that is not closed")
            self.place += 1
            return [_Part(part.first, part.last, part.empty or closing == ")?")]
        if piece.startswith("..."):
            return [self.gap(piece[3:])]
        return self.words(piece)

    def gap(self, size: str) -> _Part:
        length = int(size) if size else DEFAULT_GAP
        if not 1 <= length <= MAX_GAP:
            raise self.fail(f"a gap that is not of 1 to {MAX_GAP} words")
        numbers = [self.add(Atom("any")) for _ in range(length)]
        for left, right in pairwise(numbers):
            self.link(left, right, gap=True)
        return _Part((numbers[0],), tuple(numbers), empty=True, gap=True)

    def words(self, token: str) -> list[_Part]:
        found = _atoms(token, self.language)
        if found is None:
            raise self.fail(f"“{token}”, which is no word,")
        return [self.single(atom, optional=token.endswith("?")) for atom in found]

    def single(self, atom: Atom, *, optional: bool) -> _Part:
        number = self.add(atom)
        return _Part((number,), (number,), optional)

    def add(self, atom: Atom) -> int:
        self.atoms.append(atom)
        return len(self.atoms) - 1

    def link(self, left: int, right: int, *, gap: bool) -> None:
        followers = self.follow.setdefault(left, {})
        followers[right] = gap or followers.get(right, False)

    def join(self, left: _Part, right: _Part) -> _Part:
        gap = left.gap or right.gap
        following = dict.fromkeys(right.first, gap)
        for one in left.last:
            followers = self.follow.get(one)
            if followers is None:
                self.follow[one] = following.copy()
            else:
                for other in right.first:
                    self.link(one, other, gap=gap)
        return _Part(
            left.first + (right.first if left.empty else ()),
            right.last + (left.last if right.empty else ()),
            left.empty and right.empty,
            # what follows an empty gap follows the word before it, loosely
            gap=right.gap or (right.empty and left.gap),
        )


def parse(source: str, language: str) -> Positions:
    """The positions of one pattern; raises PatternSyntaxError."""
    reader = _Reader(source, language)
    whole = reader.alternatives()
    if reader.place < len(reader.tokens):
        raise reader.fail("a bracket that is not opened")
    if whole.empty:
        raise reader.fail("nothing that must be there")
    follow = tuple(_bits(reader.follow.get(number, {})) for number in range(len(reader.atoms)))
    return Positions(tuple(reader.atoms), whole.first, frozenset(whole.last), follow)


def _bits(followers: Mapping[int, bool]) -> tuple[int, int]:
    return (
        sum(1 << number for number in followers),
        sum(1 << number for number, through_gap in followers.items() if through_gap),
    )


@lru_cache(maxsize=8192)
def groups(source: str, language: str) -> tuple[frozenset[str], ...]:
    """Stems and forms of which every match has at least one of each group, told without reading the pattern whole.

    There may be more such groups. What is wrong with a pattern this may pass over; ``parse`` says that.
    """
    open_: list[list[list[frozenset[str]]]] = [
        [[]]
    ]  # of each bracket that is open the alternatives, of each the groups
    for piece in _TOKEN.findall(source):
        if piece == "(":
            open_.append([[]])
        elif piece == "|":
            open_[-1].append([])
        elif piece in {")", ")?"} and len(open_) > 1:
            inner = _either(open_.pop())
            if inner and piece == ")":
                open_[-1][-1].append(inner)
        elif piece[0] in "()|":
            return ()
        elif not piece.endswith("?") and not piece.startswith("..."):
            atoms = _atoms(piece, language) or ()
            open_[-1][-1] += [frozenset({atom.value}) for atom in atoms if atom.kind in {"stem", "form"}]
    if len(open_) > 1:
        return ()
    if len(open_[0]) == 1:
        return tuple(open_[0][0])
    whole = _either(open_[0])
    return (whole,) if whole else ()


@lru_cache(maxsize=8192)
def single(source: str, language: str) -> tuple[Atom, ...]:
    """What a pattern may be where it is one word in every case; empty where it is not, or only the whole pattern can tell."""
    pieces = _TOKEN.findall(source)
    if len(pieces) > 1 and pieces[0] == "(" and pieces[-1] == ")":
        inner, bars = pieces[1:-1:2], pieces[2:-1:2]
        if len(pieces) % 2 == 0 or not set(bars) <= {"|"}:
            return ()
        pieces = inner
    elif len(pieces) != 1:
        return ()
    found = [() if piece[0] in "()|.?" or piece.endswith("?") else _atoms(piece, language) or () for piece in pieces]
    alone = all(len(atoms) == 1 and atoms[0].kind in {"stem", "form"} for atoms in found)
    return tuple(atoms[0] for atoms in found) if alone else ()


def _either(alternatives: list[list[frozenset[str]]]) -> frozenset[str]:
    """One group for all alternatives; empty where one of them has none."""
    return frozenset().union(*map(rarest, alternatives)) if all(alternatives) else frozenset()


def rarest(some: Sequence[Words]) -> Words:
    """The group whose words few texts have, as far as their length tells."""
    return max(some, key=lambda group: (min(map(len, group)), -len(group)))

"""Reads one pattern of the pattern language into positions that follow one another (Glushkov's construction)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from pipeline.frozen import dataclass
from pipeline.language.normal import normalise
from pipeline.language.rules import stem

MAX_GAP = 20
DEFAULT_GAP = 3
_TOKEN = re.compile(r"\.\.\.\d*|[()|]\??|[^\s()|?]+\??|\?")
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


def leading(source: str, language: str) -> tuple[Atom, ...]:
    """The atoms one of which any match starts with, and perhaps some more.

    It tells which patterns a text needs without reading the others whole. What is wrong with a pattern it may pass over;
    ``parse`` says that.
    """
    found = _opening(_TOKEN.findall(source), language)
    if found is None:
        positions = parse(source, language)
        return tuple(positions.atoms[position] for position in positions.first)
    return found


@lru_cache(maxsize=8192)
def needed(source: str, language: str) -> frozenset[str]:
    """The stems and forms that every match has, told without reading the pattern whole; perhaps not all of them."""
    found: set[str] = set()
    depth = 0
    for piece in _TOKEN.findall(source):
        depth += (piece == "(") - (piece in {")", ")?"})
        if depth or piece[0] in "().?" or piece.endswith("?"):
            continue
        if piece == "|":
            return frozenset()
        found.update(atom.value for atom in _atoms(piece, language) or () if atom.kind in {"stem", "form"})
    return frozenset(found)


def _opening(tokens: list[str], language: str) -> tuple[Atom, ...] | None:
    """The words of a pattern up to the first that may not be missing; None where only the whole pattern can tell."""
    atoms: list[Atom] = []
    depth = 0
    optional = complete = False
    for piece in tokens:
        depth += (piece == "(") - (piece in {")", ")?"})
        if (piece == "|" and not depth) or (piece.startswith("...") and not complete):
            return None
        if complete or piece in {"(", "|"}:
            continue
        optional = optional or piece.endswith("?")
        if not piece.startswith(")"):
            atoms += _atoms(piece, language) or ()
        if not depth:
            complete = bool(atoms) and not optional
            optional = False
    return tuple(atoms) if complete else None

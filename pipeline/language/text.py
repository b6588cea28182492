"""A text as words: where each stands, its form and stem, what separates it from the last, what negates or quotes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise
from typing import Any, ClassVar, cast

from pipeline.frozen import dataclass
from pipeline.language.normal import CLAUSE_GAP, SENTENCE_GAP, Normal, normalise
from pipeline.language.remembered import Remembered
from pipeline.language.rules import Rules, load_rules, stems_of
from pipeline.language.scope import negated_words, quoted_words

_WORD = re.compile(r"([^\W\d_]++(?:'[^\W\d_]++)*+|\d++(?:[.,:]\d++)*+)")
"""A word; in brackets, so that ``split`` keeps words between what separates them."""
_ASCII_WORD = re.compile(r"([A-Za-z]++(?:'[A-Za-z]++)*+|[0-9]++(?:[.,:][0-9]++)*+)")
"""The same in a text that has no other letters, in half the time."""
_ENDS = ".!?…"
LETTERS = 3
"""The most parts of a dotted abbreviation that are looked at: ``ee.uu``, ``p.ej``."""


class Break(IntEnum):
    """What stands between a word and the one before it; the greater, the more it separates."""

    NONE = 0
    """Space, hyphen, slash or quotation mark."""
    COMMA = 1
    CLAUSE = 2
    """Semicolon, dash between spaces, bracket."""
    COLON = 3
    """A colon: what negates before it may go on."""
    ITEM = 4
    """From a lead to its list item, or from one item to the next, within one sentence."""
    SENTENCE = 5
    BLOCK = 6
    """A sentence and its paragraph end; also before the first word."""


_SENTENCE = Break.SENTENCE


class Text:
    """A text as words; all lists have one entry for each word. What few ask for is worked out when somebody does."""

    __slots__ = (
        "breaks",
        "ends",
        "forms",
        "language",
        "negated",
        "normal",
        "quoted",
        "source",
        "starts",
        "stems",
        "words",
    )
    source: str
    language: str
    normal: Normal
    forms: list[str]
    """Each word in normal form and lower case."""
    stems: list[str]
    """Each word's stem, without accents."""
    starts: list[int]
    """Where it starts in ``normal.text``."""
    ends: list[int]
    breaks: list[Break]
    """What stands before it."""
    negated: list[bool]
    """Whether a negation governs it."""
    quoted: list[bool]
    """Whether it is part of a clause between quotation marks."""
    words: frozenset[str]
    """All forms and stems."""

    def __getattr__(self, name: str) -> Any:
        """Of what is not there yet, as much as is asked for."""
        work_out = self.later.get(name)
        if work_out is None:
            raise AttributeError(name)
        value = work_out(self)
        setattr(self, name, value)
        return value

    later: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "negated": lambda text: negated_words(text.forms, text.stems, text.breaks, text.language),
        "quoted": lambda text: quoted_words(text.normal.text, text.normal.cased, text.starts, text.ends),
        "words": lambda text: _with_stems(frozenset(text.forms), text.language),
    }

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Start and end, in ``source``, of the words from number ``first`` to number ``last``."""
        return self.normal.original(self.starts[first], self.ends[last])


class Whole(Text):
    """A text that was taken apart as it stands."""

    __slots__ = ("gaps", "heads")
    gaps: list[str]
    """What stands before each word and behind the last; of what is a letter in no word, the case may be another."""
    heads: list[int]
    """The words that are the first of a block."""

    def _places(self) -> list[int]:
        """Where words start; where they end is noted on the way."""
        places = list(accumulate(map(len, chain.from_iterable(zip(self.gaps, self.forms, strict=False)))))
        self.ends = places[1::2]
        return places[::2]

    def _ends(self) -> list[int]:
        self.starts = self._places()
        return self.ends

    later: ClassVar[Mapping[str, Callable[[Any], Any]]] = {**Text.later, "starts": _places, "ends": _ends}


def _with_stems(forms: frozenset[str], language: str) -> frozenset[str]:
    return forms.union(map(stems_of(language).__getitem__, forms))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words' numbers, ``last`` included, and its place in the source with its final mark."""

    first: int
    last: int
    start: int
    end: int


def analyse(text: str, language: str) -> Text:
    """The words of ``text``; time and memory are linear in its length.

    Blocks are told apart by ``SENTENCE_GAP``, and what stands in one says nothing of the words of another; a single line
    end is a space; ``CLAUSE_GAP`` joins a lead to its items.
    """
    return take_apart(text, normalise(text), language)


def take_apart(text: str, normal: Normal, language: str) -> Whole:
    """The same for a text whose normal form is known."""
    made = Whole()
    made.source, made.language, made.normal = text, language, normal
    # one call each for the whole text: a step of Python for each word would take several times as long
    if isinstance(normal.offsets, range) and "Σ" not in normal.cased:  # which has two small letters
        parts = (_ASCII_WORD if normal.cased.isascii() else _WORD).split(normal.cased)
        written = parts[1::2]
        made.forms = "\n".join(written).lower().split("\n") if written else []
    else:
        parts = _WORD.split(normal.text)
        written = made.forms = parts[1::2]
    made.gaps = parts[::2]
    if written is made.forms:
        written = [normal.cased[start:end] for start, end in zip(made.starts, made.ends, strict=True)]
    made.stems = list(map(stems_of(language).__getitem__, made.forms))
    _separate(made, written, load_rules(language))
    return made


def sentences(text: Text) -> list[Sentence]:
    """The sentences of ``text`` that have at least one word, in order."""
    firsts = [number for number, gap in enumerate(text.breaks) if gap >= _SENTENCE]
    found: list[Sentence] = []
    for first, following in pairwise((*firsts, len(text.forms))):
        last = following - 1
        start, end = text.place(first, last)
        limit = text.normal.offsets[text.starts[following]] if following < len(text.forms) else len(text.source)
        while end < limit and not text.source[end].isspace():
            end += 1
        while start > 0 and text.source[start - 1] in "¿¡\"'“‘«(":
            start -= 1
        found.append(Sentence(first, last, start, end))
    return found


_PLAIN = {
    "": Break.NONE,
    " ": Break.NONE,
    "\n": Break.NONE,
    "-": Break.NONE,
    "/": Break.NONE,
    ", ": Break.COMMA,
    ",\n": Break.COMMA,
    "; ": Break.CLAUSE,
    ": ": Break.COLON,
    " - ": Break.CLAUSE,
    " (": Break.CLAUSE,
    ") ": Break.CLAUSE,
}


def _separate(text: Whole, written: Sequence[str], rules: Rules) -> None:
    """Note what stands before each word, and which are the first of a block; ``written`` are the words with their capitals."""
    gaps, forms = text.gaps, text.forms
    found = list(map(_PLAIN.get, gaps[:-1]))
    breaks = text.breaks = cast("list[Break]", found)
    heads = text.heads = [0] if found else []
    breaks[:1] = [Break.BLOCK] if found else []
    ends_plainly = _plain_ends(text.language)
    first = 0
    for number in [number for number, level in enumerate(found) if level is None]:
        gap = gaps[number]
        if (
            gap == ". "
            and written[number][0].isupper()
            and ends_plainly[forms[number - 1]]
            and not gaps[number - 1].endswith(".")
        ):
            breaks[number] = _SENTENCE
            first = number
            continue
        level = _break(gap)
        if level == _SENTENCE and not _ends_sentence(text, written, number, first, rules):
            level = Break.NONE
        if level >= _SENTENCE:
            first = number
            if level == Break.BLOCK:
                heads.append(number)
        breaks[number] = level


@cache
def _plain_ends(language: str) -> Remembered[bool]:
    """Which words a full stop ends a sentence behind, as most do, if a capital follows and no other stop is before them."""
    abbreviations = load_rules(language).abbreviations
    return Remembered(lambda form: len(form) > 1 and not form[0].isdigit() and form not in abbreviations)


@lru_cache(maxsize=1024)
def _break(gap: str) -> Break:
    """The break of a gap by its marks alone."""
    if SENTENCE_GAP in gap:
        return Break.BLOCK
    end = next((place for place, char in enumerate(gap) if char in _ENDS), None)
    # a mark with no space after it is part of a name, an address or an abbreviation; an opening ¿ or ¡ starts anew
    if end is not None and (any(char.isspace() for char in gap[end:]) or gap[-1] in "¿¡"):
        return Break.SENTENCE
    if "¿" in gap or "¡" in gap:
        return Break.SENTENCE if end is not None else Break.CLAUSE
    if CLAUSE_GAP in gap:
        return Break.ITEM
    if ":" in gap:
        return Break.COLON
    if ";" in gap or "(" in gap or ")" in gap or "[" in gap or "]" in gap or "|" in gap or " -" in gap or "--" in gap:
        return Break.CLAUSE
    return Break.COMMA if "," in gap else Break.NONE


def _ends_sentence(text: Whole, written: Sequence[str], number: int, first: int, rules: Rules) -> bool:
    """Whether a full stop, ellipsis, question or exclamation mark before word ``number`` ends its sentence.

    ``first`` is the first word of that sentence.
    """
    gap, following = text.gaps[number], written[number][0]
    if gap[-1] in "¿¡":
        return True
    if following.islower():
        # "Stop!" she said; and so on … and on; approx. five. Yet a reader who forgets capitals ends sentences too.
        return gap.rstrip(" \n") == "." and not _abbreviates(text, written, number, first, rules, final=True)
    if not gap.startswith("."):
        return True
    last = text.forms[number - 1]
    if last[0].isdigit() and number - 1 == first and gap == ". ":
        return False  # a typed list number
    if following.isdigit() and last in rules.before_numbers:
        return False
    return not _abbreviates(text, written, number, first, rules, final=False)


def _abbreviates(text: Whole, written: Sequence[str], number: int, first: int, rules: Rules, *, final: bool) -> bool:
    """Whether the word before word ``number`` is an abbreviation or an initial; ``final`` allows all of them."""
    forms, gaps, breaks = text.forms, text.gaps, text.breaks
    last = forms[number - 1]
    dotted = last
    place = number - 1
    while number - place <= LETTERS and breaks[place] != Break.BLOCK and gaps[place].endswith("."):
        place -= 1
        dotted = f"{forms[place]}.{dotted}"
    known = rules.abbreviations | rules.final_abbreviations if final else rules.abbreviations
    if last in known or dotted in known or (final and last in rules.before_numbers):
        return True
    if len(last) > 1 or last.isdigit() or not written[number - 1][0].isupper() or dotted != last:
        return final and dotted != last
    before = "" if breaks[number - 1] == Break.BLOCK else forms[number - 2]
    return before not in rules.lettered and (number - 1 == first or written[number - 2][0].isupper())

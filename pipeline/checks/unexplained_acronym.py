"""An acronym that the text does not spell out where it first stands.

PEMAT 4 asks for medical terms to be explained. Write the words with the letters in brackets at first use, or the letters
with the words in brackets. Acronyms that every reader knows are on the language's list; units, Roman numerals, headings and
sources do not count.

Bad:

    Rate each set by RPE and stop early.

Good:

    Rate each set by your rating of perceived exertion (RPE). Stop early when the RPE is high.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.context import Context
from pipeline.checks.prose import Kind, prose
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity

KINDS: frozenset[Kind] = frozenset({"paragraph", "item", "cell", "caption"})
_ACRONYM = re.compile(r"(?<![\w@#./-])[A-ZÀ-ÖØ-Þ](?:[A-ZÀ-ÖØ-Þ&]|(?<=[A-Z])\d(?=[A-Z])){1,5}(?=s?(?![\w@])|[’']s\b)")
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ&\d]")
"""What every acronym starts with; a text without it need not be looked at more closely."""
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SHOUTED = 3
"""Words in capitals in a row that are emphasis, not acronyms."""
UNITS = frozenset(
    {
        "KG",
        "LB",
        "LBS",
        "CM",
        "MM",
        "KM",
        "ML",
        "MG",
        "KCAL",
        "KJ",
        "HZ",
        "BPM",
        "MPH",
        "KPH",
        "IU",
        "MIN",
        "SEC",
        "AM",
        "PM",
    }
)
_WORDS = re.compile(r"[^\W\d_]+")
_CODE = re.compile(
    r"\b(?:codes?|coupons?|vouchers?|promos?|passwords?|códigos?|cup[oó]n(?:es)?|claves?)(?:\W+\w+){0,3}?\W+$",
    re.IGNORECASE,
)
"""What is typed as it stands: *the discount code NORTH*."""
REACH = 12
"""Words that the long form may have."""
NEAR = 200
"""Characters beside an acronym among which they stand."""


@check("R05", severity=Severity.WARNING, source="PEMAT 4")
def unexplained_acronym(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each acronym, at its first use."""
    known = _known(context.locale.acronyms)
    seen: set[str] = set()
    for passage in prose(article, KINDS):
        text = passage.text
        if not _CAPITALS.search(text) or not _ACRONYM.search(text) or _is_shouted(text):
            continue
        for found in _ACRONYM.finditer(text):
            name = found.group()
            if name in seen or name in known or _ROMAN.fullmatch(name) or _in_shout(text, found.start(), found.end()):
                continue
            if _CODE.search(text, max(0, found.start() - NEAR), found.start()):
                continue
            seen.add(name)
            if not _expanded(text, found.start(), found.end(), name):
                yield Finding(
                    f"“{name}” is not explained where it first stands",
                    passage.place(found.start(), found.end()),
                    f"Write the words first and then ({name}), or use the words alone.",
                )


@lru_cache(maxsize=16)
def _known(acronyms: frozenset[str]) -> frozenset[str]:
    """What needs no explanation."""
    return UNITS.union(name.upper().replace(".", "") for name in acronyms)


def _is_shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) > len(letters) / 2 and len(letters) > 2 * _SHOUTED


def _in_shout(text: str, start: int, end: int) -> bool:
    """Whether the words around are in capitals too: *DO NOT LIFT*."""
    around = [*_WORDS.findall(text[max(0, start - 40) : start])[-2:], *_WORDS.findall(text[end : end + 40])[:2]]
    shouted = sum(1 for word in around if len(word) > 1 and word.isupper())
    return shouted >= _SHOUTED - 1


def _expanded(text: str, start: int, end: int, name: str) -> bool:
    """Whether the words stand beside the letters: *long form (LF)* or *LF (long form)*."""
    before, after = text[max(0, start - NEAR) : start].rstrip(), text[end : end + NEAR].removeprefix("s").lstrip()
    if before.endswith(("(", "[")) and (words := _WORDS.findall(before)):
        return _spells(words[-REACH:], name)
    if after.startswith(("(", "[")):
        return _spells(_WORDS.findall(after.split(")")[0]), name)
    behind = re.match(r"[,–—:-]\s*(?:or|that is|meaning|short for|o|es decir)?\s*", after)
    return behind is not None and _spells(_WORDS.findall(after[behind.end() : behind.end() + 120])[:REACH], name)


def _spells(words: list[str], name: str) -> bool:
    """Whether the words begin with the letters, in order; small words may be passed over, and two letters in one word.

    A letter may stand inside a word (*electromyography*, EMG), and another language's letters need two in three to fit.
    """
    letters = [char for char in name.casefold() if char.isalpha()]
    text = " ".join(words).casefold()
    place, fitted = 0, 0
    for letter in letters:
        following = text.find(letter, place)
        if following >= 0:
            fitted += 1
            place = following + 1
    initials = {word[0].casefold() for word in words}
    return bool(words) and fitted * 3 >= len(letters) * 2 and not initials.isdisjoint(letters)

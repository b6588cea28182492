"""Find words in a page's text, as a reader would: line ends, hyphenation, quotation marks and ligatures do not count."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

HYPHENS = frozenset("-\u2010\u2011\x02\ufffe")
"""Hyphens; PDFium gives U+0002 or U+FFFE for one that ends a line, soft or hard."""

SOFT_HYPHEN = "\u00ad"
"""Where a word may break, seen only where it does."""

IGNORED = frozenset("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f•◦▪‣●○■□☐☑✓✔")
"""Invisible characters, and the marks that lists put before their items."""

QUOTES = MappingProxyType(
    {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("–—―", "–"), "‹": "'", "›": "'"}
)

PLAIN = frozenset(map(chr, range(0x21, 0x7F))) - HYPHENS - QUOTES.keys()
"""What stays as it is."""

RUNS = re.compile(f"([{re.escape(''.join(sorted(PLAIN)))}]+) ?|.", re.DOTALL)
"""Plain characters and a space behind them, or any other character."""

NUMBER = r"(?:\d{1,9}[.)])*"
"""What ordered lists put before an item; several where an item opens with a list."""


@dataclass(slots=True)
class Squeezed:
    """A text without white space and hyphens, and what stood before each character that is left."""

    text: str
    origin: list[int]
    """For each character, its place in the text that it comes from."""
    gaps: list[str]
    """For each character, what was left out before it: nothing, or spaces, line ends and hyphens as `` ``, ``n``,
    ``-`` and ``s`` for soft ones."""


def squeeze(text: str) -> Squeezed:
    """Take out what typesetting may change."""
    made = Squeezed("", [], [])
    letters: list[str] = []
    gap = ""
    for found in RUNS.finditer(text):
        place, run = found.start(), found[1]
        if run:
            letters.append(run)
            end = place + len(run)
            made.origin += range(place, end)
            made.gaps.append(gap)
            made.gaps += [""] * (len(run) - 1)
            gap = " " if found.end() > end else ""
            continue
        other = found[0]
        if left_out := _left_out(other):
            gap += left_out
        elif unicodedata.combining(other) and letters and len(joined := _joined(letters[-1][-1], other)) == 1:
            letters[-1] = letters[-1][:-1] + joined
        elif other not in IGNORED:
            for each in QUOTES.get(other) or unicodedata.normalize("NFKC", other):
                letters.append(each)
                made.origin.append(place)
                made.gaps.append(gap)
                gap = ""
    made.text = "".join(letters)
    return made


def _left_out(character: str) -> str:
    """What a gap has for a character that typesetting may change; empty for all others."""
    if character in "\r\n":
        return "n"
    if character.isspace():
        return " "
    if character in HYPHENS:
        return "-"
    return "s" if character == SOFT_HYPHEN else ""


def _joined(letter: str, accent: str) -> str:
    """A letter and its accent, one character where there is one for both."""
    return unicodedata.normalize("NFC", letter + accent)


def occurrences(page: Squeezed, words: str) -> list[tuple[int, int]]:
    """Where all of ``words`` stand on a page, as first and last place in the page's text."""
    blocks, pattern = _sought(words)
    if not blocks:
        return []
    found = []
    for match in pattern.finditer(page.text):
        starts = [match.start(group + 1) for group in range(len(blocks))]
        if all(_same_words(page, start, block) for start, block in zip(starts, blocks, strict=True)):
            found.append((page.origin[match.start()], page.origin[match.end() - 1]))
    return found


def says_nothing(text: str) -> bool:
    """Whether a text is nothing but what lists put before their items, as an item has it that is all picture."""
    return bool(re.fullmatch(NUMBER, squeeze(text).text))


@lru_cache(maxsize=256)
def _sought(words: str) -> tuple[list[Squeezed], re.Pattern[str]]:
    """The blocks of a wording and what finds them; approved wordings are looked for in many files."""
    blocks = [squeeze(block) for block in unicodedata.normalize("NFC", words).split("\n")]
    blocks = [block for block in blocks if block.text]
    # a style sheet may set a line in capitals, as it does the labels of alerts
    either = (f"({re.escape(block.text)}|{re.escape(block.text.upper())})" for block in blocks)
    return blocks, re.compile(NUMBER.join(either))


def _same_words(page: Squeezed, start: int, block: Squeezed) -> bool:
    return all(_same_gap(page.gaps[start + place], block.gaps[place]) for place in range(1, len(block.text)))


def _same_gap(found: str, wanted: str) -> bool:
    """Whether a gap on the page is the gap in the wording; a line may end, and a word break, anywhere."""
    if "-" in wanted:
        return "-" in found or "n" in found
    if " " in wanted or "n" in wanted:
        return " " in found or "n" in found
    return not found.strip("s") or "n" in found

"""Find words in a page's text, as a reader would: line ends, hyphenation, quotation marks and ligatures do not count."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
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
    characters: list[str] = []
    origin: list[int] = []
    gaps: list[str] = []
    gap = ""
    for place, character in enumerate(text):
        if character in "\r\n":
            gap += "n"
        elif character.isspace():
            gap += " "
        elif character in HYPHENS:
            gap += "-"
        elif character == SOFT_HYPHEN:
            gap += "s"
        elif unicodedata.combining(character) and characters and len(joined := _joined(characters[-1], character)) == 1:
            characters[-1] = joined
        elif character not in IGNORED:
            plain = QUOTES.get(character) or unicodedata.normalize("NFKC", character)
            for each in plain:
                characters.append(each)
                origin.append(place)
                gaps.append(gap)
                gap = ""
    return Squeezed("".join(characters), origin, gaps)


def _joined(letter: str, accent: str) -> str:
    """A letter and its accent, one character where there is one for both."""
    return unicodedata.normalize("NFC", letter + accent)


def occurrences(page: Squeezed, words: str) -> list[tuple[int, int]]:
    """Where all of ``words`` stand on a page, as first and last place in the page's text."""
    blocks = [squeeze(block) for block in unicodedata.normalize("NFC", words).split("\n")]
    blocks = [block for block in blocks if block.text]
    if not blocks:
        return []
    # a style sheet may set a line in capitals, as it does the labels of alerts
    either = (f"({re.escape(block.text)}|{re.escape(block.text.upper())})" for block in blocks)
    pattern = re.compile(NUMBER.join(either))
    found = []
    for match in pattern.finditer(page.text):
        starts = [match.start(group + 1) for group in range(len(blocks))]
        if all(_same_words(page, start, block) for start, block in zip(starts, blocks, strict=True)):
            found.append((page.origin[match.start()], page.origin[match.end() - 1]))
    return found


def _same_words(page: Squeezed, start: int, block: Squeezed) -> bool:
    return all(_same_gap(page.gaps[start + place], block.gaps[place]) for place in range(1, len(block.text)))


def _same_gap(found: str, wanted: str) -> bool:
    """Whether a gap on the page is the gap in the wording; a line may end, and a word break, anywhere."""
    if "-" in wanted:
        return "-" in found or "n" in found
    if " " in wanted or "n" in wanted:
        return " " in found or "n" in found
    return not found.strip("s") or "n" in found

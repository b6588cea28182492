"""The normal form in which texts are compared, and the way back to the original."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.frozen import dataclass

SENTENCE_GAP = "\n\n"
"""Put between blocks of text: a sentence ends here."""
CLAUSE_GAP = "\u2028"
"""Put between a lead and its list items: a clause ends here, the sentence goes on."""

_SINGLE = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\u0060\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u300c\u300d\u300e\u300f\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
    ),
}
_TABLE = str.maketrans(_SINGLE)
_ASCII = tuple(filter(str.isascii, _SINGLE))
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in normal form: NFC, plain quotes, hyphens and spaces, no soft hyphens or other invisible characters."""

    cased: str
    """With capitals as written."""
    text: str
    """In lower case; as long as ``cased``."""
    offsets: Sequence[int]
    """For each place in ``text``, and for its end, the place in the original."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of ``text[start:end]``."""
        return self.offsets[start], self.offsets[end]


def normalise(text: str) -> Normal:
    """The normal form of ``text``; line ends count as spaces where words are compared."""
    return normalise_evenly(text) or _slowly(text)


def normalise_evenly(text: str) -> Normal | None:
    """The normal form where each character stays in its place, as in nearly every text; None where one may not."""
    if text.isascii() and not any(map(text.__contains__, _ASCII)):
        return Normal(text, text.lower(), range(len(text) + 1))
    if (
        unicodedata.is_normalized("NFC", text)
        and _DROPPED.isdisjoint(text)
        and not any(map(text.__contains__, _LIGATURES))
    ):
        cased = text.translate(_TABLE)
        lower = cased.lower()
        if len(lower) == len(cased):
            return Normal(cased, lower, range(len(text) + 1))
    return None


def _slowly(text: str) -> Normal:
    """The normal form, character by character, for texts whose normal form has another length."""
    cased: list[str] = []
    offsets: list[int] = []
    for start, end in _clusters(text):
        cluster = unicodedata.normalize("NFC", text[start:end]).translate(_TABLE)
        for char in _LIGATURES.get(cluster, cluster):
            if char not in _DROPPED:
                cased.append(char)
                offsets.append(start)
    offsets.append(len(text))
    joined = "".join(cased)
    return Normal(joined, "".join(char.lower() if len(char.lower()) == 1 else char for char in joined), offsets)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each character with the combining marks that follow it; one by one, since a text may be long."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, place
            start = place


@cache
def _accents() -> dict[int, str]:
    """Accented Latin letters -> the plain letter; ñ is a letter of its own."""
    table: dict[int, str] = {}
    for code in (*range(0xC0, 0x180), *range(0x1E00, 0x1F00)):
        char = chr(code)
        plain = unicodedata.normalize("NFD", char)[0]
        if char not in "ñÑ" and plain != char:
            table[code] = plain
    return table


def fold(text: str) -> str:
    """``text`` without accents, so that a forgotten one does not hide a word."""
    return text if text.isascii() else text.translate(_accents())

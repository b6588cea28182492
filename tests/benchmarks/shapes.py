"""Articles that nobody writes: huge ones of every shape, from the data in ``shapes.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from string import Template, ascii_uppercase
from typing import Any

import yaml

DATA = Path(__file__).with_suffix(".yaml")
COLUMNS = 100
_LETTERS = ["".join(letters) for letters in product(ascii_uppercase, repeat=3)]


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of article in one language."""

    name: str
    language: str
    count: int
    """How many pieces the whole of it has."""
    start: str
    piece: str
    after: str
    end: str
    profile: str
    words: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    def article(self, count: int) -> str:
        """The whole file with so many pieces."""
        pieces, after = (self._many(text, count) for text in (self.piece, self.after))
        return self.metadata + self._filled(self.start) + pieces + self._filled(self.end) + after

    @property
    def metadata(self) -> str:
        """Its first lines."""
        return (
            f"---\ntitle: A long article\ndescription: One that nobody writes.\nprofile: {self.profile}\n"
            f"authors:\n  - name: Priya Nair\n    credentials: BSc Sport Science\nlanguage: {self.language}\n"
            "published: 2026-03-02\nreviewed: 2026-03-02\n---\n\n"
        )

    def _filled(self, text: str) -> str:
        return Template(text).substitute(self.words) if "$" in text else text

    def _many(self, text: str, count: int) -> str:
        if not any(f"${name}" in text for name in ("n", "acronym", "ticks")):
            return self._filled(text) * count
        template = Template(text)
        return "".join(
            template.substitute(self.words, n=number, acronym=_LETTERS[number % len(_LETTERS)], ticks="`" * number)
            for number in range(1, count + 1)
        )


@cache
def shapes() -> tuple[Shape, ...]:
    """Every shape in every language."""
    data = yaml.safe_load(DATA.read_text("utf-8"))
    wide = {"header": "| a " * COLUMNS + "|", "rule": "| --- " * COLUMNS + "|"}
    return tuple(_shapes(data["shapes"], {language: words | wide for language, words in data["words"].items()}))


def _shapes(data: Mapping[str, Mapping[str, Any]], words: Mapping[str, Mapping[str, str]]) -> Iterator[Shape]:
    for name, parts in data.items():
        for language in words:
            yield Shape(
                name,
                language,
                parts["count"],
                parts.get("start", ""),
                parts["piece"],
                parts.get("after", ""),
                parts.get("end", ""),
                parts.get("profile", "exercise-guide"),
                words[language],
            )

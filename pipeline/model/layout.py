"""The layouts of a PDF, and where files of each lie."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Layout = Literal["standard", "handout", "large-print", "booklet", "cards"]
Line = Literal["name", "date", "coach", "sets"]
"""A line to fill in on a handout."""

FOLDERS: Mapping[Layout, str] = MappingProxyType(
    {
        "standard": "pdf",
        "handout": "handouts",
        "large-print": "large-print",
        "booklet": "booklets",
        "cards": "cards",
    }
)
"""Layout -> the folder of ``build/`` that its PDFs lie in."""

PARTIAL: frozenset[Layout] = frozenset({"handout", "cards"})
"""Layouts that show a part of what the article says."""

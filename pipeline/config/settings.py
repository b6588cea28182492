"""The publisher's settings, and the house rules among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from pipeline.frozen import dataclass
from pipeline.model.diagnostic import Severity
from pipeline.model.layout import Line

Paper = Literal["A4", "Letter", "A5"]


@dataclass(frozen=True, slots=True)
class Policy:
    """House rules over the profiles' own; every threshold of the checks."""

    max_grade: float = 8
    error_grade: float = 12
    max_smog: float = 11
    error_smog: float = 14
    max_sentence_words: int = 30
    long_sentence_words: int = 20
    max_long_sentences: float = 0.10
    max_passive: float = 0.10
    min_words_key_points: int = 600
    max_run_words: int = 250
    max_list_items: int = 7
    min_section_words: int = 10
    review_months: int = 36
    min_sources: int = 2
    max_email_kb: float = 102
    warn_email_kb: float = 90
    severity: Mapping[str, Severity] = field(default_factory=dict)
    """Check code -> error, warning or off."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """How newsletters are sent."""

    sender: str = ""
    """As ``Northside Strength <news@northside.example>``."""
    unsubscribe: str = ""
    """The address that takes a reader off the list; ``{{email}}`` in it stands for the reader's."""
    list_id: str = ""
    """Of the List-Id header (RFC 2919), as ``news.northside.example``."""


@dataclass(frozen=True, slots=True)
class Config:
    """The publisher's settings."""

    name: str
    url: str
    contact: str
    postal_address: str = ""
    language: str = "en-GB"
    colour: str = "#0b5d4e"
    logo: str = ""
    theme: str = "default"
    paper: Paper = "A4"
    handout_lines: tuple[Line, ...] = ()
    """Lines to fill in on handouts."""
    policy: Policy = field(default_factory=Policy)
    mailing: Mailing = field(default_factory=Mailing)
    path: str = "content/publisher.toml"
    """Of the file it came from, relative to the working directory."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Line of each key, as ``brand.colour``."""

    @property
    def sender(self) -> str:
        """Who sends newsletters, as ``Name <address>``: the contact where nobody else is named; empty where it is no address."""
        contact = self.contact if re.fullmatch(r"[^\s@<>]++@[^\s@<>][^\s@<>.]*+\.[^\s@<>]++", self.contact) else ""
        return self.mailing.sender or (f"{self.name} <{contact}>" if contact else "")

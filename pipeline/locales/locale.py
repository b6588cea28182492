"""What the interface and the checks must know of a language and its region, read from this folder's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.bundled import bundled_toml
from pipeline.frozen import dataclass

DATA = Path(__file__).parent
FALLBACK = "en"
PHRASES = ("opening", "steps", "schedule")
"""Tables of words and patterns that single checks look for."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A language in a region: interface strings, and what the checks look for."""

    tag: str
    """BCP 47, of the data: ``en-GB`` also for a region that has no file."""
    strings: Mapping[str, str] = field(repr=False)
    """What the interface says, by key; placeholders in braces. ``text`` takes English for what is not here."""
    emergency: tuple[str, ...]
    """Numbers to call in an emergency, the one to print first."""
    quotes: tuple[str, ...]
    """Outer opening and closing quotation mark, then the inner ones."""
    hyphenation: str
    """Name of the hyphenation dictionary."""
    readability: str
    """``flesch-kincaid`` or ``inflesz``; empty where no formula is known."""
    vague_links: tuple[str, ...] = field(repr=False, default=())
    """Link texts that do not say where the link leads."""
    acronyms: frozenset[str] = field(repr=False, default=frozenset())
    """Capitals that readers know without being told."""
    colours: tuple[str, ...] = ()
    """Patterns of the words for colours."""
    colour_only: tuple[str, ...] = field(repr=False, default=())
    """Patterns that point to something by its colour, with ``{colour}`` for any of them."""
    other_cues: tuple[str, ...] = field(repr=False, default=())
    """Patterns of words that give another cue beside a colour."""

    phrases: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    """Words and patterns that single checks look for, as ``opening.answers``; empty tuples where a language has none."""

    @property
    def language(self) -> str:
        """The language without its region: ``en``."""
        return self.tag.partition("-")[0]

    def text(self, key: str, **values: object) -> str:
        """The interface string of ``key``, its values filled in, in English where this language has none yet.

        Raises KeyError for an unknown key.
        """
        string = self.strings.get(key) or load_locale(FALLBACK).strings[key]
        return string.format(**values)


@lru_cache(maxsize=4)
def languages(folder: Path = DATA) -> tuple[str, ...]:
    """The languages that have a file of their own, without regions, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml") if "-" not in path.stem))


def load_locale(language: str, folder: Path = DATA) -> Locale:
    """The locale of a BCP 47 tag, from the files in ``folder``.

    A region without a file takes its language's default (``en-AU`` → ``en-GB``, ``es-MX`` → ``es``), a language without
    a file takes English. ``<language>.toml`` holds what regions share; ``<language>-<REGION>.toml`` replaces, key by key,
    what they say otherwise.
    """
    return _load(language.replace("_", "-").lower(), folder)


@lru_cache(maxsize=64)
def _load(language: str, folder: Path) -> Locale:
    files = {path.stem.lower(): path for path in folder.glob("*.toml")}
    base = language.partition("-")[0]
    if base not in files:
        base = FALLBACK
    shared = bundled_toml(files[base])
    # a script or variant between language and region does not matter: es-Latn-US is es-US
    region = f"{base}-{language.rpartition('-')[2]}"
    tag = region if region in files and language.startswith(base) else str(shared.get("default", base)).lower()
    data = shared if tag not in files or tag == base else _merge(shared, bundled_toml(files[tag]))
    return _locale(files[tag].stem if tag in files else base, data)


def _merge(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**shared, **own}
    for key in ("strings", "colours", *PHRASES):
        merged[key] = {**shared.get(key, {}), **own.get(key, {})}
    return merged


def _phrases(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    tables = ((table, data.get(table, {})) for table in PHRASES)
    return {f"{table}.{key}": tuple(values) for table, entries in tables for key, values in entries.items()}


def _locale(tag: str, data: Mapping[str, Any]) -> Locale:
    colours = data.get("colours", {})
    return Locale(
        tag=tag,
        strings=data.get("strings", {}),
        emergency=tuple(data.get("emergency", ())),
        quotes=tuple(data["quotes"]),
        hyphenation=data.get("hyphenation", ""),
        readability=data.get("readability", ""),
        vague_links=tuple(data.get("vague_links", ())),
        acronyms=frozenset(data.get("acronyms", ())),
        colours=tuple(colours.get("names", ())),
        colour_only=tuple(colours.get("only", ())),
        other_cues=tuple(colours.get("other_cues", ())),
        phrases=_phrases(data),
    )

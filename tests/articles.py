"""Articles for tests: from a snippet of Markdown, in a small content tree."""

from __future__ import annotations

import base64
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.checks.context import Context
from pipeline.checks.run import Checked, run_checks
from pipeline.config import load_config
from pipeline.disclaimers import load_disclaimers
from pipeline.locales import load_locale
from pipeline.model.article import Article, Library
from pipeline.profiles import load_profiles
from pipeline.source import SourceFile, load_tree, read_article

TODAY = date(2026, 11, 22)
"""The day on which these articles are judged."""

METADATA: Mapping[str, Any] = {
    "title": "Do hip thrusts strengthen the glutes?",
    "description": "What hip thrusts do for the glutes, and how to do them.",
    "profile": "exercise-qa",
    "authors": [{"name": "Priya Nair", "credentials": "BSc Sport Science"}],
    "reviewer": {"name": "Tom Ashworth", "credentials": "HCPC-registered physiotherapist"},
    "language": "en-GB",
    "published": "2026-03-02",
    "reviewed": "2026-03-02",
}
"""What a snippet's own metadata is merged over; a key that a snippet sets to null is left out."""

PUBLISHER: Mapping[str, Any] = {
    "publisher": {
        "name": "Northside Strength",
        "url": "https://northside.example",
        "contact": "hello@northside.example",
    },
}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="40" height="30" fill="#0b5d4e"/></svg>\n'
)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
SQUAT = "Bend your knees.\n\n## Warm-up\n\nWalk for five minutes before you start to lift, then swing your arms.\n"

_FRONT = re.compile(r"---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
_HOUSE = re.compile(r"\+\+\+\n(.*?)^\+\+\+\n", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"(file|link): (\S.*)\n\n?")
_CHARACTER = re.compile(r"<U\+([0-9A-F]{4,6})>")


@dataclass(frozen=True, slots=True)
class Snippet:
    """An example taken apart."""

    source: str
    """The article's file: whole metadata, then the text."""
    publisher: Mapping[str, Any]
    path: str = "articles/example.md"
    """Below ``content/``."""
    target: str = ""
    """What the file is a link to; empty for a plain file."""


def snippet(text: str, metadata: Mapping[str, Any] = METADATA) -> Snippet:
    """The parts of an example.

    First, as needed, ``file: PATH`` or ``link: PATH -> TARGET``, house rules between lines ``+++`` and metadata between
    lines ``---``; then Markdown. ``<U+202E>`` stands for that character. ``metadata`` is what its own is merged over.
    """
    named = _FILE.match(text)
    path, target = "articles/example.md", ""
    if named:
        path, _, target = (part.strip() for part in named[2].partition("->"))
        text = text[named.end() :]
    house = _HOUSE.match(text)
    if house:
        text = text[house.end() :]
    front = _FRONT.match(text)
    if front:
        text = text[front.end() :]
    # as written, not as YAML reads it: an impossible date must reach the file
    own = yaml.load(front[1], yaml.BaseLoader) if front else {}  # noqa: S506 -- it makes nothing but strings
    kept = {key: value for key, value in {**metadata, **own}.items() if value != "null"}
    body = _CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)
    top = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=1000)
    return Snippet(f"---\n{_bare_dates(top)}---\n{body}", tomllib.loads(house[1]) if house else {}, path, target)


def _bare_dates(top: str) -> str:
    return re.sub(r": '(\d{4}-\d\d-\d\d)'$", r": \1", top, flags=re.MULTILINE)


def make_tree(folder: Path, publisher: Mapping[str, Any] | None = None) -> Path:
    """A content tree with settings, one article (``squat``) and pictures, sound and damaged."""
    content = folder / "content"
    (content / "articles").mkdir(parents=True)
    (content / "images").mkdir()
    (content / "publisher.toml").write_text(_toml(PUBLISHER, publisher or {}), "utf-8")
    (content / "images" / "squat.svg").write_text(SVG, "utf-8")
    (content / "images" / "dot.png").write_bytes(PNG)
    (content / "images" / "damaged.png").write_bytes(PNG[:30])
    (content / "images" / "really.jpg").write_bytes(PNG)
    top = yaml.safe_dump({**METADATA, "title": "How to squat"}, sort_keys=False)
    (content / "articles" / "squat.md").write_text(f"---\n{_bare_dates(top)}---\n{SQUAT}", "utf-8")
    return content


def _toml(*tables: Mapping[str, Any]) -> str:
    merged: dict[str, Any] = {}
    for each in tables:
        for name, values in each.items():
            merged[name] = {**merged.get(name, {}), **values}
    lines: list[str] = []
    for name, values in merged.items():
        lines.append(f"[{name}]")
        nested = {key: value for key, value in values.items() if isinstance(value, Mapping)}
        lines += [f"{key} = {_value(value)}" for key, value in values.items() if key not in nested]
        for key, inner in nested.items():
            lines.append(f"[{name}.{key}]")
            lines += [f"{inner_key} = {_value(value)}" for inner_key, value in inner.items()]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def context_for(content: Path, article: Article, library: Library) -> Context:
    """What the checks may know, for an article of the tree ``content``."""
    profiles = load_profiles(content)
    return Context(
        config=load_config(content),
        profile=profiles.get(article.metadata.profile),
        profiles=profiles,
        disclaimers=load_disclaimers(content),
        locale=load_locale(article.language),
        library=library,
        as_of=TODAY,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article's file stands and what is around it."""

    file: str = "articles/example.md"
    """Below ``content/``."""
    link: str = ""
    """What the file is a link to; empty for a plain file."""
    folder: bool = False
    """Whether a folder stands where the file should."""
    encoding: str = "utf-8"
    publisher: Mapping[str, Any] = field(default_factory=dict)
    """Settings over PUBLISHER."""
    beside: Mapping[str, str] = field(default_factory=dict)
    """Other files below ``content/``."""
    whole: bool = False
    """Whether the whole tree is checked."""


def load_in_place(source: str, place: Place, folder: Path) -> tuple[Article, Context]:
    """The article with this source, put into a tree of its own in ``folder`` and read from there."""
    content = make_tree(folder, place.publisher)
    for name, text in place.beside.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    file = content / place.file
    file.parent.mkdir(parents=True, exist_ok=True)
    if place.folder:
        file.mkdir()
    elif place.link:
        (file.parent / place.link).write_text(source, "utf-8")
        file.symlink_to(place.link)
    else:
        file.write_bytes(source.encode(place.encoding, "surrogatepass" if place.encoding == "utf-8" else "strict"))
    profiles, kinds = load_profiles(content), load_disclaimers(content)
    paths = [] if place.whole else [file]
    tree = load_tree(content, paths, config=load_config(content), profiles=profiles, kinds=kinds)
    article = next(article for article in tree.articles if Path(article.path).name == file.name)
    return article, context_for(content, article, tree.library)


def load_snippet(text: str, folder: Path) -> tuple[Article, Context]:
    """The article of a snippet, in a tree in ``folder``."""
    parts = snippet(text)
    return load_in_place(parts.source, Place(parts.path, parts.target, publisher=parts.publisher), folder)


@cache
def shared_tree(folder: Path) -> tuple[Path, Library]:
    """A tree in ``folder`` that many articles can be judged in without being part of it."""
    content = make_tree(folder)
    tree = load_tree(content, config=load_config(content), profiles=load_profiles(None), kinds=load_disclaimers(None))
    return content, Library(tree.library.entries, tree.library.referenced)


def check_source(source: str, folder: Path) -> Checked:
    """What the checks find in a whole article, given as the text of its file, beside the tree in ``folder``."""
    content, library = shared_tree(folder)
    file = content / "articles" / f"case-{os.getpid()}.md"
    file.write_text(source, "utf-8", newline="")
    profiles, kinds = load_profiles(None), load_disclaimers(None)
    found = SourceFile(file, f"content/articles/{file.name}", file.stem)
    article = read_article(found, content=content, config=load_config(content), profiles=profiles, kinds=kinds)
    return run_checks(article, context_for(content, article, library))

"""Newsletters for tests: from a snippet of Markdown, in a small content tree with a sound article."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.newsletters import Newsletters
from pipeline.workspace import Checked, open_workspace
from tests.articles import TODAY, Place, make_tree, snippet
from tests.desk import CONTENT, Desk

METADATA: Mapping[str, Any] = {
    "title": "Northside News",
    "issue": "7",
    "published": "2026-11-20",
    "subject": "News from the gym",
    "preheader": "What is on in December.",
    "items": ["beans"],
    "language": "en-GB",
}
"""What a snippet's own metadata is merged over; a key that a snippet sets to null is left out."""

PUBLISHER: Mapping[str, Any] = {
    "publisher": {"postal_address": "12 Mill Lane, Leeds LS1 4AB, UK"},
    "newsletter": {
        "from": "Northside Strength <news@northside.example>",
        "unsubscribe": "https://northside.example/unsubscribe?address={{email}}",
    },
}
"""Settings with which a newsletter may be sent."""

ARTICLES: Mapping[str, str] = {
    "beans": "nutrition-en",
    "caderas": "qa-es",
    "hips": "qa-en",
    "bridge": "d-guide-en",
}
"""Slugs of the articles beside it, and the sound articles of the corpus that they are."""
BASE = Path(__file__).parent / "corpus" / "base"


SLUG = "winter-2026"
"""The real issue among the content."""


def build_issue(folder: Path) -> Desk:
    """The real content with its newsletter, built below ``folder``."""
    shutil.copytree(CONTENT, folder / "content", ignore=shutil.ignore_patterns("books"))
    desk = Desk(folder / "content", folder / "build")
    result = desk.build("newsletter")
    assert (result.exit_code, result.report.diagnostics, result.failures) == (0, (), ())
    return desk


def check_newsletter(source: str, place: Place, folder: Path) -> Checked:
    """What the checks find in a whole newsletter, given as the text of its file, in a tree of its own in ``folder``."""
    file = make_newsletter(source, place, folder)
    (checked,) = Newsletters(open_workspace(folder / "content", [file], as_of=TODAY)).check()
    return checked


def make_newsletter(source: str, place: Place, folder: Path) -> Path:
    """A newsletter's file in a tree of its own in ``folder``, beside sound articles that it may hold."""
    content = make_tree(folder, place.publisher or PUBLISHER)
    for slug, base in ARTICLES.items():
        (content / "articles" / f"{slug}.md").write_text((BASE / f"{base}.md").read_text("utf-8"), "utf-8")
    for name, text in place.beside.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    file = content / place.file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, "utf-8")
    return file


def check_newsletter_snippet(text: str, folder: Path) -> Checked:
    """What the checks find in an example's newsletter; settings that it gives of its publisher are all that there are."""
    parts = snippet(text, METADATA)
    whole = {} if "publisher" in parts.publisher else PUBLISHER
    return check_newsletter(
        parts.source, Place("newsletters/example.md", publisher={**whole, **parts.publisher}), folder
    )

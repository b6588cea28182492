"""Newsletters as source files: what is sound is kept, every mistake is told at its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import load_config
from pipeline.model.newsletter import Event, Newsletter, Offer
from pipeline.profiles import load_profiles
from pipeline.source import Tree, load_tree
from tests.articles import make_tree
from tests.source.cases import cases

SOUND = {
    "title": "title: N",
    "issue": "issue: 7",
    "published": "published: 2026-11-20",
    "subject": "subject: S",
    "preheader": "preheader: P",
    "items": "items: [squat]",
}


def tree_with(folder: Path, files: dict[str, str], *paths: str) -> Tree:
    content = make_tree(folder)
    for name, source in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(source, "utf-8")
    wanted = [content / path for path in paths]
    return load_tree(content, wanted, config=load_config(content), profiles=load_profiles(None), kinds=("stop",))


def read(source: str, folder: Path) -> Newsletter:
    (newsletter,) = tree_with(folder, {"newsletters/n.md": source}).newsletters
    return newsletter


def whole(metadata: str, body: str = "Hello.", without: str = "") -> str:
    left_out = {key.strip() for key in without.split(",")}
    sound = "\n".join(line for key, line in SOUND.items() if key not in left_out)
    return f"---\n{metadata.replace('{sound}', sound)}\n---\n{body}\n"


@cases("newsletters.yaml")
def test_a_newsletter_gives_these_findings(case: dict[str, Any], tmp_path: Path):
    source = case.get("source") or whole(case["metadata"], case.get("body", "Hello."), case.get("without", ""))
    found = read(source, tmp_path).note.findings
    written = [f"{one.span.line}:{one.span.column} {one.code} {one.message}" for one in found]
    assert sorted(written) == sorted(case.get("findings", []))
    assert all(finding.help for finding in found)
    helps = [finding.help for finding in found]
    assert [mend for mend in case.get("helps", []) if mend not in helps] == []


def test_every_key_is_kept(tmp_path: Path):
    newsletter = read(
        whole(
            "{sound}\nitems:\n  - squat\n  - {article: plank, mode: full}\nevents:\n  - {name: E, when: 2026-12-05 10:00, "
            "where: W, url: 'https://e.example'}\noffers:\n  - {name: O, text: T, until: 2026-12-31}\nlanguage: es\n"
            "status: draft\nallow: {N02: why}",
            without="items",
        ),
        tmp_path,
    )
    assert (newsletter.title, newsletter.issue, newsletter.published) == ("N", 7, date(2026, 11, 20))
    assert (newsletter.subject, newsletter.preheader, newsletter.slug) == ("S", "P", "n")
    assert [(item.article, item.mode, item.span.line) for item in newsletter.items] == [
        ("squat", "summary", 8),
        ("plank", "full", 9),
    ]
    assert newsletter.events == (Event("E", "2026-12-05 10:00", "W", "https://e.example"),)
    assert newsletter.offers == (Offer("O", "T", date(2026, 12, 31)),)
    metadata = newsletter.note.metadata
    assert (metadata.language, metadata.status, metadata.allow) == ("es", "draft", {"N02": "why"})


def test_the_publishers_language_is_that_of_a_newsletter_that_names_none(tmp_path: Path):
    assert read(whole("{sound}"), tmp_path).note.language == "en-GB"


@pytest.mark.parametrize(
    ("heading", "role"),
    [("How to do it", "technique"), ("Warm-up", "warm-up"), ("Class schedule", ""), ("Strong backs", "")],
)
def test_a_section_of_the_note_that_tells_how_to_move_is_known(tmp_path: Path, heading: str, role: str):
    (section,) = read(whole("{sound}", f"## {heading}\n\nWords."), tmp_path).note.body
    assert getattr(section, "role", None) == role


class TestTree:
    """Newsletters among the other sources of a tree."""

    def test_newsletters_and_articles_are_told_apart(self, tmp_path: Path):
        files = {"newsletters/n.md": whole("{sound}"), "newsletters/2026/december.md": whole("{sound}")}
        tree = tree_with(tmp_path, files)
        assert [newsletter.slug for newsletter in tree.newsletters] == ["december", "n"]
        assert [article.slug for article in tree.articles] == ["squat"]

    @pytest.mark.parametrize(
        ("path", "articles", "newsletters"),
        [("newsletters/n.md", 0, 1), ("newsletters", 0, 1), ("articles", 1, 0), (".", 1, 1)],
    )
    def test_paths_choose_them(self, tmp_path: Path, path: str, articles: int, newsletters: int):
        tree = tree_with(tmp_path, {"newsletters/n.md": whole("{sound}")}, path)
        assert (len(tree.articles), len(tree.newsletters)) == (articles, newsletters)

    def test_an_article_that_was_not_asked_for_can_be_had(self, tmp_path: Path):
        tree = tree_with(tmp_path, {"newsletters/n.md": whole("{sound}")}, "newsletters/n.md")
        squat = tree.article("squat")
        assert squat is not None
        assert squat.metadata.title == "How to squat"
        assert tree.article("plank") is None

    def test_two_of_one_name_are_told_and_no_article_is_meant(self, tmp_path: Path):
        files = {name: whole("{sound}") for name in ("newsletters/squat.md", "newsletters/old/squat.md")}
        tree = tree_with(tmp_path, files)
        for newsletter in tree.newsletters:
            (finding,) = newsletter.note.findings
            assert finding.code == "P04"
            assert finding.message.startswith("another newsletter has the same slug")
        assert tree.articles[0].findings == ()

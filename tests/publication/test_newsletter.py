"""A newsletter as a publication: what stands once, what stays beside the steps, what a summary keeps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.model.nodes import Disclaimer, Figure, OrderedList
from pipeline.model.publication import Publication
from pipeline.model.walk import find, walk
from pipeline.newsletters import Newsletters
from pipeline.publication import for_anyone
from pipeline.workspace import open_workspace
from tests.articles import Place
from tests.newsletters import make_newsletter

TOP = "title: N\nissue: 1\npublished: 2026-11-20\nsubject: '{{name}}, news'\npreheader: P\n"


def published(folder: Path, items: str, note: str = "Hello {{name}}.", more: str = "") -> Publication:
    file = make_newsletter(f"---\n{TOP}{more}items: [{items}]\n---\n\n{note}\n", Place("newsletters/n.md"), folder)
    workspace = open_workspace(folder / "content", [file], as_of=date(2026, 11, 22))
    return Newsletters(workspace).publication(workspace.newsletters[0], workspace.config)


def kinds_in_front(publication: Publication) -> list[str]:
    assert publication.issue is not None
    return [box.kind for box in find(publication.issue.note.front, Disclaimer)]


def kinds_inside(publication: Publication) -> dict[str, list[str]]:
    return {each.slug: [box.kind for box in find(each.body, Disclaimer)] for each in publication.chapters}


FULL = "{article: hips, mode: full}, {article: bridge, mode: full}"


def test_what_articles_share_stands_once_and_what_to_stop_for_beside_each_ones_steps(tmp_path: Path):
    publication = published(tmp_path, FULL)
    assert kinds_in_front(publication) == ["info", "clearance"]
    assert kinds_inside(publication) == {"hips": ["stop", "emergency"], "bridge": ["stop"]}
    assert [notice.kind for chapter in publication.chapters for notice in chapter.notices] == [
        "stop",
        "emergency",
        "stop",
    ]


def test_a_summary_has_no_steps_so_all_its_disclaimers_stand_in_front(tmp_path: Path):
    publication = published(tmp_path, "hips, bridge")
    assert kinds_in_front(publication) == ["info", "clearance", "stop", "emergency"]
    for chapter in publication.chapters:
        assert all(isinstance(block, Figure) for block in chapter.body)
        assert (chapter.first_instruction, chapter.footnotes, chapter.notices) == (None, (), ())


def test_words_beside_the_steps_of_one_article_serve_the_summary_of_another(tmp_path: Path):
    publication = published(tmp_path, "{article: hips, mode: full}, bridge")
    assert kinds_in_front(publication) == ["info", "clearance"]
    assert kinds_inside(publication)["hips"] == ["stop", "emergency"]


def test_the_same_disclaimer_in_two_languages_stands_in_both(tmp_path: Path):
    assert kinds_in_front(published(tmp_path, "beans, caderas")).count("info") == 2


def test_a_note_that_tells_how_to_move_comes_behind_the_disclaimers(tmp_path: Path):
    note = "## Technique\n\n1. Lie down.\n2. Lift your hips.\n3. Lower them."
    publication = published(tmp_path, "hips", note)
    assert publication.issue is not None
    assert publication.issue.warns_first
    (steps,) = find(publication.issue.note.body, OrderedList)
    assert publication.issue.note.first_instruction is steps.items[0]
    other = published(tmp_path / "other", "hips").issue
    assert other is not None
    assert not other.warns_first


def test_fields_stay_for_those_who_send_and_are_filled_for_all_others(tmp_path: Path):
    sent = published(tmp_path, "hips")
    shown = for_anyone(sent)
    assert sent.issue is not None
    assert shown.issue is not None
    assert (sent.issue.subject, shown.issue.subject) == ("{{name|member}}, news", "member, news")
    assert "{{name|member}}" in str(sent.issue.note.body)
    assert "{{" not in str(shown.issue.note.body)
    assert (sent.issue.unsubscribe, shown.issue.unsubscribe) == (
        "https://northside.example/unsubscribe?address={{email}}",
        "https://northside.example/unsubscribe",
    )
    assert shown.edition == sent.edition


def test_the_first_instruction_of_the_note_is_still_in_it_when_its_words_were_filled_in(tmp_path: Path):
    note = "## Technique\n\n1. Lie down, {{name}}.\n2. Lift your hips.\n3. Lower them."
    for publication in (sent := published(tmp_path, "hips", note), for_anyone(sent)):
        assert publication.issue is not None
        first = publication.issue.note.first_instruction
        assert any(node is first for node in walk(publication.issue.note.body))


def test_a_spanish_issue_falls_back_to_spanish_words(tmp_path: Path):
    shown = for_anyone(published(tmp_path, "caderas", more="language: es\n"))
    assert shown.issue is not None
    assert shown.issue.subject == "miembro, news"


@pytest.mark.parametrize(("old", "new"), [("Hello", "Hi"), ("subject: '{{name}}, news'", "subject: Other news")])
def test_any_word_changes_the_edition(tmp_path: Path, old: str, new: str):
    before = published(tmp_path, "hips").edition
    file = tmp_path / "content" / "newsletters" / "n.md"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    workspace = open_workspace(tmp_path / "content", [file])
    assert Newsletters(workspace).publication(workspace.newsletters[0], workspace.config).edition != before

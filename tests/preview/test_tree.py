"""What the desk knows of a tree, without the web around it."""

from __future__ import annotations

from pathlib import Path

from pipeline.preview.desk import Desk
from tests.articles import TODAY, make_tree
from tests.cli.conftest import SOUND


def scanned(desk: Desk) -> dict[str, int]:
    """The warnings that the list tells of each article, after a scan."""
    assert list(desk.scan())[-1] == 0
    return {source: facts.warnings for source, facts in desk.facts.items()}


def test_a_page_says_of_its_article_what_the_list_says(tmp_path: Path):
    content = make_tree(tmp_path)
    beans = content / "articles" / "beans.md"
    beans.write_text(SOUND)
    desk = Desk(content, TODAY)
    assert [each.code for each in desk.open("articles/beans.md").checked.diagnostics] == []
    listed = scanned(desk)
    assert listed["articles/beans.md"] == 1, "no other article leads to it"
    assert [each.code for each in desk.open("articles/beans.md").checked.diagnostics] == ["L03"]
    assert desk.facts["articles/beans.md"].warnings == 1
    squat = content / "articles" / "squat.md"
    squat.write_text(squat.read_text().replace("\nlanguage:", "\nrelated: [beans]\nlanguage:"))
    assert scanned(desk)["articles/beans.md"] == 0
    assert desk.open("articles/beans.md").checked.diagnostics == ()

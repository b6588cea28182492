"""Layouts in a build: their files, their place in the manifest, and what becomes of them when things change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.build import Request
from pipeline.errors import UsageError
from pipeline.files import display_path
from pipeline.model.publication import Copy
from pipeline.release import release
from pipeline.source.names import read_copies
from tests.desk import AS_OF, CONTENT, Desk

SLUG = "deadlift"
WAYS = {
    "handout": f"handouts/{SLUG}.pdf",
    "large-print": f"large-print/{SLUG}.pdf",
    "booklet": f"booklets/{SLUG}.pdf",
    "cards": f"cards/{SLUG}.pdf",
}


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One article in every layout, and two copies of its handout."""
    folder = tmp_path_factory.mktemp("layouts")
    shutil.copytree(CONTENT, folder / "content")
    desk = Desk(folder / "content", folder / "build")
    for layout in ("standard", *WAYS):
        result = desk.build("pdf", paths=(desk.article(SLUG),), layout=layout)
        assert (result.exit_code, result.failures) == (0, ())
    result = desk.build("pdf", paths=(desk.article(SLUG),), layout="handout", copies=read_copies(["Ana", "Ben"]))
    assert [Path(row.path).stem for row in result.outputs] == ["ana", "ben"]
    return desk


@pytest.fixture
def desk(laid_out: Desk, tmp_path: Path) -> Desk:
    """A copy that a test may change."""
    return laid_out.copied(tmp_path)


def pdfs(desk: Desk) -> set[str]:
    return {path for path in desk.outputs() if path.endswith(".pdf")}


ALL_OF_IT = {f"pdf/{SLUG}.pdf", *WAYS.values(), f"handouts/{SLUG}/ana.pdf", f"handouts/{SLUG}/ben.pdf"}


def test_each_layout_has_its_folder_and_is_proven(laid_out: Desk):
    assert pdfs(laid_out) == ALL_OF_IT
    assert laid_out.verify().problems == ()
    rows = laid_out.listed()
    assert {rows[path]["format"] for path in ALL_OF_IT} == {"pdf"}
    assert len({rows[path]["edition"] for path in ALL_OF_IT}) == 1
    assert all(rows[path]["disclaimers"] for path in ALL_OF_IT)


@pytest.mark.parametrize("layout", WAYS)
def test_a_second_build_of_a_layout_writes_nothing(desk: Desk, layout: str):
    result = desk.build("pdf", paths=(desk.article(SLUG),), layout=layout)
    assert (result.written, result.removed) == ((), ())
    assert [row.path for row in result.outputs] == [WAYS[layout]]


def test_copies_are_made_once(desk: Desk):
    copies = read_copies(["Ana", "Ben"])
    result = desk.build("pdf", paths=(desk.article(SLUG),), layout="handout", copies=copies)
    assert (result.written, result.removed) == ((), ())


def test_a_layout_that_is_made_anew_leaves_the_others(desk: Desk):
    result = desk.build("pdf", paths=(desk.article(SLUG),), paper="Letter")
    assert f"pdf/{SLUG}.pdf" in result.written
    assert pdfs(desk) == ALL_OF_IT


def test_a_changed_word_takes_older_copies_away(desk: Desk):
    desk.edit(SLUG, "Sharp pain ends the session.", "Sharp pain ends the workout.")
    result = desk.build("pdf", paths=(desk.article(SLUG),), layout="handout")
    assert result.failures == ()
    assert {f"handouts/{SLUG}/ana.pdf", f"handouts/{SLUG}/ben.pdf"} <= set(result.removed)
    assert f"handouts/{SLUG}.pdf" in result.written


def test_an_article_that_is_gone_takes_all_its_layouts_along(desk: Desk):
    desk.article(SLUG).unlink()
    for path in (desk.content / "articles").glob("*.md"):
        path.write_text(path.read_text("utf-8").replace(f"related: [{SLUG}, ", "related: ["), "utf-8")
    desk.build("pdf", paths=(desk.article("creatine"),), layout="handout")
    assert not {path for path in pdfs(desk) if SLUG in path}
    assert desk.verify().problems == ()


def test_a_handout_that_is_too_long_leaves_nothing_and_says_by_how_much(desk: Desk):
    more = "".join(f"- Point {number} of a list that will not end.\n" for number in range(90))
    desk.edit(SLUG, "- Start light. Add weight in small steps.\n", more)
    result = desk.build("pdf", paths=(desk.article(SLUG),), layout="handout")
    assert result.exit_code == 4
    assert "lines too long" in result.failures[0].error.message
    assert result.failures[0].error.path == display_path(desk.article(SLUG))
    assert WAYS["handout"] not in desk.outputs()
    assert desk.verify().problems == ()


def test_a_copy_that_was_changed_is_found(desk: Desk):
    path = desk.out / f"handouts/{SLUG}/ana.pdf"
    path.write_bytes(path.read_bytes() + b"\n")
    assert [problem[0] for problem in desk.verify().problems] == [f"handouts/{SLUG}/ana.pdf"]


def test_a_release_records_each_layout_and_each_copy_once_and_nobody_s_name(desk: Desk):
    request = Request(desk.content, desk.out, ("pdf",), (desk.article(SLUG),), AS_OF)
    added = release(request, AS_OF).added
    assert sorted(entry.format for entry in added) == [
        "pdf",
        "pdf/booklet",
        "pdf/cards",
        "pdf/copy",
        "pdf/copy",
        "pdf/handout",
        "pdf/large-print",
    ]
    assert "ana" not in (desk.content / "editions.jsonl").read_text("utf-8").casefold()
    assert release(request, AS_OF).added == ()


@pytest.mark.parametrize(
    "options",
    [
        {"formats": ("html",), "layout": "handout"},
        {"formats": ("pdf",), "copies": (Copy("ana", (("name", "Ana"),)),)},
    ],
    ids=["layout of a page", "copies of no handout"],
)
def test_what_has_no_layout_is_refused(desk: Desk, options: dict[str, object]):
    with pytest.raises(UsageError):
        desk.build(**options)

"""Texts, pages and documents as people have them, and the articles that become of them.

A case is a folder: what is imported in ``in/``, the article and the list of what was left out in ``golden/``, which
``--refresh-goldens`` makes anew, to be read before it is committed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.importing import Request, import_files
from pipeline.workspace import check_article, open_workspace
from tests.cli.conftest import PUBLISHER
from tests.source.importers.documents import pack

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.name for path in CASES.iterdir())
KINDS = {".txt", ".html", ".htm", ".md", ".docx"}


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty content tree in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "publisher.toml").write_text(PUBLISHER)
    return Path("content")


def imported(name: str, content: Path) -> tuple[str, str, list[Path]]:
    """The article of a case, the list of what was left out, and its pictures."""
    shutil.copytree(CASES / name / "in", "in")
    for folder in Path("in").glob("*.docx"):
        data = pack(folder)
        shutil.rmtree(folder)
        folder.write_bytes(data)
    file = next(path for path in sorted(Path("in").iterdir()) if path.suffix in KINDS)
    (done,) = import_files(Request(content, (file,)))
    assert done.error is None, done.error
    assert done.imported is not None
    assert done.path is not None
    left_out = [f"{each.line or '-'}\t{each.what}\t{each.text}" for each in done.dropped]
    changed = [f"=\t{change}" for change in done.changed]
    return done.path.read_text("utf-8"), "\n".join([*left_out, *changed, ""]), done.pictures


@pytest.mark.parametrize("name", NAMES)
def test_a_case_becomes_its_article(name: str, content: Path, request: pytest.FixtureRequest):
    article, left_out, _ = imported(name, content)
    golden = CASES / name / "golden"
    if request.config.getoption("--refresh-goldens"):
        golden.mkdir(exist_ok=True)
        (golden / "article.md").write_text(article, "utf-8")
        (golden / "left-out.txt").write_text(left_out, "utf-8")
    assert article == (golden / "article.md").read_text("utf-8")
    assert left_out == (golden / "left-out.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_an_imported_article_is_sound_markdown_that_lacks_only_what_people_must_add(name: str, content: Path):
    imported(name, content)
    workspace = open_workspace(content)
    (article,) = workspace.articles
    found = check_article(workspace, article).diagnostics
    assert [each for each in found if each.code.startswith("P") or each.code in {"S02", "S03", "S04"}] == []
    unconfirmed = {each.message.split("`")[1] for each in found if "still to be confirmed" in each.message}
    assert {"title", "description", "language"} <= unconfirmed


@pytest.mark.parametrize("name", [name for name in NAMES if "pictures" in name])
def test_pictures_of_the_file_are_copied_and_found(name: str, content: Path):
    _, _, pictures = imported(name, content)
    assert pictures
    assert all(picture.is_file() and picture.parent == content / "images" for picture in pictures)
    (article,) = open_workspace(content).articles
    states = {reference: resource.state for reference, resource in article.resources.items()}
    assert {states[path.relative_to(content).as_posix()] for path in pictures if path.suffix == ".png"} == {"ok"}

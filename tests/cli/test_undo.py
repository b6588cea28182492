"""What a command writes over in ``content/`` can be put back, and nothing is lost on the way."""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.undo import keep, put_back
from tests.cli.conftest import SOUND, Run
from tests.faults.failing import Disk, EndedError, failing

ARTICLE = Path("content/articles/sound.md")
COPY = Path("content/.undo/articles/sound.md")
LACKING = SOUND.replace(":::disclaimer info\n:::\n\n", "")


@pytest.fixture
def lacking(project: Path) -> str:
    """What the article says: it lacks a disclaimer, which --fix adds."""
    (project / ARTICLE).write_text(LACKING)
    (project / ARTICLE).chmod(0o640)
    return LACKING


def test_a_fix_is_put_back_and_putting_back_is_too(lacking: str, run: Run):
    fixed = run("check", "--fix")
    mended = ARTICLE.read_text()
    assert mended != lacking
    assert "`pipeline check --undo` with the same paths takes that back" in fixed.err
    back = run("check", "--undo", "content/articles/sound.md")
    assert (back.code, back.out, back.err) == (0, "", "put back content/articles/sound.md\n")
    assert ARTICLE.read_text() == lacking
    assert ARTICLE.stat().st_mode & 0o777 == 0o640
    assert run("check", "--undo").code == 0
    assert ARTICLE.read_text() == mended


def test_what_was_written_after_the_fix_is_not_lost(lacking: str, run: Run):
    run("check", "--fix")
    with ARTICLE.open("a") as file:
        file.write("\nAn hour's work.\n")
    edited = ARTICLE.read_text()
    run("check", "--undo")
    assert ARTICLE.read_text() == lacking
    run("check", "--undo")
    assert ARTICLE.read_text() == edited


def test_an_import_that_writes_over_an_article_can_be_put_back(project: Path, run: Run):
    (project / "sound.txt").write_text("Beans\n\nThey are cheap.\n")
    assert run("import", "sound.txt", "--slug", "sound", "--force").code == 0
    assert ARTICLE.read_text() != SOUND
    assert run("check", "--undo").code == 0
    assert ARTICLE.read_text() == SOUND


def test_an_article_that_was_deleted_since_comes_back(lacking: str, run: Run):
    run("check", "--fix")
    ARTICLE.unlink()
    assert run("check", "--undo").code == 0
    assert ARTICLE.read_text() == lacking


def test_copies_are_no_content_and_not_for_version_control(lacking: str, run: Run):
    before = run("check", "--format", "json").out
    run("check", "--fix")
    run("check", "--undo")
    assert COPY.read_text() != lacking
    assert run("check", "--format", "json").out == before
    assert Path("content/.undo/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--undo",), "there is nothing to put back"),
        (("--undo", "content/articles"), "there is nothing to put back"),
        (("--undo", "--fix"), "--undo goes with paths alone"),
    ],
)
def test_undo_without_a_copy_is_wrong_usage(project: Path, run: Run, arguments: tuple[str, ...], message: str):
    ran = run("check", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert (project / ARTICLE).read_text() == SOUND


def test_a_link_among_the_copies_leads_nowhere(lacking: str, project: Path, run: Run):
    """A tree from many hands may bring a folder of copies."""
    outside = project / "outside"
    (outside / "articles").mkdir(parents=True)
    (project / "content" / ".undo").symlink_to(outside)
    ran = run("check", "--fix")
    assert (ran.code, list((outside / "articles").iterdir())) == (4, [])
    assert "content/.undo: a link leads out of the folder for copies" in ran.err
    (project / "content" / ".undo").unlink()
    COPY.parent.mkdir(parents=True)
    (outside / "secret.md").write_text("Secret")
    COPY.symlink_to(outside / "secret.md")
    ran = run("check", "--undo")
    assert ran.code == 4
    assert "content/.undo/articles/sound.md: the copy is a link that leaves the content folder" in ran.err
    assert ARTICLE.read_text() == lacking


@pytest.mark.parametrize("ends", [False, True], ids=["an error", "the end of the process"])
def test_putting_back_loses_nothing_whichever_call_fails(lacking: str, project: Path, ends: bool):
    content = project / "content"
    with failing(Disk(0)) as disk:
        keep(content, ARTICLE)
        list(put_back(content))
    assert disk.calls > 0
    for at in range(1, disk.calls + 1):
        shutil.rmtree(content / ".undo", ignore_errors=True)
        ARTICLE.write_text(lacking)
        with failing(Disk(at, errno.ENOSPC, lasting=True, ends=ends)), suppress(EndedError, PipelineError, OSError):
            keep(content, ARTICLE)
            ARTICLE.write_text("Edited.")  # a write that the layer counts, as the command's own is
            list(put_back(content))
        texts = {path.read_text() for path in content.rglob("*.md*") if path.is_file()}
        assert lacking in texts

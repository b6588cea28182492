"""What readers were given is written down, traced and called back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from jsonschema import Draft202012Validator

from pipeline.editions import load_ledger
from pipeline.schemas import SCHEMAS
from tests.cli.conftest import Run
from tests.cli.test_commands import ROOT
from tests.desk import AS_OF, Desk
from tests.editions.entries import released, withdrawn, write_record

SOUND = Path("content/articles/sound.md")
RECORD = Path("content/editions.jsonl")
PAGE = Path("build/html/sound.html")


def edition(run: Run) -> str:
    """Build and release the project's article; its edition."""
    assert run("build", "html").code == 0
    assert run("release").code == 0
    return load_ledger(Path("content")).entries[-1].id  # type: ignore[union-attr]  # the last one is a release


def reword(old: str = "A cup of them", new: str = "A bowl of them") -> None:
    text = SOUND.read_text("utf-8")
    assert old in text
    SOUND.write_text(text.replace(old, new), "utf-8")


def status_of(id_: str) -> str:
    return Path(f"build/html/e/{id_}/index.html").read_text("utf-8")


def test_a_release_writes_each_file_down_once(run: Run):
    id_ = edition(run)
    before = RECORD.read_bytes()
    row = json.loads(before)
    assert (row["id"], row["slug"], row["format"], row["articles"]) == (id_, "sound", "html", ["sound"])
    again = run("release")
    assert (again.code, again.out) == (0, "Nothing new: 1 file in build/ are in content/editions.jsonl already.\n")
    assert RECORD.read_bytes() == before


def test_a_release_is_refused_when_a_file_was_changed(run: Run):
    run("build", "html")
    PAGE.write_text(PAGE.read_text("utf-8").replace("protein", "proteins"), "utf-8")
    ran = run("release")
    assert ran.code == 4
    assert "html/sound.html: the file differs" in ran.err
    assert not RECORD.exists()


STALE: dict[str, Callable[[], None]] = {
    "reworded": reword,
    "withdrawn": lambda: reword("published:", "status: withdrawn\npublished:"),
    "a draft": lambda: reword("published:", "status: draft\npublished:"),
    "broken": lambda: reword("## Evidence", "#### Evidence"),
    "gone": SOUND.unlink,
}


@pytest.mark.parametrize("change", STALE)
@pytest.mark.parametrize("paths", [[], ["content/articles"]])
def test_a_release_is_refused_when_the_content_has_changed(run: Run, change: str, paths: list[str]):
    run("build", "html")
    STALE[change]()
    ran = run("release", *paths)
    assert ran.code == 4
    assert "html/sound.html" in ran.err
    assert "run `pipeline build`" in ran.err
    assert not RECORD.exists()


@pytest.mark.parametrize("out", ["build", "nowhere"])
def test_where_nothing_was_built_there_is_nothing_to_release(run: Run, out: str):
    Path("build").mkdir()
    ran = run("release", "--out", out)
    assert (ran.code, ran.out) == (2, "")
    assert "pipeline build" in ran.err


def test_only_the_articles_that_are_named_are_released(run: Run):
    shutil.copy(SOUND, SOUND.with_name("other.md"))
    run("build", "html")
    assert run("release", "content/articles/other.md").code == 0
    assert [json.loads(line)["slug"] for line in RECORD.read_text("utf-8").splitlines()] == ["other"]
    assert "content/editions.jsonl" in run("release").out
    assert [json.loads(line)["slug"] for line in RECORD.read_text("utf-8").splitlines()] == ["other", "sound"]


def test_two_releases_at_once_write_everything_once(run: Run, project: Path):
    run("build", "html")
    command = [sys.executable, "-m", "pipeline", "release"]
    both = [subprocess.Popen(command, cwd=project, env={"PYTHONPATH": str(ROOT)}) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    assert len(RECORD.read_text("utf-8").splitlines()) == 1


def test_a_status_page_says_whether_an_edition_is_current(run: Run):
    old = edition(run)
    run("build", "html")
    assert "This edition is current" in status_of(old)
    reword()
    run("build", "html")
    assert "There is a newer edition" in status_of(old)
    new = edition(run)
    run("build", "html")
    assert "There is a newer edition" in status_of(old)
    assert new in status_of(old)
    assert "This edition is current" in status_of(new)
    assert run("verify").code == 0
    manifest = json.loads(Path("build/manifest.json").read_text("utf-8"))
    listed = {row["path"]: row for row in manifest["outputs"]}
    assert listed[f"html/e/{old}/index.html"]["sources"] == ["editions.jsonl"]
    assert "Nothing has changed" in run("build", "html").out


def test_status_pages_are_the_same_wherever_they_are_made(run: Run):
    old = edition(run)
    run("build", "html")
    run("build", "html", "--out", "again", "--force")
    assert Path(f"again/html/e/{old}/index.html").read_bytes() == Path(f"build/html/e/{old}/index.html").read_bytes()
    assert Path("again/manifest.json").read_bytes() == Path("build/manifest.json").read_bytes()


def test_a_build_of_another_format_keeps_the_status_pages(run: Run):
    old = edition(run)
    run("build", "html")
    before = status_of(old)
    run("build", "epub")
    assert status_of(old) == before
    assert run("verify").code == 0


def test_withdrawing_leaves_a_notice_in_the_place_of_the_page(run: Run):
    old = edition(run)
    before = SOUND.read_bytes()
    ran = run("withdraw", "sound", "--reason", "  The amounts\n were wrong. ", "--as-of", "2026-12-01")
    assert ran.code == 0
    assert SOUND.read_bytes() == before.replace(b"\n---\n\nBeans", b"\nstatus: withdrawn\n---\n\nBeans")
    built = run("build", "html")
    assert built.code == 0
    page = PAGE.read_text("utf-8")
    for words in ("has been withdrawn", "The amounts were wrong.", "1 December 2026", 'content="noindex"', old):
        assert words in page
    assert "has been withdrawn" in status_of(old)
    assert not Path("build/html/index.html").exists()
    assert run("verify").code == 0
    assert "current" not in run("trace", old).out


def test_what_was_withdrawn_is_not_listed_beside_what_was_not(run: Run):
    shutil.copy(SOUND, SOUND.with_name("other.md"))
    edition(run)
    run("withdraw", "sound", "--reason", "Wrong.")
    run("build", "html")
    index = Path("build/html/index.html").read_text("utf-8")
    assert "other.html" in index
    assert "sound.html" not in index


NEWS = """\
---
title: Our news
issue: 1
published: 2026-11-01
subject: News for November
preheader: What is new at the gym this month
items: [sound]
---

Hello from all of us.
"""


def test_what_links_to_a_withdrawn_article_is_warned_and_what_holds_it_is_refused(run: Run):
    other, news = SOUND.with_name("other.md"), Path("content/newsletters/november.md")
    other.write_text(SOUND.read_text("utf-8").replace("published:", "related: [sound]\npublished:"), "utf-8")
    news.parent.mkdir()
    news.write_text(NEWS, "utf-8")
    run("withdraw", "sound", "--reason", "The amounts were wrong.")
    said = "L01 broken-link: the article `sound` has been withdrawn"
    linking, holding = run("check", str(other)), run("check", str(news))
    assert (linking.code, f"warning {said}: The amounts were wrong." in linking.out) == (0, True)
    assert (holding.code, f"error {said}: The amounts were wrong." in holding.out) == (1, True)
    assert run("build", "html", str(other), str(SOUND)).code == 0
    assert "has been withdrawn" in PAGE.read_text("utf-8")
    RECORD.write_text("edited\n", "utf-8")
    assert f"error {said}\n" in run("check", str(other)).out


def test_withdrawing_twice_is_withdrawing_once(run: Run):
    edition(run)
    run("withdraw", "sound", "--reason", "Wrong.")
    before = RECORD.read_bytes(), SOUND.read_bytes()
    again = run("withdraw", "sound", "--reason", "Wrong.")
    assert (again.code, again.out) == (0, "sound is withdrawn already.\n")
    other = run("withdraw", "sound", "--reason", "Another reason.")
    assert other.code == 2
    assert "Wrong." in other.err
    assert (RECORD.read_bytes(), SOUND.read_bytes()) == before


FRONT = {
    "no status": ("published:", "published:"),
    "ready": ("published:", "status: ready\npublished:"),
    "in quotation marks, with a remark": ("published:", '"status":   "ready"  # since May\npublished:'),
    "a draft": ("published:", "status: 'draft'\npublished:"),
    "the first key": ("title:", "status: ready\ntitle:"),
    "the last key, and a remark": (
        "published: 2026-06-01\nreviewed: 2026-06-01",
        "published: 2026-06-01\nstatus: ready # x",
    ),
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("front", FRONT)
def test_withdrawing_changes_the_status_alone_and_undoing_puts_it_back(run: Run, front: str, line_end: str):
    reword(*FRONT[front])
    before = b"\xef\xbb\xbf" + SOUND.read_bytes().replace(b"\n", line_end.encode())
    SOUND.write_bytes(before)
    SOUND.chmod(0o640)
    assert run("withdraw", "sound", "--reason", "Wrong.").code == 0
    after = SOUND.read_bytes()
    old, new = before.split(line_end.encode()), after.split(line_end.encode())
    changed = [line for line in new if line not in old]
    assert len(changed) == 1
    assert b"withdrawn" in changed[0]
    assert len(new) - len(old) == (front == "no status")
    assert ("#" in FRONT[front][1]) == (b"#" in changed[0])
    assert run("model", str(SOUND)).out.count('"status": "withdrawn"') == 1
    assert run("withdraw", "sound", "--undo").code == 0
    assert SOUND.read_bytes() == before
    assert SOUND.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("published:", "status:\n  ready\npublished:"),
        ("published:", "status: >\n  ready\npublished:"),
    ],
)
def test_metadata_that_cannot_be_changed_safely_is_left_alone(run: Run, old: str, new: str):
    reword(old, new)
    before = SOUND.read_bytes()
    ran = run("withdraw", "sound", "--reason", "Wrong.")
    assert ran.code == 1
    assert "content/articles/sound.md:" in ran.err
    assert "`status: withdrawn`" in ran.err
    assert SOUND.read_bytes() == before
    assert not RECORD.exists()


def test_undoing_makes_the_editions_current_again(run: Run):
    old = edition(run)
    run("withdraw", "sound", "--reason", "Wrong.")
    run("build", "html")
    assert run("withdraw", "sound", "--undo").code == 0
    assert run("build", "html").code == 0
    assert "Beans are a cheap food" in PAGE.read_text("utf-8")
    assert "This edition is current" in status_of(old)
    assert run("trace", old).code == 0
    assert run("verify").code == 0
    nothing = run("withdraw", "sound", "--undo")
    assert (nothing.code, nothing.out) == (2, "")


def test_the_words_that_were_withdrawn_are_not_built_again_but_corrected_ones_are(run: Run):
    old = edition(run)
    run("withdraw", "sound", "--reason", "Wrong.")
    reword("status: withdrawn", "status: ready")
    ran = run("build", "html")
    assert ran.code == 1
    assert "Wrong." in ran.err
    assert "--undo" in ran.err
    assert "has been withdrawn" in PAGE.read_text("utf-8")
    reword()
    new = edition(run)
    run("build", "html")
    assert "A bowl of them" in PAGE.read_text("utf-8")
    assert "has been withdrawn" in status_of(old)
    assert new in status_of(old)
    traced = run("trace", old)
    assert traced.code == 1
    assert f"newer: edition {new}" in traced.out


def test_an_article_whose_file_is_gone_can_be_withdrawn(run: Run):
    old = edition(run)
    SOUND.unlink()
    assert run("withdraw", "sound", "--reason", "Wrong.").code == 0
    run("build", "html")
    assert "has been withdrawn" in PAGE.read_text("utf-8")
    assert run("trace", old).code == 1


def test_an_article_that_its_file_calls_withdrawn_is(run: Run):
    old = edition(run)
    reword("published:", "status: withdrawn\npublished:")
    run("build", "html")
    assert "has been withdrawn" in PAGE.read_text("utf-8")
    traced = run("trace", old)
    assert traced.code == 1
    assert "withdrawn: its metadata says so" in traced.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["withdraw", "sound"], "Give either --reason"),
        (["withdraw", "sound", "--reason", " "], "Give either --reason"),
        (["withdraw", "sound", "--reason", "x", "--undo"], "Give either --reason"),
        (["withdraw", "sond", "--reason", "x"], "Did you mean `sound`?"),
        (["withdraw", "sound", "--reason", "x" * 2000], "more than 1000 characters"),
        (["withdraw", "sound", "--reason", "a\x07b"], "cannot be printed"),
        (["withdraw", "sound", "--undo"], "is not withdrawn"),
        (["trace", "nothing.pdf"], "there is no file nothing.pdf, and it is no edition id"),
        (["trace", "content"], "is a folder"),
        (["trace", "x" * 5000], "it is no edition id"),
        (["trace", "3f9a1c20"], "no edition 3f9a1c20 was released"),
        (["trace", "content/publisher.toml"], "it is no PDF, EPUB, HTML page or e-mail"),
    ],
)
def test_wrong_usage_is_said_and_changes_nothing(run: Run, arguments: list[str], says: str):
    before = SOUND.read_bytes()
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert (SOUND.read_bytes(), RECORD.exists()) == (before, False)


def test_a_mistyped_id_finds_the_nearest(run: Run):
    write_record(Path("content"), released("3f9a1c20"))
    ran = run("trace", "3f9aic2z")
    assert ran.code == 2
    assert "Did you mean `3f9a1c20` (How to squat)?" in ran.err
    assert run("trace", "3F9A-IC2O").code == 0


@pytest.mark.parametrize(
    "command", ["release", "trace 3f9a1c20", "withdraw sound --reason x", "build html", "build pdf"]
)
def test_a_record_that_somebody_edited_stops_whatever_needs_it(run: Run, command: str):
    run("build", "html")
    record = write_record(Path("content"), released("3f9a1c20"), withdrawn())
    record.write_text(record.read_text("utf-8").replace("Step 2", "Step 3"), "utf-8")
    before = record.read_bytes(), SOUND.read_bytes(), PAGE.read_bytes()
    ran = run(*command.split())
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("error: content/editions.jsonl:2: the chain of hashes is broken")
    assert "git checkout" in ran.err
    assert (record.read_bytes(), SOUND.read_bytes(), PAGE.read_bytes()) == before


def test_json_says_everything_that_is_known(run: Run):
    old = edition(run)
    said = json.loads(run("trace", "--json", str(PAGE)).out)
    assert (said["id"], said["slug"], said["state"], said["newer"], said["withdrawn"]) == (
        old,
        "sound",
        "current",
        None,
        None,
    )
    assert said["file"] == {"path": str(PAGE), "sha256": said["releases"][0]["sha256"], "altered": False}
    assert said["releases"][0]["disclaimers"] == [
        {"kind": "info", "version": "1.1"},
        {"kind": "diet", "version": "1.0"},
    ]
    run("withdraw", "sound", "--reason", "Wrong.", "--as-of", "2026-12-01")
    later = json.loads(run("trace", "--json", old).out)
    assert (later["state"], later["file"]) == ("withdrawn", None)
    assert (later["withdrawn"]["reason"], later["withdrawn"]["since"]) == ("Wrong.", "2026-12-01")
    for each in (said, later):
        assert [error.message for error in Draft202012Validator(SCHEMAS["trace"]()).iter_errors(each)] == []


def without_metadata(pdf: Path) -> None:
    with pikepdf.open(pdf, allow_overwriting_input=True) as opened:
        del opened.Root.Metadata
        opened.save(pdf)


def repacked(book: Path) -> None:
    with ZipFile(book) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    with ZipFile(book, "w") as opened:
        for name, data in parts.items():
            opened.writestr(name, data.replace(b"bookEdition", b"bookFormat"))


def longer(page: Path) -> None:
    page.write_bytes(page.read_bytes() + b"\n")


def test_any_finished_file_is_known_by_what_it_says_inside(built: Desk, tmp_path: Path, run: Run):
    shutil.copytree(built.content, "content", dirs_exist_ok=True)
    SOUND.unlink()
    assert run("release", "--out", str(built.out), "--as-of", AS_OF.isoformat()).code == 0
    assert len(load_ledger(Path("content")).entries) == 12
    letter = EmailMessage()
    letter["X-Edition"] = load_ledger(Path("content")).entries[0].id  # type: ignore[union-attr]  # they are releases
    letter.set_content("Our news.")
    for path, change in (
        ("pdf/deadlift.pdf", without_metadata),
        ("epub/deadlift.epub", repacked),
        ("html/deadlift.html", longer),
    ):
        copy = tmp_path / "renamed"
        shutil.copy(built.out / path, copy)
        same = run("trace", str(copy))
        assert (same.code, "byte for byte" in same.out) == (0, True), same.said
        assert "How to deadlift" in same.out
        change(copy)
        altered = run("trace", str(copy))
        assert (altered.code, "altered" in altered.out) == (1, True), altered.said
        assert "How to deadlift" in altered.out
    copy.write_bytes(letter.as_bytes())
    assert "altered" in run("trace", str(copy)).out
    copy.write_bytes(b"%PDF-1.7 and no more")
    assert "does not say which edition" in run("trace", str(copy)).err
    copy.write_bytes(b"PK\x03\x04 and no more")
    assert run("trace", str(copy)).code == 2


def test_a_layout_that_is_stale_says_which_build_makes_it_anew(run: Run):
    run("build", "--layout", "large-print")
    reword()
    ran = run("release")
    assert ran.code == 4
    assert "large-print/sound.pdf" in ran.err
    assert "run `pipeline build --layout large-print`" in ran.err

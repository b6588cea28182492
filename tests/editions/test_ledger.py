"""The record of editions is kept whole, and tells when somebody changed it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.editions import EDITIONS, load_ledger, open_record
from pipeline.editions.last_line import HEAD
from pipeline.editions.lines import EVENTS, canonical
from pipeline.errors import ContentError, ExportError, UnreadableError
from pipeline.model.edition import Entry
from tests.editions.entries import lines, reinstated, released, withdrawn, write_record

ROOT = Path(__file__).parent.parent.parent
ENTRIES: list[Entry] = [
    released("1" * 8),
    released("2" * 8, format_="epub"),
    withdrawn(),
    reinstated(),
    released("3" * 8),
]
LINES = lines(ENTRIES)


def record(folder: Path, text: str | bytes) -> Path:
    """A content folder with this record."""
    data = text if isinstance(text, bytes) else text.encode()
    (folder / EDITIONS).write_bytes(data)
    return folder


def joined(*parts: str) -> str:
    return "".join(f"{part}\n" for part in parts)


def test_what_is_appended_is_read_again(tmp_path: Path):
    for entry in ENTRIES:
        with open_record(tmp_path) as opened:
            opened.append([entry])
            assert opened.ledger == load_ledger(tmp_path)
    assert list(load_ledger(tmp_path).entries) == ENTRIES
    assert (tmp_path / EDITIONS).read_text("utf-8") == joined(*LINES)
    assert {row["event"] for row in map(json.loads, LINES)} == set(EVENTS)


def test_each_line_says_what_was_released():
    row = json.loads(LINES[0])
    assert (row["id"], row["slug"], row["format"], row["released"]) == ("11111111", "squat", "pdf", "2026-11-22")
    assert row["disclaimers"] == [{"kind": "info", "version": "1.1"}]
    assert row["checks"] == {"errors": 0, "warnings": 1, "suppressed": 0}
    assert len(row["sha256"]) == len(row["chain"]) == 64


def test_without_a_record_nothing_was_released(tmp_path: Path):
    assert load_ledger(tmp_path).entries == ()


def test_a_folder_that_cannot_be_written_keeps_its_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_record(tmp_path, *ENTRIES)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with open_record(tmp_path) as opened, pytest.raises(ExportError, match="No space left"):
        opened.append([withdrawn()])
    assert (tmp_path / EDITIONS).read_text("utf-8") == joined(*LINES)
    assert [path.name for path in tmp_path.iterdir()] == [EDITIONS]


CHANGED = json.dumps({**json.loads(LINES[1]), "format": "pdf"}, separators=(",", ":"), sort_keys=True)
SPACED = json.dumps(json.loads(LINES[1]), sort_keys=True)
UNKNOWN = canonical({"event": "praised", "chain": ""})

SOUND = {
    "an empty file": "",
    "line ends of another system": joined(*LINES).replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + joined(*LINES),
    "no line end after the last line": joined(*LINES).rstrip(),
    "an empty line at the end": joined(*LINES, ""),
}


@pytest.mark.parametrize("case", SOUND)
def test_what_other_programs_do_to_any_text_is_no_change(tmp_path: Path, case: str):
    content = record(tmp_path, SOUND[case])
    before = load_ledger(content).entries
    with open_record(content) as opened:
        opened.append([withdrawn("bench")])
    assert load_ledger(content).entries == (*before, withdrawn("bench"))


BROKEN: dict[str, tuple[str | bytes, int, str, str]] = {
    "a value changed": (joined(LINES[0], CHANGED, *LINES[2:]), 2, "chain of hashes is broken", "git checkout"),
    "a line taken out": (joined(LINES[0], *LINES[2:]), 2, "chain of hashes is broken", "git checkout"),
    "the first line taken out": (joined(*LINES[1:]), 1, "chain of hashes is broken", "git checkout"),
    "two lines swapped": (joined(LINES[0], LINES[2], LINES[1], *LINES[3:]), 2, "chain of hashes", "git checkout"),
    "a line twice": (joined(*LINES[:3], LINES[1], *LINES[3:]), 4, "repeats line 2", "Delete this line"),
    "the last line twice": (joined(*LINES, LINES[-1]), 6, "repeats line 5", "Delete this line"),
    "a line written otherwise": (
        joined(LINES[0], SPACED, *LINES[2:]),
        2,
        "not written as the pipeline",
        "git checkout",
    ),
    "a line of another record": (joined(*LINES, *lines([withdrawn("bench")])), 6, "chain of hashes", "git checkout"),
    "a line cut off": (joined(*LINES)[:-40], 5, "cut off", "Delete this line"),
    "a line cut off within a character": (
        joined(*LINES).encode() + b'{"chain":"\xc3',
        6,
        "cut off",
        "Delete this line",
    ),
    "a merge's conflict": (
        joined(LINES[0], "<<<<<<< HEAD", LINES[1], "=======", LINES[1], ">>>>>>> other"),
        2,
        "a merge has left its conflict",
        "one side",
    ),
    "no JSON": (joined(LINES[0], "released squat", *LINES[1:]), 2, "not JSON", "git checkout"),
    "JSON that is no entry": (joined(LINES[0], "[]"), 2, "no entry", "git checkout"),
    "JSON that nests too deep": (joined(LINES[0], "[" * 100_000, LINES[1]), 2, "not JSON", "git checkout"),
    "a lone surrogate": (joined(LINES[0], '{"event":"\\ud800"}'), 2, "chain of hashes", "git checkout"),
    "bytes that are no text": (
        joined(LINES[0]).encode() + b"\xff\xfe\n" + joined(LINES[1]).encode(),
        2,
        "not UTF-8",
        "git",
    ),
    "zeros after a loss of power": (joined(LINES[0]).encode() + b"\0" * 64, 2, "cut off", "Delete this line"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_changed_record_is_named_with_its_line_and_the_mend(tmp_path: Path, case: str):
    text, line, message, mend = BROKEN[case]
    content = record(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        load_ledger(content)
    assert (caught.value.line, caught.value.exit_code) == (line, 1)
    assert message in caught.value.message
    assert mend in caught.value.help
    with pytest.raises(ContentError), open_record(content):
        pytest.fail("a broken record must not be appended to")


def appended(content: Path, *entries: Entry) -> Path:
    """A content folder whose record the pipeline itself has written."""
    with open_record(content) as opened:
        opened.append(entries)
    return content


OTHERS = lines([released("4" * 8), *ENTRIES[1:]])
CUT: dict[str, tuple[str, int | None, str]] = {
    "the last line": (joined(*LINES[:-1]), 4, "1 line is missing at the end of the record: editions.head knows of 5"),
    "the last two": (joined(*LINES[:-2]), 3, "2 lines are missing"),
    "all lines": ("", None, "5 lines are missing"),
    "nothing, but all is chained anew": (joined(*OTHERS), 5, "its hash is not that in editions.head"),
}


@pytest.mark.parametrize("case", CUT)
def test_lines_that_were_cut_off_are_missed(tmp_path: Path, case: str):
    text, line, message = CUT[case]
    content = record(appended(tmp_path, *ENTRIES), text)
    with pytest.raises(ContentError) as caught:
        load_ledger(content)
    assert (Path(caught.value.path or "").name, caught.value.line) == (EDITIONS, line)
    assert message in caught.value.message
    assert "git checkout" in caught.value.help
    with pytest.raises(ContentError), open_record(content):
        pytest.fail("a record that was cut off must not be appended to")


def test_a_record_that_is_gone_is_missed(tmp_path: Path):
    (appended(tmp_path, *ENTRIES) / EDITIONS).unlink()
    with pytest.raises(ContentError, match="5 lines are missing"):
        load_ledger(tmp_path)


def test_a_line_that_a_killed_process_could_not_note_any_more_is_no_change(tmp_path: Path):
    noted = (appended(tmp_path, *ENTRIES[:-1]) / HEAD).read_bytes()
    appended(tmp_path, ENTRIES[-1])
    (tmp_path / HEAD).write_bytes(noted)
    assert list(load_ledger(tmp_path).entries) == ENTRIES


def test_a_record_of_an_earlier_pipeline_gets_its_head_when_it_grows(tmp_path: Path):
    write_record(tmp_path, *ENTRIES)
    assert list(load_ledger(tmp_path).entries) == ENTRIES
    appended(tmp_path, withdrawn("bench"))
    assert (tmp_path / HEAD).read_text().startswith("6 ")


@pytest.mark.parametrize("text", ["", "5", "0 " + "a" * 64, "5 " + "z" * 64, "<<<<<<< HEAD\n", "9" * 5000])
def test_a_head_that_was_changed_is_named(tmp_path: Path, text: str):
    (appended(tmp_path, *ENTRIES) / HEAD).write_text(text)
    with pytest.raises(ContentError, match="not a number of lines and a hash") as caught:
        load_ledger(tmp_path)
    assert (Path(caught.value.path or "").name, caught.value.line) == (HEAD, 1)
    assert f"delete content/{HEAD}" in caught.value.help


def test_a_head_that_cannot_be_written_leaves_the_record_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.editions.last_line.write_atomically", full)
    with pytest.raises(ExportError, match="No space left") as caught:
        appended(tmp_path, *ENTRIES)
    assert Path(caught.value.path or "").name == HEAD
    assert list(load_ledger(tmp_path).entries) == ENTRIES


def test_any_change_of_any_character_is_found(tmp_path: Path):
    text = joined(*LINES)
    chance = random.Random(5)  # noqa: S311 -- the same places each time
    for at in chance.sample(range(len(text) - 1), 200):
        if text[at] != "\n":
            other = "x" if text[at] != "x" else "y"
            with pytest.raises(ContentError):
                load_ledger(record(tmp_path, text[:at] + other + text[at + 1 :]))


def test_an_entry_of_a_later_version_is_not_guessed_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_record(tmp_path, withdrawn())
    monkeypatch.setattr("pipeline.editions.lines.EVENTS", {})
    with pytest.raises(ContentError, match="does not know"):
        load_ledger(tmp_path)


def folder(path: Path) -> None:
    path.mkdir()


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def outside(path: Path) -> None:
    (path.parent.parent / "other.jsonl").write_text("")
    path.symlink_to("../other.jsonl")


NO_FILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "a folder": (folder, "is a directory"),
    "a pipe": (os.mkfifo, "is a named pipe"),
    "a link to nowhere": (dangling, "leads nowhere"),
    "a link that leaves the content": (outside, "leaves the content folder"),
}


@pytest.mark.parametrize("case", NO_FILE)
def test_what_is_no_plain_file_is_no_record(tmp_path: Path, case: str):
    make, message = NO_FILE[case]
    content = tmp_path / "content"
    content.mkdir()
    make(content / EDITIONS)
    with pytest.raises(ContentError, match=message):
        load_ledger(content)


def test_a_record_that_cannot_be_read_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_record(tmp_path, *ENTRIES)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pipeline.files.ContentFolder.read", refuse)
    with pytest.raises(UnreadableError, match="Permission denied") as caught:
        load_ledger(tmp_path)
    assert caught.value.exit_code == 3


def test_a_link_within_the_content_stays_one(tmp_path: Path):
    write_record(tmp_path, *ENTRIES).rename(tmp_path / "real.jsonl")
    (tmp_path / EDITIONS).symlink_to("real.jsonl")
    with open_record(tmp_path) as opened:
        opened.append([withdrawn("bench")])
    assert (tmp_path / EDITIONS).is_symlink()
    assert len(load_ledger(tmp_path).entries) == len(ENTRIES) + 1


APPEND = """
import sys
from pathlib import Path
from pipeline.editions import open_record
from tests.editions.entries import withdrawn
for number in range(int(sys.argv[2])):
    with open_record(Path(sys.argv[1])) as record:
        record.append([withdrawn(f"{sys.argv[3]}-{number}")])
    print(number, flush=True)
"""


def appending(content: Path, times: int, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", APPEND, str(content), str(times), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})


def test_several_who_append_at_once_lose_nothing(tmp_path: Path):
    workers = [appending(tmp_path, 15, name) for name in ("one", "two", "three")]
    assert [worker.wait() for worker in workers] == [0, 0, 0]
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.close()
    slugs = [entry.slug for entry in load_ledger(tmp_path).entries]
    assert sorted(slugs) == sorted(f"{name}-{number}" for name in ("one", "two", "three") for number in range(15))


def test_one_that_is_killed_while_it_appends_leaves_whole_lines(tmp_path: Path):
    worker = appending(tmp_path, 100_000, "killed")
    assert worker.stdout is not None
    for _ in range(5):
        worker.stdout.readline()
    time.sleep(0.0137)
    os.kill(worker.pid, signal.SIGKILL)
    said = 5 + len(worker.stdout.read().splitlines())
    worker.wait()
    worker.stdout.close()
    assert len(load_ledger(tmp_path).entries) in (said, said + 1)
    with open_record(tmp_path) as opened:
        opened.append([withdrawn("after")])
    assert {path.name for path in tmp_path.iterdir()} == {EDITIONS, HEAD}

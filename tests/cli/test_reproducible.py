"""The same content gives the same bytes, whoever builds it, wherever, whenever and however."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import libfaketime
import pytest

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "tests" / "torture" / "content" / "images"
ARTICLES = ("guide-us", "guide-es-us")
MORE = """
A word in שלום, one in 腰痛 and 💪🏽, with a [*slanted* link](https://example.org/in) and a note.[^note]

| | Left | Right |
|---|:--|--:|
| One | **a** | `b` |

![Side view of a bridge](images/figure.svg "A figure")

![A grey square](images/grey.jpg)

[^note]: The note.
"""
PROGRAM = """
import os, runpy, sys
if os.geteuid() == 0:
    os.setresuid(65534, 0, 0)  # nobody, with the right to read what only root may
sys.argv[0] = "pipeline"
runpy.run_module("pipeline", run_name="__main__")
"""
"""The command line as the user ``nobody``."""

PLAIN = {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"}
ANOTHER_DAY = {
    **libfaketime.get_reload_information()[1],
    "FAKETIME": "2031-02-03 04:05:06",
    "SOURCE_DATE_EPOCH": "1",
}
"""Years ahead for everything in the process, the libraries in C included."""

AXES = {
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "locale": {"LC_ALL": "C.UTF-8", "LANG": "es_ES.UTF-8", "LANGUAGE": "es"},
    "day": ANOTHER_DAY,
    "hash seed": {"PYTHONHASHSEED": "random"},
}


def make_content(folder: Path) -> Path:
    """Two small articles that need fonts, pictures and hyphenation of every format."""
    content = folder / "content"
    (content / "articles").mkdir(parents=True)
    shutil.copytree(PICTURES, content / "images")
    shutil.copy(PICTURES.parent / "publisher.toml", content)
    for name in ARTICLES:
        source = (ROOT / "tests" / "corpus" / "base" / f"{name}.md").read_text("utf-8")
        (content / "articles" / f"{name}.md").write_text(source + MORE, "utf-8")
    return content


def build(folder: Path, *options: str, program: tuple[str, ...] = ("-m", "pipeline"), **surroundings: str) -> Path:
    """Build the content in a folder by a process of its own; returns where the outputs are."""
    command = [sys.executable, *program, "build", "all", "--as-of", "2026-11-22", *options]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder), **PLAIN, **surroundings}
    done = subprocess.run(command, capture_output=True, check=False, env=environment, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder / "build"


def outputs(out: Path) -> dict[str, bytes]:
    """What lies below ``out``, by path."""
    files = (path.relative_to(out) for path in out.rglob("*") if path.is_file())
    return {path.as_posix(): (out / path).read_bytes() for path in files if path.parts[0] != ".pipeline"}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The outputs of a first build, one job after the other."""
    folder = tmp_path_factory.mktemp("first")
    make_content(folder)
    return outputs(build(folder, "--jobs", "1"))


def same(first: dict[str, bytes], second: dict[str, bytes]) -> bool:
    """Whether both have the same files of the same bytes; fails with the names of those that differ."""
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
    return {Path(path).suffix for path in first} >= {".html", ".pdf", ".epub", ".json", ".css"}


@pytest.mark.parametrize("axis", AXES)
def test_another_surrounding_gives_the_same_bytes(axis: str, first: dict[str, bytes], tmp_path: Path):
    make_content(tmp_path)
    assert same(first, outputs(build(tmp_path, "--jobs", "1", **AXES[axis])))


def test_another_number_of_jobs_gives_the_same_bytes(first: dict[str, bytes], tmp_path: Path):
    make_content(tmp_path)
    assert same(first, outputs(build(tmp_path, "--jobs", "2")))


def test_another_directory_gives_the_same_bytes(first: dict[str, bytes], tmp_path: Path):
    folder = tmp_path / "Größe & more" / "deep"
    make_content(folder)
    assert same(first, outputs(build(folder, "--jobs", "1")))


def test_another_user_gives_the_same_bytes(first: dict[str, bytes], tmp_path: Path):
    make_content(tmp_path)
    nobody = {"USER": "nobody", "LOGNAME": "nobody", "HOME": "/nonexistent"}
    assert same(first, outputs(build(tmp_path, "--jobs", "1", program=("-c", PROGRAM), **nobody)))


def test_another_hash_seed_gives_the_same_findings(tmp_path: Path):
    article = make_content(tmp_path) / "articles" / "plan-es.md"
    sound = (ROOT / "tests" / "corpus" / "base" / article.name).read_text("utf-8")
    article.write_text(sound.replace("| 2 × 8 ", "|       "), "utf-8")
    command = [sys.executable, "-m", "pipeline", "check", str(article), "--format", "json", "--as-of", "2026-11-22"]
    around = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
    }  # a cache for each, that none takes another's findings
    seeds = ({**around, "PYTHONHASHSEED": str(seed), "HOME": str(tmp_path / str(seed))} for seed in range(6))
    found = {subprocess.run(command, capture_output=True, check=False, env=each, cwd=tmp_path).stdout for each in seeds}
    assert len(found) == 1
    assert b"S14" in found.pop()


def test_the_clock_of_the_other_day_is_another():
    asked = "import datetime; print(datetime.date.today().year)"
    done = subprocess.run(
        [sys.executable, "-c", asked], env={**os.environ, **ANOTHER_DAY}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "2031"

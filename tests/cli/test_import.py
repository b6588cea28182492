"""``pipeline import`` makes articles of files from elsewhere, says what it left out, and writes over nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import Run

TEXT = """\
Gym Notes How to Row at Home

How to Row at Home

by Jane Doe

Rows train the back and the arms. All you need is a band and a door, and ten minutes twice a week.

Risks

Stop when a shoulder hurts. See a doctor if it does not get better in a week.

You may also like

Ten Ways to Plank
"""


@pytest.fixture
def text(project: Path) -> Path:
    path = project / "row.txt"
    path.write_text(TEXT)
    return path


def test_a_text_becomes_an_article_that_check_says_is_not_finished(run: Run, text: Path):
    ran = run("import", str(text))
    assert ran.code == 0, ran.err
    path = "content/articles/how-to-row-at-home.md"
    assert ran.out == f"wrote {path}\nNow this says what is missing for publication: pipeline check {path}\n"
    assert f"{text}:1: left out a line before the title: Gym Notes\n" in ran.err
    assert f"{text}:13: left out links to other articles: You may also like\n" in ran.err
    checked = run("check", path)
    assert checked.code == 1
    for key in ("title", "description", "authors.0.name", "language"):
        assert f"`{key}` was guessed and is still to be confirmed" in checked.out
    assert "P0" not in checked.out


def test_a_guess_is_confirmed_by_deleting_its_mark(run: Run, project: Path, text: Path):
    run("import", str(text))
    path = project / "content" / "articles" / "how-to-row-at-home.md"
    path.write_text(path.read_text().replace("Home  # to be confirmed", "Home"))
    assert "`title` was guessed" not in run("check", str(path)).out


def test_nothing_is_written_over_without_being_told(run: Run, project: Path, text: Path):
    run("import", str(text))
    path = project / "content" / "articles" / "how-to-row-at-home.md"
    path.write_text("mine")
    ran = run("import", str(text))
    assert ran.code == 2
    assert "there is content/articles/how-to-row-at-home.md already" in ran.err
    assert "--force" in ran.err
    assert path.read_text() == "mine"
    assert run("import", str(text), "--force").code == 0
    assert path.read_text() != "mine"


def test_an_article_of_that_slug_anywhere_in_the_tree_is_seen(run: Run, project: Path, text: Path):
    folder = project / "content" / "articles" / "back"
    folder.mkdir()
    (folder / "how-to-row-at-home.md").write_text("mine")
    ran = run("import", str(text))
    assert ran.code == 2
    assert "content/articles/back/how-to-row-at-home.md" in ran.err


def test_an_article_can_be_printed_and_nothing_is_written(run: Run, project: Path, text: Path):
    ran = run("import", str(text), "--output", "-", "--language", "en-US", "--profile", "exercise-guide")
    assert ran.code == 0
    assert ran.out.startswith("---\ntitle: How to Row at Home  # to be confirmed\n")
    assert "\nlanguage: en-US" in ran.out
    assert "\nprofile: exercise-guide" in ran.out
    assert [path.name for path in (project / "content" / "articles").iterdir()] == ["sound.md"]


def test_what_is_piped_in_can_be_imported_without_a_content_tree(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    ran = run("import", "-", "--output", "-")
    assert ran.code == 0, ran.err
    assert "## Risks" in ran.out
    assert run("import", "x.txt").code == 2


def test_json_says_all_that_was_made_and_left_out(run: Run, text: Path):
    ran = run("import", str(text), "nothing.txt", "--json")
    assert ran.code == 2
    told = json.loads(ran.out)
    Draft202012Validator(json.loads(run("schema", "import").out)).validate(told)
    (entry,) = told["imported"]
    assert entry["path"] == "content/articles/how-to-row-at-home.md"
    assert {"key": "title", "value": "How to Row at Home"} in entry["guesses"]
    assert {"what": "links to other articles", "text": "Ten Ways to Plank", "line": 15} in entry["dropped"]
    assert told["failures"][0]["source"] == "nothing.txt"


def test_one_bad_file_does_not_stop_the_others_and_the_worst_decides(run: Run, project: Path, text: Path):
    (project / "a.pdf").write_bytes(b"%PDF-1.7")
    (project / "empty.txt").write_text("  \n")
    ran = run("import", "empty.txt", "a.pdf", str(text))
    assert ran.code == 3
    assert "empty.txt: the file is empty" in ran.err
    assert "a.pdf: this is a PDF, no text" in ran.err
    assert (project / "content" / "articles" / "how-to-row-at-home.md").is_file()


def test_pictures_beside_a_page_are_copied_and_others_are_not(run: Run, project: Path):
    dot = (Path(__file__).parents[1] / "source/importers/cases/html-pictures/in/plank.png").read_bytes()
    (project / "pages").mkdir()
    (project / "pages" / "dot.png").write_bytes(dot)
    (project / "secret.png").write_bytes(dot)
    (project / "pages" / "page.html").write_text(
        "<article><h1>Rows at home</h1><p>Rows train the back and the arms of all who do them.</p>"
        "<img src=dot.png alt='A dot'><img src=../secret.png alt='Secret'><img src=/etc/hostname alt='Host'></article>"
    )
    ran = run("import", "pages/page.html")
    assert ran.code == 0, ran.err
    assert [path.name for path in (project / "content" / "images").iterdir()] == ["rows-at-home-dot.png"]
    assert "wrote content/images/rows-at-home-dot.png" in ran.out
    assert "../secret.png" in ran.err
    again = run("import", "pages/page.html", "--force")
    assert again.code == 0
    assert len(list((project / "content" / "images").iterdir())) == 1, "the same picture is not copied twice"


@pytest.mark.usefixtures("text")
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nothing.txt"], 2, "there is no file nothing.txt"),
        (["row.tx"], 2, "Did you mean `row.txt`?"),
        (["content"], 2, "is no plain file"),
        (["row.txt", "row.txt", "--slug", "row"], 2, "several files cannot become one"),
        (["row.txt", "--slug", "A b"], 2, "is no slug"),
        (["row.txt", "--profile", "exercise-gide"], 2, "Did you mean `exercise-guide`?"),
        (["row.txt", "--encoding", "nothing"], 2, "there is no encoding nothing"),
        (["latin.txt", "--encoding", "utf-8"], 3, "is not in utf-8"),
        (["row.txt", "--json", "--output", "-"], 2, "both print"),
        (["noise.bin"], 3, "this is no text"),
        (["row.txt", "--output", "row.txt/x.md"], 4, "cannot be written"),
        ([], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_imported_is_said_in_one_message(
    run: Run, project: Path, arguments: list[str], code: int, message: str
):
    (project / "latin.txt").write_bytes("Café und Übung, viele Wörter".encode("latin-1"))
    (project / "noise.bin").write_bytes(bytes(range(1, 32)) * 20)
    ran = run("import", *arguments)
    assert ran.code == code, ran.said
    assert message in ran.err
    assert "Traceback" not in ran.err

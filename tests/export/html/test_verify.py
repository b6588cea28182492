"""The proof of a page finds safety text where readers see it, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from pipeline.export.html import FORMAT
from pipeline.model.proof import OutputFile, Requirement
from tests.publications import requirements, sample

if TYPE_CHECKING:
    from pipeline.model.proof import Proof

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))
SHEET = "html/assets/default.css"
PROBLEMS = {"missing": "is not in the page", "hidden": "is hidden", "late": "after the first instruction"}


@pytest.fixture(scope="module")
def files() -> dict[str, OutputFile]:
    return {file.path: file for file in FORMAT.export(sample())}


@pytest.fixture(scope="module")
def markup(files: dict[str, OutputFile]) -> str:
    return files["html/hip-thrusts.html"].data.decode()


def prove(markup: str, files: dict[str, OutputFile], sheet: str = "", wanted: list[Requirement] | None = None) -> Proof:
    def read(path: str) -> bytes | None:
        file = files.get(path)
        return None if file is None else file.data + (sheet.encode() if path == SHEET else b"")

    page = OutputFile("html/hip-thrusts.html", "text/html", markup.encode())
    return FORMAT.verify(page, requirements(sample()) if wanted is None else wanted, read)


def box(markup: str, id_: str) -> str:
    found = re.search(rf'<section id="{id_}".*?</section>', markup, re.DOTALL)
    assert found
    return found[0]


def tampered(markup: str, case: dict[str, Any]) -> str:
    whole = box(markup, "disclaimer-stop")
    if "cut" in case:
        return markup.replace(box(markup, case["cut"]), "")
    if "replace" in case:
        before, after = case["replace"]
        assert before in markup
        return markup.replace(before, after)
    if "wrap" in case:
        return markup.replace(whole, case["wrap"][0] + whole + case["wrap"][1])
    if "attribute" in case:
        return markup.replace(whole, whole.replace("<section ", f"<section {case['attribute']} ", 1))
    if "style" in case:
        return markup.replace("</head>", f"<style>{case['style']}</style></head>")
    if "move" in case:
        return markup.replace(whole, "").replace("</article>", f"{whole}</article>")
    return markup


def test_a_sound_page_is_proven(markup: str, files: dict[str, OutputFile]) -> None:
    proof = prove(markup, files)
    assert proof.problems == ()
    assert [row.location for row in proof.disclaimers] == [
        "#disclaimer-info",
        "#disclaimer-clearance",
        "#disclaimer-stop",
        "#disclaimer-emergency",
    ]
    assert all(row.visible and row.before_instructions for row in proof.disclaimers)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_a_tampered_page_is_not(case: dict[str, Any], markup: str, files: dict[str, OutputFile]) -> None:
    changed = tampered(markup, case)
    assert changed != markup or "sheet" in case
    proof = prove(changed, files, case.get("sheet", ""))
    about = [problem for problem in proof.problems if f"the {case['kind']} disclaimer" in problem]
    assert len(about) == 1
    assert PROBLEMS[case["problem"]] in about[0]


def test_other_quotation_marks_and_line_breaks_are_the_same_words(markup: str, files: dict[str, OutputFile]) -> None:
    changed = markup.replace("Stop at once if you feel pain", "Stop\n at\u00a0once <em>if</em> you feel pa\u00adin")
    assert prove(changed, files).problems == ()
    wanted = [Requirement("stop", "1.0", ("It's “at once”",))]
    assert prove(markup.replace("Stop at once", 'It’s "at once"'), files, wanted=wanted).problems == ()


def test_any_one_of_the_approved_texts_will_do(markup: str, files: dict[str, OutputFile]) -> None:
    real = requirements(sample())[0]
    assert prove(markup, files, wanted=[replace(real, texts=("Other words.", *real.texts))]).problems == ()


def test_words_of_the_article_itself_are_looked_for_by_kind(markup: str, files: dict[str, OutputFile]) -> None:
    assert prove(markup, files, wanted=[Requirement("stop", "own", ())]).problems == ()
    assert prove(markup, files, wanted=[Requirement("diet", "own", ())]).problems


def test_a_page_whose_style_sheet_is_missing_is_not_proven(markup: str, files: dict[str, OutputFile]) -> None:
    rest = {path: file for path, file in files.items() if path != SHEET}
    assert "style sheet html/assets/default.css is missing" in prove(markup, rest).problems[0]


def test_a_page_with_a_style_sheet_from_elsewhere_is_not_proven(markup: str, files: dict[str, OutputFile]) -> None:
    link = '<link rel="stylesheet" href="https://cdn.example/x.css"></head>'
    assert "from elsewhere" in prove(markup.replace("</head>", link), files).problems[0]


def test_a_style_sheet_that_imports_another_is_not_proven(markup: str, files: dict[str, OutputFile]) -> None:
    assert "imports" in prove(markup, files, '@import "more.css";').problems[0]


def test_bytes_that_are_no_text_are_a_problem_and_no_crash(files: dict[str, OutputFile]) -> None:
    page = OutputFile("html/hip-thrusts.html", "text/html", b"\xff\xfe\x00")
    assert "not UTF-8" in FORMAT.verify(page, requirements(sample()), lambda _: None).problems[0]
    assert prove("", files).problems

"""A finished book proves its safety text, and a book that was tampered with does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.export.epub import FORMAT
from pipeline.model.proof import OutputFile, Requirement
from tests.export.epub.finished import BOOKS, files, finished, packed, proof

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    rows = yaml.safe_load((CASES / name).read_text("utf-8"))
    return [pytest.param(row, id=row["name"]) for row in rows]


def changed(case: dict[str, Any]) -> bytes:
    contents = files(finished("sample").data)
    path = f"EPUB/{case['file']}"
    before = contents[path].decode()
    after = case.get("prepend", "") + before + case.get("append", "")
    if "find" in case:
        after = re.sub(case["find"], case["replace"], after, count=1, flags=re.DOTALL)
    if "with" in case:
        after = after.replace(*case["with"])
    assert after != before
    contents[path] = after.encode()
    contents.update({f"EPUB/{name}": text.encode() for name, text in case.get("also", {}).items()})
    return packed(contents)


@pytest.mark.parametrize("name", BOOKS)
def test_every_requirement_of_a_sound_book_is_proven(name: str) -> None:
    found = proof(finished(name).data, name)
    assert found.problems == ()
    assert all(each.visible and each.before_instructions for each in found.disclaimers)


def test_general_kinds_are_found_in_front_and_the_others_beside_the_steps() -> None:
    assert {each.kind: each.location for each in proof(finished("sample").data).disclaimers} == {
        "info": "text/safety_information.xhtml#disclaimer-info",
        "clearance": "text/safety_information.xhtml#disclaimer-clearance",
        "stop": "text/hip-thrusts.xhtml#disclaimer-stop",
        "emergency": "text/hip-thrusts.xhtml#disclaimer-emergency",
    }


@pytest.mark.parametrize("case", cases("tampering.yaml"))
def test_tampering_is_caught(case: dict[str, Any]) -> None:
    problems = proof(changed(case)).problems
    assert any(case["says"] in problem for problem in problems), problems


@pytest.mark.parametrize("case", cases("harmless.yaml"))
def test_what_hides_nothing_passes(case: dict[str, Any]) -> None:
    assert proof(changed(case)).problems == ()


def test_a_wording_that_was_never_printed_is_missed() -> None:
    required = Requirement("diet", "1.0", ("Talk to a dietitian first.",))
    found = FORMAT.verify(finished("sample"), [required], lambda _: None)
    assert found.disclaimers == ()
    assert any("'diet' is not in the front matter" in problem for problem in found.problems)


def test_any_of_several_approved_texts_will_do() -> None:
    texts = (
        "Another text.",
        "Stop at once if you feel pain, feel dizzy or faint, are short of breath, or have chest pain.",
    )
    assert FORMAT.verify(finished("sample"), [Requirement("stop", "1.0", texts)], lambda _: None).problems == ()


def test_own_words_are_known_by_their_kind() -> None:
    own = Requirement("stop", "own", ())
    assert FORMAT.verify(finished("sample"), [own], lambda _: None).problems == ()
    assert FORMAT.verify(finished("sample"), [Requirement("diet", "own", ())], lambda _: None).problems


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("nothing", b""),
        ("no archive", b"%PDF-1.7"),
        ("an archive cut short", finished("sample").data[:5000]),
        ("no container", packed({"mimetype": b"application/epub+zip"})),
        ("another media type", packed({**files(finished("sample").data), "mimetype": b"application/zip"})),
        ("media type not first", packed(dict(reversed(files(finished("sample").data).items())))),
        ("no package", packed({**files(finished("sample").data), "EPUB/content.opf": b"<package/>"})),
    ],
)
def test_a_file_that_is_no_book_is_a_problem_and_no_crash(name: str, data: bytes) -> None:
    found = FORMAT.verify(OutputFile(f"epub/{name}.epub", "application/epub+zip", data), [], lambda _: None)
    assert found.disclaimers == ()
    assert len(found.problems) == 1


@pytest.mark.parametrize("position", [0.3, 0.6, 0.9])
def test_a_flipped_byte_never_crashes(position: float) -> None:
    data = bytearray(finished("sample").data)
    data[int(len(data) * position)] ^= 0xFF
    proof(bytes(data))

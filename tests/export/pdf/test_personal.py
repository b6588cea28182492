"""Personal copies: the handout with a person's name on its line, tagged and proven each."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from pipeline.errors import ExportError
from pipeline.export.pdf import FORMAT
from pipeline.export.pdf.tags import read_tags
from pipeline.model.publication import Copy
from pipeline.parity import hold_against
from tests.export.pdf.laid_out import NAMES, copied, copies, pdf_in
from tests.export.pdf.typesetting import nothing_beside
from tests.publications import requirements


def for_one(name: str) -> list[Copy]:
    return [Copy("one", (("name", name),), "members.csv", 7)]


def test_each_copy_lies_beside_the_others_under_its_own_name():
    assert [file.path for file in copied()] == [f"handouts/hip-thrusts/{file}.pdf" for file in NAMES]
    assert len({hashlib.sha256(file.data).hexdigest() for file in copied()}) == len(NAMES)
    assert {file.pages for file in copied()} == {pdf_in("handout").pages}


@pytest.mark.parametrize("file", NAMES)
def test_a_name_in_any_script_is_read_out_with_its_label(file: str):
    data = copied()[list(NAMES).index(file)].data
    lines = [node.text() for node in read_tags(data).walk() if node.role == "P"]
    assert f"Name: {NAMES[file]}" in lines
    assert "Coach: Priya" in lines
    assert "Date:" in lines


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_copy_is_proven_and_says_what_the_handout_says(number: int):
    publication = copies()
    proof = FORMAT.verify(copied()[number], requirements(publication), nothing_beside)
    assert proof.problems == ()
    assert proof.passages is not None
    hold_against(replace(publication, copies=publication.copies[number : number + 1]), "copy.pdf", proof.passages)


@pytest.mark.parametrize("file", ["latin", "arabic"])
def test_the_words_on_a_line_are_read_where_they_are_printed(file: str):
    copy = copied()[list(NAMES).index(file)]
    line = next(each for each in copy.filled if each.words == NAMES[file])
    spoilt = [
        replace(copy, data=pdf_in("handout").data),
        replace(copy, filled=(replace(line, bottom=line.bottom + 100, top=line.top + 100, right=line.left + 1),)),
    ]
    if file == "latin":
        spoilt += [
            replace(copy, filled=(each,)) for each in (replace(line, words="Ana"), replace(line, left=0, top=850))
        ]
    for each in spoilt:
        assert f"does not show {each.filled[0].words!r}" in FORMAT.verify(each, (), nothing_beside).problems[0]


def test_copies_have_the_same_bytes_each_time():
    assert [file.data for file in FORMAT.export(copies())] == [file.data for file in copied()]


@pytest.mark.parametrize(
    ("name", "message"),
    [("Ana \U000f1234", r"no font has the character .*U\+F1234"), ("Maria " * 16, "too long for its line")],
    ids=["no glyph", "too long"],
)
def test_a_name_that_cannot_be_printed_is_told_with_its_row(name: str, message: str):
    with pytest.raises(ExportError, match=message) as caught:
        FORMAT.export(replace(copies(), copies=tuple(for_one(name.strip()))))
    assert (caught.value.path, caught.value.line) == ("members.csv", 7)

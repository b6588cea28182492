"""Safety text in a PDF is proven from the file alone, and whatever keeps a reader from it is found."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
import yaml

from pipeline.export.pdf import FORMAT
from pipeline.model.nodes import (
    BulletList,
    Disclaimer,
    FootnoteReference,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Strong,
    Text,
)
from pipeline.model.proof import OutputFile, Requirement
from pipeline.model.publication import Notice, Publication
from pipeline.model.walk import block_lines
from tests.export.pdf.typesetting import nothing_beside, proof_of, sample_pdf, spoilt
from tests.publications import NOTICES, SCHEDULE, item, paragraph, requirements, sample, text

if TYPE_CHECKING:
    from pipeline.config import Paper

CASES = yaml.safe_load(Path(__file__).with_name("spoilt.yaml").read_text("utf-8"))


def edited(file: OutputFile, edit: object) -> OutputFile:
    """A finished file changed afterwards."""
    assert callable(edit)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(file.data)) as pdf:
        edit(pdf)
        pdf.save(out)
    return replace(file, data=out.getvalue())


def test_a_sound_file_is_proven_with_the_page_of_each_text():
    proof = proof_of(sample_pdf())
    assert proof.problems == ()
    assert [(each.kind, each.version, each.location) for each in proof.disclaimers] == [
        ("info", "1.0", "page 1"),
        ("clearance", "1.0", "page 1"),
        ("stop", "1.0", "page 2"),
        ("emergency", "1.0", "page 2"),
    ]
    assert all(each.visible and each.before_instructions for each in proof.disclaimers)
    assert proof.pages == sample_pdf().pages


@pytest.mark.parametrize("paper", ["A4", "Letter", "A5"])
def test_a_sound_file_is_proven_on_every_paper(paper: Paper):
    publication = replace(sample(), paper=paper)
    assert proof_of(FORMAT.export(publication)[0]).problems == ()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_keeps_a_reader_from_the_text_is_found(case: dict[str, Any]):
    file = spoilt(case.get("css", ""), *(tuple(change) for change in case.get("changes", [])))
    proof = proof_of(file)
    assert re.search(case["problem"], "\n".join(proof.problems)), proof.problems
    kinds = {each.kind: each for each in proof.disclaimers}
    kind = case.get("kind", "info")
    if case.get("missing"):
        assert kind not in kinds
    else:
        assert kinds[kind].visible == case.get("visible", False)
        assert kinds[kind].before_instructions == case.get("before", True)


def test_text_that_is_only_there_to_be_searched_is_found():
    def hide(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        words = page.Contents.read_bytes().replace(b"BT", b"BT 3 Tr")
        page.Contents = pdf.make_stream(words)

    problems = proof_of(edited(sample_pdf(), hide)).problems
    assert any("info disclaimer" in problem and "not painted" in problem for problem in problems)


def test_a_page_cut_down_to_hide_the_text_is_found():
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].CropBox = pikepdf.Array([0, 0, 595, 500])

    problems = proof_of(edited(sample_pdf(), crop)).problems
    assert any("info disclaimer" in problem and "runs off the page" in problem for problem in problems)


def test_pages_put_in_another_order_are_found():
    def last_first(pdf: pikepdf.Pdf) -> None:
        first = pdf.pages[0]
        del pdf.pages[0]
        pdf.pages.append(first)

    problems = proof_of(edited(sample_pdf(), last_first)).problems
    assert any("info disclaimer" in problem and "after the first instruction" in problem for problem in problems)


def test_an_annotation_over_the_text_is_found():
    def cover(pdf: pikepdf.Pdf) -> None:
        patch = pdf.make_stream(b"1 1 1 rg 0 0 600 842 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        patch.BBox = pikepdf.Array([0, 0, 600, 842])
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Stamp,
            Rect=[0, 0, 600, 842],
            F=4,
            AP=pikepdf.Dictionary(N=patch),
        )
        pdf.pages[0].Annots.append(pdf.make_indirect(note))

    problems = proof_of(edited(sample_pdf(), cover)).problems
    assert any("info disclaimer" in problem and "contrast" in problem for problem in problems)


@pytest.mark.parametrize(
    ("key", "problem"),
    [("/Lang", "which language"), ("/StructTreeRoot", "not tagged"), ("/MarkInfo", "not tagged")],
)
def test_a_file_that_lost_what_screen_readers_need_is_found(key: str, problem: str):
    def drop(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[key]

    assert any(problem in each for each in proof_of(edited(sample_pdf(), drop)).problems)


def test_a_file_without_a_title_is_found():
    def drop(pdf: pikepdf.Pdf) -> None:
        del pdf.docinfo["/Title"]

    assert any("no title" in each for each in proof_of(edited(sample_pdf(), drop)).problems)


@pytest.mark.parametrize("data", [b"", b"not a PDF", sample_pdf().data[:2000]], ids=["empty", "other", "cut off"])
def test_what_is_no_pdf_is_said_to_be_none(data: bytes):
    proof = proof_of(OutputFile("pdf/x.pdf", "application/pdf", data))
    assert proof.disclaimers == ()
    assert len(proof.problems) == 1
    assert "cannot be opened" in proof.problems[0]


def test_any_one_of_several_wordings_will_do():
    wording = NOTICES["info"][1]
    wanted = [Requirement("info", "1.0", ("Other words altogether.", wording))]
    assert FORMAT.verify(sample_pdf(), wanted, nothing_beside).problems == ()


def test_a_wording_that_differs_in_one_word_is_missing():
    wanted = [Requirement("info", "1.0", (NOTICES["info"][1].replace("not medical", "medical"),))]
    assert "missing or changed" in FORMAT.verify(sample_pdf(), wanted, nothing_beside).problems[0]


def test_problems_name_the_kind_and_end_as_sentences():
    file = spoilt(".disclaimer { color: #bbb; font-size: 5pt; border: 0; background: none }")
    problems = proof_of(file).problems
    kinds = {each.kind for each in requirements(sample())}
    assert {kind for kind in kinds for problem in problems if f"The {kind} disclaimer" in problem} == kinds
    assert all(problem.endswith(".") for problem in problems)


def long_disclaimer(kind: str) -> Disclaimer:
    """A box of half a page that says all in every way there is."""
    return Disclaimer(
        kind,
        (
            paragraph(f"This is the {kind} wording, which is long. " * 6),
            OrderedList(
                (item("See a doctor."), item("Ask “first”, don't guess."), item("Heart", label="Ask about your")),
                start=7,
            ),
            Paragraph(
                (Strong(text("Well-known")), Text(" limits"), FootnoteReference("load", 1), Text(" – and more…"))
            ),
            BulletList((ListItem((paragraph("Pain."), paragraph("Or dizziness."))), item("Ef\ufb01cient."))),
            Paragraph((Link("https://example.org/", text("A link that says where it leads")), Text("."))),
            SCHEDULE,
        ),
        title=kind,
        version="own",
    )


def with_fronts(*kinds: str, paper: Paper = "A4") -> Publication:
    """The sample with other boxes in front."""
    boxes = tuple(long_disclaimer(kind) for kind in kinds)
    notices = tuple(Notice(box.kind, "own", "\n".join(block_lines(box.blocks))) for box in boxes)
    chapter = replace(sample().chapters[0], front=boxes, notices=notices)
    return replace(sample(), chapters=(chapter,), paper=paper)


@pytest.mark.parametrize("paper", ["A4", "Letter", "A5"])
def test_lists_tables_links_notes_and_quotes_in_a_box_are_found_word_for_word(paper: Paper):
    publication = with_fronts("info", paper=paper)
    assert proof_of(FORMAT.export(publication)[0], publication).problems == ()


def test_boxes_for_which_page_1_has_no_room_may_follow_on_the_next():
    publication = with_fronts("info", "clearance", "risk", "minors", paper="A5")
    proof = proof_of(FORMAT.export(publication)[0], publication)
    assert proof.problems == ()
    assert proof.disclaimers[-1].location != "page 1"

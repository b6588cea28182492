"""veraPDF finds nothing in any construct of the dialect, whatever it stands in: PDF/UA-1 and PDF/A-2a at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.export.pdf import FORMAT
from pipeline.model.nodes import (
    Alert,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Disclaimer,
    Emphasis,
    Figure,
    Footnote,
    FootnoteReference,
    HardBreak,
    Heading,
    Image,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Strikethrough,
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from tests.publications import LOOSE_LIST, SCHEDULE, STEPS, cells, item, paragraph, sample, section, text, with_body
from tests.validators import validate_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.nodes import Block, Inline
    from pipeline.model.publication import Publication

pytestmark = pytest.mark.validator

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
PROSE = "Exercise physiology describes extraordinary hypertrophy. " * 25


def inlines() -> tuple[Inline, ...]:
    """Every inline, each within every other that may hold it."""
    leaves: tuple[Inline, ...] = (
        Text("words "),
        Code("3 × 8"),
        Image("images/hip.svg", "A small bar"),
        Image("images/hip.svg", "", decorative=True),
        HardBreak(),
    )
    nested: list[Inline] = list(leaves)
    for outer in (Emphasis, Strong, Strikethrough):
        nested.append(outer((*leaves, Emphasis((Strong(leaves[:3]),)))))
        nested.append(outer((Link("https://example.org/in", leaves),)))
        nested.append(Link("#place", (outer(leaves), Text(LONG_WORD))))
    nested.append(Link("mailto:hello@northside.example", (Image("images/hip.svg", "A picture that is a link"),)))
    nested.append(FootnoteReference("load", 1))
    return tuple(nested)


def blocks() -> tuple[Block, ...]:
    """Every block that may stand in another."""
    return (
        Paragraph(inlines()),
        STEPS,
        LOOSE_LIST,
        OrderedList((item("Tight.", LOOSE_LIST, STEPS), ListItem((Paragraph(inlines()),), text("Label"))), start=0),
        BulletList((item("Done", checked=True), item("Not", checked=False))),
        BlockQuote((paragraph("Quoted."), LOOSE_LIST, BlockQuote((STEPS,)))),
        CodeBlock("a = 1\n\n    b = 2\n", "python"),
        SCHEDULE,
        Table(cells("", "A"), (cells("Row", ""), cells("", "x")), ("left", "right")),
        Figure(Image("images/hip.svg", "Side view of a bar"), "A caption"),
        Figure(Image("images/hip.svg", "", decorative=True), "Decoration with a caption"),
        ThematicBreak(),
        Heading(4, text("A heading in a box"), "in-a-box"),
        paragraph(PROSE),
    )


def publications() -> dict[str, Publication]:
    """Every block in every box, and all that may run over a page's end."""
    place = section(2, "A place", "place", paragraph("Here."))
    rows = tuple(cells(f"Exercise {number}", "3", "8") for number in range(90))
    long_table = Table(cells("Exercise", "Sets", "Reps"), rows, (None, "center", None))
    made = {
        "sample": sample(),
        "section": with_body(*blocks(), place, section(2, "One", "one", section(3, "Two", "two", LOOSE_LIST))),
        "item": with_body(BulletList((ListItem(blocks(), text("Label")),)), place),
        "quote": with_body(BlockQuote(blocks()), Alert("warning", blocks()), place),
        "disclaimer": with_body(place, front=(Disclaimer("info", blocks(), title="Information", version="own"),)),
        "long": with_body(paragraph(PROSE * 8), long_table, BulletList((item(PROSE * 4), item("Last.")) * 4)),
    }
    made["a5"] = replace(made["section"], paper="A5")
    short = (Footnote("load", 1, (paragraph("A note."),)),)
    made = {name: each if name in {"sample", "long"} else with_notes(each, short) for name, each in made.items()}
    notes = (Footnote("load", 1, blocks()), Footnote("rest", 2, (CodeBlock("x\n"),)))
    made["note"] = with_notes(with_body(Paragraph((*inlines(), FootnoteReference("rest", 2))), place), notes)
    made["scripts"] = with_body(
        paragraph("😀 腰痛 שלום عليكم हिन्दी 👩‍🏋️‍♀️ á ‑"), BulletList((item("שלום"), item("💪🏽")))
    )
    made["bare"] = with_body()
    return made


def with_notes(publication: Publication, notes: tuple[Footnote, ...]) -> Publication:
    """The publication with these footnotes."""
    return replace(publication, chapters=(replace(publication.chapters[0], footnotes=notes),))


def test_every_construct_in_every_other_conforms_to_both_standards(tmp_path: Path):
    paths = []
    for name, publication in publications().items():
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(FORMAT.export(publication)[0].data)
    found = validate_pdf(paths, ["ua1", "2a"])
    assert not found, "\n".join(str(each) for each in found)

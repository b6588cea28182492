"""Safety text goes where a reader sees it in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from pipeline.model.instructions import first_instruction
from pipeline.model.nodes import Block, Disclaimer, Heading, ListItem, OrderedList, Paragraph, Section, Text
from pipeline.model.walk import find, walk
from pipeline.publication.placement import Placed, place


def paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def section(role: str, *blocks: Block, level: int = 2) -> Section:
    return Section(Heading(level, (Text(role.title()),), role), blocks, role)


STEPS = OrderedList((ListItem((paragraph("Stand tall."),)), ListItem((paragraph("Bend."),))))


def placed(*blocks: Block, kinds: Sequence[str] = ()) -> Placed:
    return place(blocks, lambda box: replace(box, version="1", title=box.kind), lambda _: kinds)


def order(result: Placed) -> list[str]:
    """Boxes, headings and the first step in reading order."""
    first = first_instruction(result.body)
    words = []
    for node in walk((*result.front, *result.body)):
        if node is first:
            words.append("FIRST")
        elif isinstance(node, Disclaimer):
            words.append(node.kind)
        elif isinstance(node, Section):
            words.append(node.role.upper())
    return words


CASES: Mapping[str, tuple[tuple[Block, ...], list[str]]] = {
    "general kinds go in front, wherever they were written": (
        (
            paragraph("Lead."),
            section("benefits", Disclaimer("info")),
            section("technique", Disclaimer("clearance"), STEPS),
        ),
        ["info", "clearance", "BENEFITS", "TECHNIQUE", "FIRST"],
    ),
    "stop and emergency of the lead stand in front and beside the steps": (
        (Disclaimer("stop"), Disclaimer("emergency"), section("technique", paragraph("Here is how."), STEPS)),
        ["stop", "emergency", "TECHNIQUE", "stop", "emergency", "FIRST"],
    ),
    "stop and emergency beside the steps stay there": (
        (section("technique", paragraph("Here is how."), Disclaimer("stop"), STEPS),),
        ["TECHNIQUE", "stop", "FIRST"],
    ),
    "stop in an earlier section moves to the steps": (
        (section("setup", Disclaimer("stop"), paragraph("A bench.")), section("technique", STEPS)),
        ["SETUP", "TECHNIQUE", "stop", "FIRST"],
    ),
    "the innermost section with the steps gets the boxes": (
        (Disclaimer("stop"), section("technique", section("", STEPS, level=3))),
        ["stop", "TECHNIQUE", "", "stop", "FIRST"],
    ),
    "a later repetition beside other steps is kept": (
        (section("warm-up", Disclaimer("stop"), STEPS), section("technique", Disclaimer("stop"), OrderedList(()))),
        ["WARM-UP", "stop", "FIRST", "TECHNIQUE", "stop"],
    ),
    "without instructions all boxes go in front": (
        (section("what", Disclaimer("emergency")), section("causes", Disclaimer("info"))),
        ["emergency", "info", "WHAT", "CAUSES"],
    ),
    "a kind written twice in the same words stands in front once": (
        (Disclaimer("info"), section("what", Disclaimer("info"))),
        ["info", "WHAT"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_box_is_in_its_place(name: str):
    blocks, expected = CASES[name]
    assert order(placed(*blocks)) == expected


def test_a_section_that_is_a_disclaimer_becomes_a_box_for_every_kind_it_states():
    result = placed(section("disclaimer", paragraph("Not medical advice. Stop if it hurts.")), kinds=("stop", "info"))
    (box,) = result.front
    assert (box.kind, box.also, box.title, box.version) == ("info", ("stop",), "Disclaimer", "own")


def test_own_words_are_never_dropped():
    own = Disclaimer("info", (paragraph("In our own words."),))
    result = placed(Disclaimer("info"), section("what", own))
    assert len(result.front) == 2


def test_everything_else_keeps_its_order():
    blocks = (
        paragraph("One."),
        Disclaimer("info"),
        section("what", paragraph("Two."), Disclaimer("stop"), paragraph("Three.")),
    )
    result = placed(*blocks)
    texts = [node.children[0] for node in find(result.body, Paragraph)]
    assert texts == [Text("One."), Text("Two."), Text("Three.")]

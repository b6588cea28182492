"""Hostile Markdown: no crash, no silence, and time that grows with the length alone."""

from __future__ import annotations

import pickle
import time

import pytest

from pipeline.model.nodes import BulletList, Paragraph, Table, Text
from pipeline.model.walk import walk
from pipeline.source.findings import Findings
from pipeline.source.markdown import parse_markdown
from tests.source.spans import misplaced

DEEP = {
    "quotations": ">" * 10_000 + " x",
    "quotations with blanks": "> " * 10_000 + "x",
    "lists on one line": "- " * 10_000 + "x",
    "lists on many lines": "".join("  " * depth + "- x\n" for depth in range(300)),
    "numbered lists": "1. " * 10_000 + "x",
    "emphasis": "*a " * 5_000 + "b" + "*" * 5_000,
    "strong": "**a " * 5_000 + "b" + " a**" * 5_000,
    "stars": "*" * 10_000 + "a" + "*" * 10_000,
    "brackets": "[" * 10_000 + "a" + "]" * 10_000,
    "pictures": "![" * 10_000 + "a" + "](b)" * 10_000,
    "links": "[a" * 10_000 + "](b)" * 10_000,
    "bracket depth that the parser itself gives up on": "[" * 60 + "a" + "]" * 60 + "(b)",
    "quotations in lists": "- > " * 5_000 + "x",
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_lies_too_deep_is_reported_and_kept_as_text(kind: str):
    findings = Findings()
    parsed = parse_markdown(DEEP[kind], findings=findings)
    assert {finding.code for finding in findings.all()} == {"P06"}
    assert any(getattr(node, "value", "") for node in walk(parsed.body))
    assert pickle.loads(pickle.dumps(parsed.body)) == parsed.body, "and workers can have it"  # noqa: S301


TOO_LARGE = {
    "a million cells": ("| a " * 10 + "|\n" + "|---" * 10 + "|\n" + ("| b " * 10 + "|\n") * 100_000, "1,000,000 cells"),
    "many rows": ("| a |\n|---|\n" + "| b |\n" * 50_001, "50,001 cells"),
    "many columns": ("| a " * 1_001 + "|\n" + "|---" * 1_001 + "|\n", "1,001 columns"),
    "short rows below many columns": ("|a" * 999 + "|\n" + "|-" * 999 + "|\n" + "|b|\n" * 60, "59,940 cells"),
}


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_a_table_that_no_page_could_hold_is_reported_before_it_is_parsed(kind: str):
    text, size = TOO_LARGE[kind]
    findings = Findings()
    parsed = parse_markdown(f"Words before.\n\n{text}\nWords behind.", findings=findings)
    (found,) = findings.all()
    assert (found.code, found.span.line) == ("P06", 3)
    assert size in found.message
    assert [type(block) for block in parsed.body] == [Paragraph] * 3


def test_a_large_table_that_someone_might_mean_is_one():
    text = "| a | b |\n|---|---|\n" + "| c | d |\n" * 5_000
    findings = Findings()
    (table,) = parse_markdown(text, findings=findings).body
    assert isinstance(table, Table)
    assert (len(table.rows), findings.all()) == (5_000, ())


@pytest.mark.parametrize("text", ["- " * 20 + "x", "> " * 20 + "x", "*a " * 20 + "b" + "*" * 20, "[" * 20 + "]" * 20])
def test_a_depth_that_someone_might_mean_is_fine(text: str):
    findings = Findings()
    parsed = parse_markdown(text, findings=findings)
    assert findings.all() == ()
    assert list(misplaced(text, parsed.body)) == []


def test_a_broken_file_does_not_flood_the_report():
    findings = Findings()
    parse_markdown("<b> " * 10_000, findings=findings)
    assert len(findings.all()) == 100


LINES = {
    "a paragraph on one line": "some *words* and `code` and [a link](there.md) ",
    "a paragraph of many lines": "some words here\n",
    "headings": "## A heading\n\n",
    "the same heading": "## A\n",
    "list items": "- an item\n",
    "loose list items": "- an item\n\n",
    "quotation": "> words\n",
    "table rows": "| some words | more words |\n",
    "open brackets": "[a ",
    "open brackets in paragraphs": "[a\n\n",
    "open link addresses": "[a](b ",
    "undefined labels": "[a][b] ",
    "undefined footnotes": "a[^b] ",
    "footnotes": "[^a]: note\n",
    "definitions": "[a]: b\n",
    "open definitions": '[a]: b "c\n',
    "stars": "*a **b ",
    "underscores": "_a__b ",
    "tildes": "~a~~b ",
    "backticks": "`a``b ",
    "directives": ":::disclaimer info\n",
    "closed directives": ":::disclaimer info\nx\n:::\n",
    "closing markers": ":::\n",
    "raw HTML": "<b>x</b> ",
    "open tags": "<a ",
    "open comments": "<!-- ",
    "entities": "&amp; ",
    "escapes": "\\* ",
    "braces": "![a](b){ ",
    "hard breaks": "a\\\nb  \n",
    "lazy lines": "> a\nb\n",
    "fences": "```\n",
    "setext": "a\n=\n",
}


def cost(text: str) -> float:
    """Processor time in ms for a kilobyte."""
    start = time.process_time()
    parse_markdown(text, kinds=("info",), findings=Findings())
    return (time.process_time() - start) * 1000 / (len(text) / 1000)


def test_time_grows_with_length_alone():
    """No text takes more than 100 times as long for a kilobyte as an ordinary one; a square would take thousands."""
    ordinary = "Some *stressed* words with [a link](x.md) in them, and a longer run of plain words to follow it.\n\n"
    cost(ordinary * 100)
    base = min(cost(ordinary * 200) for _ in range(3))
    table = "| a | b |\n|---|---|\n"
    costs = {
        name: cost((table if name == "table rows" else "") + line * (20_000 // len(line)))
        for name, line in LINES.items()
    }
    assert {name: round(cost / base) for name, cost in costs.items() if cost > 100 * base} == {}


def test_a_megabyte_of_words_that_open_nothing_is_one_text():
    """Neighbouring texts are joined once, not one by one."""
    (paragraph,) = parse_markdown("*a " * 100_000, findings=Findings()).body
    assert [type(child) for child in getattr(paragraph, "children", ())] == [Text]


def test_ten_thousand_headings_get_ids_of_their_own():
    parsed = parse_markdown("## Same\n" * 10_000, findings=Findings())
    assert len({section.heading.id for section in parsed.body if hasattr(section, "heading")}) == 10_000


@pytest.mark.slow
def test_a_hundred_thousand_items_are_one_list():
    (block,) = parse_markdown("- item\n" * 100_000, findings=Findings()).body
    assert isinstance(block, BulletList)
    assert len(block.items) == 100_000

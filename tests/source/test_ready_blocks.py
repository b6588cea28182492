"""Blocks that patterns tell are the same nodes, at the same places, as the parser would make of them."""

from __future__ import annotations

import random

import pytest

from pipeline.source import block_parser
from pipeline.source.findings import Findings
from pipeline.source.markdown import Parsed, parse_markdown
from pipeline.source.ready_blocks import ready_block
from tests.source.cases import written

STARTS = """- |* |+ |1. |2. |1) |10. |-  |-     |# |## |###  |#|> |    |  | |\t|:::disclaimer info|:::|::::disclaimer stop|```|~~~|---
|***|- - -|===|[a]: b|[^1]: |<div>|<b>|![x](y.png "t")|- [ ] |-|1.|123456789. |1234567890. |-\t|\u00a0|\x0c|\u2028|:--|_ _ _|- :::|
> - |- > |- # |1. - |2026 was|10 minutes|-5|٣. |[x](y)|> [!NOTE]""".replace("\n", "").split("|")
TABLES = [
    "| a | b |",
    "| --- | --- |",
    "|:--|:-:|",
    "--- | ---",
    "a | b",
    "|---|",
    "| a |",
    "|| b |",
    "| a \\| b | c |",
    "|",
]
WORDS = """foo|bar|*hard*|**Label:** text|**Label**: x|`code`|[a]|[b][a]|[^1]|&amp;|\\*|![p](q.png "cap")|{#id}|{role=x}|#|1.|ü|日本|<b>|
\\|_a_|a*|text:|é  |\u00a0|\x0c|---|=|end.""".replace("\n", "").split("|")


def text(chance: random.Random) -> str:
    """A few lines, of which each may or may not belong to the one above it."""
    lines = []
    for _ in range(chance.choice([1, 2, 3, 5, 8])):
        start = chance.choice(["", "", "- ", "1. ", *TABLES[:2], chance.choice(STARTS + TABLES)])
        lines.append(
            start + " ".join(chance.choices(WORDS, k=chance.choice([0, 1, 2]))) + chance.choice(["", "", "", " ", "  "])
        )
        lines += chance.choice([[], [""], [""], [" "]])
    return "\n".join(lines) + chance.choice(["", "\n", "\n\n", "\n "])


def parse(markdown: str) -> tuple[Parsed, list[str]]:
    findings = Findings()
    return parse_markdown(markdown, first_line=3, kinds=("info", "stop"), findings=findings), written(findings.all())


def test_they_are_what_the_parser_makes_of_them(monkeypatch: pytest.MonkeyPatch):
    texts = [text(random.Random(seed)) for seed in range(1_500)]  # noqa: S311 -- the same each time
    with_patterns = [parse(each) for each in texts]
    monkeypatch.setattr(block_parser, "ready_block", lambda *_: None)
    for each, found in zip(texts, with_patterns, strict=True):
        assert (each, found) == (each, parse(each))


@pytest.mark.parametrize(
    "markdown",
    [
        "Words.\n",
        "Words\non two lines\n\nMore",
        "2026 was long.",
        "-5 degrees",
        "**Strong** words",
        "- one\n- two\n  goes on\n\nWords",
        "1. one\n2. two",
        "## Title {#id}\nWords",
        ":::disclaimer info\n:::\n",
        "| a | b |\n| --- | :-: |\n| 1 | *2* |\n",
    ],
)
def test_plain_blocks_need_no_parser(markdown: str):
    assert ready_block(markdown, 0, 0)


@pytest.mark.parametrize(
    "markdown",
    [
        "Title\n=====",
        "a | b\n--- | ---",
        "- one\n\n- two",
        "- one\n\n  two",
        "- [ ] one",
        "- one\nlazy\n# not",
        "## Title\n--- | ---",
        "Words\n- one",
        "Words\u00a0",
        "[a]: b",
        "<b>",
        "    code",
        ":::disclaimer info\nWords\n:::",
        "| a | b |\n| --- | --- |\n| 1 |",
        "| a \\| b |\n| --- |",
    ],
)
def test_others_are_left_to_it(markdown: str):
    assert ready_block(markdown, 0, 0) is None

"""The examples of the CommonMark specification, version 0.31.2: the model written back as HTML is what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from pipeline.model.walk import walk
from pipeline.source.findings import Findings
from pipeline.source.markdown import parse_markdown
from tests.source.html import blocks_html, normal_html

EXAMPLES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "commonmark-0.31.2.json").read_text("utf-8"))


def has_raw_html(markdown: str) -> bool:
    """Whether markdown-it, as it comes, finds raw HTML."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    kinds = [kind for token in tokens for kind in (token.type, *(child.type for child in token.children or ()))]
    return "html_block" in kinds or "html_inline" in kinds


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['example']}")
def test_an_example_is_rendered_as_specified_or_reported_as_raw_html(example: dict[str, Any]):
    findings = Findings()
    parsed = parse_markdown(example["markdown"], findings=findings)
    codes = {finding.code for finding in findings.all()}
    if has_raw_html(example["markdown"]):
        assert "P02" in codes
        assert not any("html" in type(node).__name__.lower() for node in walk(parsed.body))
    else:
        assert normal_html(blocks_html(parsed.body)) == normal_html(example["html"])
        assert codes - {"L01"} == ({"P03"} if "\N{REPLACEMENT CHARACTER}" in example["html"] else set()), (
            "only labels without a definition are reported, and NUL, of which the specification makes U+FFFD"
        )


def test_the_examples_are_all_there():
    assert len(EXAMPLES) == 652
    assert sum(has_raw_html(example["markdown"]) for example in EXAMPLES) == 72


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>", "<p>b</p>"),
        ("<p><em>a</em></p>", "<p>a</p>"),
        ("<pre><code>a  b</code></pre>", "<pre><code>a b</code></pre>"),
        ('<p><a href="x">a</a></p>', '<p><a href="y">a</a></p>'),
        ("<p>a b</p>", "<p>ab</p>"),
    ],
)
def test_normal_form_keeps_different_documents_apart(one: str, other: str):
    assert normal_html(one) != normal_html(other)

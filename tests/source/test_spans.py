"""Every node's span shows that node in the source, to line and column."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from pipeline.model.nodes import Node
from pipeline.source.findings import Findings
from pipeline.source.markdown import parse_markdown
from tests.source.spans import misplaced

HERE = Path(__file__).parent
SNIPPETS: list[str] = [
    *(example["markdown"] for example in json.loads((HERE / "commonmark-0.31.2.json").read_text("utf-8"))),
    *(case["markdown"] for case in yaml.safe_load((HERE / "dialect.yaml").read_text("utf-8"))),
    *(case["markdown"] for case in yaml.safe_load((HERE / "directives.yaml").read_text("utf-8"))),
]
WRAPPINGS: dict[str, Callable[[str], str]] = {
    "as they are": lambda text: text,
    "in a quotation": lambda text: re.sub(r"^", "> ", text, flags=re.MULTILINE),
    "in a quotation with tabs": lambda text: re.sub(r"^", ">\t", text, flags=re.MULTILINE),
    "in a list": lambda text: "- " + text.replace("\n", "\n  "),
    "in a list with tabs": lambda text: "-\t" + text.replace("\n", "\n\t"),
    "in a numbered list": lambda text: "12. " + text.replace("\n", "\n    "),
    "in a directive": lambda text: f"::::::disclaimer info\n{text}\n::::::\n",
    "in a footnote": lambda text: "x[^n]\n\n[^n]: " + text.replace("\n", "\n    "),
    "with CRLF": lambda text: text.replace("\n", "\r\n"),
    "with CR": lambda text: text.replace("\n", "\r"),
}


def parsed(text: str) -> list[Node]:
    result = parse_markdown(text, kinds=("info", "stop", "risk"), findings=Findings())
    return [*result.body, *result.footnotes]


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_spans_show_their_nodes(wrapping: str):
    for snippet in SNIPPETS:
        text = WRAPPINGS[wrapping](snippet)
        assert list(misplaced(text, parsed(text))) == [], text


def test_a_shifted_span_is_noticed():
    wrong = [snippet for snippet in SNIPPETS if list(misplaced("x" + snippet, parsed(snippet)))]
    assert len(wrong) > 0.9 * len([snippet for snippet in SNIPPETS if parsed(snippet)]) * 0.8

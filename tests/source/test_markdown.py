"""The dialect beyond CommonMark, case by case."""

from __future__ import annotations

from typing import Any

from pipeline.model.nodes import Section
from pipeline.source.findings import Findings
from pipeline.source.markdown import Parsed, parse_markdown
from tests.source.cases import cases, written
from tests.source.outline import outline


def parse(markdown: str, first_line: int = 1) -> tuple[Parsed, Findings]:
    findings = Findings()
    kinds = ("info", "stop", "risk")
    return parse_markdown(markdown, first_line=first_line, kinds=kinds, findings=findings), findings


@cases("dialect.yaml")
def test_the_dialect_gives_these_nodes_and_findings(case: dict[str, Any]):
    parsed, findings = parse(case["markdown"])
    assert outline([*parsed.body, *parsed.footnotes]) == case["outline"].rstrip("\n")
    assert written(findings.all()) == case.get("findings", [])


@cases("directives.yaml")
def test_directives_give_these_nodes_and_findings(case: dict[str, Any]):
    parsed, findings = parse(case["markdown"])
    assert outline([*parsed.body, *parsed.footnotes]) == case["outline"].rstrip("\n")
    assert written(findings.all()) == case.get("findings", [])
    assert all(finding.help for finding in findings.all())


def test_lines_are_those_of_the_whole_file():
    parsed, findings = parse("## A\n\n<b>", first_line=11)
    assert [block.span.line for block in parsed.body] == [11]
    assert written(findings.all()) == ["P02 13:1-13:4 raw HTML: `<b>`"]


def test_the_caller_says_what_headings_mean_unless_the_writer_does():
    findings = Findings()
    parsed = parse_markdown(
        "## Form\n## Other {role=risks}\n", role_of=lambda heading: f"by-{heading.id}", findings=findings
    )
    assert [block.role for block in parsed.body if isinstance(block, Section)] == ["by-form", "risks"]


def test_parsing_again_gives_the_same():
    text = "[a][b] x[^1]\n\n[b]: c\n[^1]: d\n\n:::disclaimer info\n:::\n"
    assert parse(text)[0] == parse(text)[0]
    assert written(parse("[a][b] x[^1]")[1].all()) == [
        "L01 1:1-1:7 nothing defines the link label `b`",
        "L01 1:9-1:13 no footnote is called `1`",
    ]

"""Metadata: what is sound is kept, every mistake is told at its line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipeline.model.article import Person
from pipeline.model.nodes import Span
from pipeline.source.findings import Findings
from pipeline.source.front_matter import FrontMatter, read_front_matter
from tests.source.cases import cases, written

SOUND = "title: T\ndescription: D\nprofile: condition\nauthors:\n  - name: A\npublished: 2026-01-01"


def read(source: str) -> tuple[FrontMatter, Findings]:
    findings = Findings()
    source = source.replace("{sound}", SOUND).replace("{long}", "x" * 161)
    return read_front_matter(
        source, language="en-GB", profiles=("condition", "exercise-qa"), kinds=("info", "stop"), findings=findings
    ), findings


@cases("metadata.yaml")
def test_metadata_gives_these_findings(case: dict[str, Any]):
    front, findings = read(case["source"])
    found = findings.all()
    if "codes" in case:
        assert {finding.code for finding in found} >= set(case["codes"])
    else:
        assert written(found) == case.get("findings", [])
    assert all(finding.help for finding in found)
    helps = [finding.help for finding in found]
    assert [mend for mend in case.get("helps", []) if mend not in helps] == []
    if "body" in case:
        assert case["source"].replace("{sound}", SOUND)[front.body_start :] == case["body"]


def test_every_key_is_kept():
    metadata = read(
        "---\n{sound}\nsubtitle: >\n  two\n  lines\nreviewer: {name: B, credentials: PhD}\nreviewed: '2026-02-01'\n"
        "next_review: 2028-02-29\ntopics: [a, 2]\nkeywords: [b]\nrelated: [c]\ncover: d.png\ndisclaimers: [info]\n"
        "allow: {S06: why, R01: }\nstatus: draft\nfunding: none\n---\n"
    )[0].metadata
    assert (metadata.title, metadata.description, metadata.profile) == ("T", "D", "condition")
    assert metadata.authors == (Person("A"),)
    assert metadata.reviewer == Person("B", "PhD")
    assert (metadata.published, metadata.reviewed) == (date(2026, 1, 1), date(2026, 2, 1))
    assert metadata.next_review == date(2028, 2, 29)
    assert (metadata.topics, metadata.keywords, metadata.related) == (("a", "2"), ("b",), ("c",))
    assert (metadata.subtitle, metadata.cover, metadata.funding) == ("two lines", "d.png", "none")
    assert (metadata.disclaimers, metadata.status) == (("info",), "draft")
    assert metadata.allow == {"S06": "why", "R01": ""}
    assert metadata.language == "en-GB", "the publisher's, as the article names none"


def test_what_is_wrong_keeps_its_default_and_the_rest_stands():
    front, findings = read("---\n{sound}\nlanguage: e\ntopics: a\nsubtitle: S\n---\n")
    assert [finding.code for finding in findings.all()] == ["M01", "M01"]
    assert (front.metadata.language, front.metadata.topics, front.metadata.subtitle) == ("en-GB", (), "S")


def test_spans_show_the_key_with_its_value_or_the_key_alone():
    spans = read("---\n{sound}\nallow:\n  S06: why\ntopics: [a, b]\n---\n")[0].metadata.spans
    assert spans["title"] == Span(2, 1, 2, 9)
    assert spans["authors"] == Span(5, 1, 5, 8)
    assert spans["authors.0.name"] == Span(6, 5, 6, 12)
    assert spans["allow.S06"] == Span(9, 3, 9, 11)
    assert spans["topics.1"] == Span(10, 13, 10, 14)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("---\ntitle: " + "x" * 70_000 + "\n---\n", "the metadata has more than 64 KB"),
        ("---\ntopics: " + "[" * 5_000 + "\n---\n", "the metadata nests more than 20 levels deep"),
        ("---\ntopics: [" + "a," * 5_000 + "]\n---\n", "the metadata holds more than 2000 values"),
    ],
)
def test_limits_are_told(source: str, message: str):
    front, findings = read(source)
    assert message in [finding.message for finding in findings.all() if finding.code == "P06"]
    assert front.body_start == len(source)


def test_the_text_begins_behind_the_closing_dashes():
    source = "---\ntitle: a\n---\n\nText\n---\nmore"
    assert source[read(source)[0].body_start :] == "\nText\n---\nmore"

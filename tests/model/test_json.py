"""An article as JSON."""

from __future__ import annotations

import json
from datetime import date

from pipeline.model.article import Article, ArticleMetadata, Person, Resource
from pipeline.model.diagnostic import Finding
from pipeline.model.json import article_json
from pipeline.model.nodes import Heading, Image, Paragraph, Section, Span, Text

ARTICLE = Article(
    path="content/articles/a.md",
    slug="a",
    source="…",
    metadata=ArticleMetadata(
        title="T", authors=(Person("A", "BSc"),), published=date(2026, 1, 31), allow={"S06": "why"}
    ),
    body=(
        Paragraph((Text("é", Span(1, 1, 1, 2)), Image("i.png", "alt")), Span(1, 1, 2, 3)),
        Section(Heading(2, (), id="risks"), (), role="risks"),
    ),
    findings=(Finding("wrong", Span(3, 1, 3, 4), "mend", code="P02"),),
    resources={"i.png": Resource("i.png", "ok", "image/png", 3, 2)},
)


def test_every_node_has_its_type_and_its_span():
    paragraph, section = article_json(ARTICLE)["body"]
    assert paragraph == {
        "type": "Paragraph",
        "children": [
            {"type": "Text", "value": "é", "span": [1, 1, 1, 2]},
            {
                "type": "Image",
                "src": "i.png",
                "alt": "alt",
                "title": "",
                "decorative": False,
                "span": [1, 1, 1, 1],
            },
        ],
        "span": [1, 1, 2, 3],
    }
    assert (section["type"], section["role"], section["heading"]["id"]) == ("Section", "risks", "risks")


def test_the_rest_is_there_in_plain_types():
    document = article_json(ARTICLE)
    assert json.loads(json.dumps(document)) == document
    assert document["schema_version"] == 1
    assert (document["path"], document["slug"], document["body_line"]) == ("content/articles/a.md", "a", 1)
    metadata = document["metadata"]
    assert (metadata["title"], metadata["published"], metadata["reviewed"]) == ("T", "2026-01-31", None)
    assert metadata["authors"] == [{"name": "A", "credentials": "BSc", "url": ""}]
    assert metadata["allow"] == {"S06": "why"}
    assert document["resources"]["i.png"]["width"] == 3
    assert document["findings"][0] == {
        "message": "wrong",
        "span": [3, 1, 3, 4],
        "help": "mend",
        "severity": None,
        "code": "P02",
        "path": "",
    }
    assert "source" not in document

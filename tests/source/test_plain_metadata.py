"""Plain metadata is the same values, at the same places, as YAML would make of it."""

from __future__ import annotations

import random

import pytest

from pipeline.model.article import ArticleMetadata
from pipeline.source import front_matter
from pipeline.source.findings import Findings
from pipeline.source.front_matter import read_front_matter
from pipeline.source.plain_metadata import plain_values
from tests.desk import CONTENT
from tests.source.cases import written

KEYS = [
    "title",
    "profile",
    "authors",
    "language",
    "reviewer",
    "published",
    "topics",
    "related",
    "allow",
    "status",
    "yes",
    "null",
    "S06",
    "name",
    "credentials",
]
WORDS = """Move 0|exercise-guide|en-GB|2026-03-02|yes|null|~|12|1:30|A: b|a:b|a #b|a# b|#x|it's|"quoted"|'q'|[a, b]|[]|[a b, c-d, 1]|[yes]
|[null]|[ a ]|[a, ]|[a: b]|{a: b}||é ü|日本|a, b|a [b]|trail |& x|*x|!x|- x|-|a\tb|a\u00a0b|a\u2028b|a\ufffcb|x:|ready|=|"\\u0007\"""".replace(
    "\n", ""
).split("|")


def pair(chance: random.Random, indent: str = "") -> str:
    return indent + chance.choice(KEYS) + chance.choice([": ", ": ", ": ", ":", ":  "]) + chance.choice(WORDS)


def below(chance: random.Random) -> list[str]:
    """A key, and lines below it that may or may not be all its own."""
    indent = chance.choice(["", " ", "  ", "    "])
    lines = [chance.choice(KEYS) + ":"]
    for _ in range(chance.choice([1, 2, 3])):
        inner = indent + chance.choice(["  ", "  ", " "])
        lines.append(f"{indent}- {chance.choice([chance.choice(WORDS), pair(chance)])}")
        lines += [pair(chance, inner) for _ in range(chance.choice([0, 0, 1, 2]))]
    return lines if chance.random() < 0.6 else [lines[0], *(pair(chance, indent) for _ in range(chance.choice([1, 2])))]


def text(chance: random.Random) -> str:
    lines: list[str] = []
    for _ in range(chance.choice([1, 2, 3])):
        lines += [pair(chance)] if chance.random() < 0.6 else below(chance)
    return "\n".join(["---", *lines, "---", "Words.", ""])


def read(source: str) -> tuple[ArticleMetadata, list[str], list[str]]:
    findings = Findings()
    known = {"profiles": ("exercise-guide",), "kinds": ("info",)}
    metadata = read_front_matter(source, language="en-GB", findings=findings, **known).metadata
    return metadata, list(metadata.spans), written(findings.all())


def test_it_is_what_yaml_makes_of_it(monkeypatch: pytest.MonkeyPatch):
    texts = [text(random.Random(seed)) for seed in range(4_000)]  # noqa: S311 -- the same each time
    texts += [file.read_text("utf-8") for file in sorted(CONTENT.rglob("*.md"))]
    found = [read(each) for each in texts]
    monkeypatch.setattr(front_matter, "plain_values", lambda *_: None)
    for each, values in zip(texts, found, strict=True):
        assert (each, values) == (each, read(each))


@pytest.mark.parametrize(
    "metadata",
    [
        "title: One\n",
        "authors:\n  - name: A\n    credentials: B\n  - name: C\n",
        "reviewer:\n  name: A\n",
        "topics: [a, b c]\n",
        "topics:\n- a\n- b\n",
    ],
)
def test_plain_metadata_needs_no_yaml(metadata: str):
    assert plain_values(metadata, 2)


@pytest.mark.parametrize(
    "metadata",
    [
        "title: 'One'\n",
        "title: One # two\n",
        "title: One\n  goes on\n",
        "title: a: b\n",
        "title: One\ntitle: Two\n",
        "title: null\n",
        "title:\n",
        "yes: no\n",
        "topics:\n  - a\n   - b\n",
        "reviewer:\n  name: A\n   url: B\n",
        "title: a\u2028b\n",
        "# words\n",
        "title: One",
    ],
)
def test_all_else_is_left_to_it(metadata: str):
    assert plain_values(metadata, 2) is None


def test_it_takes_no_longer_for_what_is_long():
    assert plain_values("title: " + "a :b #" * 10_000 + "\n", 2) is None
    assert plain_values("topics: [" + "a, " * 10_000 + "\n", 2) is None

"""Nothing is lost, nothing dangerous gets through, and whatever the bytes are, there is an article or one clear error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pipeline.errors import PipelineError, UnreadableError
from pipeline.model.nodes import Link
from pipeline.model.walk import block_lines, find
from pipeline.profiles import load_profiles
from pipeline.profiles.headings import words
from pipeline.source.findings import Findings
from pipeline.source.importers import Imported, Options, import_article
from pipeline.source.markdown import parse_markdown

CASES = Path(__file__).parent / "cases"
PAGES = sorted(CASES.glob("html-*/in/*.htm*"))
TEXTS = sorted(CASES.glob("text-*/in/*.txt"))
OPTIONS = Options(load_profiles(None), "en-GB")


def imported(data: bytes, name: str) -> Imported:
    return import_article(data, name, OPTIONS)


def attempted(data: bytes, name: str) -> Imported | None:
    """The article of a file, or None where it is refused as it should be: with one message that says what to do."""
    try:
        return imported(data, name)
    except PipelineError as error:
        problem = error
    assert problem.exit_code in {1, 3}
    assert problem.help
    assert "\n" not in problem.message
    return None


def told(article: Imported) -> str:
    """All words that the article has, and that the lists of what was left out and changed have."""
    body = parse_markdown(article.body({}), findings=Findings())
    nodes = [*body.body, *body.footnotes]
    dropped = [each.text for each in article.dropped]
    texts = [*block_lines(nodes), article.title, article.front_matter, *article.changed, *dropped]
    return " ".join(word for text in texts for word in words(text))


def missing(source: str, article: Imported) -> list[str]:
    """Words of a source that are told nowhere; numbers and the word *step* are marks of lists, which are kept as lists."""
    there = told(article)
    found = {word for word in words(source) if not word.isdecimal() and word not in {"step", "paso"}}
    return sorted(word for word in found if word not in there)


def text_of(data: bytes) -> str:
    if data.startswith(b"\xff\xfe"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("windows-1252")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.parent.parent.name)
def test_every_word_of_a_text_is_in_the_article_or_in_the_lists(path: Path):
    data = path.read_bytes()
    assert missing(text_of(data), imported(data, path.name)) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.parent.name)
def test_every_word_of_a_page_is_in_the_article_or_in_the_lists(path: Path):
    data = path.read_bytes()
    page = html.document_fromstring(data)
    for element in list(page.iter("script", "style", "head")):
        element.drop_tree()
    source = " ".join(page.itertext())
    assert missing(source, imported(data, path.name)) == []


LINES = st.sampled_from(
    """Benefits of Rows|Risks|Conclusion|by Jane Doe|March 3, 2024|Share this article|You may also like|Related Posts|Advertisement
5 min read|Home > Fitness|Menu|About the author|Leave a comment|Sources|References|Rows train the back and the arms of most people
Rows are a good exercise for people who sit all day, and they need no more than a band and a door to be done at home.
1. Stand tall: Keep your ribs down.|2. Pull the band.|- one|* two|  - deeper|a) first|Label: some words here|What you need:|=====
-----|> A quotation|# Marked heading|a\tb|c\td|| x | y ||Step 1|Step 2|© 2024 Gym|Subscribe to our newsletter|Table of contents||||""".replace(
        "\n", "|"
    ).split("|")
)


@settings(max_examples=120, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=25))
def test_no_word_of_any_text_is_lost(lines: list[str]):
    source = "\n".join(lines)
    article = attempted(source.encode(), "text.txt")
    if article is not None:
        assert missing(source, article) == []


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='share'>",
        "</div>",
        "<h1>",
        "</h1>",
        "<h2 id=a>",
        "</h2>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</table>",
        "<b>",
        "</b>",
        "<i>",
        "<a href='javascript:x'>",
        "<a href='#a'>",
        "<a href='https://x.example'>",
        "</a>",
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<!-- c -->",
        "<img src=x alt='A row'>",
        "<sup>",
        "</sup>",
        "<pre>",
        "</pre>",
        "<blockquote>",
        "<br>",
        "<hr>",
        "<dl><dt>",
        "<dd>",
        "<figure>",
        "<figcaption>",
        "</figure>",
        "<details><summary>",
        "<svg onload=x>",
        "<iframe src=x>",
        "<form>",
        "<article>",
        "<main>",
        "<nav>",
        "<td rowspan=9>",
        "words of an article ",
        "&lt;script&gt; ",
        "[x](javascript:y) ",
        "# ",
        "1. ",
        "Rows are good for people who sit all day long. ",
        "\n",
        "&#0;",
        "<?php x ?>",
        "<![CDATA[x]]>",
    ]
)


def check_safe(article: Imported) -> None:
    findings = Findings()
    body = parse_markdown(article.body({}), findings=findings)
    assert [finding for finding in findings.all() if finding.code != "L01"] == []
    links = find([*body.body, *body.footnotes], Link)
    assert [link.href for link in links if re.match(r"(?i)\s*(javascript|data|vbscript|file):", link.href)] == []


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=30))
def test_any_html_becomes_a_safe_article_or_one_error(pieces: list[str]):
    article = attempted("".join(pieces).encode(), "page.html")
    if article is not None:
        check_safe(article)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.docx", "a.md", "a"]))
def test_any_bytes_become_a_safe_article_or_one_error(data: bytes, name: str):
    article = attempted(data, name)
    if article is not None:
        check_safe(article)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["a.txt", "a.html", "a.md"]))
def test_any_text_becomes_a_safe_article_or_one_error(text: str, name: str):
    article = attempted(text.encode("utf-8", "replace"), name)
    if article is not None:
        check_safe(article)


@pytest.mark.parametrize("tag", ["div", "span", "ul><li", "b", "blockquote", "table><tr><td"])
def test_a_page_that_nests_without_end_is_refused_in_one_message(tag: str):
    page = f"<p>Words before.</p>{f'<{tag}>' * 20_000}words".encode()
    with pytest.raises(UnreadableError, match="nests too deep"):
        imported(page, "page.html")


def test_words_that_lie_deep_are_kept():
    page = f"<p>Words before.</p>{'<div>' * 150}deep words".encode()
    assert "deep words" in told(imported(page, "page.html"))

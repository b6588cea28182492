"""Styles that are remembered from one document to the next are those that each would compute for itself."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.export.pdf import twins
from pipeline.export.pdf.complaints import collected
from pipeline.export.pdf.startup import weasyprint

RULES = """
@page { margin: 1cm; @top-center { content: string(head) counter(page); font-size: 8pt } }
@page :first { @bottom-right { content: "first"; color: green; display: table-cell } }
@page named { margin: 2cm; @left-middle { content: "named" } }
:root { --gap: 3px; font-size: 11px } h1 { string-set: head content(); page: named }
p { padding-inline-start: var(--gap); text-indent: calc(1em + 5%) } p::before { content: attr(class) "\\00a7" counter(p) }
body { counter-reset: p } p { counter-increment: p } .leader::after { content: leader(dotted) "x" }
table { border-collapse: collapse; padding: 3px; margin: 3px } td { padding: inherit; border: 1px solid } .all td { margin: inherit }
li::marker { color: red } q { quotes: "<" ">" } .pre { white-space: pre-wrap } u u { text-decoration: line-through }
.note { float: footnote } :lang(fr) { font-style: italic } a { color: inherit; width: 3ch } ::first-letter { color: blue }
.in { display: inline-block; width: 50%; overflow: hidden } [id] { border-left: 1px solid } #own { -weasy-anchor: "other" }
.flex { display: flex } .flex * { flex: 1; min-width: 2em } .columns { columns: 2 } .abs { position: absolute; display: inherit }
"""

PAGES = (
    "<h1>One</h1><p>a<b>b</b></p><p class=said>c</p><ul><li>d<li lang=fr>e</ul><table><tr><td>f</table>",
    "<h1 id=x>One</h1><p id=y>a<b>b</b></p><p class=said>c</p><ul><li>d<li lang=fr>e</ul><table class=all><tr><td>f</table>",
    "<h1 style='color:red'>One</h1><p style='font-size:2em'>a<b>b</b></p><p class=said>c <q>d <q>e</q></q></p>",
    "<section lang=fr><p>a <u>b <u>c</u></u></p></section><section lang=de><p>a <u>b <u>c</u></u></p></section>",
    "<p>a<span class=note>b <i>c</i></span><p class=leader>d<p class=pre>e  f\n g<p class=in>h</p><a id=own href='#own'>i</a>",
    "<p>a<p id=b>c<p>d<p id=e>f<p>g<a href='#b'>h</a>",
    "<div class=flex><p>a<p>b</div><div class=columns><p>c<p>d<p>e</div><p>f<span class=abs>g</span>",
    "<h1>One</h1><p>a<h1>Two</h1><p style='break-before:page'>b<p style='break-before:page'>c",
)

TWICE = [*PAGES, *PAGES]


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Takes what is shared away."""
    weasyprint()
    css: Any = importlib.import_module("weasyprint.css")

    def take_away() -> None:
        for name in ("__init__", "set_computed_styles", "add_page_declarations"):
            monkeypatch.setattr(css.StyleFor, name, getattr(css.StyleFor, name).__wrapped__)

    return take_away


def made(pages: list[str], rules: str, size: str = "A6") -> Iterator[tuple[bytes, list[str]]]:
    """Documents with the same rules, one after the other, and what was said of each."""
    module = weasyprint()
    fonts = module.text.fonts.FontConfiguration()
    sheets = [module.CSS(string=rules, font_config=fonts), module.CSS(string=f"@page{{size:{size}}}")]
    for html in pages:
        with collected() as messages:
            yield module.HTML(string=html).write_pdf(stylesheets=sheets, font_config=fonts, pdf_tags=True), messages


@pytest.mark.filterwarnings("ignore")
def test_documents_are_the_same_bytes_whatever_was_set_before(whole: Any):
    shared = [data for data, _ in made(TWICE, RULES)]
    assert shared[: len(PAGES)] == shared[len(PAGES) :]
    assert shared[::-1] == [data for data, _ in made(TWICE[::-1], RULES)]
    whole()
    assert shared == [data for data, _ in made(TWICE, RULES)]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "rule",
    ["p { width: 50vw }", "p { margin-left: calc(1em + 10vh) }", "@page { @top-left { content: 'x'; width: 9vw } }"],
)
def test_sizes_by_the_page_are_those_of_each_document(rule: str, whole: Any):
    pages = [f"<style>@page{{size:{size}cm}}</style><p>one <b>two</b>" for size in (6, 9, 6)] + list(PAGES)
    shared = [data for data, _ in made(pages, rule)]
    whole()
    assert shared == [data for data, _ in made(pages, rule)]


@pytest.mark.filterwarnings("ignore")
def test_each_document_hears_what_is_wrong_with_its_styles():
    heard = [messages for _, messages in made(["<p>one", "<p>two", "<p>three"], "p { width: calc(1deg * 2) }")]
    assert heard[0]
    assert heard[0] == heard[1] == heard[2]


def test_many_looks_and_styles_are_not_kept(monkeypatch: pytest.MonkeyPatch):
    first = [data for data, _ in made(TWICE, RULES)]
    monkeypatch.setattr(twins, "MOST_TWINS", 3)
    monkeypatch.setattr(twins, "MOST_LOOKS", 1)
    assert [data for data, _ in made(TWICE, RULES)] == first

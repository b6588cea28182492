"""The shorter ways through text, boxes and drawing end in the same bytes as WeasyPrint's own."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from pipeline.export.pdf import quick_text
from pipeline.export.pdf.engine import opened
from pipeline.export.pdf.layouts import Look
from pipeline.export.pdf.startup import KNOWN, weasyprint

WAYS = (
    ("weasyprint.text.line_break", "Layout.setup"),
    ("weasyprint.text.line_break", "Layout.set_text"),
    ("weasyprint.text.line_break", "Layout.deactivate"),
    ("weasyprint.text.line_break", "Layout.reactivate"),
    ("weasyprint.css.computed_values", "strut"),
    ("weasyprint.css.units", "strut"),
    ("weasyprint.layout.inline", "strut"),
    ("weasyprint.draw.text", "draw_first_line"),
    ("weasyprint.svg.text", "draw_first_line"),
    *(
        (f"weasyprint.layout.{name}", "resolve_percentages")
        for name in ("absolute", "block", "column", "percent", "float")
    ),
    *((f"weasyprint.layout.{name}", "resolve_percentages") for name in ("grid", "inline", "page", "table")),
    ("weasyprint.formatting_structure.boxes", "Box.is_in_normal_flow"),
    ("weasyprint.pdf.stream", "Stream.marked"),
    ("weasyprint.pdf.stream", "Stream.artifact"),
)

WORDS = "Lift the affluent office chair slowly, without haste, as far as it goes with ease; T.V. AV To. " * 6

SAID = {
    "plain": WORDS,
    "justified": f'<p style="text-align:justify">{WORDS}</p>',
    "apart": f'<p style="letter-spacing:.1em">{WORDS}</p><p style="word-spacing:.5em">{WORDS} <b> </b>x</p>',
    "broken": f'<p style="overflow-wrap:anywhere;width:3em">{WORDS}</p><p style="overflow-wrap:normal">{WORDS}</p>',
    "hyphens": f'<p lang="en" style="hyphens:auto;width:9em">{WORDS}</p><p>un\u00adsaid \u00adso\u00ad</p>',
    "kept": f'<pre>a\tb\n\n c\r\nd\x0be</pre><p style="white-space:pre-line">{WORDS}\n{WORDS}</p><p>a<br>b\u2028c\u2029d</p>',
    "cut": f'<p style="white-space:nowrap;overflow:hidden;text-overflow:ellipsis;width:9em">{WORDS}</p>'
    f'<p style="max-lines:2;block-ellipsis:auto;width:9em">{WORDS}</p>',
    "lined": '<p><u>under</u> <s>through</s> <span style="text-decoration:overline">over <i>and</i></span></p>',
    "features": '<p style="font-variant-numeric:tabular-nums">0123</p><p style="font-kerning:none">AV</p>'
    '<p style="font-feature-settings:\'liga\' 0">affluent</p><p style="font-variant-caps:small-caps">Small</p>',
    "first": f"<style>q::first-letter{{font-size:2em}} div::first-line{{color:red}}</style><q>{WORDS}</q><div>{WORDS}</div>",
    "turned": '<p dir="rtl">שלום one (two) 3</p><p>one שלום two</p>',
    "odd": "<p>e\u0301 a\u0300\u0323 \U0001f600 \ue000 \u200b\u200d\ufeff … fi ffl</p><p> </p><p>\u00a0</p>",
    "tiny": '<p style="font-size:.5px">tiny</p><p style="font-size:0">none</p>',
    "languages": '<p lang="es">¿Qué?</p><p lang="tr">fi İ</p><p style="font-language-override:\'TRK\'">fi</p>',
    "again": "<style>@page{@top-center{content:'Said on each page'}}</style>one<p style='break-before:page'>two</p>three",
    "in a picture": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 9"><text y="8" letter-spacing="1">AV To</text></svg>',
    "boxes": "<style>div{padding:1px 5%;border:1px solid;margin:auto;width:50%;min-width:auto}.a{box-sizing:border-box;width:9em;"
    "max-height:3em}.b{box-sizing:padding-box;height:20%}.c{width:calc(1em + 10%)}.d{min-height:2em;height:auto}</style>"
    "<div>a</div><div class=a>b</div><div class=b>c</div><div class=c>d</div><div class=d>e<div>f</div></div>",
    "tables": "<table style='border-collapse:collapse'><tr><td>a<td style='border:2px solid;padding:5%'>b</table><table><caption>c"
    "</caption><col style='width:20%'><tr><td style='box-sizing:border-box;width:50%'>d<td rowspan=2>e</table>",
    "beside": "<style>b{float:left}i{position:absolute;top:5%}u{position:relative;left:1em;float:right}s{float:footnote}"
    "em{position:running(x)}@page{@top-left{content:element(x)}}</style><p>a<b>b</b><i>c</i><u>d</u><s>e</s><em>f</em>g</p>",
    "rows": "<div style='display:flex;gap:2%'><p style='flex:1;padding:1%'>a</p><p>b</p></div><div style='display:grid;"
    "grid-template-columns:1fr 2fr'><p>c</p><p style='width:50%'>d</p></div><div style='columns:2'><p>e</p><p>f</p></div>",
    "groups": "<p style='opacity:.5;border:1px dotted'><u>a</u> b<img alt=c width=9 src='data:image/svg+xml,<svg/>'></p>",
    "leaders": "<style>a::after{content:leader(dotted) 'x'}</style><p><a>to</a></p><ol><li>one<li>two</ol>",
}
"""HTML, by what is said with it."""


def made(html: str) -> bytes:
    """HTML as a PDF, in the default theme."""
    source, style = opened(Look("default", "#1f5f4a", "A5", ""), {}, html.encode(), ())
    data: bytes = source.render(font_config=style.fonts, stylesheets=[style.css]).write_pdf(
        pdf_tags=True, pdf_identifier=b"same"
    )
    return data


def own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let WeasyPrint go its own ways again."""
    for place, name in WAYS:
        owner: Any = importlib.import_module(place)
        for part in name.split(".")[:-1]:
            owner = getattr(owner, part)
        last = name.rpartition(".")[2]
        monkeypatch.setattr(owner, last, getattr(owner, last).__wrapped__)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("what", SAID)
def test_a_document_is_the_same_bytes_both_ways(what: str, monkeypatch: pytest.MonkeyPatch):
    first, again = made(SAID[what]), made(SAID[what])
    assert first == again
    own(monkeypatch)
    assert first == made(SAID[what])


def test_lines_that_are_kept_no_longer_are_drawn_the_same(monkeypatch: pytest.MonkeyPatch):
    kept = made(SAID["plain"])
    monkeypatch.setattr(quick_text, "KEPT", 2)
    monkeypatch.setattr(quick_text, "MOST_STYLES", 1)
    assert made(SAID["plain"]) == kept


def test_the_ways_of_the_version_in_use_are_known():
    assert weasyprint().__version__ in KNOWN

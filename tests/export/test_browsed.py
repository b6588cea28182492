"""Finished pages are read as browsers read them, whatever is wrong with them."""

from __future__ import annotations

from xml.etree.ElementTree import tostring

import pytest

from pipeline.export.browsed import read_page

PAGES = {
    # what is misplaced in a table stands before it
    "<table><tr><td>a</table><table>b<tr>c</table>": "<table><tbody><tr><td>a</td></tr></tbody></table>bc"
    "<table><tbody><tr /></tbody></table>",
    # a new block ends a paragraph, a dialog too
    "<p>a<dialog>b</dialog>c<p>d": "<p>a</p><dialog>b</dialog>c<p>d</p>",
    "<b><p>a</b>b</p>": "<b /><p><b>a</b>b</p>",
    # nothing in raw text is an element
    "<style><p></style><iframe><p></iframe><textarea>\n<p></textarea>": "<style>&lt;p&gt;</style>"
    "<iframe>&lt;p&gt;</iframe><textarea>&lt;p&gt;</textarea>",
    "a<!-- <p>b --><!--> c": "a c",
    "<p id=x id=y hidden TITLE='&lt;&nbsp;'>&#0;&notit;\r\n": '<p hidden="" id="x" title="&lt;\xa0">\ufffd¬it;\n</p>',
    "<div><template>a<b id=x>b</b><template>c</template></template>d</div>": '<div><template>a<b id="x">b</b>'
    "<template>c</template></template>d</div>",
    # an element that no drawing has ends it
    "<svg><title><b>a</b></title><g xlink:href=b><p>c": '<svg><title><b>a</b></title><g xlink:href="b" /></svg><p>c</p>',
}


@pytest.mark.parametrize(("page", "body"), PAGES.items())
def test_pages_are_read_as_browsers_do(page: str, body: str):
    root = read_page(f"<!doctype html><body>{page}")
    assert root.tag == "html"
    found = root.find("body")
    for each in found.iter():
        each.attrib = dict(sorted(each.attrib.items()))
    assert tostring(found, "unicode") == f"<body>{body}</body>"


def test_any_text_makes_a_page():
    assert [each.tag for each in read_page("").iter()] == ["html", "head", "body"]


def test_deep_nesting_does_not_exhaust_the_stack():
    assert sum(1 for _ in read_page("<div>" * 20_000).iter("div")) > 0

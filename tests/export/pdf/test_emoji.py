"""Emoji of several characters are one sign on paper."""

from __future__ import annotations

from contextlib import closing

import pypdfium2
import pytest
from lxml import etree

from pipeline.export.pdf.emoji import set_apart
from pipeline.render.elements import element
from tests.export.pdf.typesetting import blocks_pdf
from tests.publications import paragraph

SIZE = 10.5
"""Points of the text on A4."""


@pytest.mark.parametrize("sign", ["1️⃣", "🇬🇧", "👨‍👩‍👧", "🏋🏽‍♀️", "💪🏽", "❤️"])
def test_a_sign_of_several_characters_is_set_apart_from_the_words_around_it(sign: str):
    tree = element("p", f"Say {sign}", element("em", f"{sign} so"), f" {sign}{sign} now")
    said = "".join(tree.itertext())
    set_apart(tree)
    assert [each.text for each in tree.iter("span")] == [sign] * 4
    assert "".join(tree.itertext()) == said


def test_words_and_single_signs_stay_as_they_are():
    tree = element("p", "1 → 2, 😀 ☑ © #3 and *4*")
    before = etree.tostring(tree)
    set_apart(tree)
    assert etree.tostring(tree) == before


@pytest.mark.parametrize("sign", ["1️⃣", "🇬🇧", "👨‍👩‍👧", "💪🏽"])
def test_a_sign_of_several_characters_is_as_wide_as_one(sign: str):
    with closing(pypdfium2.PdfDocument(blocks_pdf(paragraph(f"Say {sign} now.")))) as document:
        text = document[0].get_textpage()
        before, _ = text.search("Say").get_next()
        after, _ = text.search("now.").get_next()
        gap = text.get_charbox(after)[0] - text.get_charbox(before + 2)[2]
    assert 1.2 * SIZE < gap < 2.1 * SIZE

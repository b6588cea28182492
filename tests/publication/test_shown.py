"""What proof looks for in a box is what readers see of it."""

from __future__ import annotations

import pytest

from pipeline.model.nodes import (
    Alert,
    BulletList,
    CodeBlock,
    Figure,
    FootnoteReference,
    HardBreak,
    Image,
    ListItem,
    Paragraph,
    Strong,
    Text,
)
from pipeline.publication.shown import shown_lines

PICTURE = Image("images/bar.svg", "A bar")
WORDS = Paragraph((Text("Stop "), Strong((Text("now"),)), HardBreak(), Text("and rest."), FootnoteReference("one", 1)))


def test_words_stand_in_one_line_without_marks_of_notes():
    assert shown_lines([WORDS], "en") == ["Stop now and rest."]


def test_a_picture_says_nothing_but_its_caption_does():
    assert shown_lines([Paragraph((PICTURE,)), Figure(PICTURE, "A caption")], "en") == ["A caption"]


@pytest.mark.parametrize(("language", "label"), [("en-GB", "Warning"), ("es", "Advertencia")])
def test_an_alert_says_its_label_in_the_publication_s_language(language: str, label: str):
    assert shown_lines([Alert("warning", (WORDS,))], language)[0] == label


def test_items_say_their_labels_and_whether_they_are_done():
    items = (ListItem((WORDS,), (Text("Pain"),)), ListItem((CodeBlock("x = 1\n"),), checked=True))
    assert shown_lines([BulletList(items)], "en") == ["Pain:", "Stop now and rest.", "Done", "x = 1\n"]

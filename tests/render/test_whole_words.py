"""Tables of e-books keep their words whole wherever there is room for them."""

import pytest
from lxml import html

from pipeline.render.whole_words import let_words_break

PLAIN = "<table><tr><th>Stage</th><th>Sets</th><th>Reps</th><th>Rest</th></tr><tr><td>Building</td><td>3</td><td>8–10</td><td>2 minutes</td></tr></table>"
LONG = "<table><tr><th>Muscle</th><th>Cardiorespiratory</th></tr><tr><td>extraordinary</td><td>2</td></tr></table>"
LONGEST = f"<table><tr><td>{'Donaudampfschifffahrtsgesellschaft' * 2}</td></tr></table>"


@pytest.mark.parametrize(
    ("page", "marks"),
    [
        (PLAIN, None),
        (f"<ul><li>{PLAIN}</li></ul>", None),
        (f"<ul><li><ol><li><blockquote>{PLAIN}</blockquote></li></ol></li></ul>", "broken-words-if-small"),
        (LONG, None),
        (f"<aside class='disclaimer disclaimer-stop'>{LONG}</aside>", "broken-words-if-small"),
        (LONGEST, "broken-words"),
    ],
)
def test_a_table_of_an_ebook_is_marked_where_its_words_have_no_room(page: str, marks: str | None):
    tree = html.fromstring(f"<article>{page}</article>")
    let_words_break(tree)
    assert next(tree.iter("table")).get("class") == marks

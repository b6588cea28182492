"""No two sections of a document have the same name for those who listen."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.export.epub.names import tell_apart
from tests.export.epub.finished import BOOKS, document


def names(root: etree._Element) -> list[str]:
    headings = {each.get("id"): " ".join("".join(map(str, each.itertext())).split()) for each in root.iter()}
    return [
        each.get("aria-label") or " ".join(headings[id_] for id_ in each.get("aria-labelledby", "").split())
        for each in root.iter("{*}section")
        if each.get("aria-label") or each.get("aria-labelledby")  # one without a name is no landmark
    ]


@pytest.mark.parametrize("name", BOOKS)
def test_names_are_unique(name: str) -> None:
    chapters = [item.get("href", "") for item in document(name, "content.opf").iter("{*}item")]
    for path in (href for href in chapters if href.startswith("text/")):
        found = names(document(name, path))
        assert all(found), path
        assert len(set(found)) == len(found), path


def test_a_section_is_named_after_its_place_or_by_number() -> None:
    tree = etree.fromstring(
        '<div><section aria-labelledby="a"><h2 id="a">Squat</h2><section aria-labelledby="b"><h3 id="b">Tips</h3></section>'
        '</section><section aria-labelledby="c"><h2 id="c">Press</h2><section aria-labelledby="d"><h3 id="d">Tips</h3>'
        '</section><section aria-labelledby="e"><h3 id="e">Tips</h3></section></section></div>'
    )
    tell_apart(tree)
    assert names(tree) == ["Squat", "Tips", "Press", "Tips Press", "Tips (2)"]

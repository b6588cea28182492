"""What stands in a book, and in which order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import etree

from tests.export.epub.finished import BOOKS, document, files, finished, publication

NAMESPACES = {
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
}


def spine(name: str) -> list[str]:
    package = document(name, "content.opf")
    items = {item.get("id"): item.get("href", "") for item in package.iter("{*}item")}
    return [items[each.get("idref")] for each in package.iter("{*}itemref")]


def texts(name: str) -> dict[str, etree._Element]:
    return {path: document(name, path) for path in spine(name)}


def test_a_book_opens_with_its_cover_and_closes_with_its_colophon() -> None:
    assert spine("sample") == [
        "text/cover_page.xhtml",
        "text/title_page.xhtml",
        "nav.xhtml",
        "text/safety_information.xhtml",
        "text/hip-thrusts.xhtml",
        "text/about_edition.xhtml",
    ]


def test_a_chapter_may_be_called_like_a_page_of_our_own() -> None:
    assert spine("book")[-3:] == ["text/hip-thrusts.xhtml", "text/cover-page.xhtml", "text/about_edition.xhtml"]


@pytest.mark.parametrize("name", BOOKS)
def test_every_document_is_part_of_the_reading_order(name: str) -> None:
    assert not document(name, "content.opf").xpath("//opf:itemref[@linear='no']", namespaces=NAMESPACES)


def test_front_matter_has_every_disclaimer_and_the_chapter_repeats_it() -> None:
    kinds = ["disclaimer-info", "disclaimer-clearance", "disclaimer-stop", "disclaimer-emergency"]
    for path in ("text/safety_information.xhtml", "text/hip-thrusts.xhtml"):
        boxes = document("sample", path).xpath("//x:section[@role='doc-notice']/@id", namespaces=NAMESPACES)
        assert boxes == kinds


def test_the_same_wording_stands_once_in_the_front_matter_of_a_book() -> None:
    boxes = document("book", "text/safety_information.xhtml").xpath(
        "//x:section[@role='doc-notice']", namespaces=NAMESPACES
    )
    assert len(boxes) == len(publication("book").chapters[0].notices)


@pytest.mark.parametrize("name", BOOKS)
def test_ids_are_unique_and_every_label_is_there(name: str) -> None:
    for path, root in texts(name).items():
        ids = root.xpath("//@id")
        assert len(set(ids)) == len(ids), path
        for label in " ".join(root.xpath("//@aria-labelledby")).split():
            assert label in ids, (path, label)


@pytest.mark.parametrize("name", BOOKS)
def test_every_note_is_linked_both_ways(name: str) -> None:
    for path, root in texts(name).items():
        marks = root.xpath("//x:a[@role='doc-noteref']", namespaces=NAMESPACES)
        notes = root.xpath("//x:section[@role='doc-endnotes']/x:ol/x:li", namespaces=NAMESPACES)
        assert {mark.get("href") for mark in marks} == {f"#{note.get('id')}" for note in notes}, path
        back = root.xpath("//x:a[@role='doc-backlink']/@href", namespaces=NAMESPACES)
        assert len(back) == len(notes)
        assert {href.removeprefix("#") for href in back} <= {mark.get("id") for mark in marks}


@pytest.mark.parametrize("name", BOOKS)
def test_headings_start_at_one_and_skip_no_level(name: str) -> None:
    for path, root in texts(name).items():
        headings = root.xpath(
            "//*[local-name()!='svg'][starts-with(local-name(), 'h') and string-length(local-name())=2]"
        )
        levels = [int(each.tag[-1]) for each in headings if each.tag[-1].isdigit()]
        if path != "text/cover_page.xhtml":
            assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


@pytest.mark.parametrize("name", BOOKS)
def test_languages_are_said_twice_as_reading_systems_want(name: str) -> None:
    for root in texts(name).values():
        for each in root.xpath("//*[@lang]"):
            assert each.get("lang") == each.get("{http://www.w3.org/XML/1998/namespace}lang")
        assert root.get("lang")


def test_a_book_read_from_the_right_says_so() -> None:
    package = document("right-to-left", "content.opf")
    assert package.get("dir") == "rtl"
    assert package.xpath("opf:spine/@page-progression-direction", namespaces=NAMESPACES) == ["rtl"]
    assert document("right-to-left", "text/hebrew.xhtml").get("dir") == "rtl"


def test_the_colophon_names_edition_and_publisher() -> None:
    words = " ".join(document("book", "text/about_edition.xhtml").itertext())
    for fact in ("Northside Strength", "12 Mill Lane", "3f9a1c20", "articles/hip-thrusts.md", "Un fabricante"):
        assert fact in words


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_comes_from_elsewhere_and_nothing_runs(name: str) -> None:
    for path, data in files(finished(name).data).items():
        if path.endswith((".xhtml", ".css", ".svg")):
            text = data.decode()
            assert "<script" not in text
            assert "@import" not in text
            for wrong in ('src="http', 'src="//', "url(http", 'url("http', "picture:"):
                assert wrong not in text, path

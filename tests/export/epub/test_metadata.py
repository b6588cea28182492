"""What the package says of the book is true of the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from pipeline.export.epub import FORMAT
from pipeline.export.epub.metadata import CONFORMANCE, identifier, modified
from pipeline.model.nodes import Figure, Image
from pipeline.model.publication import Picture, Publication
from tests.export.epub.finished import BOOKS, document, files
from tests.publications import IMPRINT, PICTURES, chapter, paragraph, sample, with_body


def package(publication: Publication) -> etree._Element:
    return etree.fromstring(files(FORMAT.export(publication)[0].data)["EPUB/content.opf"])


def values(root: etree._Element, name: str) -> list[str]:
    prefix, _, local = name.partition(":")
    if prefix == "dc":
        return [each.text or "" for each in root.iter(f"{{http://purl.org/dc/elements/1.1/}}{local}")]
    return [each.text or "" for each in root.iter("{*}meta") if each.get("property") == name]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dc:title", ["Are hip thrusts good for your lower back?"]),
        ("dc:language", ["en-GB"]),
        ("dc:creator", ["Ada Example", "Ben Sample"]),
        ("dc:contributor", ["Dr Cleo Muster"]),
        ("dc:publisher", ["Northside Strength"]),
        ("dc:identifier", [identifier(sample()), "https://northside.example/e/3f9a1c20"]),
        ("schema:bookEdition", ["3f9a1c20"]),
        ("dc:date", ["2026-01-15"]),
        ("dc:subject", ["hip thrust", "glutes", "lower back"]),
        ("dcterms:modified", ["2026-03-02T00:00:00Z"]),
        ("schema:accessMode", ["textual", "visual"]),
        ("schema:accessModeSufficient", ["textual,visual", "textual"]),
        ("schema:accessibilityHazard", ["none"]),
        ("dcterms:conformsTo", [CONFORMANCE]),
        ("a11y:certifiedBy", ["Northside Strength"]),
    ],
)
def test_a_book_says(name: str, said: list[str]) -> None:
    assert values(document("sample", "content.opf"), name) == said


@pytest.mark.parametrize("name", BOOKS)
def test_ids_are_unique_and_what_is_refined_is_there(name: str) -> None:
    root = document(name, "content.opf")
    ids = root.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert not any(id_[0].isdigit() for id_ in ids)
    assert {each.removeprefix("#") for each in root.xpath("//@refines")} <= set(ids)


def test_a_book_in_two_languages_names_both() -> None:
    assert values(document("book", "content.opf"), "dc:language") == ["en-GB", "es"]


def test_the_identifier_is_that_of_the_edition() -> None:
    first = sample()
    assert identifier(first) == identifier(sample())
    assert identifier(first).startswith("urn:uuid:")
    assert (
        len({identifier(each) for each in (first, replace(first, edition="00000000"), replace(first, slug="x"))}) == 3
    )


def test_modification_is_the_last_review_and_never_the_day_of_the_build() -> None:
    assert modified(sample(replace(chapter(), reviewed=date(2027, 1, 2)))).date() == date(2027, 1, 2)
    assert modified(sample(replace(chapter(), reviewed=None))).date() == date(2026, 1, 15)


def test_a_book_without_pictures_claims_none() -> None:
    root = package(with_body(paragraph("Words alone.")))
    assert values(root, "schema:accessMode") == ["textual"]
    assert values(root, "schema:accessModeSufficient") == ["textual"]
    assert "picture" not in values(root, "schema:accessibilitySummary")[0]


def test_a_decorative_picture_is_nothing_to_see() -> None:
    root = package(with_body(Figure(Image("images/hip.svg", "", decorative=True), "Caption")))
    assert values(root, "schema:accessMode") == ["textual"]


def test_a_picture_without_words_takes_the_claims_away() -> None:
    root = package(with_body(Figure(Image("images/hip.svg", ""), "Caption")))
    assert values(root, "schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in values(root, "schema:accessibilityFeature")
    assert values(root, "dcterms:conformsTo") == []


def test_a_brand_colour_that_cannot_be_read_takes_the_conformance_away() -> None:
    pale = replace(sample(), imprint=replace(IMPRINT, colour="#ffee88"))
    assert values(package(pale), "dcterms:conformsTo") == []


def test_a_picture_that_could_flash_is_no_promise_of_no_hazards() -> None:
    frames = Picture("images/hip.svg", "image/gif", GIF, 2, 1)
    root = package(replace(sample(), pictures={**PICTURES, "images/hip.svg": frames}))
    assert values(root, "schema:accessibilityHazard") == ["unknown"]
    assert values(root, "dcterms:conformsTo") == []


FRAME = b"\x21\xf9\x04\x00\x05\x00\x00\x00" + b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff" + FRAME + FRAME + b"\x3b"

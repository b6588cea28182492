"""A book says where the pages of the PDF start, in its text and in a list of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from lxml import etree

from pipeline.executor import Job, run_together
from pipeline.export import FORMATS
from pipeline.export.epub import FORMAT
from pipeline.export.epub.reading import read_passages
from pipeline.manifest import CheckCounts
from pipeline.model.passage import PageStart
from pipeline.model.publication import Publication
from pipeline.parity import expected, first_difference
from tests.export.epub.books import paged
from tests.export.epub.finished import files
from tests.publications import paragraph, sample, section, with_body

NAMESPACES = {"x": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
AFTER = {
    1: '<header class="masthead">',
    2: '<section aria-labelledby="benefits"',
    3: " Learn the movement",
    4: "Roll the bar over your legs",
    5: "<figure><img",
    6: "Hip thrust",
    7: " whole sentences",
    8: '<h1 id="about">',
}
"""What follows the marker of each page."""


@cache
def contents() -> dict[str, bytes]:
    return files(FORMAT.export(paged())[0].data)


def texts() -> str:
    return "".join(contents()[f"EPUB/text/{name}.xhtml"].decode() for name in ("hip-thrusts", "about_edition"))


@pytest.mark.parametrize("page", AFTER)
def test_a_marker_stands_where_the_page_starts(page: int) -> None:
    marker = f'<span id="page-{page}" role="doc-pagebreak" aria-label="Page {page}" epub:type="pagebreak"/>'
    before, _, after = texts().partition(marker)
    assert before
    assert after.startswith(AFTER[page])


def test_the_list_of_pages_leads_to_every_marker_in_order() -> None:
    root = etree.fromstring(contents()["EPUB/nav.xhtml"])
    links = root.xpath("//x:nav[@epub:type='page-list' and @role='doc-pagelist']//x:a", namespaces=NAMESPACES)
    assert [link.text for link in links] == [str(page) for page in AFTER]
    for link in links:
        name, _, id_ = link.get("href").partition("#")
        assert f'id="{id_}"'.encode() in contents()[f"EPUB/{name}"]


def test_the_package_says_so_and_names_the_pdf() -> None:
    root = etree.fromstring(contents()["EPUB/content.opf"])
    said = {(each.get("property") or "", each.text) for each in root.iter("{*}meta")}
    source = "PDF, A4, https://northside.example/e/3f9a1c20"
    assert {
        ("schema:accessibilityFeature", "pageNavigation"),
        ("schema:accessibilityFeature", "pageBreakMarkers"),
        ("pageBreakSource", source),
        ("source-of", "pagination"),
    } <= said
    assert [each.text for each in root.iter("{*}source")] == [source]


def test_markers_say_nothing_and_name_no_section() -> None:
    book = FORMAT.export(paged())[0].data
    assert first_difference([each.passage for each in expected(paged())], read_passages(book)) is None
    assert not any("page-" in (each.get("id") or "") for each in etree.fromstring(contents()["EPUB/nav.xhtml"]).iter())


def test_a_heading_that_is_called_like_a_marker_keeps_its_id() -> None:
    publication = with_body(section(2, "Page 1", "page-1", paragraph("Text.")))
    data = FORMAT.export(replace(publication, page_starts=(PageStart(1, 0, 0),)))[0].data
    chapter = files(data)["EPUB/text/hip-thrusts.xhtml"]
    assert b'<h2 id="page-1">' in chapter
    assert b'<span id="page-1-start" role="doc-pagebreak"' in chapter


def made(publication: Publication, *names: str, pages_key: str = "of the PDF") -> bytes:
    jobs = [Job(publication, name, f"{name}/x", "key", CheckCounts(), pages_key=pages_key) for name in names]
    outcome = list(run_together(jobs))[-1]
    assert outcome.error is None
    return outcome.files[0].data


def test_a_book_lists_the_pages_of_its_pdf_whether_or_not_that_is_made_with_it() -> None:
    alone = made(sample(), "epub")
    assert alone == made(sample(), "html", "pdf", "epub")
    pages = FORMATS["pdf"].export(sample())[0].pages
    assert files(alone)["EPUB/nav.xhtml"].decode().count("#page-") == pages


def test_where_there_are_no_pdfs_there_is_no_list() -> None:
    assert b"page-list" not in files(made(sample(), "epub", pages_key=""))["EPUB/nav.xhtml"]


def test_where_there_can_be_no_pdf_there_is_no_list() -> None:
    unprintable = with_body(paragraph("A sign that no font has: \U0001f0a1\U000102a0"))
    assert b"page-list" not in files(made(unprintable, "epub"))["EPUB/nav.xhtml"]

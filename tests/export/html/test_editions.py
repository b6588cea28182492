"""A page says at once how an edition stands, and leads to what is current."""

from __future__ import annotations

from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit

import pytest
from lxml import html

from pipeline.export.html import Site, look, notice_page, status_page
from pipeline.model.edition import Entry, Ledger, Standing
from pipeline.model.proof import OutputFile
from tests.editions.entries import released, withdrawn
from tests.publications import IMPRINT
from tests.validators import audit_html, validate_html

ONE, TWO = "1" * 8, "2" * 8
LIVE = Site(IMPRINT, "default", {"squat": TWO})
BARE = Site(IMPRINT, "default")
REVISED = Site(IMPRINT, "default", {"squat": TWO}, frozenset({"squat"}))


def standing(id_: str, *entries: Entry) -> Standing:
    found = Ledger(entries).standing(id_)
    assert found is not None
    return found


def words(file: OutputFile) -> str:
    return " ".join(html.fromstring(file.data).xpath("//body")[0].text_content().split())


def links(file: OutputFile) -> list[str]:
    """Where the page's links to other files of the site lead, from the folder ``build/``."""
    found = html.fromstring(file.data).xpath("//link/@href | //main//a/@href")
    return [normpath(join(dirname(file.path), each)) for each in found if not urlsplit(each).scheme]


CURRENT = status_page(standing(TWO, released(ONE), released(TWO)), LIVE)
SUPERSEDED = status_page(standing(ONE, released(ONE), released(TWO)), LIVE)
WITHDRAWN = status_page(standing(ONE, released(ONE), withdrawn()), BARE)
CORRECTED = status_page(standing(ONE, released(ONE), withdrawn(), released(TWO)), LIVE)
NOTICE = notice_page(withdrawn(), [standing(ONE, released(ONE), withdrawn())], BARE)
PAGES = {"current": CURRENT, "superseded": SUPERSEDED, "withdrawn": WITHDRAWN, "corrected": CORRECTED, "notice": NOTICE}


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            CURRENT,
            ["This edition is current", "How to squat", "Edition 22222222", "22 November 2026", "go on using it"],
        ),
        (SUPERSEDED, ["There is a newer edition", "Edition 11111111", "Use the newer edition", "Edition 22222222"]),
        (WITHDRAWN, ["has been withdrawn", "Step 2 was wrong.", "Withdrawn 22 November 2026", "Stop following it"]),
        (WITHDRAWN, ["speak to a doctor", "hello@northside.example", "There is no newer edition yet"]),
        (CORRECTED, ["has been withdrawn", "Step 2 was wrong.", "The newer edition", "Edition 22222222"]),
        (NOTICE, ["This article has been withdrawn", "Step 2 was wrong.", "Throw away", "Edition 11111111"]),
    ],
)
def test_a_page_says(file: OutputFile, said: list[str]):
    for each in said:
        assert each in words(file)


def test_the_verdict_is_the_first_heading_and_the_title():
    for file, verdict in ((SUPERSEDED, "There is a newer edition"), (NOTICE, "This article has been withdrawn")):
        root = html.fromstring(file.data)
        assert root.xpath("//h1")[0].text_content() == verdict
        assert root.xpath("//title")[0].text_content().startswith(verdict)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_file_of_the_site(name: str):
    there = {"html/squat.html", *(file.path for file in look("default", IMPRINT.colour))}
    assert set(links(PAGES[name])) <= there


def test_the_newer_edition_is_linked_where_it_has_a_page():
    assert "html/squat.html" in links(SUPERSEDED)
    assert "html/squat.html" in links(CORRECTED)
    assert "html/squat.html" not in links(status_page(standing(ONE, released(ONE), released(TWO)), BARE))


@pytest.mark.parametrize("name", PAGES)
def test_search_engines_leave_the_pages_alone_and_nothing_runs_in_them(name: str):
    root = html.fromstring(PAGES[name].data)
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "script-src 'none'" in root.xpath("//meta[@http-equiv]/@content")[0]
    assert len(PAGES[name].data) < 4096


def test_the_address_needs_no_suffix():
    assert CURRENT.path == f"html/e/{TWO}/index.html"
    assert NOTICE.path == "html/squat.html"


def test_an_article_that_was_revised_and_not_yet_released_is_newer_than_what_was():
    said = words(status_page(standing(ONE, released(ONE)), REVISED))
    assert "There is a newer edition" in said
    assert "Edition 22222222" in said
    assert "There is a newer edition" not in words(status_page(standing(ONE, released(ONE)), LIVE))


def test_a_corrected_article_is_linked_before_it_is_released():
    page = status_page(standing(ONE, released(ONE), withdrawn()), LIVE)
    assert "Edition 22222222" in words(page)
    assert "html/squat.html" in links(page)


def test_a_page_speaks_the_language_of_its_edition():
    page = status_page(standing(ONE, released(ONE, language="es-MX"), released(TWO, language="es-MX")), LIVE)
    root = html.fromstring(page.data)
    assert root.get("lang") == "es"
    assert "Hay una edición más reciente" in words(page)


def test_a_title_in_a_language_without_strings_says_which_it_is():
    root = html.fromstring(status_page(standing(ONE, released(ONE, language="fr")), BARE).data)
    assert (root.get("lang"), root.xpath("//p[@class='subtitle']/@lang")) == ("en-GB", ["fr"])


def test_markup_in_a_reason_is_text():
    page = notice_page(withdrawn(reason="<script>alert(1)</script> & more"), [], BARE)
    assert "<script>alert(1)</script> & more" in words(page)
    assert not html.fromstring(page.data).xpath("//script")


@pytest.mark.validator
def test_nu_and_axe_find_nothing_in_the_pages(tmp_path: Path):
    spanish = status_page(standing(ONE, released(ONE, language="es"), withdrawn()), BARE)
    for folder, file in {**PAGES, "spanish": spanish}.items():
        for each in (file, *look("default", IMPRINT.colour)):
            path = tmp_path / folder / each.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(each.data)
    pages = sorted(tmp_path.glob("*/html/**/*.html"))
    assert len(pages) == len(PAGES) + 1
    assert validate_html(pages) == []
    assert audit_html(pages) == []

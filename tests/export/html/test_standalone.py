"""A standalone page is one file that needs no other, and loads nothing from elsewhere."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html
from playwright.sync_api import sync_playwright

from pipeline.errors import ExportError
from pipeline.export.html import FORMAT
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Publication
from pipeline.parity import expected, first_difference
from tests.publications import paragraph, requirements, sample, with_body
from tests.validators.installation import chromium


def standalone(publication: Publication) -> OutputFile:
    [file] = FORMAT.export(replace(publication, standalone=True))
    return file


@cache
def markup() -> bytes:
    return standalone(sample()).data


def page() -> html.HtmlElement:
    return html.document_fromstring(markup())


def test_all_that_the_page_loads_is_in_it() -> None:
    loaded = page().xpath("//@src | //@srcset | //link[not(@rel='canonical')]/@href")
    assert len(loaded) == 4
    assert all(address.startswith("data:") for address in loaded)
    assert not page().xpath("//link[@rel='stylesheet']")
    addresses = re.findall(r"url\(\"?([^\")]{5})", page().xpath("//style")[0].text)
    assert set(addresses) == {"data:"}


def test_links_lead_to_places_in_the_page_or_to_the_publishers_site() -> None:
    links = page().xpath("//a/@href")
    assert "https://northside.example/deadlift.html#set-up" in links
    assert "#steps" in links
    assert all(link.startswith("#") or urlsplit(link).scheme in {"https", "mailto"} for link in links)


def test_the_policy_lets_this_style_sheet_count_and_no_other() -> None:
    policies = page().xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    css, data = (page().xpath(f"//{name}")[0].text.encode() for name in ("style", "script"))
    style, script = (b64encode(sha256(each).digest()).decode() for each in (css, data))
    assert policies[0].split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{style}'",
        "img-src data:",
        "font-src data:",
        f"script-src 'sha256-{script}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_fonts_that_the_text_has_no_character_for_stay_out() -> None:
    assert markup().count(b"@font-face") == 6
    greek = standalone(with_body(paragraph("Η σπονδυλική στήλη")))
    assert greek.data.count(b"@font-face") > 6


def test_the_same_words_are_proven_in_it_as_in_any_page() -> None:
    proof = FORMAT.verify(OutputFile("html/x.html", "text/html", markup()), requirements(sample()), lambda _: None)
    assert proof.problems == ()
    assert len(proof.disclaimers) == 4
    assert proof.passages is not None
    assert first_difference([each.passage for each in expected(sample())], proof.passages) is None


def test_a_damaged_picture_stops_the_export() -> None:
    broken = replace(sample().pictures["images/hip.svg"], data=b"<svg")
    with pytest.raises(ExportError, match=r"images/hip\.svg is damaged"):
        standalone(replace(sample(), pictures={**sample().pictures, broken.path: broken}))


@pytest.mark.validator
def test_a_browser_shows_it_from_a_folder_under_its_own_policy(tmp_path: Path) -> None:
    file = tmp_path / "alone.html"
    file.write_bytes(markup())
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        shown = browser.new_context(offline=True).new_page()
        shown.on("console", lambda message: said.append(message.text))
        shown.on("requestfailed", lambda request: said.append(request.url))
        shown.goto(file.as_uri())
        colour = shown.evaluate("getComputedStyle(document.querySelector('.masthead')).backgroundColor")
        pictures = shown.evaluate("[...document.images].map(each => each.naturalWidth)")
        browser.close()
    assert (said, colour) == ([], "rgb(11, 93, 78)")
    assert all(width > 0 for width in pictures)

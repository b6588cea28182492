"""Finished pages work from a folder, without scripts, and weigh little."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from posixpath import dirname, join, normpath
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, Response, sync_playwright

from pipeline.errors import ExportError
from pipeline.export.html import FORMAT, index
from pipeline.model.article import LibraryEntry
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Picture
from tests.desk import SLUGS, Desk
from tests.publications import DRAWING, IMPRINT, PICTURES, chapter, sample
from tests.validators.installation import chromium

MOST_BYTES = 92_000
"""Of a page without its pictures. The promise is 100 KB; a rare sign, as an arrow in the text, fetches a face more."""


@pytest.fixture(scope="module")
def files() -> list[OutputFile]:
    return FORMAT.export(sample())


@pytest.fixture(scope="module")
def page(files: list[OutputFile]) -> html.HtmlElement:
    return html.document_fromstring(files[0].data)


def test_the_page_comes_first_and_brings_all_that_it_names(files: list[OutputFile], page: html.HtmlElement) -> None:
    assert files[0].path == "html/hip-thrusts.html"
    there = {file.path for file in files}
    for element in page.xpath("//img | //link[@rel='stylesheet' or @rel='icon']"):
        assert f"html/{unquote(element.get('src') or element.get('href'))}" in there
    sheet = next(file for file in files if file.media_type == "text/css")
    for address in re.findall(rb"url\(\"([^\"]+)\"\)", sheet.data):
        if not address.startswith(b"data:"):
            assert normpath(join(dirname(sheet.path), address.decode())) in there


def test_nothing_that_a_page_loads_comes_from_elsewhere(page: html.HtmlElement) -> None:
    loaded = page.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href | //@srcset")
    assert loaded
    assert not [address for address in loaded if urlsplit(address).scheme or address.startswith("/")]
    assert not page.xpath(
        "//iframe | //object | //embed | //form | //input | //@style | //*[starts-with(name(@*), 'on')]"
    )


def test_no_script_runs_and_the_policy_allows_the_data_block_alone(page: html.HtmlElement) -> None:
    scripts = page.xpath("//script")
    assert [script.get("type") for script in scripts] == ["application/ld+json"]
    digest = b64encode(sha256(scripts[0].text.encode()).digest()).decode()
    policies = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policies[0].split("; ") == [
        "default-src 'none'",
        "style-src 'self' file:",
        "img-src 'self' file: data:",
        "font-src 'self' file:",
        f"script-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert policies[1:] == [f"script-src 'sha256-{digest}'"]


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing of what it serves."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder's files are, as a web server gives them."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@dataclass
class Visit:
    """What a browser made of a page."""

    said: list[str] = field(default_factory=list)
    """Messages of its console, and addresses that it could not load."""
    fetched: dict[str, int] = field(default_factory=dict)
    """Bytes of what it fetched, pictures apart, by address."""
    masthead: str = ""
    pictures: list[int] = field(default_factory=list)
    """Their widths; 0 where one is not shown."""
    fonts: int = 0


def visit(browser: Browser, address: str) -> Visit:
    """Open a page as somebody does who was never there before."""
    found, shown = Visit(), browser.new_page()
    answers: list[Response] = []
    shown.on("console", lambda message: found.said.append(message.text))
    shown.on("requestfailed", lambda request: found.said.append(request.url))
    shown.on("requestfinished", lambda request: answers.extend(filter(None, [request.response()])))
    shown.goto(address)
    found.masthead = shown.evaluate("getComputedStyle(document.querySelector('.masthead')).backgroundColor")
    found.pictures = shown.evaluate("[...document.images].map(each => each.naturalWidth)")
    found.fonts = shown.evaluate(
        "document.fonts.ready.then(all => [...all].filter(each => each.status == 'loaded').length)"
    )
    for answer in answers:
        if not answer.headers.get("content-type", "").startswith("image/"):
            found.fetched[answer.url] = len(answer.body())
    shown.close()
    return found


def visit_all(folder: Path, pages: str, *more: str) -> dict[str, Visit]:
    """Visits to the pages of a folder as a server gives them, and to ``more``, by address."""
    names = [page.relative_to(folder).as_posix() for page in sorted(folder.glob(pages))]
    with served(folder) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        found = {address: visit(browser, address) for address in (*(f"{site}/{name}" for name in names), *more)}
        browser.close()
    return found


@pytest.fixture(scope="module")
def visits(built: Desk) -> dict[str, Visit]:
    """Every page as a server gives it, and some from their folder, by address."""
    folder = built.out / "html"
    found = visit_all(folder, "**/*.html", *(f"{folder.as_uri()}/{name}.html" for name in ("index", *SLUGS)))
    assert len(found) > 2 * len(SLUGS) + 1
    return found


@pytest.mark.validator
def test_a_browser_shows_pages_under_their_own_policy_from_a_folder_and_from_a_server(visits: dict[str, Visit]) -> None:
    for address, found in visits.items():
        assert (found.said, found.masthead, all(found.pictures)) == ([], "rgb(11, 93, 78)", True), address
        assert found.fonts >= 2, address


@pytest.mark.validator
def test_a_page_weighs_less_than_100_kilobytes_without_pictures(visits: dict[str, Visit]) -> None:
    check_weight({address: found for address, found in visits.items() if address.startswith("http")})


@pytest.mark.validator
@pytest.mark.parametrize(
    ("desk", "pages"),
    [
        pytest.param("bound", "books/*/*.html", marks=pytest.mark.xdist_group("books")),
        pytest.param("issue", "newsletters/*/index.html", marks=pytest.mark.xdist_group("newsletter")),
    ],
)
def test_so_does_every_page_of_a_book_and_of_a_newsletter(
    desk: str, pages: str, request: pytest.FixtureRequest
) -> None:
    visits = visit_all(request.getfixturevalue(desk).out, pages)
    check_weight(visits)
    assert not [said for found in visits.values() for said in found.said]


def check_weight(visits: dict[str, Visit]) -> None:
    for address, found in visits.items():
        assert {Path(urlsplit(each).path).suffix for each in found.fetched} == {".html", ".css", ".woff2"}, address
        assert sum(found.fetched.values()) < MOST_BYTES, (address, found.fetched)
    assert visits


def test_the_head_says_what_the_page_is(page: html.HtmlElement) -> None:
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://northside.example/hip-thrusts.html"]
    assert page.xpath("//meta[@name='edition']/@content") == ["3f9a1c20"]
    shared = {each.get("property"): each.get("content") for each in page.xpath("//meta[@property]")}
    assert {key: shared[key] for key in shared if key.startswith("og:")} == {
        "og:type": "article",
        "og:title": "Are hip thrusts good for your lower back?",
        "og:description": "What hip thrusts do, how to do them with care, and when to stop.",
        "og:url": "https://northside.example/hip-thrusts.html",
        "og:site_name": "Northside Strength",
        "og:locale": "en_GB",
        "og:image": "https://northside.example/assets/images/hip.svg",
        "og:image:type": "image/svg+xml",
        "og:image:width": "420",
        "og:image:height": "160",
        "og:image:alt": "A small bar",
    }
    assert shared["article:published_time"] == "2026-01-15"
    assert shared["article:author"] == "https://northside.example/ada"
    assert page.get("lang") == "en-GB"


def test_the_first_picture_of_the_text_stands_for_an_article_without_a_cover() -> None:
    data = FORMAT.export(sample(replace(chapter(), cover="")))[0].data
    shared = html.document_fromstring(data).xpath("//meta[@property='og:image']/@content")
    assert shared == ["https://northside.example/assets/images/hip.svg"]
    bare = FORMAT.export(sample(replace(chapter(), cover="", body=())))[0].data
    assert b"og:image" not in bare


def test_a_cover_that_the_text_does_not_show_is_named_after_the_article() -> None:
    data = FORMAT.export(sample(replace(chapter(), body=())))[0].data
    said = html.document_fromstring(data).xpath("//meta[@property='og:image:alt']/@content")
    assert said == ["Are hip thrusts good for your lower back?"]


def test_the_same_publication_gives_the_same_bytes(files: list[OutputFile]) -> None:
    assert [(each.path, each.data) for each in FORMAT.export(sample())] == [(each.path, each.data) for each in files]


def test_picture_names_with_spaces_and_accents_are_found() -> None:
    path = "images/früh stück.svg"
    picture = Picture(path, "image/svg+xml", DRAWING.encode(), 420, 160)
    publication = sample(replace(chapter(), cover=path))
    files = FORMAT.export(replace(publication, pictures={**publication.pictures, path: picture}))
    assert f"html/assets/{path}" in {file.path for file in files}


def test_pictures_that_the_page_does_not_show_stay_away() -> None:
    publication = sample()
    extra = Picture("images/unused.svg", "image/svg+xml", DRAWING.encode(), 1, 1)
    files = FORMAT.export(replace(publication, pictures={**publication.pictures, extra.path: extra}))
    assert "html/assets/images/unused.svg" not in {file.path for file in files}


def test_a_damaged_picture_stops_the_export() -> None:
    publication = sample()
    broken = replace(publication.pictures["images/hip.svg"], data=b"<svg")
    with pytest.raises(ExportError, match=r"images/hip\.svg is damaged"):
        FORMAT.export(replace(publication, pictures={**publication.pictures, broken.path: broken}))


ENTRIES = [
    LibraryEntry(
        "squat",
        "x",
        "Squat & <lunge>",
        "ready",
        frozenset(),
        "About squats.",
        "exercise-guide",
        "en-GB",
        date(2026, 3, 2),
    ),
    LibraryEntry("dolor", "x", "Dolor lumbar", "ready", frozenset(), "Qué hacer.", "house-type", "es", None),
]


def test_the_index_lists_every_article_on_a_card_in_order() -> None:
    files = index(ENTRIES, IMPRINT, language="en-GB", theme="default")
    assert files[0].path == "html/index.html"
    page = html.document_fromstring(files[0].data)
    cards = page.xpath("//li[@class='card']")
    assert [card.xpath(".//h2/a/@href") for card in cards] == [["dolor.html"], ["squat.html"]]
    assert cards[0].xpath(".//h2/a/@lang") == ["es"]
    words = " ".join(cards[1].text_content().split())
    assert "Exercise guide" in words
    assert "Squat & <lunge>" in words
    assert "Reviewed 2 March 2026" in words


def test_index_and_pages_share_their_files(files: list[OutputFile]) -> None:
    mine = {file.path: file.data for file in index(ENTRIES, IMPRINT, language="en-GB", theme="default")[1:]}
    assert mine.items() <= {file.path: file.data for file in files}.items()


def test_the_index_brings_the_logo_that_it_shows() -> None:
    files = index(ENTRIES, IMPRINT, language="en-GB", theme="default", logo=PICTURES["images/logo.svg"])
    assert "html/assets/images/logo.svg" in {file.path for file in files}

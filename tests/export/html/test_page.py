"""Finished pages work from a folder, without scripts, and weigh little."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from pipeline.errors import ExportError
from pipeline.export.html import FORMAT, index
from pipeline.model.article import LibraryEntry
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Picture
from tests.publications import DRAWING, IMPRINT, chapter, sample


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
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    digest = b64encode(sha256(scripts[0].text.encode()).digest()).decode()
    assert policy.startswith(
        f"script-src 'sha256-{digest}'; font-src 'self' file:; connect-src 'none'; object-src 'none';"
    )
    assert "unsafe" not in policy


def test_structured_data_name_reviewer_and_review(page: html.HtmlElement) -> None:
    data = json.loads(page.xpath("//script")[0].text)
    assert data["lastReviewed"] == "2026-03-02"
    assert data["reviewedBy"]["name"] == "Dr Cleo Muster"
    article = data["mainEntity"]
    assert article["@type"] == "Article"
    assert [author["name"] for author in article["author"]] == ["Ada Example", "Ben Sample"]
    assert article["version"] == "3f9a1c20"


def test_structured_data_cannot_end_their_element() -> None:
    evil = replace(sample(chapter(title="</script><script>alert(1)</script>")), title="</script><!--")
    data = FORMAT.export(evil)[0].data
    assert data.count(b"<script") == 1
    assert json.loads(html.document_fromstring(data).xpath("//script")[0].text)["name"] == "</script><!--"


@pytest.mark.parametrize(("profile", "kind"), [("condition", "MedicalWebPage"), ("exercise-qa", "WebPage")])
def test_medical_pages_say_that_they_are(profile: str, kind: str) -> None:
    data = FORMAT.export(sample(replace(chapter(), profile=profile)))[0].data
    assert json.loads(html.document_fromstring(data).xpath("//script")[0].text)["@type"] == kind


def test_the_head_says_what_the_page_is(page: html.HtmlElement) -> None:
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://northside.example/hip-thrusts.html"]
    assert page.xpath("//meta[@name='edition']/@content") == ["3f9a1c20"]
    shared = {each.get("property"): each.get("content") for each in page.xpath("//meta[@property]")}
    assert shared["og:title"] == "Are hip thrusts good for your lower back?"
    assert shared["og:image"] == "https://northside.example/assets/images/hip.svg"
    assert page.get("lang") == "en-GB"


def test_a_page_weighs_less_than_100_kilobytes_without_pictures(files: list[OutputFile]) -> None:
    faces = ("Hyperlegible-Regular.", "Hyperlegible-Bold.", "Hyperlegible-Italic.", "Serif-SemiBold.")
    loaded = files[:2]
    fonts = [file for file in files if any(face in file.path for face in faces)]
    assert len(fonts) == 4
    assert sum(len(file.data) for file in (*loaded, *fonts)) < 100_000


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

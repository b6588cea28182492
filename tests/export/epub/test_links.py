"""Every link leads to a place that there is, and keeps its words where there is none."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from urllib.parse import unquote

import pytest
from lxml import etree

from pipeline.export.epub import FORMAT
from pipeline.model.nodes import Disclaimer, Link, Paragraph, Text
from tests.export.epub.finished import BOOKS, files, finished
from tests.publications import body, chapter, sample


def documents(data: bytes) -> dict[str, etree._Element]:
    return {path: etree.fromstring(text) for path, text in files(data).items() if path.endswith(".xhtml")}


@pytest.mark.parametrize("name", BOOKS)
def test_every_link_within_the_book_has_its_target(name: str) -> None:
    pages = documents(finished(name).data)
    inner = 0
    for path, root in pages.items():
        for link in root.iter("{*}a"):
            href = link.get("href")
            if href is None or ":" in href:
                continue
            inner += 1
            file, _, fragment = href.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            assert target in pages, href
            assert not fragment or unquote(fragment) in pages[target].xpath("//@id"), href
    assert inner > 10


def test_a_link_to_nowhere_keeps_its_words() -> None:
    root = documents(finished("torture").data)["EPUB/text/5x5-plan.xhtml"]
    links = [link for link in root.iter("{*}a") if link.text == "nowhere"]
    assert [link.get("href") for link in links] == [None]


def test_a_link_in_a_box_leads_from_the_front_matter_into_the_chapter() -> None:
    box = Disclaimer(
        "info", (Paragraph((Text("Read "), Link("#risks", (Text("the risks"),)))),), title="Info", version="own"
    )
    data = FORMAT.export(sample(replace(chapter(), front=(box,), body=body())))[0].data
    front = documents(data)["EPUB/text/safety_information.xhtml"]
    assert [link.get("href") for link in front.iter("{*}a")] == ["hip-thrusts.xhtml#risks"]


def test_chapters_link_to_each_other_within_the_book() -> None:
    first = replace(chapter(), body=(Paragraph((Link("plank.md#steps", (Text("plank"),)),)), *body()))
    data = FORMAT.export(sample(first, chapter("plank", "Plank")))[0].data
    root = documents(data)["EPUB/text/hip-thrusts.xhtml"]
    assert [link.get("href") for link in root.iter("{*}a") if link.text == "plank"] == ["plank.xhtml#plank-steps"]

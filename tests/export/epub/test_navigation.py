"""The table of contents and the landmarks say what is in the book."""

from __future__ import annotations

import pytest

from tests.export.epub.finished import BOOKS, document

NAMESPACES = {"x": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}


def entries(name: str, kind: str) -> list[tuple[str, str]]:
    links = document(name, "nav.xhtml").xpath(f"//x:nav[@epub:type='{kind}']//x:a", namespaces=NAMESPACES)
    return [(" ".join(link.itertext()), link.get("href")) for link in links]


def test_contents_have_the_sections_of_two_levels_in_order() -> None:
    assert entries("sample", "toc") == [
        ("Title page", "text/title_page.xhtml"),
        ("Safety information", "text/safety_information.xhtml"),
        ("Are hip thrusts good for your lower back?", "text/hip-thrusts.xhtml"),
        ("Key points", "text/hip-thrusts.xhtml#key-points"),
        ("What hip thrusts do for you", "text/hip-thrusts.xhtml#benefits"),
        ("What the evidence says", "text/hip-thrusts.xhtml#evidence"),
        ("How to do it", "text/hip-thrusts.xhtml#steps"),
        ("Sets and reps", "text/hip-thrusts.xhtml#sets"),
        ("Log", "text/hip-thrusts.xhtml#log"),
        ("Risks", "text/hip-thrusts.xhtml#risks"),
        ("Sources", "text/hip-thrusts.xhtml#sources"),
        ("Notes", "text/hip-thrusts.xhtml#part-notes"),
        ("Related articles", "text/hip-thrusts.xhtml#part-related"),
        ("About this edition", "text/about_edition.xhtml"),
    ]


def test_a_heading_is_listed_without_the_marks_of_its_notes() -> None:
    assert "Bold & <odd>" in [words for words, _ in entries("torture", "toc")]


def test_landmarks_lead_to_contents_and_text() -> None:
    assert {href: words for words, href in entries("sample", "landmarks")} == {
        "text/cover_page.xhtml": "Cover",
        "#toc": "Contents",
        "text/title_page.xhtml": "Title page",
        "text/safety_information.xhtml": "Safety information",
        "text/hip-thrusts.xhtml": "Start of the text",
        "text/about_edition.xhtml": "About this edition",
    }


@pytest.mark.parametrize("name", sorted(set(BOOKS) - {"paged"}))
def test_no_entry_is_empty_and_there_is_no_page_list_without_pages(name: str) -> None:
    assert all(words.strip() and href for words, href in entries(name, "toc"))
    assert entries(name, "page-list") == []


def test_entries_are_in_the_language_of_their_chapter() -> None:
    links = document("book", "nav.xhtml").xpath("//x:a[contains(@href, 'cover-page.xhtml')]", namespaces=NAMESPACES)
    assert links[0].get("lang") == "es"
    assert "Notas" in [link.text for link in links]

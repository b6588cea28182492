"""No article of the dialect breaks an output.

What is built of the torture articles, of cases found before and of articles that hypothesis makes is what the official
validators accept without an error or warning, and is tagged as it was written. ``make torture N=200`` makes more
articles, and others each time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import pytest
from playwright.sync_api import sync_playwright

from pipeline.export.html.reading import open_page
from pipeline.export.pdf.tags import read_tags
from tests.torture.making import COUNT, build_all, make_content
from tests.validators import Message, audit_epub, audit_html, validate_epub, validate_html, validate_pdf
from tests.validators.installation import chromium

pytestmark = [pytest.mark.xdist_group("torture"), pytest.mark.timeout(300 + 60 * COUNT)]

PAPERS = ("A4", "Letter", "A5")
VALIDATORS: dict[str, tuple[tuple[str, ...], Callable[[Sequence[Path]], list[Message]]]] = {
    "veraPDF": (("pdf/*.pdf", "*/pdf/*.pdf", "*/large-print/*.pdf"), lambda files: validate_pdf(files, ["ua1", "2a"])),
    "EPUBCheck": (("epub/*.epub",), lambda files: validate_epub(*files)),
    "Ace": (("epub/*.epub",), lambda files: audit_epub(*files)),
    "Nu": (("html/*.html", "html/assets/*.css"), validate_html),
    "axe": (("html/*.html",), audit_html),
}
SMALL = 320
"""Width of the least screen in CSS pixels (WCAG 2.2, 1.4.10)."""
WORTH_A_START = 20
"""Files that keep a validator busier than its start does."""
ROLES = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "a": "Link",
    "blockquote": "BlockQuote",
    "img": "Figure",
    "li": "LI",
    "ol": "L",
    "table": "Table",
    "td": "TD",
    "th": "TH",
    "tr": "TR",
    "ul": "L",
}
"""HTML element -> what one is in a PDF; ISO 32000-1, 14.8.4."""


@pytest.fixture(scope="session")
def tortured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything, built in every format; the torture article on every paper, and in large print."""
    folder = tmp_path_factory.mktemp("torture")
    content = make_content(folder)
    build_all(content, folder / "build", "html", "pdf", "epub")
    one = (content / "articles" / "every-construct.md",)
    for paper in PAPERS[1:]:
        build_all(content, folder / "build" / paper, "pdf", paths=one, paper=paper)
    build_all(content, folder / "build" / "large", "pdf", paths=one, layout="large-print")
    return folder / "build"


@pytest.mark.validator
@pytest.mark.parametrize("name", VALIDATORS)
def test_a_validator_finds_nothing_in_any_article(name: str, tortured: Path):
    patterns, validate = VALIDATORS[name]
    files = sorted(file for pattern in patterns for file in tortured.glob(pattern))
    found = shared_out(validate, files)
    assert not found, "\n".join(map(str, found))


def shared_out(validate: Callable[[Sequence[Path]], list[Message]], files: list[Path]) -> list[Message]:
    """What a validator finds, started once for each processor where there are files enough."""
    shares = min(os.cpu_count() or 1, max(len(files) // WORTH_A_START, 1))
    with ThreadPoolExecutor(shares) as pool:
        found = pool.map(validate, [files[share::shares] for share in range(shares)])
        return [message for each in found for message in each]


@pytest.mark.validator
def test_no_page_is_wider_than_a_small_screen(tortured: Path, tmp_path: Path):
    chapters = [unpacked(book, tmp_path / book.stem) for book in sorted(tortured.glob("epub/*.epub"))]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        shown = browser.new_page(viewport={"width": SMALL, "height": 568})
        for page in (*sorted(tortured.glob("html/*.html")), *chapters):
            shown.goto(page.as_uri())
            assert shown.evaluate("document.documentElement.scrollWidth") == SMALL, page
        browser.close()


def unpacked(book: Path, folder: Path) -> Path:
    """The document of an e-book's text, beside all that it needs."""
    with ZipFile(book) as archive:
        archive.extractall(folder)
    return next(folder.rglob(f"{book.stem}.xhtml"))


def test_a_pdf_has_one_tag_for_each_list_table_cell_heading_link_and_picture_in_order(tortured: Path):
    for page in sorted(tortured.glob("html/*.html")):
        if page.stem == "index":
            continue
        written = skeleton(page)
        for pdf in sorted([*tortured.glob(f"pdf/{page.stem}.pdf"), *tortured.glob(f"*/pdf/{page.stem}.pdf")]):
            tags = [node.role for node in read_tags(pdf.read_bytes()).walk() if node.role in ROLES.values()]
            assert tags == written, pdf


def skeleton(page: Path) -> list[str]:
    """The roles of a page's own elements, without its contents and what only decorates."""
    article = next(open_page(page.read_bytes()).iter("article"))
    for parent in list(article.iter()):
        for nav in parent.findall("nav"):
            parent.remove(nav)
    untold = [*filter(says_nothing, (*article.iter("blockquote"), *items_without_marks(article)))]
    elements = (each for each in article.iter() if each.tag in ROLES and each.get("alt") != "" and each not in untold)
    return [ROLES[each.tag] for each in elements if each.get("href") != "index.html"]


def items_without_marks(article: Element) -> list[Element]:
    """The items of lists whose items start with labels, or with boxes to tick."""
    return [item for each in article.iter("ul") if not has_marks(each) for item in each]


def has_marks(the_list: Element) -> bool:
    """Whether its items have bullets or numbers, which are told even of an item of nothing."""
    return not {"labelled", "tasks"} & set(the_list.get("class", "").split())


def says_nothing(element: Element) -> bool:
    """Whether it is nothing but rules and pictures that decorate: nobody is told of a quotation of them."""
    pictures = any(picture.get("alt") != "" for picture in element.iter("img"))
    marks = any(map(has_marks, (*element.iter("ol"), *element.iter("ul"))))
    return not (pictures or marks or "".join(element.itertext()).strip())

"""A book is set chapter by chapter and bound: what is set again, and whether all is in its place then."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest

from pipeline.executor import Job, in_pieces, run_jobs
from pipeline.export.pdf import FORMAT
from pipeline.export.pdf.binding import Book
from pipeline.export.pdf.binding.placeholders import MARK
from pipeline.export.pdf.binding.standing import EDITION
from pipeline.export.pdf.tags import read_tags
from pipeline.manifest import CheckCounts
from pipeline.model.nodes import Block, Link, Paragraph, Section, Text
from pipeline.model.publication import Chapter, Publication
from pipeline.pieces import Kept
from pipeline.workers import Workers
from tests.books import real_book, shortened

pytestmark = pytest.mark.xdist_group("books")

SLUGS = ("deadlift", "hip-thrusts-lower-back")
EDITION_LINE = re.compile(r"Edition ([0-9a-z]{8})\b(?!\.)")


@cache
def short() -> Publication:
    """Two chapters, the first of which leads to the second."""
    book = shortened(real_book(), SLUGS)
    lead = Paragraph((Text("Then read "), Link("hip-thrusts-lower-back.md", (Text("the next one"),)), Text(".")))
    return with_more(book, 0, lead)


def with_more(book: Publication, number: int, *blocks: Block) -> Publication:
    """The book with more in the last section of a chapter."""

    def longer(chapter: Chapter) -> Chapter:
        last = chapter.body[-1]
        assert isinstance(last, Section)
        return replace(chapter, body=(*chapter.body[:-1], replace(last, blocks=(*last.blocks, *blocks))))

    chapters = tuple(longer(each) if at == number else each for at, each in enumerate(book.chapters))
    return replace(book, chapters=chapters)


def words(count: int) -> list[Paragraph]:
    return [Paragraph((Text("Lift it once more, and rest. " * 12),)) for _ in range(count)]


def book_of(publication: Publication) -> Book:
    assert publication.volume
    return Book(publication, publication.volume)


def finished(book: Book, made: dict[str, bytes]) -> bytes:
    """The book, what is missing of it made."""
    while missing := book.wanted(made):
        made |= {piece.key: piece.make() for piece in missing}
    return book.sheaf(made).bound(book.publication)[0].data


@cache
def made() -> Mapping[str, bytes]:
    pieces: dict[str, bytes] = {}
    finished(book_of(short()), pieces)
    return pieces


@cache
def bound() -> bytes:
    return finished(book_of(short()), dict(made()))


def texts(data: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        return [str(page.get_textpage().get_text_range()) for page in pdf]


def labels(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [str(page.label) for page in pdf.pages]


def places(data: bytes) -> dict[str, int]:
    """The index of the page of each named place."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.objgen: at for at, page in enumerate(pdf.pages)}
        found: Any = pikepdf.NameTree(pdf.Root.Names.Dests)
        return {name: pages[place[0].objgen] for name, place in found.items()}


def links(data: bytes) -> list[tuple[str, str]]:
    """Where the links of a file lead outside it, and what is said of them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        notes: list[Any] = [note for page in pdf.pages if "/Annots" in page for note in page.obj.Annots]
        return [(str(note.A.URI), str(note.Contents)) for note in notes if "/A" in note]


def changed(publication: Publication) -> set[str]:
    """What of a book has to be set when the short one is there: chapters by slug, and other sheets as ``""``."""
    missing = [piece.html.decode() for piece in book_of(publication).wanted(made())]
    return {next((slug for slug in SLUGS if f'id="{slug}_title"' in html), "") for html in missing}


def test_it_is_the_same_whoever_sets_what(tmp_path: Any):
    with Workers(2) as workers:
        sheaf = in_pieces(short(), "pdf", "books/b.pdf", workers, Kept(tmp_path))
    assert sheaf
    assert sheaf.bound(short())[0].data == bound()
    assert FORMAT.export(short())[0].data == bound()


def test_it_is_proven_and_pictured_the_same_by_one_or_by_two(tmp_path: Any):
    job = Job(short(), "pdf", f"books/{short().slug}.pdf", "", CheckCounts(0, 0, 0))
    outcomes = []
    for count in (1, 2):
        with Workers(count) as workers:
            ((_, outcome),) = run_jobs([[job]], workers, Kept(tmp_path / str(count)))
            assert workers.there == (count > 1)
            outcomes.append(outcome)
    assert outcomes[0].files == outcomes[1].files
    assert outcomes[0].proofs == outcomes[1].proofs
    assert [file.media_type for file in outcomes[0].files] == ["application/pdf", "image/png", "application/json"]


def test_a_strip_that_cannot_be_made_fails_the_book(tmp_path: Any, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: Any) -> None:
        raise ValueError("no page")

    job = Job(short(), "pdf", f"books/{short().slug}.pdf", "", CheckCounts(0, 0, 0))
    monkeypatch.setattr("pipeline.executor.strip", fail)
    monkeypatch.setattr(Workers, "there", True)
    with Workers(1) as workers:
        ((_, outcome),) = run_jobs([[job]], workers, Kept(tmp_path))
    assert outcome.error
    assert "pictured: no page" in str(outcome.error)


def test_what_has_been_kept_is_not_set_again(tmp_path: Any, monkeypatch: pytest.MonkeyPatch):
    with Workers(1) as workers:
        before = in_pieces(short(), "pdf", "books/b.pdf", workers, Kept(tmp_path))
        monkeypatch.setattr("pipeline.export.pdf.binding.pieces.Piece.make", lambda _: pytest.fail("set again"))
        assert in_pieces(short(), "pdf", "books/b.pdf", workers, Kept(tmp_path)) == before is not None


def test_a_changed_chapter_is_set_again_and_no_other():
    assert changed(with_more(short(), 1, *words(1))) == {SLUGS[1]}


def test_chapters_behind_one_that_grew_stay_as_they_are_and_say_their_new_pages():
    longer = with_more(short(), 0, *words(12))
    assert changed(longer) == {SLUGS[0]}
    data = finished(book_of(longer), dict(made()))
    now, before = places(data), places(bound())
    moved = now["hip-thrusts-lower-back_title"]
    assert moved > before["hip-thrusts-lower-back_title"]
    assert f"the next one (p. {labels(data)[moved]})." in " ".join(" ".join(texts(data)).split())


def test_another_edition_is_on_all_pages_and_sets_nothing_again():
    other = replace(short(), edition="zyxw9876")
    assert not changed(other)
    data = finished(book_of(other), dict(made()))
    assert {edition for text in texts(data) for edition in EDITION_LINE.findall(text)} == {"zyxw9876"}
    assert ("https://northside.example/e/zyxw9876", "northside.example/e/zyxw9876") in links(data)


@pytest.mark.parametrize(
    "site",
    [
        pytest.param("https://" + "0.ed1t10n0-" * 9 + "0.example", id="an address of two lines"),
        pytest.param("https://" + "long" * 14 + "ed1t10n0.example", id="an address that breaks anywhere"),
        pytest.param("https://ch\u0301.example", id="an address whose glyphs do not say it"),
    ],
)
def test_readers_are_led_to_the_status_page_of_the_edition_whatever_the_address(site: str):
    other = replace(short(), imprint=replace(short().imprint, url=site), edition="zyxw9876")
    data = finished(book_of(other), dict(made()))
    shown = "".join("".join(texts(data)).replace("\ufffe", "").split())
    assert f"{site.partition('://')[2]}/e/zyxw9876." in unicodedata.normalize("NFD", shown)
    assert all("/e/zyxw9876" in said for address, said in links(data) if "/e/" in address)
    assert [address for address, _ in links(data) if address.endswith("/e/zyxw9876")]
    tags = " ".join(node.text() for node in read_tags(data).walk())
    assert "/e/zyxw9876" in tags.replace(" ", "")


def test_nothing_is_left_of_what_stood_in_for_numbers_and_edition():
    assert not [text for text in texts(bound()) if EDITION in text]
    with pikepdf.open(io.BytesIO(bound())) as pdf:
        assert not [page for page in pdf.pages if MARK.search(page.Contents.read_bytes())]
    assert links(bound())
    assert not [address for address, _ in links(bound()) if address.startswith("elsewhere") or EDITION in address]


def test_every_page_shows_the_number_that_it_is_called_by():
    with closing(pypdfium2.PdfDocument(bound())) as pdf:
        feet = [str(page.get_textpage().get_text_bounded(0, 0, page.get_width(), 45)).split() for page in pdf]
    shown = [(label, foot) for label, foot in zip(labels(bound()), feet, strict=True) if "Edition" in foot]
    assert len(shown) > 5
    assert all(sorted(foot) == sorted(["Edition", short().edition, label]) for label, foot in shown)


def test_parts_chapters_and_matter_start_on_right_pages():
    starts = [at for name, at in places(bound()).items() if re.fullmatch(r".*_title|_text|_sources|_about", name)]
    assert len(starts) >= 5
    assert all(at % 2 == 0 for at in starts)


def test_a_reader_hears_the_chapters_in_the_order_of_the_book():
    titles = [node.text() for node in read_tags(bound()).walk() if node.role == "H1"]
    chapters = [chapter.title for chapter in short().chapters]
    assert titles[-len(chapters) - 2 : -2] == chapters
    assert titles[-len(chapters) - 3] == "Train"


def test_identifiers_of_notes_are_told_apart():
    with pikepdf.open(io.BytesIO(FORMAT.export(real_book())[0].data)) as pdf:
        rows = list(pdf.Root.StructTreeRoot.IDTree.Names)
        names = [str(name) for name in rows[::2]]
        assert names == sorted(set(names))
        assert all(str(element.ID) == name for name, element in zip(names, rows[1::2], strict=True))


def test_there_is_one_font_of_a_face():
    with pikepdf.open(io.BytesIO(bound())) as pdf:
        resources: list[Any] = [page.Resources for page in pdf.pages if "/Font" in page.Resources]
        shown = [font for each in resources for font in each.Font.values()]
        fonts = {str(font.BaseFont): font.DescendantFonts[0].FontDescriptor.FontFile2.objgen for font in shown}
        files = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/Length1" in thing]
    assert len(set(fonts.values())) == len(fonts) == len(files)


def test_pieces_travel():
    import pickle

    piece = book_of(short()).wanted({})[0]
    assert pickle.loads(pickle.dumps(piece)).key == piece.key  # noqa: S301 -- just pickled
    book = book_of(short())
    assert not book.wanted(made())
    sheaf = book.sheaf(made())
    assert pickle.loads(pickle.dumps(sheaf)) == sheaf  # noqa: S301 -- just pickled

"""Where pages start is kept by the key of the PDF: nothing is set twice, and nothing that is damaged or old is taken."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from pipeline.export.pdf import engine
from pipeline.model.passage import PageStart
from pipeline.model.publication import Publication
from pipeline.page_lists import FILE, PageLists
from tests.desk import SLUGS, Desk

STARTS = (PageStart(1, 0, 0), PageStart(2, 7, 31))


@pytest.fixture
def lists(tmp_path: Path) -> PageLists:
    lists = PageLists(tmp_path)
    lists.keep("squats", "key", STARTS)
    lists.save()
    return PageLists(tmp_path)


def test_what_was_kept_is_found_under_its_key_alone(lists: PageLists):
    assert lists.found("squats", "key") == STARTS
    assert lists.found("squats", "another key") is None
    assert lists.found("lunges", "key") is None


@pytest.mark.usefixtures("lists")
def test_what_is_known_is_not_written_again(tmp_path: Path):
    file = tmp_path / FILE
    before = file.stat()
    again = PageLists(tmp_path)
    again.keep("squats", "key", STARTS)
    again.save()
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_new_edition_takes_the_place_of_the_old_one(lists: PageLists, tmp_path: Path):
    lists.keep("squats", "new", STARTS[:1])
    lists.save()
    assert PageLists(tmp_path).found("squats", "new") == STARTS[:1]
    assert PageLists(tmp_path).found("squats", "key") is None


@pytest.mark.parametrize("damage", [b"", b"[]", b"0\n{}", b"\xff"])
def test_a_damaged_file_counts_as_none_and_is_made_anew(tmp_path: Path, lists: PageLists, damage: bytes):
    whole = (tmp_path / FILE).read_bytes()
    for data in (damage, whole[:-1], whole.replace(b"31", b"32")):
        (tmp_path / FILE).write_bytes(data)
        assert PageLists(tmp_path).found("squats", "key") is None
    del lists
    again = PageLists(tmp_path)
    again.keep("squats", "key", STARTS)
    again.save()
    assert (tmp_path / FILE).read_bytes() == whole


def test_who_wants_all_made_anew_takes_none(tmp_path: Path, lists: PageLists):
    assert lists.found("squats", "key") == PageLists(tmp_path).found("squats", "key") == STARTS
    assert PageLists(tmp_path, fresh=True).found("squats", "key") is None


def test_an_epub_is_the_same_whether_its_pdf_is_set_for_it_or_was_set_before(
    built: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    desk, slug = Desk(built.content, tmp_path / "build"), SLUGS[0]
    shutil.copytree(built.out, desk.out)
    epub = desk.out / "epub" / f"{slug}.epub"
    before = epub.read_bytes()
    unfinished, pages_set = engine.unfinished, []

    def watched(publication: Publication, *, packed: bool = True) -> bytes:
        pages_set.append(publication.slug)
        return unfinished(publication, packed=packed)

    monkeypatch.setattr(engine, "unfinished", watched)
    for times in (0, 1):
        epub.unlink()
        assert desk.build("epub", paths=(desk.article(slug),)).exit_code == 0
        assert epub.read_bytes() == before
        assert pages_set == [slug] * times
        (desk.out / FILE).unlink()


def listed(desk: Desk, slug: str) -> list[str]:
    """What the list of pages of an e-book says."""
    with ZipFile(desk.out / "epub" / f"{slug}.epub") as book:
        nav = etree.fromstring(book.read("EPUB/nav.xhtml"))
        package = book.read("EPUB/content.opf")
    said: list[str] = nav.xpath("//*[local-name()='nav'][@*[.='page-list']]//*[local-name()='a']/text()")
    assert (b"pageBreakSource" in package, b"pageNavigation" in package) == (bool(said), bool(said))
    return said


def test_an_epub_lists_pages_where_its_pdf_is_there_and_no_pdf_is_set_for_one_by_itself(
    built: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    desk, slug = Desk(built.content, tmp_path / "build"), SLUGS[0]
    path, article = f"epub/{slug}.epub", desk.article(slug)
    assert desk.build("pdf", paths=(desk.article(SLUGS[1]),)).exit_code == 0  # another's
    with monkeypatch.context() as nothing_is_set:
        nothing_is_set.setattr(engine, "unfinished", None)
        assert desk.build("epub", paths=(article,)).exit_code == 0
    assert listed(desk, slug) == []
    assert desk.build("pdf", paths=(article,)).exit_code == 0
    again = desk.build("epub", paths=(article,))
    assert again.reasons[path] == "changed: whether there is a PDF whose pages it lists"
    assert listed(desk, slug) == listed(built, slug) == [str(page + 1) for page in range(len(listed(desk, slug)))] != []
    assert (desk.out / path).read_bytes() == (built.out / path).read_bytes()
    assert desk.build("epub", paths=(article,)).reasons[path] == "nothing that it is made from has changed"
    assert desk.verify().problems == ()


def test_pdfs_leave_epubs_without_pages_as_they_are(built: Desk, tmp_path: Path):
    desk, slug = Desk(built.content, tmp_path / "build"), SLUGS[0]
    desk.build("epub", paths=(desk.article(slug),))
    result = desk.build("pdf", paths=(desk.article(slug),))
    assert result.failures == ()
    assert desk.outputs_of(slug) == {f"epub/{slug}.epub", f"pdf/{slug}.pdf"}
    assert desk.verify().problems == ()


def test_the_order_in_which_pdfs_are_finished_makes_no_difference(tmp_path: Path):
    for folder, slugs in (("here", ("a", "b")), ("there", ("b", "a"))):
        lists = PageLists(tmp_path / folder)
        for slug in slugs:
            lists.keep(slug, "key", ())
        lists.save()
    assert (tmp_path / "here" / FILE).read_bytes() == (tmp_path / "there" / FILE).read_bytes()

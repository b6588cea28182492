"""A book in every format: bound in order, linked within, and proven chapter by chapter."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree, html

from pipeline.disclaimers import load_disclaimers
from pipeline.export import FORMATS
from pipeline.model.proof import OutputFile, Proof
from pipeline.model.publication import Publication
from pipeline.verify import requirements, verify
from tests.books import SLUG, real_book, shortened, without_boxes
from tests.desk import CONTENT, Desk

pytestmark = pytest.mark.xdist_group("books")

FILES = {"html": f"books/{SLUG}/index.html", "pdf": f"books/{SLUG}.pdf", "epub": f"books/{SLUG}.epub"}
CHAPTERS = ("deadlift", "hip-thrusts-lower-back", "low-back-pain", "creatine")
Spoil = Callable[[list[OutputFile]], list[OutputFile]]
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def desk(bound: Desk, tmp_path: Path) -> Desk:
    """A copy that a test may change."""
    return bound.copied(tmp_path)


@pytest.fixture(scope="module")
def pdf(bound: Desk) -> Any:
    return pikepdf.open(bound.out / FILES["pdf"])


@pytest.fixture(scope="module")
def epub(bound: Desk) -> dict[str, Any]:
    with zipfile.ZipFile(bound.out / FILES["epub"]) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".opf"))]
        return {name.rpartition("/")[2]: etree.fromstring(archive.read(name)) for name in names}


def page(desk: Desk, name: str) -> Any:
    return html.parse(str(desk.out / "books" / SLUG / name)).getroot()


def spoilt_html(made: list[OutputFile]) -> list[OutputFile]:
    return [
        replace(file, data=file.data.replace(b'id="deadlift_disclaimer-info"', b'hidden id="deadlift_disclaimer-info"'))
        for file in made
    ]


def without_page(made: list[OutputFile]) -> list[OutputFile]:
    return [file for file in made if not file.path.endswith("deadlift.html")]


def without_front(made: list[OutputFile]) -> list[OutputFile]:
    return [
        replace(file, data=file.data.replace(b'id="_disclaimer-info"', b'hidden id="_disclaimer-info"'))
        for file in made
    ]


def test_every_format_is_listed_with_a_proof_of_each_chapters_safety_text(bound: Desk):
    listed = bound.listed()
    asked = [notice.kind for chapter in real_book().chapters for notice in chapter.notices]
    for path in FILES.values():
        row: Any = listed[path]
        assert [proof["kind"] for proof in row["disclaimers"]] == asked
        assert all(proof["visible"] and proof["before_instructions"] for proof in row["disclaimers"])
        assert row["sources"][-1] == f"books/{SLUG}.toml"
        assert len(row["sources"]) == 1 + len(CHAPTERS)
    assert len({listed[path]["edition"] for path in FILES.values()}) == 1
    assert bound.verify().problems == ()


def test_what_stands_beside_the_steps_is_proven_in_as_many_chapters(bound: Desk):
    for path in FILES.values():
        row: Any = bound.listed()[path]
        for kind in ("stop", "emergency"):
            places = [proof["location"] for proof in row["disclaimers"] if proof["kind"] == kind]
            assert len(set(places)) == len(places) == 3


def test_nothing_is_made_anew_until_something_changes(desk: Desk):
    assert desk.build(paths=(desk.content / "books",)).written == ()
    desk.edit("creatine", "## Side", "Read this twice.\n\n## Side")
    result = desk.build("html", paths=(desk.content / "books",))
    changed = {f"books/{SLUG}/{name}.html" for name in ("index", "back_matter", *CHAPTERS)}
    assert set(result.written) == {*changed, "report/index.html"}
    assert set(FILES.values()) <= desk.outputs()


def test_an_article_that_fails_takes_the_book_with_it(desk: Desk):
    desk.edit("creatine", "profile: supplement", "profile: supplement\nstatus: draft")
    result = desk.build("html", paths=(desk.content / "books",))
    # creatine is a draft, and deadlift, which leads to it, has an error
    assert (result.exit_code, [one.code for one in result.report.diagnostics]) == (1, ["L01", "L01"])
    assert not [path for path in desk.outputs() if path.startswith("books/")]
    assert desk.verify().problems == ()


def test_a_book_that_is_gone_takes_its_files_with_it(desk: Desk):
    (desk.content / "books" / f"{SLUG}.toml").unlink()
    desk.build("html", paths=(desk.content / "articles" / "creatine.md",))
    assert not [path for path in desk.outputs() if path.startswith("books/")]


@pytest.mark.parametrize("name", ["html", "epub"])
def test_the_same_content_gives_the_same_bytes(bound: Desk, name: str):
    made = FORMATS[name].export(real_book())
    assert made[0].path == FILES[name]
    for file in made:
        assert hashlib.sha256((bound.out / file.path).read_bytes()).digest() == hashlib.sha256(file.data).digest()


def test_a_pdf_is_the_same_bytes_again(short: Publication):
    once, again = (FORMATS["pdf"].export(short)[0] for _ in range(2))
    assert once.data == again.data


def test_pages_before_the_text_are_counted_in_roman_numerals(pdf: Any):
    labels = [str(page.label) for page in pdf.pages]
    start = labels.index("1")
    assert labels[:start] == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"][:start]
    assert labels[start:] == [str(number) for number in range(1, len(labels) - start + 1)]


def test_the_outline_has_parts_chapters_and_their_sections(pdf: Any):
    with pdf.open_outline() as outline:
        top = [entry.title for entry in outline.root]
        part = next(entry for entry in outline.root if entry.title == "Train")
    assert top == [
        "Contents",
        "Safety information",
        "Train",
        "Recover",
        "Sources",
        "Index of exercises",
        "About this edition",
    ]
    assert [chapter.title for chapter in part.children] == [
        "How to deadlift",
        "Do hip thrusts strengthen the lower back?",
    ]
    assert "Technique" in [section.title for section in part.children[0].children]


def test_it_is_a5_with_mirrored_margins(pdf: Any):
    assert {tuple(round(float(side)) for side in page.mediabox) for page in pdf.pages} == {(0, 0, 420, 595)}


def test_contents_and_index_say_the_pages_that_they_lead_to(bound: Desk, pdf: Any):
    import pypdfium2

    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    numbers = {page.objgen: str(page.label) for page in pdf.pages}
    text = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(bound.out / FILES["pdf"]))
    lines = [line.strip() for line in text.splitlines()]
    for words, place in (
        ("Safety information", "_safety"),
        ("Train", "_text"),
        ("How to deadlift", "deadlift_title"),
        ("Knee rolls", "low-back-pain_exercises"),
        ("Index of exercises", "_exercises"),
    ):
        number = numbers[names[place][0].objgen]
        rows = [line for line in lines if line.startswith(words) and line.endswith(f".{number}")]
        assert rows, words


def test_links_between_chapters_stay_within_the_file(pdf: Any):
    links = [
        (str(note.Dest) if "/Dest" in note else "", str(note.get("/A", {}).get("/URI", "")))
        for page in pdf.pages
        for note in page.get("/Annots", [])
    ]
    assert "low-back-pain_when-to-get-help" in {name for name, _ in links}
    assert not [url for _, url in links if "northside.example" in url and url.endswith(".html")]


def test_parts_hold_their_chapters_in_the_contents(epub: dict[str, Any]):
    entries = epub["nav.xhtml"].find(f".//{XHTML}nav/{XHTML}ol")
    titles = ["".join(entry[0].itertext()) for entry in entries]
    assert titles == [
        "Title page",
        "Imprint",
        "Safety information",
        "Train",
        "Recover",
        "Sources",
        "Index of exercises",
        "About this edition",
    ]
    inner = entries[4].find(f"{XHTML}ol")
    assert [entry[0].get("href") for entry in inner] == ["text/low-back-pain.xhtml", "text/creatine.xhtml"]


def test_links_between_chapters_lead_to_places_that_there_are(epub: dict[str, Any]):
    links = [link.get("href") for link in epub["hip-thrusts-lower-back.xhtml"].iter(f"{XHTML}a")]
    assert "low-back-pain.xhtml#low-back-pain_when-to-get-help" in links
    ids = {name: {each.get("id") for each in root.iter()} for name, root in epub.items()}
    for name, root in epub.items():
        for link in root.iter(f"{XHTML}a"):
            file, mark, place = link.get("href", "").rpartition("/")[2].partition("#")
            if mark and "://" not in link.get("href"):
                assert place in ids[file or name], link.get("href")


def test_the_package_says_who_made_it(epub: dict[str, Any]):
    said = [(each.tag.rpartition("}")[2], each.text) for each in epub["content.opf"].iter() if each.text]
    assert ("title", "Strong backs") in said
    assert ("date", "2026-11-16") in said
    assert [text for tag, text in said if tag == "creator"] == [
        "Priya Nair",
        "Callum Reid",
        "Hannah Osei",
        "Marcus Field",
    ]


def test_every_page_of_a_chapter_says_all_that_its_article_must(bound: Desk):
    for chapter in real_book().chapters:
        boxes = page(bound, f"{chapter.slug}.html").xpath("//*[@role='doc-notice']/@id")
        kinds = {box.partition("disclaimer-")[2].partition("-")[0] for box in boxes}
        assert {notice.kind for notice in chapter.notices} <= kinds


def test_every_link_leads_to_a_page_and_place_that_there_is(bound: Desk):
    names = ["index.html", "back_matter.html", *(f"{slug}.html" for slug in CHAPTERS)]
    roots = {name: page(bound, name) for name in names}
    ids = {name: set(root.xpath("//@id")) for name, root in roots.items()}
    for name, root in roots.items():
        for href in root.xpath("//a/@href"):
            if "://" not in href and not href.startswith("mailto:"):
                file, mark, place = href.partition("#")
                assert not mark or place in ids[file or name], f"{name}: {href}"
                assert (file or name) in roots


def test_each_page_says_its_edition_and_leads_on(bound: Desk):
    edition = bound.listed()[FILES["html"]]["edition"]
    for name in ("index.html", "deadlift.html", "creatine.html", "back_matter.html"):
        root = page(bound, name)
        assert root.xpath("//meta[@name='edition']/@content") == [edition]
        assert f"Edition {edition}" in root.text_content()
    assert page(bound, "deadlift.html").xpath("//a[@rel]/@href") == ["index.html", "hip-thrusts-lower-back.html"]


@pytest.fixture(scope="module")
def short() -> Publication:
    return shortened(real_book(), ("deadlift", "hip-thrusts-lower-back"))


def prove(publication: Publication, name: str, whole: Publication, spoil: Spoil = list) -> Proof:
    """What proof says of a publication's files against what the ``whole`` must show."""
    made = spoil(FORMATS[name].export(publication))
    files = {file.path: file.data for file in made}
    return FORMATS[name].verify(made[0], requirements(whole), files.get)


@pytest.mark.parametrize("name", ["html", "epub", "pdf"])
def test_a_book_that_is_whole_is_proven(short: Publication, name: str):
    proof = prove(short, name, short)
    assert (proof.problems, len(proof.disclaimers)) == ((), len(requirements(short)))


@pytest.mark.parametrize("name", ["html", "epub", "pdf"])
@pytest.mark.parametrize("slug", ["deadlift", "hip-thrusts-lower-back"])
def test_a_chapter_without_its_stop_box_is_found_though_others_have_theirs(short: Publication, name: str, slug: str):
    chapters = tuple(without_boxes(each, "stop") if each.slug == slug else each for each in short.chapters)
    proof = prove(replace(short, chapters=chapters), name, short)
    assert [problem for problem in proof.problems if "stop" in problem]


@pytest.mark.parametrize("name", ["html", "epub", "pdf"])
def test_a_book_without_its_front_matter_is_found(short: Publication, name: str):
    assert short.volume
    everywhere = tuple(each for each in short.volume.front if not each.everywhere)
    bare = replace(short, volume=replace(short.volume, front=everywhere))
    chapters = tuple(without_boxes(each, "info") for each in short.chapters)
    proof = prove(replace(bare, chapters=chapters), name, short)
    assert [problem for problem in proof.problems if "info" in problem]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoilt_html, "deadlift.html: the info disclaimer is hidden from readers"),
        (without_page, "the page of a chapter, deadlift.html, is missing"),
        (without_front, "the info disclaimer is hidden from readers"),
    ],
)
def test_pages_that_were_tampered_with_are_found(short: Publication, spoil: Spoil, said: str):
    assert said in prove(short, "html", short, spoil).problems


def test_two_languages_are_proven_again_from_the_record(tmp_path: Path):
    # the record alone does not tell which language a text was in
    source = Path(__file__).parent.parent / "corpus" / "base" / "qa-es.md"
    shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("newsletters", "books"))
    shutil.copy(source, tmp_path / "content" / "articles" / "qa-es.md")
    (tmp_path / "content" / "books").mkdir()
    (tmp_path / "content" / "books" / "b.toml").write_text(
        'title = "B"\nauthors = ["A"]\ndescription = "D"\npublished = 2026-11-20\n'
        '[[parts]]\ntitle = "P"\narticles = ["qa-es", "deadlift"]\n',
        "utf-8",
    )
    desk = Desk(tmp_path / "content", tmp_path / "build")
    assert desk.build("html", "epub", paths=(desk.content / "books",)).failures == ()
    assert verify(desk.out, load_disclaimers(desk.content)).problems == ()
    with zipfile.ZipFile(io.BytesIO((desk.out / "books/b.epub").read_bytes())) as archive:
        front = etree.fromstring(archive.read("EPUB/text/safety_information.xhtml"))
    languages = [box.get("lang") for box in front.iter() if box.get("role") == "doc-notice"]
    assert languages == sorted(languages, key=lambda each: each is not None)
    assert "es-ES" in languages or "es" in languages

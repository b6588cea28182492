"""Articles become a book: what goes where, each safety text once, sources and exercises gathered."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model.nodes import (
    BulletList,
    Disclaimer,
    FootnoteReference,
    Heading,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Section,
    Table,
    TableCell,
    Text,
)
from pipeline.model.publication import Chapter, Publication
from pipeline.model.walk import block_lines, find
from pipeline.publication.book import own_front
from pipeline.publication.exercises import exercises
from pipeline.publication.works import gather
from tests.books import publication_of, real_book, workspace_with
from tests.desk import CONTENT


@pytest.fixture(scope="module")
def book() -> Publication:
    return real_book()


def kinds(publication: Publication, slug: str) -> tuple[list[str], list[str]]:
    """The kinds of box that a chapter has in front of its text, without those that all share, and in it."""
    chapter = next(each for each in publication.chapters if each.slug == slug)
    assert publication.volume
    front = [box.kind for box in own_front(chapter, publication.volume) if isinstance(box, Disclaimer)]
    return front, [box.kind for box in find(chapter.body, Disclaimer)]


def test_general_disclaimers_stand_once_in_front_and_what_all_share_there_alone(book: Publication):
    assert book.volume
    assert [(each.box.kind, each.everywhere) for each in book.volume.front] == [
        ("info", True),
        ("clearance", False),
        ("risk", False),
        ("supplement", False),
    ]
    assert kinds(book, "deadlift") == (["clearance", "risk"], ["stop", "emergency"])
    assert kinds(book, "low-back-pain") == (["emergency", "clearance"], ["emergency", "stop"])
    assert kinds(book, "creatine") == (["supplement"], [])


def test_a_chapter_asks_for_all_that_its_article_must_show(book: Publication):
    asked = {chapter.slug: [notice.kind for notice in chapter.notices] for chapter in book.chapters}
    assert asked["deadlift"] == ["info", "clearance", "risk", "stop", "emergency"]
    assert asked["creatine"] == ["info", "supplement"]


def test_a_book_of_one_chapter_says_all_in_front_and_in_the_chapter(tmp_path: Path):
    shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("books"))
    single = publication_of(workspace_with(tmp_path / "content", {"P": ("deadlift",)}))
    assert single.volume
    stated = ["info", "clearance", "risk", "stop", "emergency"]
    assert [(each.box.kind, each.everywhere) for each in single.volume.front] == [(kind, False) for kind in stated]
    assert kinds(single, "deadlift") == (stated[:3], stated[3:])


def test_the_edition_changes_with_every_word_of_the_book_and_not_with_its_paper(book: Publication, tmp_path: Path):
    shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("books"))
    made = {}
    for name, parts, keys in (
        ("first", {"P": ("deadlift", "creatine")}, {}),
        ("again", {"P": ("deadlift", "creatine")}, {}),
        ("order", {"P": ("creatine", "deadlift")}, {}),
        ("part", {"Q": ("deadlift", "creatine")}, {}),
        ("split", {"P": ("deadlift",), "Q": ("creatine",)}, {}),
        ("subtitle", {"P": ("deadlift", "creatine")}, {"subtitle": '"S"'}),
        ("editor", {"P": ("deadlift", "creatine")}, {"editors": '["E"]'}),
    ):
        made[name] = publication_of(workspace_with(tmp_path / "content", parts, **keys)).edition
    assert made.pop("first") == made["again"]
    assert len(set(made.values())) == len(made)
    assert book.paper == "A5"


def test_sources_are_gathered_each_work_once_and_by_name(book: Publication):
    assert book.volume
    names = [" ".join(" ".join(block_lines([work.item])).split()) for work in book.volume.works]
    assert names == sorted(names, key=str.casefold)
    assert len([name for name in names if "10.1519" in name or name.startswith("Andersen")]) == 1
    assert not [block for chapter in book.chapters for block in chapter.body if getattr(block, "role", "") == "sources"]


def heading(text: str, id_: str) -> Heading:
    return Heading(2, (Text(text),), id_)


def paragraph(*nodes: Text | Link | FootnoteReference) -> Paragraph:
    return Paragraph(nodes)


def item(text: str, href: str = "", label: str = "") -> ListItem:
    words = Link(href, (Text(text),)) if href else Text(text)
    return ListItem((Paragraph((words,)),), (Text(label),) if label else ())


def section(role: str, *blocks: Paragraph | BulletList | OrderedList | Table | Section) -> Section:
    return Section(heading(role.title() or "Inner", role or "inner"), blocks, role)


def with_body(chapter: Chapter, *body: Paragraph | Section, slug: str = "a") -> Chapter:
    return replace(chapter, slug=slug, body=body, front=(), footnotes=(), topics=("hip thrust",))


PLAIN = section("sources", BulletList((item("Öst A. One.", "https://one.example"), item("Zed. Two."))))
NUMBERED = section("sources", OrderedList((item("One."), item("Two."))))


@pytest.mark.parametrize(
    ("body", "moved"),
    [
        ((PLAIN,), True),
        ((NUMBERED,), True),
        ((section("", paragraph(Text("As shown [1, 2].")), paragraph(Text("x"))), NUMBERED), False),
        ((section("", paragraph(Link("#sources", (Text("our sources"),)))), PLAIN), False),
        ((section("", paragraph(Link("a.md#sources", (Text("our sources"),)))), PLAIN), False),
        ((section("sources", paragraph(Text("We read much.")), BulletList((item("One."),))),), False),
        ((section("sources", BulletList((ListItem((paragraph(FootnoteReference("n", 1)),)),))),), False),
        ((section("sources"),), False),
    ],
    ids=["bullets", "numbers", "numbers in use", "linked", "linked as article", "with words", "with notes", "empty"],
)
def test_sources_stay_in_a_chapter_that_needs_them_there(book: Publication, body: tuple[Section, ...], moved: bool):
    chapter = with_body(book.chapters[0], *body)
    (left,), works = gather([chapter])
    assert (len(left.body) < len(body), bool(works)) == (moved, moved)


def test_a_work_that_two_chapters_name_is_there_once_in_the_fuller_words(book: Publication):
    other = section(
        "sources",
        BulletList((item("Abe. Zero."), item("Öst A. One, 2nd edition.", "https://one.example"), item("zed two"))),
    )
    chapters = [with_body(book.chapters[0], PLAIN), with_body(book.chapters[0], other, slug="b")]
    _, works = gather(chapters)
    assert [(work.chapter, block_lines([work.item])[-1]) for work in works] == [
        ("b", "Abe. Zero."),
        ("b", "Öst A. One, 2nd edition."),
        ("a", "Zed. Two."),
    ]


def schedule(*names: str) -> Section:
    header = tuple(TableCell((Text(word),)) for word in ("Day", "Exercise", "Sets"))
    rows = tuple(tuple(TableCell((Text(word),)) for word in ("1", name, "3")) for name in names)
    return section("schedule", Table(header, rows, (None, None, None)))


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ((section("technique", OrderedList((item("Sit down."),))),), ["Hip thrust"]),
        ((section("technique", paragraph(Text("Sit down."))),), []),
        ((section("variations", BulletList((item("a", label="single-leg"), item("no label")))),), ["Single-leg"]),
        ((section("exercises", section("", paragraph(Text("x"))), BulletList((item("a", label="Set"),))),), ["Inner"]),
        ((schedule("Squat", "Rest day", "squat", "–"),), ["Squat"]),
        ((section("mistakes", BulletList((item("a", label="Rounding"),))),), []),
    ],
)
def test_exercises_are_found_by_what_sections_are_for(book: Publication, body: tuple[Section, ...], names: list[str]):
    assert [each.name for each in exercises([with_body(book.chapters[0], *body)])] == names


def test_an_exercise_that_several_chapters_show_has_a_place_in_each(book: Publication):
    one = with_body(book.chapters[0], schedule("Deadlift"), slug="a")
    other = with_body(book.chapters[0], section("warm-up", BulletList((item("x", label="deadlift"),))), slug="b")
    (found,) = exercises([one, other])
    assert [(spot.chapter, spot.anchor) for spot in found.spots] == [("a", "schedule"), ("b", "warm-up")]

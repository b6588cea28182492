"""A chapter's tree: what readers and their software find in it, whatever the target."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, cast, get_args

import pytest
from lxml import etree

from pipeline.errors import ExportError
from pipeline.model.nodes import (
    BlockQuote,
    Code,
    Emphasis,
    Figure,
    FootnoteReference,
    Heading,
    Image,
    Link,
    OrderedList,
    Paragraph,
    Strong,
    Table,
    Text,
)
from pipeline.model.walk import find
from pipeline.render.document import chapter_tree, page
from pipeline.render.scene import Target
from tests import publications
from tests.publications import cells, chapter, disclaimer, item, paragraph, sample, section, text, with_body

if TYPE_CHECKING:
    from pipeline.model.publication import Publication
    from pipeline.render.elements import Element

TARGETS: tuple[Target, ...] = get_args(Target)


def tree(publication: Publication, target: Target = "screen") -> Element:
    return chapter_tree(publication, publication.chapters[0], target)


def select(root: Element, path: str) -> list[Element]:
    return cast("list[Element]", root.xpath(path))


def said(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


@pytest.fixture(params=TARGETS)
def target(request: pytest.FixtureRequest) -> Target:
    return cast("Target", request.param)


def test_every_word_of_the_article_is_in_the_tree(target: Target) -> None:
    publication = sample()
    shown = said(tree(publication, target))
    for words in publications.words(publication):
        assert " ".join(words.split()) in shown


def test_ids_are_unique_and_every_inner_link_leads_somewhere(target: Target) -> None:
    root = tree(sample(), target)
    ids = [str(each) for each in cast("list[str]", root.xpath(".//@id"))]
    assert len(ids) == len(set(ids))
    inner = [href[1:] for href in cast("list[str]", root.xpath(".//a/@href")) if href.startswith("#")]
    assert inner
    assert set(inner) <= set(ids)
    named = " ".join(cast("list[str]", root.xpath(".//@aria-labelledby"))).split()
    assert set(named) <= set(ids)


def test_headings_never_skip_a_level_and_the_title_alone_is_first(target: Target) -> None:
    root = tree(sample(), target)
    levels = [int(str(each.tag)[1]) for each in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_source_that_skips_levels_still_gives_an_outline_without_gaps() -> None:
    deep = section(2, "Two", "two", section(5, "Five", "five", disclaimer("stop"), section(6, "Six", "six")))
    root = tree(with_body(section(4, "Four", "four"), deep))
    assert [each.tag for each in root.iter("h2", "h3", "h4", "h5", "h6")] == ["h2", "h2", "h3", "h4", "h4", "h2"][:5]


def test_each_notice_is_a_box_before_the_first_instruction(target: Target) -> None:
    publication = sample()
    root = tree(publication, target)
    order = list(root.iter())
    first = select(root, ".//*[@id='first-instruction']")[0]
    for notice in publication.chapters[0].notices:
        box = select(root, f".//section[@id='disclaimer-{notice.kind}'][@role='doc-notice']")[0]
        assert notice.text in said(box)
        assert order.index(box) < order.index(first)
        assert box.get("aria-labelledby") == box[0].get("id")


def test_the_first_instruction_has_its_id_whatever_kind_of_node_it_is() -> None:
    table = Table(cells("Move", "Reps"), (cells("Squat", "8"),), (None, None))
    step = paragraph("Stand up.")
    boxed = disclaimer("stop")
    for body, node, tag in (
        (table, table.rows[0][0], "th"),
        (step, step, "p"),
        (boxed, boxed, "div"),
    ):
        publication = with_body(section(2, "Do", "do", body, role="technique"))
        only = replace(publication.chapters[0], first_instruction=node)
        root = tree(replace(publication, chapters=(only,)))
        assert [each.tag for each in select(root, ".//*[@id='first-instruction']")] == [tag]


def test_a_heading_that_is_called_like_one_of_our_own_ids_does_not_take_it() -> None:
    link = Paragraph((Link("#first-instruction", text("there")),))
    publication = with_body(
        section(2, "First instruction", "first-instruction", link), section(2, "Notes", "disclaimer-info")
    )
    root = tree(publication)
    assert select(root, ".//h2[@id='text-first-instruction']")
    assert select(root, ".//a[@href='#text-first-instruction']")
    assert not select(root, ".//*[@id='first-instruction' or @id='disclaimer-info']")


def test_a_kind_that_is_said_twice_has_two_ids_and_two_names() -> None:
    root = tree(with_body(section(2, "Steps", "steps", disclaimer("stop")), front=(disclaimer("stop"),)))
    boxes = select(root, ".//section[@role='doc-notice']")
    assert [box.get("id") for box in boxes] == ["disclaimer-stop", "disclaimer-stop-2"]
    assert len({box.get("aria-labelledby") for box in boxes}) == 2


def test_chapters_of_one_publication_do_not_share_ids() -> None:
    book = sample(chapter(), chapter("deadlift", "How to deadlift"))
    first, second = (chapter_tree(book, one, "print") for one in book.chapters)
    ids = [set(cast("list[str]", root.xpath(".//@id"))) for root in (first, second)]
    assert not ids[0] & ids[1]
    assert "hip-thrusts-disclaimer-info" in ids[0]
    assert "deadlift-first-instruction" in ids[1]


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("screen", "deadlift.html#set-up"),
        ("print", "https://northside.example/deadlift.html#set-up"),
        ("epub", "https://northside.example/deadlift.html#set-up"),
    ],
)
def test_a_link_to_another_article_leads_to_its_page(target: Target, href: str) -> None:
    assert select(tree(sample(), target), f".//a[@href='{href}']")


def test_a_link_within_a_book_stays_in_the_book() -> None:
    book = sample(chapter(), chapter("deadlift", "How to deadlift"))
    for target, href in (("print", "#deadlift-set-up"), ("epub", "deadlift.xhtml#deadlift-set-up")):
        assert select(chapter_tree(book, book.chapters[0], cast("Target", target)), f".//a[@href='{href}']")


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "//["]
)
def test_an_unsafe_address_never_becomes_a_link(href: str, target: Target) -> None:
    root = tree(with_body(Paragraph((Link(href, text("words")),))), target)
    assert not select(root, ".//div[@class='text']//a")
    assert "words" in said(root)


def test_a_link_is_one_link_whatever_it_holds(target: Target) -> None:
    inside = (Text("the "), Emphasis(text("deadlift")), Text(" and "), Code("squat"), Image("images/hip.svg", "A bar"))
    links = select(
        tree(with_body(Paragraph((Link("https://example.org/", inside),))), target), ".//div[@class='text']//a"
    )
    assert [(said(each), [kid.tag for kid in each]) for each in links] == [
        ("the deadlift and squat", ["em", "code", "img"])
    ]


def test_a_link_around_the_mark_of_a_note_goes_on_behind_it(target: Target) -> None:
    inside = (Text("one"), FootnoteReference("load", 1), Image("images/hip.svg", "A bar"), Strong(text("two")))
    links = select(tree(with_body(Paragraph((Link("https://example.org/", inside),))), target), ".//a")
    there = [each for each in links if each.get("href") == "https://example.org/"]
    assert [said(each) for each in there] == ["one", "", "two"]
    assert not any(select(each, ".//a") for each in there)


def test_of_two_sections_with_one_name_only_the_first_is_a_landmark(target: Target) -> None:
    twice = [section(2, name, name, section(3, "Tips", f"tips-{name}", paragraph("Words."))) for name in ("One", "Two")]
    named = [each.get("aria-labelledby") for each in select(tree(with_body(*twice), target), ".//section[h3]")]
    assert named == ["tips-One", None]


def test_accents_are_in_the_form_that_the_web_asks_for(target: Target) -> None:
    link = Link("#cafe\u0301", text("cafe\u0301"))
    body = with_body(section(2, "Cafe\u0301", "cafe\u0301", Paragraph((link, Code("e\u0301")))))
    root = tree(body, target)
    assert said(select(root, ".//h2[@id='caf\u00e9']")[0]) == "Caf\u00e9"
    assert [said(each) for each in select(root, ".//div[@class='text']//a[@href='#caf%C3%A9']")] == ["caf\u00e9"]


def test_tables_name_their_rows_and_columns() -> None:
    plain = Table(cells("", "Monday"), (cells("Squat", "3 × 8"), cells("Squat", "2 × 8")), (None, "right"))
    numbers = Table(cells("Week", "Load"), (cells("1", "20"), cells("2", "25")), (None, None))
    root = tree(with_body(plain, numbers, publications.SCHEDULE))
    heads = [[said(each) for each in select(table, ".//th[@scope='row']")] for table in root.iter("table")]
    assert heads == [["Squat", "Squat"], [], ["Glute bridge", "Hip thrust", "Plank"]]
    assert not select(root, ".//th[not(@scope)]")
    assert not select(root, ".//th[not(text()) and not(*)]")


def test_a_wide_table_scrolls_in_a_named_box_that_the_keyboard_reaches() -> None:
    for box in select(tree(sample()), ".//table/.."):
        assert box.get("tabindex") == "0"
        assert box.get("aria-labelledby")
    assert not select(tree(sample(), "epub"), ".//*[@tabindex]")


def test_footnotes_link_there_and_back() -> None:
    root = tree(sample())
    marks = select(root, ".//a[@role='doc-noteref']")
    assert [said(mark) for mark in marks] == ["1", "2", "1"]
    for back in select(root, ".//a[@role='doc-backlink']"):
        assert select(root, f".//a[@id='{str(back.get('href'))[1:]}'][@role='doc-noteref']")


def test_alerts_and_tasks_say_in_words_what_they_are() -> None:
    root = tree(sample())
    labels = [said(each) for each in select(root, ".//p[@class='alert-label']")]
    assert labels == ["Note", "Tip", "Warning", "Caution", "Important"]
    assert [said(each) for each in select(root, ".//ul[contains(@class, 'tasks')]/li")] == [
        "Done Week one",
        "To do Week two",
    ]
    assert not list(root.iter("input"))


def test_pictures_have_their_alternative_and_their_size(target: Target) -> None:
    images = [image for image in tree(sample(), target).iter("img") if image.get("class") != "logo"]
    expected = [image.alt for image in find(sample().chapters[0].body, Image)]
    assert [image.get("alt") for image in images] == expected
    assert {(image.get("width"), image.get("height")) for image in images} == {("420", "160")}


def test_a_decorative_picture_says_nothing() -> None:
    shown = Figure(Image("images/hip.svg", "", decorative=True), "Caption")
    assert select(tree(with_body(shown)), ".//figure/img[@alt='']")
    on_paper = tree(with_body(shown), "print")
    assert not list(on_paper.iter("img"))
    assert "content:images/hip.svg" in str(select(on_paper, ".//figure/span")[0].get("style"))


def test_a_picture_that_was_not_read_is_an_export_error() -> None:
    with pytest.raises(ExportError, match=r"images/gone\.svg"):
        tree(with_body(Paragraph((Image("images/gone.svg", "Gone"),))))


def test_headings_inside_quotations_are_no_part_of_the_outline() -> None:
    quoted = BlockQuote((Heading(2, text("Quoted"), "quoted"), paragraph("Words.")))
    root = tree(with_body(quoted))
    assert said(select(root, ".//blockquote/p[@id='quoted']")[0]) == "Quoted"
    assert not select(root, ".//blockquote//h2")


def test_numbering_goes_on_where_the_source_says(target: Target) -> None:
    later = OrderedList((item("Fourth."),), start=4)
    made = select(tree(with_body(later), target), ".//ol")[0]
    assert made.get("start") == "4"
    assert (made.get("style") == "counter-reset:list-item 3") == (target == "print")


def test_dates_and_labels_are_in_the_language_of_the_article() -> None:
    publication = replace(sample(chapter(language="es")), language="es")
    shown = said(tree(publication))
    assert "2 de marzo de 2026" in shown
    assert "Revisado" in shown
    assert select(tree(publication), ".//time[@datetime='2026-03-02']")


def test_related_articles_are_listed_but_those_the_text_has_a_link_to() -> None:
    assert select(tree(sample()), ".//section[contains(@class, 'related')]//a[@href='deadlift.html']")
    own = section(2, "Related", "related", Paragraph((Link("deadlift.md", text("Deadlift")),)), role="related")
    only = replace(sample().chapters[0], body=(own,), first_instruction=None)
    assert not select(tree(sample(only)), ".//section[contains(@class, 'matter related')]")


def test_imprint_and_colophon_name_the_publisher_and_the_edition(target: Target) -> None:
    foot = said(select(tree(sample(), target), "./footer")[0])
    for words in (
        "Northside Strength",
        "12 Mill Lane, Leeds LS1 4AB, UK",
        "hello@northside.example",
        "Edition 3f9a1c20",
    ):
        assert words in foot


def test_pages_are_complete_documents_in_their_syntax() -> None:
    for target in TARGETS:
        publication = sample()
        data = page(publication, [tree(publication, target)], target, stylesheets=["look.css"], body_class="x")
        if target == "epub":
            root = etree.fromstring(data)
            assert root.tag == "{http://www.w3.org/1999/xhtml}html"
            assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
            assert b'xmlns=""' not in data
        else:
            assert data.startswith(b'<!DOCTYPE html>\n<html lang="en-GB">')
            assert b"<slot" not in data
        assert b'href="look.css"' in data


def test_a_title_is_text_whatever_is_in_it(target: Target) -> None:
    publication = replace(sample(), title='<b>&amp; \x0b"quoted"</b>')
    data = page(publication, [tree(publication, target)], target)
    assert b"<title>&lt;b&gt;&amp;amp; " in data


def test_a_language_written_from_right_to_left_says_so() -> None:
    assert b'<html lang="ar" dir="rtl">' in page(sample(), [], "screen", language="ar")


def test_sections_say_their_role_to_reading_systems() -> None:
    ops = "{http://www.idpf.org/2007/ops}type"
    root = tree(sample(), "epub")
    sources = select(root, ".//section[@aria-labelledby='sources']")[0]
    assert (sources.get("role"), sources.get(ops)) == ("doc-bibliography", "bibliography")
    assert {each.get(ops) for each in select(root, ".//section[@role='doc-notice']")} == {"notice"}
    assert not [each for each in tree(sample()).iter() if each.get(ops)]

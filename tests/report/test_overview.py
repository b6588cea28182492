"""The report says what was built, where it was proven, and what waits for a review: the same bytes on any day."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from pipeline.report import charts, facts, overview
from pipeline.report.earlier import Earlier
from pipeline.report.facts import Facts, Reading
from pipeline.report.works import works_of
from tests.desk import SLUGS, Desk
from tests.validators import audit_html, validate_html
from tests.validators.installation import chromium

COUNTS = ("errors", "warnings", "suppressed")


@pytest.fixture
def desk(built: Desk, tmp_path: Path) -> Desk:
    """A copy of the built content that a test may change."""
    return built.copied(tmp_path)


def report(desk: Desk) -> html.HtmlElement:
    return html.fromstring((desk.out / overview.PAGE).read_bytes())


def known(desk: Desk) -> dict[str, Facts]:
    return facts.load((desk.out / facts.PATH).read_bytes())


def one(**changes: object) -> Facts:
    values = Facts(
        "articles/squat.md", "article", "squat", "How to squat", "en-GB", "exercise-guide", "ready", ("legs",),
        date(2026, 1, 2), date(2026, 3, 4), date(2028, 3, 4), Reading("flesch-kincaid", 6.5, 8.0), 0, 0, 0, "0" * 64,
    )  # fmt: skip
    return replace(values, **changes)  # type: ignore[arg-type]


def page_of(*rows: Facts) -> html.HtmlElement:
    made = overview.page(rows, (), lambda _: None, publisher="A <b>gym</b>", colour="#0b5d4e", titles={})
    return html.fromstring(made.data)


def test_every_proof_of_the_manifest_is_on_the_page_with_its_place(built: Desk):
    shown = {
        (heading.findtext("a"), " ".join(item.findtext("p/strong", "").split()), item.findtext("p/a"))
        for heading in report(built).iter("h3")
        for item in heading.xpath("following-sibling::ul[1]/li")
    }
    listed = {
        (path, proof["kind"], proof["location"])
        for path, row in built.listed().items()
        for proof in row["disclaimers"]  # type: ignore[attr-defined]
    }
    assert shown == listed
    assert len(listed) == 48


def test_each_disclaimer_in_a_pdf_has_a_picture_of_its_spot(built: Desk):
    pictures = report(built).xpath("//h3[starts-with(a, 'pdf/')]/following-sibling::ul[1]/li//img")
    assert len(pictures) == sum(len(row["disclaimers"]) for path, row in built.listed().items() if path[:4] == "pdf/")  # type: ignore[arg-type, misc]
    for picture in pictures:
        assert picture.get("alt", "").startswith("The ")
        data = base64.b64decode(picture.get("src", "").removeprefix("data:image/png;base64,"))
        with Image.open(io.BytesIO(data)) as opened:
            assert opened.size == (int(picture.get("width", "0")), int(picture.get("height", "0")))
            assert min(opened.convert("L").tobytes()) < 90  # there are words in it


def test_links_of_the_page_lead_to_files_and_to_places_that_are_there(built: Desk):
    page = report(built)
    ids = set(page.xpath("//@id"))
    folder = (built.out / overview.PAGE).parent
    for link in page.xpath("//a/@href"):
        path, _, place = str(link).partition("#")
        assert (folder / path).resolve().is_file() if path else place in ids, link


def test_the_page_is_one_file_that_fetches_nothing(built: Desk):
    page = report(built)
    assert {str(link)[:22] for link in page.xpath("//@src | //link/@href")} == {"data:image/png;base64,"}
    assert "url(" not in page.findtext(".//style", "")


def test_report_and_facts_are_in_the_manifest_and_proven(built: Desk):
    assert {overview.PAGE, facts.PATH} <= set(built.listed())
    assert built.verify().problems == ()


def test_a_build_that_changes_nothing_writes_no_report(desk: Desk):
    assert desk.build().written == ()


def test_the_report_is_the_same_on_another_day(desk: Desk):
    before = (desk.out / overview.PAGE).read_bytes()
    shutil.rmtree(desk.out)
    desk.build(as_of=date(2027, 2, 3))
    assert (desk.out / overview.PAGE).read_bytes() == before


def test_a_build_of_one_article_keeps_what_is_known_of_the_others(desk: Desk):
    before = known(desk)
    desk.edit("deadlift", "A deadlift is a simple lift.", "A deadlift is simple.")
    desk.build("html", paths=(desk.article("deadlift"),))
    after = known(desk)
    assert set(after) == set(before)
    assert {source for source in after if after[source] != before[source]} == {"articles/deadlift.md"}


def test_an_article_with_errors_is_in_the_table_and_has_no_proof(desk: Desk):
    desk.edit("deadlift", "description: ", "descriptoin: ")
    desk.build()
    (row,) = [row for row in report(desk).iter("tr") if row.get("id") == "deadlift"]
    assert row.get("data-states") == "errors"
    assert known(desk)["articles/deadlift.md"].errors > 0
    assert not report(desk).xpath("//details[@id='proof-deadlift']")


@pytest.mark.parametrize("data", [b"\xff", b"---\ntitle: [\n---\n"])
def test_nothing_is_said_of_an_article_that_can_no_longer_be_read(desk: Desk, data: bytes):
    desk.article("creatine").write_bytes(data)
    assert desk.build("html").exit_code == 1
    here = (desk.out / facts.PATH).read_bytes()
    shutil.rmtree(desk.out)
    desk.build("html")
    assert (desk.out / facts.PATH).read_bytes() == here


def test_an_article_that_is_gone_leaves_the_report(desk: Desk):
    desk.article("creatine").unlink()
    desk.edit("deadlift", "related: [hip-thrusts-lower-back, low-back-pain, creatine]", "related: []")
    desk.build()
    assert "articles/creatine.md" not in known(desk)


def test_without_articles_there_is_no_report(desk: Desk):
    shutil.rmtree(desk.content / "articles")
    desk.build()
    assert not [path for path in desk.outputs() if path.startswith("report/")]


def test_facts_that_cannot_be_read_are_gathered_anew(desk: Desk):
    before = (desk.out / facts.PATH).read_bytes()
    (desk.out / facts.PATH).write_text('{"schema_version": 1, "articles": [{"source": 3}]}')
    desk.build()
    assert (desk.out / facts.PATH).read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"schema_version": 9, "articles": []}'])
def test_what_is_no_record_of_facts_counts_as_none(data: bytes):
    assert facts.load(data) == {}


def test_facts_come_back_as_they_were():
    rows = [one(), one(source="books/a.toml", kind="book", due=None, published=None, reading=Reading())]
    assert facts.load(facts.dump(rows)) == {row.source: row for row in rows}


def test_hard_texts_are_named_and_marked_whichever_way_the_scale_runs():
    rows = [
        one(source="articles/a.md", slug="a", title="Grade", reading=Reading("flesch-kincaid", 9.1, 8.0)),
        one(source="articles/b.md", slug="b", title="Ease", reading=Reading("inflesz", 41.0, 55.0)),
        one(source="articles/c.md", slug="c", title="Short", reading=Reading("inflesz", None, 55.0)),
    ]
    assert [row.reading.hard for row in rows] == [True, True, False]
    drawn = charts.bar_charts(rows)
    assert [(chart.scale, chart.articles, chart.hard) for chart in drawn] == [
        ("flesch-kincaid", 1, 1),
        ("inflesz", 1, 1),
    ]
    assert [str(text) for text in page_of(*rows).xpath("//svg/desc/text()")][:2] == [
        "Grade: 9.1, too hard. Limit: 8.",
        "Ease: 41.0, too hard. Limit: 55.",
    ]


def test_charts_show_the_hardest_and_the_next_of_many_and_say_how_many_there_are():
    rows = [
        one(
            source=f"articles/a{number}.md",
            slug=f"a{number}",
            title=f"Article {number}",
            due=date(2026, 1, 1 + number % 28),
            reading=Reading("flesch-kincaid", number / 10, 8.0),
        )
        for number in range(100)
    ]
    (bars,) = charts.bar_charts(rows)
    terms = charts.timeline(rows)
    assert terms is not None
    assert (len(bars.bars), bars.articles, bars.bars[0].score) == (charts.MOST, 100, 9.9)
    assert (len(terms.terms), terms.articles, terms.terms[0].due) == (charts.MOST, 100, date(2026, 1, 1))
    places = [place for term in terms.terms for place in (term.start, term.end)]
    assert 0 <= min(places) <= max(places) <= 100
    assert len(page_of(*rows).xpath("//table[@data-sortable]/tbody/tr")) == 100


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_have_a_place(day: date):
    assert charts.timeline([one(reviewed=day, due=day)]) is not None


def test_titles_and_names_are_words_and_no_markup():
    page = page_of(one(title="<script>alert(1)</script>", topics=("</td>",)))
    assert len(page.findall(".//script")) == 1
    assert page.findtext(".//header/p") == "A <b>gym</b>"


def test_what_an_earlier_page_says_is_said_again_of_works_that_are_the_same():
    rows = [one(), one(source="articles/plank.md", slug="plank", title="<tr id=", topics=("</section>\n</main>",))]
    page = overview.page(rows, (), lambda _: None, publisher="A gym", colour="#0b5d4e", titles={}).data
    works = works_of([rows[0], replace(rows[1], warnings=2)], (), {})
    marked = page.replace(b"How to squat", b"How to kneel")
    ((source, said),) = Earlier(marked, rows, ()).said(works, {}).items()
    assert source == "articles/squat.md"
    assert said.row is not None
    row = said.row.__html__()
    assert (row[:15], row[-6:], "How to kneel</th>" in row) == ('<tr id="squat" ', "</tr>\n", True)
    assert Earlier(page, rows[:1], ()).said(works, {}) == {}
    assert Earlier(b"", rows, ()).said(works, {}) == {}


@pytest.mark.validator
def test_nu_and_axe_find_nothing(built: Desk):
    page = built.out / overview.PAGE
    assert validate_html([page]) == []
    assert audit_html([page]) == []


@pytest.fixture
def browser() -> Iterator[Page]:
    """A small screen in the dark."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium())
        yield opened.new_context(viewport={"width": 320, "height": 640}, color_scheme="dark", offline=True).new_page()
        opened.close()


@pytest.mark.validator
def test_in_a_browser_the_table_sorts_filters_and_knows_what_day_it_is(built: Desk, browser: Page):
    said: list[str] = []
    browser.on("console", lambda message: said.append(message.text))
    browser.clock.set_fixed_time("2028-10-01T12:00:00")
    browser.goto((built.out / overview.PAGE).as_uri())
    rows = browser.locator("[data-sortable] tbody tr")
    browser.get_by_role("button", name="Readability").click()
    grades = [float(re.findall(r"[\d.]+", text)[0]) for text in rows.locator("td:nth-child(5)").all_inner_texts()]
    assert grades == sorted(grades)
    browser.get_by_role("button", name="Readability").click()
    assert browser.get_by_role("columnheader", name="Readability").get_attribute("aria-sort") == "descending"
    browser.get_by_label("Title, type or topic").fill("creatine")
    assert rows.locator("visible=true").count() == 1
    assert browser.get_by_role("status").inner_text() == f"1 of {len(SLUGS)} shown"
    browser.get_by_label("Title, type or topic").fill("")
    browser.get_by_label("Show").select_option("overdue")
    assert [row.get_attribute("id") for row in rows.locator("visible=true").all()] == ["deadlift"]
    assert browser.locator("svg .now").count() == 1
    assert browser.evaluate("document.documentElement.scrollWidth") == 320
    assert said == []


def test_the_facts_are_those_of_the_checks(desk: Desk):
    document = json.loads((desk.out / facts.PATH).read_text("utf-8"))
    checks = {row["source"]: {name: row[name] for name in COUNTS} for row in document["articles"]}
    for path, row in desk.listed().items():
        if path.startswith("html/") and path != "html/index.html" and row["edition"]:
            assert checks[row["sources"][0]] == row["checks"]  # type: ignore[index]

"""An editor's way at the desk, in a real browser: from a broken article to a proven PDF, by keyboard, on a phone too."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.desk import AS_OF, CONTENT
from tests.preview.desks import OpenDesk, opened_desk
from tests.validators.axe import violations
from tests.validators.installation import chromium, installed

pytestmark = [pytest.mark.validator, pytest.mark.xdist_group("desk")]

WAIT = 90_000
"""Milliseconds: a machine that runs all tests at once is slow."""
CLEARANCE = ":::disclaimer clearance\n:::\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The real content, with an article that lacks a disclaimer and is overdue for review."""
    shutil.copytree(CONTENT, tmp_path / "content")
    article = tmp_path / "content" / "articles" / "deadlift.md"
    source = article.read_text("utf-8")
    for old, new in ((CLEARANCE, ""), ("next_review: 2028-09-21", "next_review: 2026-10-01")):
        assert old in source
        source = source.replace(old, new)
    article.write_text(source, "utf-8")
    return tmp_path


@pytest.fixture
def own(folder: Path) -> Iterator[OpenDesk]:
    with opened_desk(folder, "--as-of", AS_OF.isoformat()) as opened:
        yield opened


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        opened = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}).new_page()
        opened.set_default_timeout(WAIT)
        expect.set_options(timeout=WAIT)
        yield opened
        browser.close()


def sound(page: Page) -> None:
    """What holds on every page: nothing for axe, in light and dark, and nothing that runs off a phone's screen."""
    script = installed("node_modules", "axe-core", "axe.min.js").read_text("utf-8")
    for width, scheme in ((1280, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page, script) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.set_viewport_size({"width": 1280, "height": 900})


def test_from_a_broken_article_to_a_proven_pdf(folder: Path, own: OpenDesk, page: Page):
    article = folder / "content" / "articles" / "deadlift.md"
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(own.entrance)
    expect(page.locator(".works li")).to_have_count(6)
    expect(page.locator(".works li").first).to_contain_text("overdue since 2026-10-01")
    sound(page)
    page.get_by_role("link", name="How to deadlift").click()
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("How to deadlift")
    sound(page)

    # a finding leads to its line
    finding = page.locator(".findings li", has_text="clearance").first
    finding.get_by_role("link", name=re.compile("^line ")).click()
    line = page.locator(".source li:target")
    expect(line).to_contain_text("profile:")

    # what is saved is shown
    article.write_text(
        article.read_text("utf-8").replace("A deadlift is a simple lift.", "A deadlift is a plain lift.")
    )
    expect(page.frame_locator("iframe").get_by_text("A deadlift is a plain lift.")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Saved at")

    # the PDF waits until all is mended
    page.get_by_role("link", name="PDF", exact=True).click()
    expect(page.locator("#view")).to_contain_text("Nothing with errors is published")

    # a fix is shown, then applied, and the diff is what was written
    before = article.read_bytes()
    finding.get_by_role("link", name="Show the fix").click()
    expect(page.locator(".diff .added", has_text=":::disclaimer clearance")).to_be_visible()
    assert article.read_bytes() == before
    sound(page)
    page.get_by_role("button", name="Apply this fix").click()
    expect(page.get_by_text("The fix was applied")).to_be_visible()
    assert CLEARANCE in article.read_text("utf-8")
    article.write_text(article.read_text("utf-8").replace("next_review: 2026-10-01", "next_review: 2028-09-21"))
    expect(page.get_by_role("heading", name="Nothing to mend")).to_be_visible()

    # and the PDF is made, proven and shown
    page.get_by_role("link", name="PDF", exact=True).click()
    expect(page.locator(".proof")).to_contain_text("clearance (page 1)")
    expect(page.locator("img.sheet").first).to_be_visible()
    sound(page)
    pdf = page.request.get(f"{own.address}{page.get_by_role('link', name='Open the PDF').get_attribute('href')}")
    assert pdf.body().startswith(b"%PDF-")
    assert said == []


def test_all_forms_can_be_looked_at_and_a_newsletter_as_its_readers_get_it(desk: OpenDesk, page: Page):
    page.goto(desk.entrance)
    page.get_by_role("link", name="Creatine").click()
    page.get_by_role("link", name="EPUB", exact=True).click()
    page.get_by_role("link", name="Creatine: what it does and how to take it", exact=True).click()
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("creatine")
    expect(page.locator(".proof")).to_contain_text("info (Safety information)")
    sound(page)
    page.get_by_role("link", name="All articles").click()
    page.get_by_role("link", name="Low back pain").click()
    page.get_by_role("link", name="E-mail").click()
    sound(page)
    page.goto(f"{desk.address}/work/newsletters/winter-2026.md")
    expect(page.locator(".tabs a[aria-current]")).to_have_text("E-mail")
    expect(page.locator(".proof")).to_contain_text("info (plain text, HTML, web copy)")
    expect(page.locator(".proof")).to_contain_text("Readable, and before the first instruction")
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("Northside")
    sound(page)
    page.goto(f"{desk.address}/work/books/strong-backs.toml")
    expect(page.frame_locator("iframe").locator("h1")).to_contain_text("Strong backs")


def test_the_keyboard_is_enough(desk: OpenDesk, page: Page):
    page.goto(desk.entrance)
    expect(page.locator(".works li")).to_have_count(6)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Find by title, type or file")).to_be_focused()
    page.keyboard.type("creatine")
    expect(page.locator(".works li:visible")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Creatine")


def test_settings_that_cannot_be_read_are_a_page_until_they_can(folder: Path, own: OpenDesk, page: Page):
    settings = folder / "content" / "publisher.toml"
    source = settings.read_text("utf-8")
    page.goto(own.entrance)
    expect(page.locator(".works li")).to_have_count(6)
    settings.write_text(source.replace("name = ", "nmae = "), "utf-8")
    expect(page.locator(".wrong").first).to_contain_text("publisher.toml:")
    sound(page)
    settings.write_text(source, "utf-8")
    expect(page.locator(".works li")).to_have_count(6)


def test_what_cannot_be_read_is_shown_as_what_it_is(folder: Path, own: OpenDesk):
    articles = folder / "content" / "articles"
    (articles / "odd.md").write_bytes(b"\xff\xfe\x00\x01")
    (articles / "empty.md").write_bytes(b"")
    (articles / "markup.md").write_text(
        "---\ntitle: <script>alert(1)</script>\n---\n\n<script>alert(2)</script>\n", "utf-8"
    )
    with httpx.Client(base_url=own.address, timeout=120) as client:
        client.get("/", params={"token": own.token})
        for name in ("odd", "empty", "markup"):
            shown = client.get(f"/work/articles/{name}.md")
            assert shown.status_code == 200, name
            assert "findings" in shown.text
            assert "<script>alert" not in shown.text
            assert "<script>alert" not in client.get(f"/view/html/{name}.html").text
            assert "Traceback" not in shown.text


def test_a_fix_is_refused_when_the_file_has_changed_since_it_was_shown(folder: Path, own: OpenDesk):
    article = folder / "content" / "articles" / "deadlift.md"
    with httpx.Client(base_url=own.address, timeout=120, headers={"Origin": own.address}) as client:
        client.get("/", params={"token": own.token})
        shown = client.get("/fix/all/articles/deadlift.md").text
        form = dict(re.findall(r'name="(token|digest)" value="([^"]+)"', shown))
        changed = article.read_text("utf-8").replace("A deadlift is a simple lift.", "A deadlift is simple.")
        article.write_text(changed, "utf-8")
        answer = client.post("/fix/all/articles/deadlift.md", data=form)
        assert answer.status_code == 409
        assert "has changed since" in answer.text
        assert article.read_text("utf-8") == changed
        again = dict(
            re.findall(r'name="(token|digest)" value="([^"]+)"', client.get("/fix/all/articles/deadlift.md").text)
        )
        assert client.post("/fix/all/articles/deadlift.md", data=again).status_code == 303
        assert CLEARANCE in article.read_text("utf-8")
        assert [path.name for path in article.parent.iterdir() if path.name.startswith(".")] == []

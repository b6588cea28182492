"""What is built from a newsletter, before the field's own validators and in a real browser."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageStat

from tests.desk import Desk
from tests.newsletters import SLUG
from tests.validators import audit_html, validate_html, validate_pdf
from tests.validators.installation import chromium
from tests.validators.mail import html_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.validator, pytest.mark.xdist_group("newsletter")]


@pytest.fixture(scope="session")
def folder(issue: Desk) -> Path:
    return issue.out / "newsletters" / SLUG


def test_verapdf_passes_the_pdf_as_pdf_ua_1_and_pdf_a_2a(folder: Path):
    assert validate_pdf([folder / "newsletter.pdf"], ["ua1", "2a"]) == []


def test_nu_passes_the_page_and_finds_no_error_in_the_message(folder: Path, tmp_path: Path):
    (tmp_path / "message.html").write_text(html_of(folder / "message.eml"), "utf-8")
    assert validate_html([folder / "index.html"]) == []
    found = validate_html([tmp_path / "message.html", folder / "email.html"])
    assert [message for message in found if message.severity == "error"] == []


def test_axe_finds_no_error_on_the_page_and_in_the_message(folder: Path):
    found = audit_html([folder / "index.html", folder / "email.html"])
    assert [message for message in found if message.severity == "error"] == []


def brightness(page: Page) -> float:
    """Of the upper left edge of the text, from 0 to 255."""
    with Image.open(io.BytesIO(page.screenshot(clip={"x": 0, "y": 300, "width": 8, "height": 200}))) as picture:
        return float(ImageStat.Stat(picture.convert("L")).mean[0])


def test_the_message_fits_narrow_and_wide_windows_light_and_dark(folder: Path):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        for width in (320, 640):
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
                )
                page = context.new_page()
                page.goto((folder / "email.html").as_uri())
                assert page.evaluate("document.documentElement.scrollWidth") == width
                assert (brightness(page) > 128) == (scheme == "light")
                assert "How to lift from the floor" not in page.inner_text("body"), "the preheader is not shown"
                context.close()
        browser.close()

"""What is built from ``content/`` is what the field's official validators accept: no error and no warning."""

from __future__ import annotations

import pytest

from tests.desk import Desk
from tests.validators import audit_epub, audit_html, validate_epub, validate_html, validate_pdf

pytestmark = pytest.mark.validator


def test_verapdf_passes_every_pdf_as_pdf_ua_1_and_pdf_a_2a(built: Desk):
    assert validate_pdf(sorted(built.out.glob("pdf/*.pdf")), ["ua1", "2a"]) == []


def test_epubcheck_passes_every_epub(built: Desk):
    assert validate_epub(*sorted(built.out.glob("epub/*.epub"))) == []


def test_nu_passes_every_page_and_style_sheet(built: Desk):
    assert validate_html(sorted([*built.out.glob("html/*.html"), *built.out.glob("html/assets/*.css")])) == []


def test_axe_finds_nothing_on_any_page(built: Desk):
    assert audit_html(sorted(built.out.glob("html/*.html"))) == []


def test_ace_finds_nothing_in_an_epub(built: Desk):
    assert audit_epub(built.out / "epub" / "deadlift.epub") == []

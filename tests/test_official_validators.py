"""What is built from ``content/`` is what the field's official validators accept: no error and no warning."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.export.html import FORMAT
from tests.desk import Desk
from tests.publications import sample
from tests.validators import audit_epub, audit_html, validate_epub, validate_html, validate_pdf

pytestmark = [pytest.mark.validator, pytest.mark.xdist_group("books")]


def test_verapdf_passes_every_pdf_as_pdf_ua_1_and_pdf_a_2a(built: Desk, bound: Desk):
    assert validate_pdf(sorted([*built.out.glob("pdf/*.pdf"), *bound.out.glob("books/*.pdf")]), ["ua1", "2a"]) == []


def test_epubcheck_passes_every_epub(built: Desk, bound: Desk):
    assert validate_epub(*sorted([*built.out.glob("epub/*.epub"), *bound.out.glob("books/*.epub")])) == []


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A page that is one file."""
    file = tmp_path / "alone.html"
    file.write_bytes(FORMAT.export(replace(sample(), standalone=True))[0].data)
    return file


def test_nu_passes_every_page_and_style_sheet(built: Desk, bound: Desk, alone: Path):
    pages = [*built.out.glob("html/*.html"), *bound.out.glob("books/*/*.html")]
    sheets = [*built.out.glob("html/assets/*.css"), *bound.out.glob("books/assets/*.css")]
    assert validate_html(sorted([*pages, *sheets, alone])) == []


def test_axe_finds_nothing_on_any_page(built: Desk, bound: Desk, alone: Path):
    assert audit_html(sorted([*built.out.glob("html/*.html"), *bound.out.glob("books/*/*.html"), alone])) == []


def test_ace_finds_nothing_in_an_epub(built: Desk, bound: Desk):
    assert audit_epub(built.out / "epub" / "deadlift.epub", *bound.out.glob("books/*.epub")) == []

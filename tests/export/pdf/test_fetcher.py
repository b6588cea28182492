"""A document for print reads what it is given and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ExportError
from pipeline.export.pdf.fetcher import fetcher
from pipeline.export.pdf.startup import weasyprint
from pipeline.render.pictures import clean
from tests.export.pdf.typesetting import spoilt
from tests.publications import PICTURES

OUTSIDE = [
    "https://example.org/x.png",
    "http://127.0.0.1:9/x.png",
    "ftp://example.org/x.png",
    "content:images/other.svg",
    "content:../publisher.toml",
    "unknown:x",
    Path(__file__).as_uri(),
]


@pytest.mark.parametrize("url", OUTSIDE)
def test_nothing_outside_is_read(url: str):
    with pytest.raises(ExportError, match="neither a picture of the publication nor a font"):
        fetcher(weasyprint(), PICTURES).fetch(url)


@pytest.mark.parametrize("url", OUTSIDE)
def test_a_document_that_refers_to_it_is_not_finished(url: str):
    with pytest.raises(AssertionError, match="neither a picture"):
        spoilt("", ("</body>", f"<img alt='x' src='{url}'></body>"))


def test_pictures_come_from_memory_and_data_from_the_address():
    fetch = fetcher(weasyprint(), PICTURES)
    assert fetch.fetch("content:images/hip.svg").read() == clean(PICTURES["images/hip.svg"]).data
    assert fetch.fetch("data:text/plain;base64,aGk=").read() == b"hi"
    assert fetch.fetch("data:image/svg+xml,%3Csvg/%3E").read() == b"<svg/>"


def test_a_font_is_read_where_it_is_named(tmp_path: Path):
    font = tmp_path / "font.ttf"
    font.write_bytes(b"font")
    assert fetcher(weasyprint(), {}, (font,)).fetch(font.as_uri()).read() == b"font"

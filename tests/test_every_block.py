"""Characters of every block of Unicode pass through the whole pipeline, or are refused by name and line."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from fontTools.unicodedata import Blocks

from pipeline import articles
from pipeline.errors import ExportError
from pipeline.export import FORMATS
from pipeline.export.pdf.complaints import missing_characters
from pipeline.model.publication import Publication
from pipeline.workspace import Checked, check_article, open_workspace
from tests.articles import TODAY
from tests.cli.conftest import PUBLISHER, SOUND

FAR = 3000
"""Code points of a block that are looked through for a sample."""
TURNING = {chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
HEAD, FOOT = SOUND.split("## Sources")


@cache
def samples() -> tuple[str, ...]:
    """Of each block the first character, and the first that has none; and every noncharacter."""
    found: dict[str, None] = {}
    for start, end in zip(Blocks.RANGES, (*Blocks.RANGES[1:], 0x110000), strict=True):
        categories: dict[bool, str] = {}
        for point in range(start, min(end, start + FAR)):
            categories.setdefault(unicodedata.category(chr(point)) == "Cn", chr(point))
        found |= dict.fromkeys(categories.values(), None)
    ends = [chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)]
    every = dict.fromkeys([*found, *ends, "\ufdd0", "\ufdef", "\ufffd", "\u202e", "\u2066"])
    return tuple(each for each in every if unicodedata.category(each) != "Cs")


def is_refused(character: str) -> bool:
    """Controls, what is for private use, noncharacters, marks that turn the text, and what stands for a lost character."""
    point, category = ord(character), unicodedata.category(character)
    nothing = 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE
    return category in {"Cc", "Co"} or nothing or character in TURNING or character == "\ufffd"


def source(characters: Sequence[str]) -> str:
    """A sound article with a paragraph for each character."""
    return HEAD + "".join(f"Beans {each} are good.\n\n" for each in characters) + "## Sources" + FOOT


def line_of(number: int) -> int:
    """The line of the paragraph of a character, by the number of that."""
    return HEAD.count("\n") + 1 + 2 * number


def checked(folder: Path, data: bytes) -> tuple[Checked, Publication]:
    content = folder / "content"
    (content / "articles").mkdir(parents=True, exist_ok=True)
    (content / "publisher.toml").write_text(PUBLISHER)
    (content / "articles" / "beans.md").write_bytes(data)
    workspace = open_workspace(content, as_of=TODAY)
    (article,) = workspace.articles
    return check_article(workspace, article), articles.publication(workspace, article, workspace.config)


def test_every_character_that_may_not_be_there_is_refused_at_its_line(tmp_path: Path):
    assert len(samples()) > 2 * len(Blocks.RANGES) - 200
    found, _ = checked(tmp_path, source(samples()).encode())
    refused = {each.line: each.message for each in found.diagnostics if each.code == "P03"}
    wanted = {line_of(number): each for number, each in enumerate(samples()) if is_refused(each)}
    assert refused.keys() == wanted.keys()
    assert all(f"U+{ord(each):04X}" in refused[line] for line, each in wanted.items())


@pytest.mark.parametrize("point", [0xD800, 0xDB7F, 0xDB80, 0xDBFF, 0xDC00, 0xDFFF])
@pytest.mark.parametrize("written", ["bytes", "an entity", "an escape"])
def test_half_of_a_surrogate_pair_is_refused_at_its_line(tmp_path: Path, point: int, written: str):
    text = source([{"bytes": chr(point), "an entity": f"&#x{point:X};", "an escape": ""}[written]])
    if written == "an escape":
        text = text.replace("title: Beans", f'subtitle: "Beans \\u{point:X}"\ntitle: Beans')
    found, _ = checked(tmp_path, text.encode("utf-8", "surrogatepass"))
    errors = [(each.code, each.line) for each in found.diagnostics if each.severity == "error"]
    assert errors == [("M01" if written == "an escape" else "P03", 2 if written == "an escape" else line_of(0))]


def test_every_other_character_reaches_web_page_and_e_book(tmp_path: Path):
    wanted = [each for each in samples() if not is_refused(each)]
    found, publication = checked(tmp_path, source(wanted).encode())
    assert found.sound
    page = FORMATS["html"].export(publication)[0].data.decode()
    assert "\ufffd" not in page
    lost = [each for each in wanted if not each.isspace() and unicodedata.normalize("NFC", each) not in page]
    assert lost == []
    assert FORMATS["epub"].export(publication)


def test_paper_has_every_character_that_a_font_has_and_names_one_that_none_has(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    wanted = [each for each in samples() if not is_refused(each)]
    with caplog.at_level(logging.WARNING, "weasyprint"), pytest.raises(ExportError) as refused:
        FORMATS["pdf"].export(checked(tmp_path, source(wanted).encode())[1])
    lacking = missing_characters([record.getMessage() for record in caplog.records])
    first = next(each for each in wanted if each in lacking)
    assert refused.value.line == line_of(wanted.index(first))
    assert f"U+{ord(first):04X}" in refused.value.message
    printed = [each for each in wanted if each not in lacking]
    assert len(printed) > 100
    pdf = FORMATS["pdf"].export(checked(tmp_path, source(printed).encode())[1])[0]
    with pypdfium2.PdfDocument(pdf.data) as document:
        words = "".join(page.get_textpage().get_text_range() for page in document)
    assert "\ufffd" not in words

"""Pages as a printer wants them: breaks, margins, heads and hyphens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest

from pipeline.config import Paper
from pipeline.disclaimers import load_disclaimers, wording
from pipeline.export.pdf import FORMAT
from pipeline.model.nodes import Block, BlockQuote, BulletList, Disclaimer, Section, Table
from pipeline.model.publication import Publication
from pipeline.render.theme import theme_names
from tests.publications import cells, disclaimer, item, paragraph, sample, section, with_body

MILLIMETRE = 72 / 25.4
FOOT = 18 * MILLIMETRE
HEAD = 20 * MILLIMETRE
"""From the paper's edges, in points: page furniture alone stands there."""


@dataclass(frozen=True)
class Line:
    """A line of text on a page, in points from the lower left corner."""

    words: str
    left: float
    bottom: float
    right: float


def pages_of(publication: Publication) -> list[list[Line]]:
    """The lines of each page from top to bottom."""
    with closing(pypdfium2.PdfDocument(FORMAT.export(publication)[0].data)) as pdf:
        return [sorted(lines(page), key=lambda line: -line.bottom) for page in pdf]


def lines(page: Any) -> Iterator[Line]:
    text = page.get_textpage()
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        yield Line(text.get_text_bounded(left, bottom, right, top).strip(), left, bottom, right)


def body(page: list[Line], height: float = 842) -> list[Line]:
    """Without head and foot."""
    return [line for line in page if FOOT < line.bottom < height - HEAD]


def prose(number: int) -> Section:
    """A section of a few paragraphs; every length of paragraph comes up, and every word says which it is."""
    written = (f"p{number}x{at} " * (9 + 17 * (number * 5 + at) % 90) for at in range(3))
    boxed = [disclaimer("stop")] if number % 4 == 0 else [BlockQuote((paragraph("Said aloud. " * (number % 7 + 1)),))]
    return section(2 + number % 2, f"Heading {number}", f"h{number}", *boxed, *map(paragraph, written))


@cache
def long_article() -> list[list[Line]]:
    return [body(page) for page in pages_of(with_body(*map(prose, range(40))))]


def test_no_page_ends_with_a_heading():
    last = [page[-1].words for page in long_article()]
    assert len(last) > 12
    assert not [words for words in last if words.startswith("Heading")]


def test_no_paragraph_leaves_a_single_line_on_a_page():
    split = 0
    for before, after in pairwise(long_article()):
        name = after[0].words.split()[0]
        if name not in before[-1].words:
            continue
        split += 1
        assert sum(name in line.words for line in before) >= 2
        assert sum(name in line.words for line in after) >= 2
    assert split >= 3


def test_no_disclaimer_is_split():
    whole = 0
    for page in long_article():
        words = " ".join(line.words for line in page)
        assert words.count("When to stop") == words.count("seek help.")
        whole += words.count("When to stop")
    assert whole == 10


KINDS = ("info", "clearance", "risk", "pregnancy", "minors", "diet", "supplement", "commercial")
"""All kinds that belong on page 1."""


def with_notices(publication: Publication, kinds: Sequence[str]) -> Publication:
    """A publication with the approved wording of these kinds in front."""
    approved = {kind: wording(load_disclaimers(None)[kind], publication.language) for kind in kinds}
    boxes = tuple(Disclaimer(kind, each.blocks, title=each.title) for kind, each in approved.items())
    first = publication.chapters[0]
    return replace(publication, chapters=(replace(first, front=boxes, language=publication.language),))


@pytest.mark.parametrize("language", ["en-GB", "en-US", "es", "es-US"])
@pytest.mark.parametrize(
    ("theme", "paper", "most"), [("default", "A4", 8), ("studio", "Letter", 8), ("default", "A5", 4)]
)
def test_page_1_has_all_safety_text_that_belongs_there(theme: str, paper: Paper, most: int, language: str):
    plain = replace(sample(), theme=theme, paper=paper, language=language)
    publication = with_notices(plain, KINDS[:most])
    pages = pages_of(publication)
    said = " ".join(line.words for line in pages[0])
    titles = [wording(load_disclaimers(None)[kind], language).title for kind in KINDS[:most]]
    assert not [title for title in titles if title not in said]


def test_a_last_page_of_a_few_lines_is_saved_by_less_space_between_blocks():
    counts = []
    for length in range(30, 54, 3):
        written = [section(2, f"Heading {at}", f"h{at}", paragraph("Lift the bar. " * 20)) for at in range(length // 3)]
        pages = [body(page) for page in pages_of(with_body(*written))]
        counts.append(len(pages))
        assert len(pages[-1]) > 8, "a page for a few lines alone"
    assert counts == sorted(counts)
    assert len(set(counts)) > 1


def test_no_table_of_a_few_rows_is_parted():
    rows = tuple(cells(f"row {at}", "two sets") for at in range(5))
    blocks: list[Block] = []
    for number in range(1, 30):
        blocks += [paragraph(f"Before {number}. " * number * 3), Table(cells("Exercise", "Sets"), rows, (None, None))]
    whole = 0
    for page in pages_of(with_body(*blocks)):
        found = [line.words for line in body(page) if line.words.startswith("row ")]
        assert found == [f"row {at}" for at in range(5)] * (len(found) // 5)
        whole += len(found) // 5
    assert whole == 29


@cache
def book(theme: str) -> list[list[Line]]:
    one = sample().chapters[0]
    other = replace(one, slug="other", title="A second chapter", first_instruction=None)
    return pages_of(replace(sample(one, other), kind="book", title="Strong for life", theme=theme))


@pytest.mark.parametrize("theme", theme_names())
def test_a_book_has_the_wider_margin_at_the_spine(theme: str):
    for number, page in enumerate(book(theme), 1):
        inside = [line for line in body(page) if len(line.words) > 40]
        if inside:
            left = min(line.left for line in inside)
            assert (left > 27 * MILLIMETRE) == (number % 2 == 1), number


@pytest.mark.parametrize("theme", theme_names())
def test_a_book_has_its_name_on_left_pages_and_the_chapter_s_on_right_ones(theme: str):
    heads = [[line.words for line in page if line.bottom > 842 - HEAD] for page in book(theme)]
    starts = [
        number for number, page in enumerate(book(theme)) if "A second chapter" in {line.words for line in body(page)}
    ]
    assert starts
    assert all(number % 2 == 0 for number in starts)
    assert heads[1] == ["Strong for life"]
    assert heads[2] == [sample().title]
    assert heads[starts[0]] == []
    assert heads[starts[0] + 1] == ["Strong for life"]


@pytest.mark.parametrize("theme", theme_names())
def test_a_book_has_its_page_numbers_outside(theme: str):
    for number, page in enumerate(book(theme), 1):
        feet = [line for line in page if line.bottom < FOOT and line.words == str(number)]
        if page:
            assert len(feet) == 1
            assert (feet[0].left > 300) == (number % 2 == 1)


def test_a_head_that_is_too_long_is_cut_and_never_wraps():
    name = "The Institute for Strength, Mobility, Nutrition and Lifelong Physical Education of the North"
    title = "How to lift when you have never lifted anything heavier than the shopping before, step by step"
    publication = sample(replace(sample().chapters[0], title=title))
    publication = replace(publication, imprint=replace(publication.imprint, name=name))
    head = [line for line in pages_of(publication)[1] if line.bottom > 842 - HEAD]
    assert len({round(line.bottom / 4) for line in head}) == 1
    assert max(line.right for line in head) < 595 - 23 * MILLIMETRE
    assert len(head) == 2


@pytest.mark.parametrize(
    ("language", "parts"), [("en-GB", {"exper", "experi"}), ("de", {"expe", "experi"}), ("tlh", set())]
)
def test_words_are_broken_by_the_rules_of_their_language_alone(language: str, parts: set[str]):
    word = "experiences"
    publication = with_body(*(paragraph(f"{'x' * at} " + f"{word} " * 30) for at in range(1, 16)))
    chapter = replace(publication.chapters[0], language=language)
    pages = pages_of(replace(publication, language=language, chapters=(chapter,)))
    ends = {line.words.split()[-1] for page in pages for line in page if word in line.words}
    assert {end.rstrip("-\u2060\xad\ufffe") for end in ends} - {word} == parts


@pytest.mark.parametrize(
    ("longest", "whole"), [("Shoulders", True), ("Donaudampfschifffahrtsgesellschaftskapitän", False)]
)
def test_a_word_in_a_table_deep_in_a_box_is_broken_only_for_want_of_room(longest: str, *, whole: bool):
    rows = (
        cells("Row number one", "three sets of ten with a slow return to the floor", "light", "when you feel well"),
        cells(longest, "one set", "heavy", "at any time of the day that suits you, or never"),
    )
    table = Table(cells("", "First", "Second", "Third"), rows, (None,) * 4)
    boxed = disclaimer("stop")
    deep = BulletList((item("Stop", BlockQuote((paragraph("For example:"), table))),))
    publication = replace(with_body(replace(boxed, blocks=(*boxed.blocks, deep))), paper="A5")
    found = [line for page in pages_of(publication) for line in page]
    assert (longest in " ".join(line.words for line in found).split()) == whole
    assert {"Second", "light", "heavy"} <= {line.words for line in found} or not whole
    assert max(line.right for line in found) < (148 - 15) * MILLIMETRE

"""An edition id says which words a reader holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import load_config
from pipeline.disclaimers import load_disclaimers
from pipeline.model.article import Library
from pipeline.model.nodes import Disclaimer, Paragraph, SoftBreak, Span, Text
from pipeline.model.publication import Picture, Publication
from pipeline.profiles import load_profiles
from pipeline.publication import article_publication
from pipeline.publication.edition import ALPHABET, NOT_CONTENT, edition
from pipeline.publication.links import edition_url
from pipeline.source import SourceFile, read_article, read_pictures
from tests.desk import CONTENT
from tests.publications import LOGO, PICTURES, sample

PUBLICATION = sample()


def with_chapter(**changes: Any) -> Publication:
    return replace(PUBLICATION, chapters=(replace(PUBLICATION.chapters[0], **changes), *PUBLICATION.chapters[1:]))


def test_it_has_eight_letters_that_cannot_be_misread():
    assert len(edition(PUBLICATION)) == 8
    assert set(edition(PUBLICATION)) <= set(ALPHABET)


def test_it_is_the_same_in_another_process_with_another_hash_seed():
    code = "from tests.publications import sample; from pipeline.publication.edition import edition; print(edition(sample()))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": "."},
    )
    assert run.stdout.strip() == edition(PUBLICATION)


CHANGED = {
    "the title": replace(PUBLICATION, title=PUBLICATION.title + "!"),
    "a word of the text": with_chapter(body=(Paragraph((Text("One word."),)), *PUBLICATION.chapters[0].body)),
    "a disclaimer's wording": with_chapter(front=(Disclaimer("info", (Paragraph((Text("Other."),)),)),)),
    "what a figure shows": replace(
        PUBLICATION,
        pictures={**PICTURES, "images/hip.svg": replace(PICTURES["images/hip.svg"], data=LOGO.encode())},
    ),
    "the contact": replace(PUBLICATION, imprint=replace(PUBLICATION.imprint, contact="other@northside.example")),
}
UNCHANGED = {
    "the theme": replace(PUBLICATION, theme="other"),
    "the paper": replace(PUBLICATION, paper="Letter"),
    "the source's path": replace(PUBLICATION, sources=("articles/elsewhere.md",)),
    "the brand's colour": replace(PUBLICATION, imprint=replace(PUBLICATION.imprint, colour="#123456")),
    "the logo": replace(
        PUBLICATION,
        imprint=replace(PUBLICATION.imprint, logo="images/new.svg"),
        pictures={
            "images/hip.svg": PICTURES["images/hip.svg"],
            "images/new.svg": Picture("images/new.svg", "image/svg+xml", LOGO[:-1].encode(), 48, 48),
        },
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_it_changes_with(what: str):
    assert edition(CHANGED[what]) != edition(PUBLICATION)


@pytest.mark.parametrize("what", UNCHANGED)
def test_it_does_not_change_with(what: str):
    assert edition(UNCHANGED[what]) == edition(PUBLICATION)


def test_it_does_not_change_with_the_place_of_the_words_in_the_source():
    here = with_chapter(body=(Paragraph((Text("One.", Span(1, 1, 1, 5)),)),))
    there = with_chapter(body=(Paragraph((Text("One.", Span(9, 1, 9, 5)),)),))
    assert edition(here) == edition(there)


def changed(value: Any) -> Iterator[Any]:
    """The value once for each text, number and truth in it that is content, with just that one changed."""
    match value:
        case str():
            yield f"{value}x"
        case bool():
            yield not value
        case int():
            yield value + 1
        case Mapping():
            for key, item in value.items():
                yield from ({**value, key: other} for other in changed(item))
        case tuple():
            for at, item in enumerate(value):
                yield from ((*value[:at], other, *value[at + 1 :]) for other in changed(item))
        case Publication() | _ if is_dataclass(value) and not isinstance(value, Picture):
            for field in fields(value):
                if field.name not in NOT_CONTENT | {"colour", "logo", "pictures"}:
                    yield from (
                        replace(value, **{field.name: other})  # type: ignore[type-var]  # it is no class
                        for other in changed(getattr(value, field.name))
                    )


def test_no_word_number_or_order_can_change_without_it():
    editions = [edition(other) for other in changed(PUBLICATION)]
    assert len(editions) > 200
    assert len({edition(PUBLICATION), *editions}) == len(editions) + 1


@given(st.lists(st.tuples(st.sampled_from(["squat", "bench", "deadlift", "&", "é", "5×5"]), st.booleans()), min_size=1))
@settings(max_examples=30, deadline=None)
def test_it_does_not_change_with_where_lines_end_or_how_characters_are_written(words: list[tuple[str, bool]]):
    pieces: list[Text | SoftBreak] = []
    for word, line_ends in words:
        pieces += [Text(word), SoftBreak() if line_ends else Text(" ")]
    one = Text("".join(f"{word} " for word, _ in words))
    assert edition(with_chapter(body=(Paragraph(tuple(pieces)),))) == edition(with_chapter(body=(Paragraph((one,)),)))


def edition_of(source: str, file: Path) -> str:
    """The edition of the article with this source, as a build makes it."""
    config, kinds = load_config(CONTENT), load_disclaimers(CONTENT)
    file.write_text(source, "utf-8", newline="")
    found = SourceFile(file, str(file), file.stem)
    article = read_article(found, content=file.parent, config=config, profiles=load_profiles(CONTENT), kinds=kinds)
    publication = article_publication(
        article,
        config=config,
        kinds=kinds,
        library=Library(),
        pictures=read_pictures(CONTENT, article, config.logo),
        source=file.name,
        section_kinds={},
    )
    return publication.edition


def test_of_a_source_only_what_it_says_counts(tmp_path: Path):
    source = (CONTENT / "articles" / "deadlift.md").read_text("utf-8")
    file = tmp_path / "deadlift.md"
    here = edition_of(source, file)
    assert edition_of(source.replace("\n", "\r\n"), file) == here
    assert edition_of("\ufeff" + source, file) == here
    assert edition_of(source.replace("\n---\n", "\n# for later\n---\n", 1), file) == here
    head, body = source.split("\n---\n", 1)
    word = next(word for word in body.split() if word.isalpha())
    assert edition_of(f"{head}\n---\n{body.replace(word, word + word, 1)}", file) != here


@pytest.mark.parametrize("url", ["https://northside.example", "https://northside.example/"])
def test_its_page_has_a_short_address(url: str):
    assert edition_url(url, "3f9a1c20") == "https://northside.example/e/3f9a1c20"

"""An edition id says which words a reader holds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from pipeline.model.nodes import Disclaimer, Paragraph, Span, Text
from pipeline.model.publication import Publication
from pipeline.publication.edition import ALPHABET, edition
from tests.publications import sample

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
    "the contact": replace(PUBLICATION, imprint=replace(PUBLICATION.imprint, contact="other@northside.example")),
}
UNCHANGED = {
    "the theme": replace(PUBLICATION, theme="other"),
    "the paper": replace(PUBLICATION, paper="Letter"),
    "the source's path": replace(PUBLICATION, sources=("articles/elsewhere.md",)),
    "the brand's colour": replace(PUBLICATION, imprint=replace(PUBLICATION.imprint, colour="#123456")),
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

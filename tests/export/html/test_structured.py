"""A page's structured data are what schema.org's own vocabulary allows, and say what the article says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import schema_org
from lxml import html

from pipeline.export.html import FORMAT
from pipeline.model.nodes import ListItem, OrderedList
from pipeline.profiles import load_profiles
from pipeline.publication import article_publication
from pipeline.source import read_pictures
from tests.articles import load_snippet
from tests.desk import SLUGS, Desk
from tests.publications import chapter, item, paragraph, sample, section, text, with_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.publication import Publication


SOUND = [file.read_text("utf-8") for file in sorted((Path(__file__).parents[2] / "corpus" / "base").glob("*.md"))]
"""Sound articles, of every type."""


def read(markup: bytes) -> dict[str, Any]:
    [block] = html.document_fromstring(markup).xpath("//script[@type='application/ld+json']")
    data: dict[str, Any] = json.loads(block.text)
    return data


def structured(publication: Publication) -> dict[str, Any]:
    return read(FORMAT.export(publication)[0].data)


def faults(thing: dict[str, Any], where: str = "") -> Iterator[str]:
    """What the vocabulary does not allow: unknown types, properties of other types, values of the wrong type."""
    kind = getattr(schema_org, thing["@type"])
    known = {row.schema_name: row for each in kind.__mro__ for row in each.__dict__.get("SCHEMA_PROPERTIES", ())}
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        if name not in known or known[name].superseded_by:
            yield f"{where}{thing['@type']} has no {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from _value_faults(each, set(known[name].ranges), f"{where}{name}: ")


def _value_faults(value: object, allowed: set[str], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        if not allowed & set(getattr(schema_org, value["@type"]).SCHEMA_TYPES):
            yield f"{where}no {value['@type']} is allowed"
        yield from faults(value, where)
    elif isinstance(value, int):
        if not allowed & {"Integer", "Number"}:
            yield f"{where}no number is allowed"
    elif allowed <= {"Date", "DateTime"}:
        date.fromisoformat(str(value))
    elif not allowed & {"Text", "URL", "Date", "DateTime", "Distance", "Language", "PropertyValue"}:
        yield f"{where}no text is allowed"


def test_the_vocabulary_is_really_asked() -> None:
    wrong = {"@type": "Article", "lastReviewed": "2026-03-02", "author": {"@type": "Thing"}, "about": "Squats"}
    assert list(faults(wrong)) == [
        "Article has no lastReviewed",
        "author: no Thing is allowed",
        "about: no text is allowed",
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_data_of_every_page_are_of_the_vocabulary(built: Desk, slug: str) -> None:
    data = read((built.out / "html" / f"{slug}.html").read_bytes())
    assert list(faults(data)) == []
    assert data["@context"] == "https://schema.org"


@pytest.mark.parametrize("profile", sorted(set(load_profiles(None)) - {"newsletter"}))
def test_the_data_of_every_type_of_article_are_of_the_vocabulary_and_tell_its_steps(
    profile: str, tmp_path: Path
) -> None:
    source = next(text for text in SOUND if f"\nprofile: {profile}\n" in text)
    article, context = load_snippet(source, tmp_path)
    publication = article_publication(
        article,
        config=context.config,
        kinds=context.disclaimers,
        library=context.library,
        pictures=read_pictures(tmp_path / "content", article, ""),
        source="articles/example.md",
        section_kinds={},
    )
    data = structured(publication)
    assert list(faults(data)) == []
    steps = [step["text"] for guide in data["mainEntity"].get("hasPart", ()) for step in guide["step"]]
    shown = html.document_fromstring(FORMAT.export(publication)[0].data).xpath("//ol[contains(@class, 'steps')]/li")
    assert len(steps) == len(shown)


def test_every_property_that_is_ever_written_is_of_the_vocabulary() -> None:
    assert list(faults(structured(sample()))) == []


def test_a_page_is_a_reviewed_medical_page_about_its_article() -> None:
    data = structured(sample())
    assert data["@type"] == "MedicalWebPage"
    assert data["lastReviewed"] == "2026-03-02"
    assert data["reviewedBy"]["name"] == "Dr Cleo Muster"
    article = data["mainEntity"]
    assert article["@type"] == "Article"
    assert [author["name"] for author in article["author"]] == ["Ada Example", "Ben Sample"]
    assert article["version"] == "3f9a1c20"
    assert article["image"]["width"] == "420 px"


def test_the_steps_of_a_technique_are_a_how_to() -> None:
    [guide] = structured(sample())["mainEntity"]["hasPart"]
    assert (guide["@type"], guide["name"]) == ("HowTo", "Are hip thrusts good for your lower back? – How to do it")
    assert [step["position"] for step in guide["step"]] == [1, 2, 3, 4, 5]
    assert guide["step"][2] == {
        "@type": "HowToStep",
        "position": 3,
        "text": "Set your feet hip-width apart. Your shins are upright at the top. Your toes may turn out a little.",
    }


def test_a_labelled_step_has_a_name_and_a_list_may_start_anywhere() -> None:
    steps = OrderedList((item("Breathe in.", label="Brace"), ListItem((), text("Lift"))), start=4)
    publication = with_body(section(2, "Technique", "technique", steps, role="technique"))
    [guide] = structured(publication)["mainEntity"]["hasPart"]
    assert guide["step"] == [
        {"@type": "HowToStep", "position": 4, "name": "Brace", "text": "Breathe in."},
        {"@type": "HowToStep", "position": 5, "text": "Lift"},
    ]


def test_lists_of_other_sections_are_no_steps() -> None:
    publication = with_body(section(2, "Sources", "sources", OrderedList((item("A book."),)), role="sources"))
    assert "hasPart" not in structured(publication)["mainEntity"]


def test_what_an_article_lacks_is_left_out() -> None:
    bare = replace(
        chapter(), reviewer=None, reviewed=None, cover="", body=(paragraph("Text."),), topics=(), keywords=()
    )
    data = structured(sample(bare))
    assert not {"reviewedBy", "lastReviewed"} & set(data)
    assert not {"image", "about", "keywords", "hasPart"} & set(data["mainEntity"])


def test_the_data_cannot_end_their_element() -> None:
    evil = replace(sample(chapter(title="</script><script>alert(1)</script>")), title="</script><!--")
    markup = FORMAT.export(evil)[0].data
    assert markup.count(b"<script") == 1
    assert read(markup)["name"] == "</script><!--"

"""Merge fields: what editors may write, and what readers see whose name is not known."""

from __future__ import annotations

import pytest

from pipeline.model.merge_fields import filled, mistakes, normal, without_address


@pytest.mark.parametrize("text", ["", "No field.", "{{name}}", "{{ name | our member }}, hello {{name}}", "{ a } {b}"])
def test_fields_that_there_are_pass(text: str):
    assert list(mistakes(text)) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hi {{nmae}}", (3, 11)),
        ("{{email}}", (0, 9)),
        ("{{name|a|b}}", (0, 12)),
        ("{{name|<b>}}", (0, 12)),
        ("{{name|}}", (0, 9)),
        ("{{}}", (0, 4)),
        ("a {{name", (2, 4)),
        ("name}} b", (4, 6)),
        ("{{name\n}}", (0, 2)),
    ],
)
def test_what_only_looks_like_one_is_told_at_its_place(text: str, place: tuple[int, int]):
    first = next(mistakes(text))
    assert (first.start, first.end) == place
    assert first.message
    assert first.help


def test_every_field_gets_words_to_fall_back_to():
    assert normal("{{name}}, {{ name | dear friend }}", "member") == "{{name|member}}, {{name|dear friend}}"
    assert filled("{{name|member}}, {{name|dear friend}}") == "member, dear friend"


def test_the_readers_address_stays_a_field():
    assert filled("https://a.example/?x={{email}}") == "https://a.example/?x={{email}}"


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://a.example/u?address={{email}}", "https://a.example/u"),
        ("https://a.example/u?list=1&address={{email}}", "https://a.example/u?list=1"),
        ("https://a.example/u?address={{email}}&list=1", "https://a.example/u?list=1"),
        ("https://a.example/u/{{email}}", "https://a.example/u/"),
        ("https://a.example/u", "https://a.example/u"),
    ],
)
def test_an_address_without_its_reader_still_leads_somewhere(address: str, bare: str):
    assert without_address(address) == bare

"""SVG: size, what is cleaned away and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.source.pictures import DamagedError, media_type_of, read_picture
from pipeline.source.pictures.svg import SVG
from tests.source.cases import cases


@cases("pictures/svg.yaml")
def test_a_document_is_read_or_refused(case: dict[str, Any]):
    data = case["svg"].replace("{ns}", SVG).encode()
    assert media_type_of(data) == "image/svg+xml"
    if "refused" in case:
        with pytest.raises(DamagedError) as caught:
            read_picture(data, "image/svg+xml")
        assert str(caught.value).startswith(case["refused"])
        return
    read = read_picture(data, "image/svg+xml")
    assert [read.width, read.height] == case["size"]
    text = read.data.decode()
    assert [part for part in case.get("keeps", []) if part not in text] == []
    assert [part for part in case.get("drops", []) if part in text] == []


def test_entities_that_explode_are_refused_at_once():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "x" * 10}">' for n in range(12))
    data = f'<!DOCTYPE svg [{entities}]><svg xmlns="{SVG}"><text a="&a11;">&a11;</text></svg>'.encode()
    with pytest.raises(DamagedError):
        read_picture(data, "image/svg+xml")


@pytest.mark.parametrize("link", ['<use href="#{}"/>', '<rect fill="url(#{})"/>'])
def test_parts_that_double_each_other_are_refused_at_once(link: str):
    groups = "".join(f'<g id="a{n}">{link.format(f"a{n - 1}") * 10}</g>' for n in range(1, 60))
    data = f'<svg xmlns="{SVG}" width="9" height="9"><g id="a0"><rect/></g>{groups}</svg>'.encode()
    with pytest.raises(DamagedError, match="more than 100,000 shapes"):
        read_picture(data, "image/svg+xml")


def test_a_long_chain_of_parts_is_followed_without_recursion():
    chain = "".join(f'<use id="a{n}" href="#a{n - 1}"/>' for n in range(1, 5_000))
    data = f'<svg xmlns="{SVG}" width="9" height="9"><g id="a0"/>{chain}</svg>'.encode()
    with pytest.raises(DamagedError, match="more than 100,000 shapes"):
        read_picture(data, "image/svg+xml")


def test_nesting_without_end_is_refused():
    with pytest.raises(DamagedError):
        read_picture(f'<svg xmlns="{SVG}">'.encode() + b"<g>" * 100_000, "image/svg+xml")


def test_an_element_with_too_many_attributes_is_refused_at_once():
    attributes = " ".join(f'a{number}="x"' for number in range(200_000))
    with pytest.raises(DamagedError, match="its <svg> has more than 1,000 attributes"):
        read_picture(f'<svg xmlns="{SVG}" {attributes}/>'.encode(), "image/svg+xml")

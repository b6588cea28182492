"""What the pipeline prints is what its schemas say."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.model.json import article_json
from pipeline.report import Report
from pipeline.report.json import document
from pipeline.schemas import SCHEMAS
from pipeline.workspace import open_workspace
from tests.editions.entries import lines, reinstated, released, withdrawn
from tests.findings import finding

ROOT = Path(__file__).parent.parent


def validator(name: str) -> Draft202012Validator:
    schema = SCHEMAS[name]()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_one_and_can_be_printed(name: str):
    validator(name)
    json.dumps(SCHEMAS[name]())


def test_the_model_of_every_article_fits_its_schema():
    for article in open_workspace(ROOT / "content").articles:
        form: dict[str, Any] = json.loads(json.dumps(article_json(article)))
        errors = [error.message[:200] for error in validator("article").iter_errors(form)]
        assert errors == []


def test_the_article_schema_refuses_a_node_that_does_not_exist():
    article = open_workspace(ROOT / "content").articles[0]
    form = json.loads(json.dumps(article_json(article)))
    form["body"].append({"type": "RawHtml", "value": "<b>"})
    assert not validator("article").is_valid(form)


def test_a_diagnostic_fits_its_schema():
    (row,) = document(Report((finding(),), 1))["diagnostics"]
    validator("diagnostic").validate(row)


def test_the_sample_publisher_fits_its_schema():
    validator("publisher").validate(tomllib.loads((ROOT / "content" / "publisher.toml").read_text("utf-8")))


def test_every_line_of_a_record_of_editions_fits_its_schema():
    for line in lines([released("3f9a1c20"), withdrawn(), reinstated()]):
        validator("editions").validate(json.loads(line))
        assert not validator("editions").is_valid({**json.loads(line), "event": "praised"})

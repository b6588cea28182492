"""What is kept of an article comes back as it was, or not at all."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipeline.examination import examine
from pipeline.records import Record, compact, from_json, to_json
from pipeline.source import Shelved, content_resources
from pipeline.workspace import open_workspace
from tests.desk import AS_OF, CONTENT


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Those of the real articles."""
    workspace = open_workspace(CONTENT, as_of=AS_OF)
    found = (article for article in workspace.articles if isinstance(article, Shelved))
    return [examine(workspace, content_resources(CONTENT), article.whole()) for article in found]


def test_a_record_comes_back_as_it_was(records: list[Record]):
    assert records
    for record in records:
        assert compact(record) == record
        assert compact(pickle.loads(pickle.dumps(record))) == record  # noqa: S301 -- our own
        assert from_json(json.loads(json.dumps(to_json(record)))) == record


def changed(value: Any, change: Callable[[Any], Any]) -> Iterator[Any]:
    """A value in each of whose places, in turn, there is something else."""
    if isinstance(value, dict):
        for key in value:
            yield {name: part for name, part in value.items() if name != key}
            yield from ({**value, key: other} for other in changed(value[key], change))
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from ([*value[:at], other, *value[at + 1 :]] for other in changed(part, change))
    yield change(value)


@pytest.mark.parametrize("other", [None, -1, 2**40, "x", [], {}, [[]], {"a": 1}])
def test_what_is_damaged_is_refused_and_ends_nothing(records: list[Record], other: Any):
    for value in changed(json.loads(json.dumps(to_json(records[0]))), lambda _: other):
        assert isinstance(from_json(value), Record | None)

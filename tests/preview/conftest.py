"""A desk on the real content, open for all tests that only look at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import httpx
import pytest

from tests.desk import AS_OF, CONTENT
from tests.preview.desks import OpenDesk, opened_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(CONTENT, folder / "content")
    with opened_desk(folder, "--as-of", AS_OF.isoformat()) as opened:
        yield opened


@pytest.fixture
def editor(desk: OpenDesk) -> Iterator[httpx.Client]:
    """Who came in by the address that the desk printed."""
    with httpx.Client(base_url=desk.address, timeout=120) as client:
        client.get("/", params={"token": desk.token})
        yield client

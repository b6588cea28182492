"""A project with a built issue, and a mail server that takes it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.delivery.issue import build
from tests.delivery.post import PostOffice, post_office


@pytest.fixture
def issued(tmp_path: Path) -> Path:
    """A folder with a proven issue in ``build/``."""
    build(tmp_path / "build")
    return tmp_path


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server without encryption."""
    with post_office() as running:
        yield running


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Issues certificates."""
    return trustme.CA()


@pytest.fixture(scope="session")
def trusted(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that says whom to trust."""
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture(scope="session")
def certified(authority: trustme.CA) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate for this computer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context

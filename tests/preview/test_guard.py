"""The desk answers whoever opened it, and nobody else."""

from __future__ import annotations

import re
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from tests.preview.desks import OpenDesk

pytestmark = pytest.mark.xdist_group("desk")

ARTICLE = "/work/articles/deadlift.md"
FIX = "/fix/all/articles/deadlift.md"


def test_the_printed_address_leads_in_and_the_token_leaves_the_address(desk: OpenDesk):
    with httpx.Client(base_url=desk.address) as client:
        first = client.get("/", params={"token": desk.token})
        assert (first.status_code, first.headers["location"]) == (303, "/")
        cookie = first.headers["set-cookie"].lower()
        assert all(word in cookie for word in ("httponly", "samesite=strict"))
        assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "address", ["/", ARTICLE, "/view/html/deadlift.html", "/events", "/static/desk.js", "/?token=guess"]
)
def test_nothing_is_answered_without_the_token(desk: OpenDesk, address: str):
    assert httpx.get(f"{desk.address}{address}").status_code == 403


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Host": "desk.attacker.example"}, 421),
        ({"Host": "127.0.0.1:1"}, 421),
        ({"Host": ""}, 421),
        ({"Origin": "https://attacker.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_requests_from_elsewhere_are_refused_with_the_token_too(
    editor: httpx.Client, headers: dict[str, str], code: int
):
    assert editor.get("/", headers=headers).status_code == code


def test_only_the_desks_own_form_can_ask_for_a_change(editor: httpx.Client, desk: OpenDesk):
    assert editor.post(FIX, data={"token": desk.token}).status_code == 403  # no Origin
    forged = editor.post(FIX, data={"token": desk.token, "digest": "0"}, headers={"Origin": desk.address})
    assert "the form is not of this desk" in forged.text
    assert editor.post(FIX, content=b"x" * 5000, headers={"Origin": desk.address}).status_code == 413
    assert editor.post(ARTICLE, headers={"Origin": desk.address}).status_code == 405


def test_pages_run_their_own_script_only_and_frames_none(editor: httpx.Client):
    own = editor.get(ARTICLE).headers["content-security-policy"]
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(own.split("; "))
    shown = editor.get("/view/html/deadlift.html").headers["content-security-policy"]
    assert {"default-src 'none'", "sandbox allow-same-origin", "frame-ancestors 'self'"} <= set(shown.split("; "))
    assert "script-src" not in shown
    assert editor.get("/").headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    [
        "/work/../pyproject.toml",
        "/work/articles/..%2f..%2f..%2fetc%2fpasswd",
        "/work/publisher.toml",
        "/work/articles",
        "/work/articles/none.md",
        "/view/..%2f..%2fpublisher.toml",
        "/view/html/none.html",
        "/view/pdf/none.pdf",
        "/static/..%2fguard.py",
        "/fix/all/articles/none.md",
        "/fix/none/articles/deadlift.md",
        "/none",
    ],
)
def test_there_is_nothing_else_to_be_had(editor: httpx.Client, address: str):
    answer = editor.get(address, follow_redirects=True)
    assert answer.status_code == 404
    assert re.search(r"<h1>", answer.text)


def test_it_listens_on_this_machine_alone(desk: OpenDesk):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; tells the address that others reach this machine at
        outward = probe.getsockname()[0]
    if outward.startswith("127."):
        outward = "127.0.0.2"
    with socket.socket() as visitor:
        visitor.settimeout(5)
        assert visitor.connect_ex((outward, urlsplit(desk.address).port)) != 0

"""The message: headers, both parts, pictures, and the same bytes each time."""

from __future__ import annotations

import email
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default

import pytest

from pipeline.export import FORMATS
from pipeline.export.newsletter.message import message
from pipeline.model.publication import Issue, Publication
from tests.desk import Desk
from tests.newsletters import SLUG
from tests.validators.mail import faults, validate_mail

pytestmark = pytest.mark.xdist_group("newsletter")


def opened(data: bytes) -> EmailMessage:
    found = email.message_from_bytes(data, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def part(found: EmailMessage, subtype: str) -> str:
    body = found.get_body((subtype,))
    assert body is not None
    return str(body.get_content())


def made(publication: Publication, **changes: object) -> bytes:
    """A short message with another subject, sender or unsubscribe address."""
    assert publication.issue is not None
    issue: Issue = replace(publication.issue, **changes)  # type: ignore[arg-type]  # of whichever field
    html = "<html lang=en><title>N</title><p>Words.</p></html>"
    return message(replace(publication, issue=issue), issue, html, "Words.\n", [])


def test_the_built_message_keeps_to_the_rules_of_mail(issue: Desk):
    assert validate_mail([issue.out / "newsletters" / SLUG / "message.eml"]) == []


def test_its_headers_say_who_sends_which_issue_and_how_to_leave(issue: Desk):
    found = opened((issue.out / "newsletters" / SLUG / "message.eml").read_bytes())
    edition = issue.listed()[f"newsletters/{SLUG}/message.eml"]["edition"]
    assert found["From"] == "Northside Strength <news@northside.example>"
    assert found["Subject"] == "{{name|Hello}}, is your back ready for winter training?"
    assert found["Date"] == "Fri, 20 Nov 2026 00:00:00 +0000", "the issue's own day, no clock's"
    assert found["Message-ID"] == f"<{SLUG}.{edition}@northside.example>"
    assert found["List-Id"] == "<news.northside.example>"
    assert found["List-Unsubscribe"] == "<https://northside.example/unsubscribe?address={{email}}>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["Content-Language"] == "en-GB"


def test_fields_wait_in_the_message_and_are_filled_in_what_is_shown(issue: Desk):
    folder = issue.out / "newsletters" / SLUG
    found = opened((folder / "message.eml").read_bytes())
    for subtype in ("plain", "html"):
        assert "Hello {{name|member}}," in part(found, subtype)
    assert "https://northside.example/unsubscribe?address={{email}}" in part(found, "plain")
    assert "https://northside.example/unsubscribe?address=%7B%7Bemail%7D%7D" in part(found, "html")
    for name in ("email.html", "email.txt", "index.html"):
        shown = (folder / name).read_text("utf-8")
        assert "Hello member," in shown
        assert "{{" not in shown
        assert "%7B" not in shown


@pytest.mark.parametrize(
    "subject",
    [
        "¿Qué hace el empuje de cadera? Todo lo que hay que saber, paso a paso, sin prisa y con cuidado",
        "深蹲" * 40,
        "{{name|miembro}}: más fuerza ☃",
        "x" * 300,
        "Trailing =?utf-8?q?encoded?= word",
        'Quotes " and \\ and , and <angles>',
        "🏋️‍♀️ " * 30 + "end",
    ],
)
def test_any_subject_comes_through(publication: Publication, subject: str):
    data = made(publication, subject=subject)
    assert str(opened(data)["Subject"]) == subject.strip()
    assert list(faults(data)) == []


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Gimnasio Peñón <news@northside.example>", "Gimnasio Peñón"),
        ("Strength, Ltd. <news@northside.example>", "Strength, Ltd."),
        ("news@northside.example", "Northside Strength"),
        ("=?utf-8?q?X=0D=0ABcc:y?= <news@northside.example>", "=?utf-8?q?X=0D=0ABcc:y?="),
        ("Ü" * 15 + " <news@northside.example>", "Ü" * 15),
    ],
)
def test_any_senders_name_comes_through(publication: Publication, sender: str, name: str):
    data = made(publication, sender=sender)
    (address,) = opened(data)["From"].addresses
    assert (address.display_name, address.addr_spec) == (name, "news@northside.example")
    assert list(faults(data)) == []


@pytest.mark.parametrize("length", [1, 20, 60, 200, 900])
def test_an_unsubscribe_address_of_any_length_is_never_encoded(publication: Publication, length: int):
    address = f"https://northside.example/{'u' * length}?address={{{{email}}}}"
    data = made(publication, unsubscribe=address)
    assert opened(data)["List-Unsubscribe"].strip() == f"<{address}>"
    assert list(faults(data)) == []


def test_the_same_issue_is_the_same_bytes(publication: Publication):
    first, second = (FORMATS["newsletter"].export(publication) for _ in range(2))
    assert [(file.path, file.data) for file in first] == [(file.path, file.data) for file in second]

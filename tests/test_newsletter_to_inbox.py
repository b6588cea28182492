"""From an issue's file to its readers' inboxes: built, rehearsed, tried and sent, and every message opened as it arrived."""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from urllib.parse import quote

import pytest

from pipeline.cli import main
from pipeline.delivery.addresses import parse_address
from pipeline.delivery.letter import read_letter
from tests.delivery.post import post_office
from tests.desk import Desk
from tests.newsletters import SLUG
from tests.validators.mail import faults

LIST = """\
email,name,language,consent,unsubscribed
zoe+news@members.example,"Zoë O'Brien <b>",en-GB,2026-01-05,
o'brien&x=y@members.example,"Berg, J. ""Jo"" & Co",en,2026-01-05,
josé@bücher.example,José,,2026-01-05,
plain@members.example,,,2026-01-05,
Zoe+News@Members.Example,again,,2026-01-05,
left@members.example,Left,,2026-01-05,2026-02-01
silent@members.example,Silent,,,
"""
NAMES = {
    "zoe+news@members.example": "Zoë O'Brien <b>",
    "o'brien&x=y@members.example": 'Berg, J. "Jo" & Co',
    "josé@xn--bcher-kva.example": "José",
    "plain@members.example": "",
}
pytestmark = pytest.mark.xdist_group("newsletter")
TEST = "zoe.test+1@members.example"
LEAVE = "https://northside.example/unsubscribe?address="
TOKEN = re.compile(r"\{\{\s*\w+|%7B%7B", re.IGNORECASE)
"""The start of a field. Rules of style close with two braces, and none begins with them."""


@dataclass(frozen=True)
class Arrived:
    """A message as a reader's mail program opens it."""

    to: str
    data: bytes
    message: EmailMessage

    def part(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        assert body is not None
        return str(body.get_content())


@dataclass(frozen=True)
class Sent:
    """What the commands said, and what arrived."""

    rehearsal: str
    calls: int
    """Connections that the rehearsal made."""
    summary: str
    again: str
    test: Arrived
    letters: tuple[Arrived, ...]


@pytest.fixture(scope="module")
def sent(issue: Desk, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The real issue, tried with one address and sent to four readers; three more rows are passed over."""
    folder = tmp_path_factory.mktemp("send")
    (folder / "members.csv").write_text(LIST, "utf-8")
    with post_office(enable_SMTPUTF8=True) as office, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("signal.signal", lambda *_: None)
        command = ["--content", str(issue.content), "send", SLUG, "--out", str(issue.out), "--ledger", "sent.sqlite"]
        command += ["--to", "members.csv", "--smtp", f"smtp://127.0.0.1:{office.port}"]
        rehearsal, calls = told(command), office.connections
        told([*command, "--test", f"Zoë O'Brien <{TEST}>"])
        summary, again = told([*command, "--yes"]), told([*command, "--yes"])
    test, *letters = (Arrived(one.to, one.data, one.message) for one in office.received)
    return Sent(rehearsal, calls, summary, again, test, tuple(letters))


def told(command: list[str]) -> str:
    """What a command that goes well prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code in (0, None)
    return out.getvalue()


def test_each_reader_gets_it_once_and_a_rehearsal_calls_nobody(sent: Sent):
    assert "4 would get it now" in sent.rehearsal
    assert sent.calls == 0
    assert sent.test.to == TEST
    assert [one.to for one in sent.letters] == list(NAMES)
    assert "4 sent" in sent.summary
    assert "4 have it already" in sent.again


def test_every_message_keeps_to_the_rules_of_mail(sent: Sent):
    for one in (sent.test, *sent.letters):
        # an address with other letters stands in its header as it is (RFC 6532), which the rules of old have no word for
        assert list(faults(one.data.replace("josé".encode(), b"jose"))) == []


def test_each_name_stands_in_header_subject_and_both_parts_as_its_place_demands(sent: Sent):
    for one in sent.letters:
        name = NAMES[one.to]
        shown, opening = name or "member", name or "Hello"
        (to,) = one.message["To"].addresses
        assert (to.display_name, to.addr_spec.encode("utf-8", "surrogateescape").decode()) == (name, one.to)
        assert one.message["Subject"] == f"{opening}, is your back ready for winter training?"
        assert f"Hello {shown}," in one.part("plain")
        assert f">Hello {escape(shown)}," in one.part("html")
        assert f"<title>{escape(opening)}, is your back" in one.part("html")
    assert sent.test.message["Subject"] == "[Test] Zoë O'Brien, is your back ready for winter training?"


def test_each_reader_leaves_by_an_address_of_their_own(sent: Sent):
    for one in (sent.test, *sent.letters):
        leave = LEAVE + quote(one.to, safe="")
        assert one.message["List-Unsubscribe"] == f"<{leave}>"
        assert one.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert re.findall(rf"{re.escape(LEAVE)}[^\s\"]*", one.part("html")) == [leave]
        assert re.findall(rf"{re.escape(LEAVE)}\S*", one.part("plain")) == [leave]


def test_no_field_is_left_over_anywhere(sent: Sent):
    for one in (sent.test, *sent.letters):
        headers = "".join(f"{name}: {value}\n" for name, value in one.message.items())
        assert TOKEN.findall(headers + one.part("plain") + one.part("html")) == []


def test_each_message_is_known_by_edition_and_reader(sent: Sent, issue: Desk):
    edition = issue.listed()[f"newsletters/{SLUG}/message.eml"]["edition"]
    letter = read_letter((issue.out / "newsletters" / SLUG / "message.eml").read_bytes(), str(edition))
    ids = [str(one.message["Message-ID"]) for one in sent.letters]
    assert ids == [letter.message_id(parse_address(one.to)) for one in sent.letters], "the same for each try"
    assert len({*ids, str(sent.test.message["Message-ID"])}) == 5
    assert all(re.fullmatch(rf"<{SLUG}\.{edition}\.[0-9a-f]{{20}}@northside\.example>", found) for found in ids)


def test_every_picture_arrives_whole_and_is_shown(sent: Sent, issue: Desk):
    folder = issue.out / "newsletters" / SLUG / "images"
    for one in sent.letters:
        parts = [part for part in one.message.walk() if part.get_content_maintype() == "image"]
        assert {part.get_filename(): part.get_content() for part in parts} == {
            file.name: file.read_bytes() for file in folder.iterdir()
        }
        shown = re.findall(r'src="cid:([^"]+)"', one.part("html"))
        assert sorted(f"<{cid}>" for cid in shown) == sorted(str(part["Content-ID"]) for part in parts)


def test_what_is_the_same_for_all_is_as_it_was_proven(sent: Sent, issue: Desk):
    for name, kind in (("email.txt", "plain"), ("email.html", "html")):
        shown = (issue.out / "newsletters" / SLUG / name).read_text("utf-8")
        one = next(one for one in sent.letters if not NAMES[one.to])
        arrived = re.sub(rf"\?address={quote(one.to, safe='')}", "", one.part(kind))
        arrived = re.sub(r"cid:([^\"@]+\.png)[^\"]*", r"images/\1", arrived)
        assert arrived.replace("\r\n", "\n").strip() == shown.strip()

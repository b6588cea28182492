"""Each letter says the member's name and address where the message has a field, escaped as its place demands."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.delivery.addresses import Address, parse_address
from pipeline.delivery.letter import Letter, read_letter
from pipeline.delivery.members import LONGEST_NAME, clean
from pipeline.errors import ContentError
from tests.delivery.issue import EDITION, MESSAGE

NOW = datetime(2026, 6, 2, 8, 30, tzinfo=UTC)
ANNA = parse_address("anna+news@members.example")
LETTER = read_letter(MESSAGE, EDITION)


def written(name: str, address: Address = ANNA, letter: Letter = LETTER) -> EmailMessage:
    message = message_from_bytes(letter.fill(address, name, NOW), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_name_is_written_into_subject_and_both_parts():
    message = written("Zoë Müller")
    assert message["Subject"] == "Zoë Müller: water, tea, café"
    assert message["To"].addresses[0].display_name == "Zoë Müller"
    assert message["To"].addresses[0].addr_spec == ANNA.text
    assert "Dear Zoë Müller,\n" in part(message, "plain")
    assert "<title>Zoë Müller</title>" in part(message, "html")


def test_markup_in_a_name_stays_text():
    message = written('<b>O\'Neil</b> & "Co"')
    assert 'Dear <b>O\'Neil</b> & "Co",' in part(message, "plain")
    assert "Dear &lt;b&gt;O&#x27;Neil&lt;/b&gt; &amp; &quot;Co&quot;," in part(message, "html")
    assert 'title="&lt;b&gt;O&#x27;Neil&lt;/b&gt; &amp; &quot;Co&quot;"' in part(message, "html")


def test_values_in_addresses_are_percent_encoded():
    message = written("A & B")
    assert message["List-Unsubscribe"] == (
        "<mailto:leave@northside.example?subject=leave%20anna%2Bnews%40members.example>,"
        " <https://northside.example/leave?who=anna%2Bnews%40members.example>"
    )
    wanted = "https://northside.example/read?who=A%20%26%20B&{}to=anna%2Bnews%40members.example"
    assert wanted.format("") in part(message, "plain")
    assert wanted.format("amp;") in part(message, "html")


@pytest.mark.parametrize("name", ["Jose", "Berg, J. (Joe)", 'J "Joe" Berg', "José"])
def test_a_name_goes_before_an_address_with_letters_beyond_ascii(name: str):
    (mailbox,) = written(name, parse_address("josé@bücher.example"))["To"].addresses
    assert mailbox.display_name == name
    assert mailbox.addr_spec.encode("utf-8", "surrogateescape").decode() == "josé@xn--bcher-kva.example"


def test_a_member_without_a_name_gets_the_fallback():
    message = written("")
    assert message["Subject"] == "Friends: water, tea, café"
    assert message["To"] == ANNA.text
    assert "Dear reader,\n" in part(message, "plain")
    assert "Dear reader &amp; friend," in part(message, "html")
    assert "read?who=dear%20reader&amp;" in part(message, "html")


def test_a_name_that_looks_like_a_field_is_not_filled():
    message = written("{{email}}")
    assert "Dear {{email}}," in part(message, "plain")
    assert message["Subject"] == "{{email}}: water, tea, café"


def test_everything_else_is_as_it_was_proven():
    before, after = message_from_bytes(MESSAGE, policy=policy.default), written("Anna")
    for header in ("From", "List-Id", "List-Unsubscribe-Post", "MIME-Version", "Content-Type"):
        assert after[header] == before[header]
    pictures = [list(message.walk())[-1].get_content() for message in (before, after)]
    assert pictures[0] == pictures[1]
    assert [part.get_content_type() for part in after.walk()] == [part.get_content_type() for part in before.walk()]
    data = LETTER.fill(ANNA, "Anna", NOW)
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert data.count(b"\r\nDate: ") == 1


def test_the_date_is_the_day_it_is_sent_and_the_id_the_member_s_own():
    assert written("Anna")["Date"].datetime == NOW
    ids = {address: written("", parse_address(address))["Message-ID"] for address in ("a@b.example", "c@b.example")}
    assert len(set(ids.values())) == 2
    assert written("other name", parse_address("A@B.example"))["Message-ID"] == ids["a@b.example"]
    assert ids["a@b.example"].startswith("<k3x9q2m4.june.")


def test_a_test_is_marked_and_is_another_message():
    message = message_from_bytes(LETTER.fill(ANNA, "Anna", NOW, test=True), policy=policy.default)
    assert message["Subject"] == "[Test] Anna: water, tea, café"
    assert message["Message-ID"] != written("Anna")["Message-ID"]


@pytest.mark.parametrize("name", ["Anna\r\nBcc: all@members.example", "A\nB", "A\rB", "A\0", "A\u2028B"])
def test_a_line_break_in_a_name_never_reaches_a_header(name: str):
    with pytest.raises(ContentError, match="control character"):
        LETTER.fill(ANNA, name, NOW)
    with pytest.raises(ValueError, match="control character"):
        clean("name", name)


@settings(deadline=None)
@given(st.text(max_size=LONGEST_NAME))
def test_any_name_that_is_let_in_comes_out_as_it_was(name: str):
    try:
        name = clean("name", name)
        name.encode()
    except (ValueError, UnicodeEncodeError):
        return
    data = LETTER.fill(ANNA, name, NOW)
    head = data.partition(b"\r\n\r\n")[0]
    # A line that is longer is one word, such as an address, that nothing may break.
    assert all(len(line) <= 78 or b" " not in line.partition(b" ")[2] for line in head.split(b"\r\n"))
    raw = message_from_bytes(data)
    to = str(raw["To"]).replace("\r\n", "").removesuffix(f"<{ANNA.text}>").rstrip()
    quoted = re.fullmatch(r'"(.*)"', to)
    shown = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else str(make_header(decode_header(to)))
    assert shown == (name or ANNA.text)
    assert len(raw.keys()) == len(LETTER.headers) + 5


BROKEN = [
    (b"{{name|reader}}", b"{{nmae|reader}}", r"the field {{nmae\|reader}}, which no member has"),
    (b"{{name}}</title>", b"{{first_name}}</title>", "the field {{first_name}}, which no member has"),
    (b"Subject: ", b"X-Subject: ", "the message has no subject"),
    (b"From: ", b"X-From: ", "the message's From is no address"),
    (b"=?utf-8?b?e3t", b"=?utf-8?q?Hi=0D=0ABcc:=20x@y.example?= =?utf-8?b?e3t", "Subject holds"),
]


@pytest.mark.parametrize(("old", "new", "words"), BROKEN)
def test_a_message_that_is_no_letter_is_refused(old: bytes, new: bytes, words: str):
    with pytest.raises(ContentError, match=words):
        read_letter(MESSAGE.replace(old, new), EDITION)


def test_a_message_of_one_part_and_without_fields_is_sent_as_it_is():
    plain = b"From: a@b.example\r\nSubject: Hi\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n.\r\nHello\r\n"
    message = written("Anna", letter=read_letter(plain, "k3x9q2m4"))
    assert part(message, "plain") == ".\nHello\n"
    assert message["Message-ID"].startswith("<k3x9q2m4.")

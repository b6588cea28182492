"""Proof of a finished message: what is taken out, moved, hidden or cut off is told."""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default

import pytest

from pipeline.errors import ProofError
from pipeline.export import FORMATS
from pipeline.export.newsletter.proof import CLIP
from pipeline.model.proof import OutputFile, Proof
from pipeline.model.publication import Publication
from pipeline.verify import prove, requirements

pytestmark = pytest.mark.xdist_group("newsletter")


@pytest.fixture(scope="session")
def made(publication: Publication) -> dict[str, OutputFile]:
    return {file.path.rpartition("/")[2]: file for file in FORMATS["newsletter"].export(publication)}


def proven(made: dict[str, OutputFile], publication: Publication) -> Proof:
    data = {file.path: file.data for file in made.values()}
    return prove(made["message.eml"], "newsletter", requirements(publication), data.get)


def problems(made: dict[str, OutputFile], publication: Publication) -> str:
    with pytest.raises(ProofError) as caught:
        proven(made, publication)
    return caught.value.message


def with_part(file: OutputFile, subtype: str, change: Callable[[str], str]) -> OutputFile:
    """The message with one part's text changed."""
    message = email.message_from_bytes(file.data, policy=default)
    assert isinstance(message, EmailMessage)
    part = message.get_body((subtype,))
    assert isinstance(part, EmailMessage)
    before = str(part.get_content())
    after = change(before)
    assert after != before
    part.set_content(after, subtype=subtype, cte="quoted-printable")
    return replace(file, data=message.as_bytes())


INFO = "It is not medical advice"
STEP = "Rest the lower edge of your shoulder blades"


def without_box(html: str) -> str:
    return re.sub(r'<td[^>]*id="editors-note-disclaimer-clearance".*?</td>', "<td></td>", html, flags=re.DOTALL)


def after_steps(text: str) -> str:
    """The text with the general disclaimers at its end."""
    text = text.replace("\r\n", "\n")
    start, end = text.index("Safety information\n==="), text.index("Do hip thrusts strengthen the lower back?\n===")
    return text[:start] + text[end:] + text[start:end]


def test_a_finished_message_is_proven_in_both_parts(made: dict[str, OutputFile], publication: Publication):
    rows = proven(made, publication).disclaimers
    assert [row.kind for row in rows] == ["info", "clearance", "risk", "supplement", "stop", "emergency"]
    assert all(row.visible and row.before_instructions for row in rows)
    assert rows[0].location == (
        "text/plain, HTML part #editors-note-disclaimer-info, email.html #editors-note-disclaimer-info"
    )


CHANGES: list[tuple[str, str, Callable[[str], str], str]] = [
    (
        "a word of it is gone",
        "plain",
        lambda text: text.replace(INFO, "It is medical advice"),
        "info disclaimer is not in",
    ),
    ("it stands after the steps", "plain", after_steps, "the info disclaimer stands after the first instruction"),
    ("the box is gone", "html", without_box, "HTML part: the clearance disclaimer is not in the page"),
    (
        "it is hidden",
        "html",
        lambda html: html.replace('id="editors-note-disclaimer-info"', 'id="editors-note-disclaimer-info" hidden'),
        "HTML part: the info disclaimer is hidden",
    ),
    (
        "it is as pale as its ground",
        "html",
        lambda html: html.replace("</head>", "<style>.disclaimer p{color:#fff;background:#fff}</style></head>"),
        "HTML part: the info disclaimer",
    ),
    (
        "Gmail cuts it off",
        "html",
        lambda html: html.replace("Days are short", "Days are short " * (CLIP // 15)),
        "HTML part: the info disclaimer is not in the page",
    ),
    (
        "the steps come first",
        "html",
        lambda html: re.sub(r"(<body[^>]*>)", r'\1<p id="creatine-first-instruction">Take five grams.</p>', html),
        "HTML part: the info disclaimer stands after the first instruction",
    ),
    (
        "what to stop for comes after the steps",
        "html",
        lambda html: html.replace('id="hip-thrusts-lower-back-first-instruction"', "").replace(
            'id="hip-thrusts-lower-back-title"',
            'id="hip-thrusts-lower-back-title"><span id="hip-thrusts-lower-back-first-instruction">Lift.</span><i',
        ),
        "HTML part: the stop disclaimer stands after",
    ),
]


@pytest.mark.parametrize(
    ("subtype", "change", "told"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_what_is_wrong_with_a_part_is_told(
    made: dict[str, OutputFile], publication: Publication, subtype: str, change: Callable[[str], str], told: str
):
    broken = {**made, "message.eml": with_part(made["message.eml"], subtype, change)}
    assert told in problems(broken, publication)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("email.txt", "disclaimer is not in email.txt"),
        ("email.html", "email.html: the info disclaimer is not in the page"),
    ],
)
def test_the_files_beside_it_are_proven_too(
    made: dict[str, OutputFile], publication: Publication, name: str, told: str
):
    emptied = {**made, name: replace(made[name], data=b"")}
    assert told in problems(emptied, publication)
    without = {file: data for file, data in made.items() if file != name}
    assert told in problems(without, publication)


def test_a_message_that_is_none_is_told(made: dict[str, OutputFile], publication: Publication):
    broken = {**made, "message.eml": replace(made["message.eml"], data=b"From: x\r\n\r\nNothing.\r\n")}
    found = problems(broken, publication)
    assert "the message has no html part" in found
    assert "the info disclaimer is not in the text part" in found


def test_each_article_needs_its_own_words_on_when_to_stop(made: dict[str, OutputFile], publication: Publication):
    """As if a second article in full had lost its box."""
    twice = (*requirements(publication), *(each for each in requirements(publication) if each.kind == "stop"))
    data = {file.path: file.data for file in made.values()}
    with pytest.raises(ProofError, match="the stop disclaimer is not in"):
        prove(made["message.eml"], "newsletter", twice, data.get)

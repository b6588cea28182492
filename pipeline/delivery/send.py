"""Sending an issue: what is proven, to whom, with what memory; and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Literal

from pipeline.delivery.addresses import parse_address
from pipeline.delivery.audience import Audience, Unknown, leave_out_served, read_audience
from pipeline.delivery.connection import Connection, LostError, Patience
from pipeline.delivery.dispatch import Dispatch, Pace, Progress, Stop, Tally
from pipeline.delivery.issue import Issue, read_issue
from pipeline.delivery.ledger import Ledger, look_into_ledger, open_ledger
from pipeline.delivery.letter import Letter, read_letter
from pipeline.delivery.members import clean
from pipeline.delivery.recall import refuse_withdrawn
from pipeline.delivery.server import Server
from pipeline.delivery.signing import Signer, read_signer
from pipeline.errors import DeliveryError, UsageError

Decision = Literal["resend", "skip", "leave"]
Ask = Callable[[Unknown], Decision]
"""Asks what to do with a message of unknown fate."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be sent, to whom, and how."""

    issue: str
    content: Path
    out: Path
    members: Path
    ledger: Path
    today: date
    server: Server | None = None
    """None in a dry run without one."""
    key: Path | None = None
    """A private key to sign with (DKIM)."""
    selector: str | None = None
    pace: Pace = field(default_factory=Pace)
    patience: Patience = field(default_factory=Patience)
    language: str = ""
    """Only to those who want this language, or none in particular."""
    correction: bool = False
    """Also to those who have an earlier edition of the issue."""
    retry_failed: bool = False
    """Also to those who were refused for good."""


@dataclass(frozen=True, slots=True)
class Result:
    """What would be done, or was."""

    issue: Issue
    letter: Letter
    audience: Audience
    tally: Tally | None = None
    """None after a dry run."""

    @property
    def unsent(self) -> int:
        """How many who should have it are still to get it."""
        done = 0 if self.tally is None else self.tally.sent + len(self.tally.failed) + len(self.tally.unknown)
        return len(self.audience.chosen) - done

    @property
    def exit_code(self) -> int:
        """5 where anybody who should have it does not, or may not; 1 where a row of the list cannot be used; else 0."""
        tally = self.tally
        if tally and (tally.problem or tally.unknown or tally.failed or self.unsent):
            return DeliveryError.exit_code
        if tally and (self.audience.failed or self.audience.unknown):
            return DeliveryError.exit_code
        return 1 if self.audience.broken else 0


def rehearse(request: Request) -> Result:
    """Find out who would get the issue, and send nothing. Raises PipelineError where it could not be sent at all."""
    issue, letter = _read(request)
    _signer(request, letter)
    audience = read_audience(request.members, request.today, request.language)
    with look_into_ledger(request.ledger, issue.slug, issue.edition) as ledger:
        _leave_out(request, audience, ledger)
    return Result(issue, letter, audience)


def send(request: Request, ask: Ask, *, stop: Stop, progress: Callable[[int], Progress]) -> Result:
    """Send the issue to all who are to get it and have it not.

    ``progress`` is called with how many these are, and gives what is told how many are done with. What ends the sending
    once it has begun stands in the result; raises PipelineError where it cannot begin.
    """
    issue, letter = _read(request)
    signer = _signer(request, letter)
    audience = read_audience(request.members, request.today, request.language)
    with open_ledger(request.ledger, issue.slug, issue.edition) as ledger:
        _settle(ledger, ask)
        _leave_out(request, audience, ledger)
        if not audience.chosen:
            return Result(issue, letter, audience, Tally())
        with closing(_connect(request)) as connection:
            ledger.queue(member.address for member in audience.members())
            dispatch = Dispatch(
                letter,
                connection,
                ledger,
                pace=request.pace,
                stop=stop,
                signer=signer,
                progress=progress(len(audience.chosen)),
            )
            return Result(issue, letter, audience, dispatch.run(audience.members()))


def send_test(request: Request, to: str) -> str:
    """Send the issue to one address, marked as a test and not noted in the ledger; the server's words.

    ``to`` may have the name that the letter greets: ``Anna Berg <anna@example.org>``. Raises UsageError for what is no
    address, DeliveryError where it is not taken.
    """
    _, letter = _read(request)
    name, bare = parseaddr(to) if "<" in to else ("", to)
    try:
        address, name = parse_address(clean("email", bare)), clean("name", name)
    except ValueError as error:
        raise UsageError(f"--test: {error}", help="Write it like --test you@example.org.") from error
    message = letter.fill(address, name, datetime.now(UTC), test=True)
    if signer := _signer(request, letter):
        message = signer.sign(message)
    with closing(_connect(request)) as connection:
        try:
            answer = connection.deliver(letter.sender.text, address, message, about_to=lambda: None)
        except LostError as error:
            raise DeliveryError(str(error), help=error.help) from error
    if answer.kind != "sent":
        raise DeliveryError(f"the test was not delivered to {address.text}: {answer.text}")
    return answer.text


def _read(request: Request) -> tuple[Issue, Letter]:
    issue = read_issue(request.out, request.issue)
    refuse_withdrawn(request.content, issue.sources)
    return issue, read_letter(issue.data, issue.edition)


def _signer(request: Request, letter: Letter) -> Signer | None:
    """What signs the letter in its sender's name, if anything is to."""
    if request.key is None:
        return None
    if not request.selector:
        raise UsageError("a key without a selector signs nothing", help="Add --dkim-selector NAME.")
    return read_signer(request.key, request.selector, letter.sender.text.partition("@")[2])


def _connect(request: Request) -> Connection:
    """A connection that is open, so that a server that is not there is known before anything is noted."""
    assert request.server is not None
    connection = Connection(request.server, request.patience)
    try:
        connection.open()
    except LostError as error:
        raise DeliveryError(str(error), help=error.help) from error
    return connection


def _settle(ledger: Ledger, ask: Ask) -> None:
    """Have it decided what becomes of the messages whose fate nobody knows."""
    for entry in [entry for entry in ledger.entries() if entry.state == "sending"]:
        match ask(Unknown(entry.key, entry.address, None, entry.changed)):
            case "resend":
                ledger.mark(entry.key, "queued")
            case "skip":
                ledger.mark(entry.key, "skipped")
            case "leave":
                pass


def _leave_out(request: Request, audience: Audience, ledger: Ledger) -> None:
    leave_out_served(audience, ledger, correction=request.correction, retry_failed=request.retry_failed)

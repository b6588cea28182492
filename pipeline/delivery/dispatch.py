"""The loop that sends: one message after the other, at the rate that was asked for, and again what was refused for now."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pipeline.delivery.connection import Answer, Connection, LostError
from pipeline.delivery.ledger import Ledger, State
from pipeline.delivery.letter import Letter
from pipeline.delivery.members import Member
from pipeline.delivery.signing import Signer
from pipeline.errors import DeliveryError

SLICE = 0.1
"""Seconds; how soon a wait notices that it is to stop."""
LONGEST_WAIT = 900
"""Seconds between two tries, at most."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast, and how stubborn."""

    per_second: float | None = None
    """Messages a second; None: as fast as the server takes them."""
    retries: int = 5
    """Further tries of what was refused for now."""
    backoff: float = 1
    """Seconds before the first of them; each later wait is twice as long as the one before."""

    def wait(self, tries: int) -> float:
        """Seconds before the next try, after this many."""
        return min(math.ldexp(self.backoff, tries), LONGEST_WAIT)


@dataclass(slots=True)
class Stop:
    """Set by whoever wants the sending to end after the message that is under way."""

    requested: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """A member who did not get it, and the server's words."""

    line: int
    address: str
    answer: str


@dataclass(slots=True)
class Tally:
    """What was done."""

    sent: int = 0
    failed: list[Trouble] = field(default_factory=list)
    """Refused for good; a later run leaves them out."""
    later: list[Trouble] = field(default_factory=list)
    """Refused for now, each time; a later run tries them again."""
    unknown: list[Trouble] = field(default_factory=list)
    """The connection broke before the server answered."""
    problem: DeliveryError | None = None
    """What ended the sending early."""
    stopped: bool = False


Progress = Callable[[int], None]
"""Called with how many members are done with."""
STATES: dict[str, State] = {"sent": "sent", "later": "queued", "failed": "failed", "unknown": "sending"}


class Dispatch:
    """Sends a letter to members, and writes each step into the ledger."""

    def __init__(
        self,
        letter: Letter,
        connection: Connection,
        ledger: Ledger,
        *,
        pace: Pace,
        stop: Stop,
        signer: Signer | None,
        progress: Progress,
    ) -> None:
        self._letter = letter
        self._connection = connection
        self._ledger = ledger
        self._pace = pace
        self._stop = stop
        self._signer = signer
        self._progress = progress
        self._lost = 0
        self._next = 0.0
        self.tally = Tally()

    def run(self, members: Iterable[Member]) -> Tally:
        """Send to all of them; what ends it early stands in the tally. The members are noted in the ledger before."""
        try:
            self._rounds(members)
        except DeliveryError as problem:
            self.tally.problem = problem
        self.tally.stopped = self._stop.requested
        return self.tally

    def _rounds(self, members: Iterable[Member]) -> None:
        for tries in range(self._pace.retries + 1):
            later = []
            for member in members:
                if self._stop.requested:
                    return
                answer = self._deliver(member)
                if answer.kind == "later":
                    later.append((member, answer.text))
                else:
                    self._count(member, answer)
            self.tally.later = [Trouble(member.line, member.address.text, text) for member, text in later]
            if not later or tries == self._pace.retries:
                return
            members = [member for member, _ in later]
            self._sleep(self._pace.wait(tries))

    def _count(self, member: Member, answer: Answer) -> None:
        trouble = Trouble(member.line, member.address.text, answer.text)
        match answer.kind:
            case "sent":
                self.tally.sent += 1
            case "failed":
                self.tally.failed.append(trouble)
            case _:
                self.tally.unknown.append(trouble)
        self._progress(self.tally.sent + len(self.tally.failed) + len(self.tally.unknown))

    def _deliver(self, member: Member) -> Answer:
        """Hand in one message. A connection that breaks is opened again once, then the member waits for the next round."""
        key = member.address.key
        lost = ""
        for _ in range(2):
            self._keep_rate()
            if self._stop.requested:
                break
            try:
                answer = self._connection.deliver(
                    self._letter.sender.text,
                    member.address,
                    self._message(member),
                    about_to=lambda: self._ledger.mark(key, "sending"),
                )
            except LostError as error:
                lost = str(error)
                self._ledger.mark(key, "queued", lost)
                self._after_loss(error)
                continue
            self._lost = 0
            self._ledger.mark(key, STATES[answer.kind], answer.text)
            return answer
        return Answer("later", lost)

    def _message(self, member: Member) -> bytes:
        message = self._letter.fill(member.address, member.name, datetime.now(UTC))
        return self._signer.sign(message) if self._signer else message

    def _after_loss(self, error: LostError) -> None:
        """Wait before the next try: not at all after the first loss, since servers end long connections as a matter of course."""
        self._lost += 1
        if self._lost > self._pace.retries + 1:
            raise DeliveryError(str(error), help=f"{error.help} Run it again later; it goes on where it was.".strip())
        if self._lost > 1:
            self._sleep(self._pace.wait(self._lost - 2))

    def _keep_rate(self) -> None:
        if self._pace.per_second:
            self._sleep(self._next - time.monotonic())
            self._next = max(self._next, time.monotonic()) + 1 / self._pace.per_second

    def _sleep(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._stop.requested and (left := end - time.monotonic()) > 0:
            time.sleep(min(SLICE, left))

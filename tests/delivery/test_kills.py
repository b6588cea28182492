"""Killed at any moment and run again: nobody gets it twice, nobody is left out."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import threading
import time
from pathlib import Path

from pipeline.delivery.audience import Unknown
from pipeline.delivery.dispatch import Stop
from pipeline.delivery.send import Decision, Request, send
from tests.delivery.issue import members, request
from tests.delivery.post import PostOffice

MEMBERS = 1000
KILLS = 20
SEED = 20260602
LATEST = 0.004
"""Seconds from a step of the protocol to the kill; a message takes about as long."""


def sender(asked: Request, kept: frozenset[str]) -> None:
    """One run; what is of unknown fate is decided by what the server has. Runs in a process of its own."""

    def ask(unknown: Unknown) -> Decision:
        return "skip" if unknown.address in kept else "resend"

    result = send(asked, ask, stop=Stop(), progress=lambda _total: lambda _done: None)
    raise SystemExit(result.exit_code)


class Killer:
    """Ends a process by SIGKILL a moment after the server has seen so many steps."""

    def __init__(self, steps: int, moment: float) -> None:
        self.steps = steps
        self.moment = moment
        self.victim = 0
        self.known = threading.Event()
        self.struck_at = ""

    def aim(self, victim: int) -> None:
        self.victim = victim
        self.known.set()

    def __call__(self, kind: str, _of: str) -> None:
        self.steps -= 1
        if self.steps == 0:
            self.struck_at = kind
            self.known.wait(10)
            threading.Timer(self.moment, os.kill, (self.victim, signal.SIGKILL)).start()


def quiet(office: PostOffice) -> None:
    """Wait until the server has done with what a dead sender left it."""
    while office.open:
        time.sleep(0.002)


def test_20_kills_in_1000_messages_lose_none_and_double_none(issued: Path, office: PostOffice):
    chance = random.Random(SEED)  # noqa: S311 -- repeatable on purpose
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.delivery.test_kills"])
    members(issued / "members.csv", (f"m{number}" for number in range(MEMBERS)))
    asked = request(issued, office.port)
    struck: list[str] = []
    unknown = 0
    while True:
        killer = Killer(
            chance.randrange(1, 320) if len(struck) < KILLS else 0, chance.choice([0, LATEST]) * chance.random()
        )
        office.event = killer
        run = processes.Process(target=sender, args=(asked, frozenset(office.names)))
        run.start()
        killer.aim(run.pid or 0)
        run.join()
        quiet(office)
        if run.exitcode == 0:
            break
        assert run.exitcode == -signal.SIGKILL
        struck.append(killer.struck_at)
        with sqlite3.connect(asked.ledger) as ledger:
            (left,) = ledger.execute("SELECT count(*) FROM deliveries WHERE state = 'sending'").fetchone()
        assert left <= 1
        unknown += left
    assert len(struck) == KILLS
    assert len(office.names) == MEMBERS
    assert set(office.names.values()) == {1}
    assert unknown >= 1

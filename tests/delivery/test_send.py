"""Each member gets the issue once, whatever the server does."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from pipeline.delivery.connection import Patience
from pipeline.delivery.dispatch import Pace, Stop
from pipeline.delivery.ledger import open_ledger
from pipeline.delivery.send import rehearse
from pipeline.errors import DeliveryError
from tests.delivery.issue import EDITION, HEADER, MESSAGE, build, deliver, members, request
from tests.delivery.post import SLOW, PostOffice


def states(project: Path) -> dict[str, str]:
    with sqlite3.connect(project / "sent" / "june.sqlite") as ledger:
        return dict(ledger.execute("SELECT key, state FROM deliveries"))


def test_all_get_it_over_one_connection_and_a_second_send_gives_nobody_another(issued: Path, office: PostOffice):
    names = [f"m{number}" for number in range(40)]
    members(issued / "members.csv", names)
    result = deliver(request(issued, office.port))
    assert (result.exit_code, result.tally and result.tally.sent) == (0, 40)
    assert office.names == {f"{name}@members.example": 1 for name in names}
    assert office.connections == 1
    again = deliver(request(issued, office.port))
    assert (again.exit_code, again.audience.have_it, len(office.received)) == (0, 40, 40)
    assert len({one.message["Message-ID"] for one in office.received}) == 40


def test_a_rehearsal_sends_nothing_and_leaves_no_trace(issued: Path, office: PostOffice):
    members(issued / "members.csv", ["anna", "bo"])
    result = rehearse(request(issued, office.port))
    assert (len(result.audience.chosen), result.tally, office.connections) == (2, None, 0)
    assert not (issued / "sent").exists()


def test_refusals_are_tried_again_or_recorded(issued: Path, office: PostOffice):
    names = ["anna", "gone", "busy2", "busy9", "full", "spam", "hangup", "closing", "slow", "zoe"]
    members(issued / "members.csv", names)
    result = deliver(request(issued, office.port))
    tally = result.tally
    assert tally
    assert sorted(one.to.partition("@")[0] for one in office.received) == sorted(
        ["anna", "busy2", "hangup", "closing", "slow", "zoe"]
    )
    assert [(one.line, one.address, one.answer) for one in tally.failed] == [
        (3, "gone@members.example", "550 5.1.1 no such user"),
        (7, "spam@members.example", "554 5.7.1 we do not like it"),
    ]
    assert [one.answer for one in tally.later] == ["451 4.7.1 come back later", "452 4.2.2 mailbox full"]
    assert result.exit_code == 5
    office.seen["busy9@members.example"] = 9
    again = deliver(request(issued, office.port))
    assert len(office.got("busy9")) == 1
    assert office.seen["gone@members.example"] == 1
    assert [entry.address for _, entry in again.audience.failed] == ["gone@members.example", "spam@members.example"]
    deliver(request(issued, office.port, retry_failed=True))
    assert office.seen["gone@members.example"] == 2


@pytest.mark.parametrize("name", ["mute", "lost", "odd"])
def test_what_was_never_answered_is_asked_about_and_never_sent_again_unasked(
    issued: Path, office: PostOffice, name: str
):
    members(issued / "members.csv", ["anna", name, "zoe"])
    address = f"{name}@members.example"
    first = deliver(request(issued, office.port))
    assert first.tally
    assert [one.address for one in first.tally.unknown] == [address]
    assert (first.exit_code, states(issued)[address]) == (5, "sending")
    left = deliver(request(issued, office.port))
    assert [(one.address, one.line) for one in left.audience.unknown] == [(address, 3)]
    assert (left.exit_code, office.seen[address]) == (5, 1)
    if name == "lost":
        assert deliver(request(issued, office.port), "resend").exit_code == 0
    else:
        assert deliver(request(issued, office.port), "skip").exit_code == 0
    assert office.names == {"anna@members.example": 1, address: 1, "zoe@members.example": 1}


def test_what_broke_off_before_its_end_was_sent_is_sent_again(issued: Path, office: PostOffice):
    large = b"AAAA" * 19 + b"\r\n"
    build(issued / "build", MESSAGE.replace(b"R0lGOD", large * 30_000 + b"R0lGOD"))
    members(issued / "members.csv", ["cut", "zoe"])
    result = deliver(request(issued, office.port))
    assert result.exit_code == 0
    assert office.names == {"cut@members.example": 1, "zoe@members.example": 1}
    assert office.seen["cut@members.example"] == 2


def test_a_server_too_slow_to_answer_leaves_the_fate_unknown(issued: Path, office: PostOffice):
    members(issued / "members.csv", ["slow", "zoe"])
    result = deliver(request(issued, office.port, patience=Patience(5, SLOW / 3)))
    assert result.tally
    assert [one.address for one in result.tally.unknown] == ["slow@members.example"]
    assert len(office.got("zoe")) == 1


def test_a_server_that_ends_long_connections_is_called_again_at_once(issued: Path, office: PostOffice):
    office.per_connection = 3
    names = [f"m{number}" for number in range(10)]
    members(issued / "members.csv", names)
    result = deliver(request(issued, office.port, pace=Pace(retries=1, backoff=60)))
    assert (result.exit_code, len(office.received), office.connections) == (0, 10, 4)


def test_a_server_that_goes_away_ends_the_sending_and_all_else_waits_for_the_next(issued: Path, office: PostOffice):
    members(issued / "members.csv", [f"m{number}" for number in range(10)])

    def fewer_and_fewer(kind: str, _of: str) -> None:
        if kind == "kept" and len(office.received) == 4:
            office.closed = True

    office.event = fewer_and_fewer
    result = deliver(request(issued, office.port, pace=Pace(retries=2, backoff=0.001)))
    assert result.tally
    assert result.tally.problem
    assert "takes no messages for now: 421 4.3.2 closed" in result.tally.problem.message
    assert "goes on where it was" in result.tally.problem.help
    assert (result.exit_code, result.tally.sent, result.unsent) == (5, 4, 6)
    office.closed = False
    assert deliver(request(issued, office.port)).exit_code == 0
    assert sorted(office.names.values()) == [1] * 10


def test_a_server_that_dies_half_way_and_comes_back_gets_the_rest(issued: Path, office: PostOffice):
    members(issued / "members.csv", [f"m{number}" for number in range(30)])

    def die(kind: str, of: str) -> None:
        if (kind, of) in (("rcpt", "m9@members.example"), ("kept", "m20@members.example")) and office.seen[of] == 1:
            office.go_down(0.1)

    office.event = die
    result = deliver(request(issued, office.port, pace=Pace(retries=6, backoff=0.02)))
    assert result.tally
    assert [one.address for one in result.tally.unknown] == ["m20@members.example"]
    assert (result.exit_code, result.tally.sent, result.unsent) == (5, 29, 0)
    assert sorted(office.names.values()) == [1] * 30


def test_the_rate_is_kept(issued: Path, office: PostOffice):
    times: list[float] = []
    office.event = lambda kind, _of: times.append(time.monotonic()) if kind == "mail" else None
    members(issued / "members.csv", [f"m{number}" for number in range(6)])
    deliver(request(issued, office.port, pace=Pace(per_second=25)))
    assert times[-1] - times[0] >= 5 / 25 - 0.02


def test_a_stop_waits_for_the_message_under_way(issued: Path, office: PostOffice):
    members(issued / "members.csv", ["anna", "slow", "zoe"])
    stop = Stop()

    def ask_to_stop(kind: str, of: str) -> None:
        stop.requested |= (kind, of) == ("data", "slow@members.example")

    office.event = ask_to_stop
    result = deliver(request(issued, office.port), stop=stop)
    assert result.tally
    assert (result.tally.stopped, result.tally.sent, result.unsent) == (True, 2, 1)
    assert set(states(issued).values()) == {"sent", "queued"}
    assert deliver(request(issued, office.port)).exit_code == 0


def test_two_sends_at_once_do_not_go(issued: Path, office: PostOffice):
    members(issued / "members.csv", ["anna"])
    ledger = issued / "sent" / "june.sqlite"
    with open_ledger(ledger, "june", EDITION), pytest.raises(DeliveryError, match="another send of this issue"):
        deliver(request(issued, office.port))
    assert rehearse(request(issued, office.port)).exit_code == 0
    assert (office.connections, deliver(request(issued, office.port)).exit_code) == (0, 0)


def test_a_rehearsal_may_look_while_a_send_is_under_way(issued: Path, office: PostOffice):
    members(issued / "members.csv", ["anna", "bo"])
    deliver(request(issued, office.port))
    with open_ledger(issued / "sent" / "june.sqlite", "june", EDITION) as ledger:
        ledger.mark("anna@members.example", "sending")
        seen = rehearse(request(issued, office.port)).audience
    assert ([one.address for one in seen.unknown], seen.have_it) == (["anna@members.example"], 1)


def test_a_new_edition_goes_only_to_those_who_have_none_unless_it_is_a_correction(issued: Path, office: PostOffice):
    members(issued / "members.csv", ["anna"])
    deliver(request(issued, office.port))
    build(issued / "build", MESSAGE.replace(b"water first", b"tea first"), edition="newer")
    members(issued / "members.csv", ["anna", "bo"])
    result = deliver(request(issued, office.port))
    assert (result.exit_code, result.audience.have_earlier) == (0, 1)
    assert office.names == {"anna@members.example": 1, "bo@members.example": 1}
    deliver(request(issued, office.port, correction=True))
    assert office.names == {"anna@members.example": 2, "bo@members.example": 1}


def test_who_leaves_between_two_runs_is_not_written_to(issued: Path, office: PostOffice):
    members(issued / "members.csv", ["busy9", "anna"])
    deliver(request(issued, office.port, pace=Pace(retries=0)))
    office.seen["busy9@members.example"] = 9
    (issued / "members.csv").write_text(
        HEADER.replace("\n", ",unsubscribed\n") + "Busy9@members.example,B,2026-01-05,2026-06-02\n"
    )
    result = deliver(request(issued, office.port))
    assert (result.exit_code, result.audience.unsubscribed, len(office.received)) == (0, 1, 1)


def test_the_ledger_stays_out_of_git_and_out_of_others_sight(issued: Path, office: PostOffice):
    members(issued / "members.csv", ["anna"])
    deliver(request(issued, office.port))
    assert "*" in (issued / "sent" / ".gitignore").read_text().splitlines()
    assert (issued / "sent" / "june.sqlite").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("data", [b"not a database" * 100, b"\0" * 4096])
def test_a_broken_ledger_stops_the_sending_before_it_begins(issued: Path, office: PostOffice, data: bytes):
    members(issued / "members.csv", ["anna"])
    (issued / "sent").mkdir()
    (issued / "sent" / "june.sqlite").write_bytes(data)
    with pytest.raises(DeliveryError, match="ledger of who has the issue cannot be used: file is not a database"):
        deliver(request(issued, office.port))
    assert office.connections == 0

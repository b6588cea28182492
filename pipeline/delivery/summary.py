"""What came of a send, or would: in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.delivery.dispatch import Tally, Trouble
from pipeline.delivery.send import Result
from pipeline.errors import ContentError, DeliveryError, PipelineError

SCHEMA_VERSION = 1
SHOWN = 20
"""How many of a kind are named one by one; the JSON document has them all."""


def text(result: Result, path: Path) -> str:
    """The counts, a line each."""
    audience, tally = result.audience, result.tally
    fields = {field.name: f"{{{{{field.name}}}}}" for field in result.letter.fields}
    subject = result.letter.subject.fill({"name": "", "email": "", **fields})
    lines = [
        f"Issue {result.issue.slug}, edition {result.issue.edition}, from {result.letter.sender.text}: {subject}",
        f"{path}: {audience.rows:,} {'row' if audience.rows == 1 else 'rows'}",
        *(f"{number:>9,} {words}" for number, words in _counts(result) if number),
    ]
    if tally is None:
        lines.append("Nothing was sent. --test you@example.org sends one message to you; --yes sends to all of them.")
    elif tally.stopped:
        lines.append("Stopped; the same command goes on where it was.")
    return "\n".join(lines) + "\n"


def _counts(result: Result) -> Iterator[tuple[int, str]]:
    audience, tally = result.audience, result.tally
    if tally is None:
        yield len(audience.chosen), "would get it now"
        if any(field.name == "name" and field.fallback is None for field in result.letter.fields):
            yield audience.nameless, "of them have no name, where the message writes {{name}} without a fallback"
    else:
        yield tally.sent, "sent"
        yield len(tally.failed), "failed: the server refused them for good"
        yield len(tally.later), "put off: the server refused them for now"
        yield len(tally.unknown), "of unknown fate: the connection broke before the server answered"
        yield result.unsent - len(tally.later), "still to be sent"
    yield audience.have_it, "have it already"
    yield audience.have_earlier, "have an earlier edition of it (--correction sends this one too)"
    yield len(audience.failed), "failed at an earlier try (--retry-failed tries again)"
    yield len(audience.unknown), "of unknown fate since an earlier try"
    yield audience.skipped, "of unknown fate, and skipped"
    yield audience.no_consent, "passed over: no date of consent"
    yield audience.unsubscribed, "passed over: unsubscribed"
    yield audience.other_language, "passed over: another language"
    yield audience.duplicates, "named before in the list, counted once"
    yield len(audience.broken), "cannot be used"


def problems(result: Result, path: Path) -> Iterator[PipelineError]:
    """What went wrong, each with its row and what to do."""
    audience, tally = result.audience, result.tally or Tally()
    for row in audience.broken[:SHOWN]:
        yield ContentError(row.problem, path=path, line=row.line)
    if len(audience.broken) > SHOWN:
        yield ContentError(f"and {len(audience.broken) - SHOWN:,} more rows that cannot be used", path=path)
    yield from _troubles("not delivered to {}: {}", tally.failed, path)
    yield from _troubles("put off, {}: {}", tally.later, path)
    yield from _troubles("of unknown fate, {}: {}", tally.unknown, path)
    earlier = [Trouble(line, entry.address, entry.answer) for line, entry in audience.failed]
    yield from _troubles("not delivered to {} at an earlier try: {}", earlier, path)
    for one in audience.unknown[:SHOWN]:
        message = f"of unknown fate, {one.address}: handed over on {one.since}, then the sending broke off"
        yield DeliveryError(message, path=path, line=one.line)
    unknown = len(tally.unknown) + len(audience.unknown)
    if unknown:
        yield DeliveryError(
            f"{unknown:,} {'message is' if unknown == 1 else 'messages are'} of unknown fate, and not sent again unasked",
            help="Ask the reader or look into the server's log; then --resend-unknown sends again, --skip-unknown does not.",
        )
    if tally.problem:
        yield tally.problem


def _troubles(words: str, troubles: Iterable[Trouble], path: Path) -> Iterator[PipelineError]:
    rows = list(troubles)
    for row in rows[:SHOWN]:
        yield DeliveryError(words.format(row.address, row.answer), path=path, line=row.line)
    if len(rows) > SHOWN:
        yield DeliveryError(f"and {len(rows) - SHOWN:,} more like that", path=path)


def document(result: Result) -> dict[str, Any]:
    """The whole summary as JSON, with every row that needs attention."""
    audience, tally = result.audience, result.tally or Tally()
    return {
        "schema_version": SCHEMA_VERSION,
        "issue": result.issue.slug,
        "edition": result.issue.edition,
        "dry_run": result.tally is None,
        "counts": {
            "rows": audience.rows,
            "to_send": len(audience.chosen),
            "sent": tally.sent,
            "unsent": result.unsent,
            "have_it": audience.have_it,
            "have_earlier": audience.have_earlier,
            "skipped": audience.skipped,
            "no_consent": audience.no_consent,
            "unsubscribed": audience.unsubscribed,
            "other_language": audience.other_language,
            "duplicates": audience.duplicates,
        },
        "refused": [asdict(row) for row in audience.broken],
        "failed": [asdict(row) for row in tally.failed]
        + [{"line": line, "address": entry.address, "answer": entry.answer} for line, entry in audience.failed],
        "later": [asdict(row) for row in tally.later],
        "unknown": [asdict(row) for row in tally.unknown]
        + [
            {"line": one.line, "address": one.address, "answer": f"handed over on {one.since}"}
            for one in audience.unknown
        ],
        "problem": None if tally.problem is None else tally.problem.message,
        "stopped": tally.stopped,
    }

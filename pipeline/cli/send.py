"""``pipeline send``: a newsletter issue, by mail to its members."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import rich_click as click
from click.exceptions import Exit

from pipeline.cli.completion import issues
from pipeline.cli.console import Settings, error
from pipeline.cli.progress import progress
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.delivery.audience import Unknown
    from pipeline.delivery.dispatch import Progress, Stop
    from pipeline.delivery.send import Ask, Decision, Request

UNITS = {"s": 1, "m": 60, "h": 3600}


class Rate(click.ParamType[float]):
    """Messages a second, from ``5``, ``5/s``, ``300/m`` or ``2000/h``."""

    name = "rate"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the rate, or fail with the forms it may have."""
        found = re.fullmatch(r"(\d+(?:\.\d+)?)(?:/([smh]))?", str(value))
        if not found or not float(found[1]):
            self.fail(f"{value!r} is not a rate like 5/s, 300/m or 2000/h", param, ctx)
        return float(found[1]) / UNITS[found[2] or "s"]


@click.command()
@click.argument("issue", shell_complete=issues)
@click.option("--to", "members", metavar="CSV", type=click.Path(path_type=Path), help="The members' list.")
@click.option("--smtp", metavar="URL", help="The mail server: smtp://HOST[:PORT] (STARTTLS) or smtps://HOST[:PORT].")
@click.option("--yes", is_flag=True, help="Send. Without it the command only says what it would do.")
@click.option("--test", metavar="ADDRESS", help="Send one message to this address, with [Test] in its subject.")
@click.option(
    "--out", default="build", show_default=True, type=click.Path(path_type=Path), help="Where the issue was built."
)
@click.option(
    "--ledger", metavar="FILE", type=click.Path(path_type=Path), help="Who has what; default: sent/ISSUE.sqlite."
)
@click.option(
    "--language", metavar="TAG", default="", help="Only to those who want this language, or none in particular."
)
@click.option("--rate", type=Rate(), metavar="N[/s|/m|/h]", help="Messages a second (minute, hour), at most.")
@click.option("--retries", type=click.IntRange(0, 20), default=5, show_default=True, help="Further tries after a 4xx.")
@click.option(
    "--backoff",
    type=click.FloatRange(0),
    default=1.0,
    show_default=True,
    help="Seconds before the first of them; then twice as many.",
)
@click.option("--resend-unknown", is_flag=True, help="Send again what broke off before the server had answered.")
@click.option("--skip-unknown", is_flag=True, help="Take what broke off before the server had answered as sent.")
@click.option("--retry-failed", is_flag=True, help="Try those again whom the server refused for good.")
@click.option("--correction", is_flag=True, help="Send also to those who have an earlier edition of this issue.")
@click.option("--plain", is_flag=True, help="No encryption: for a server in a network of your own, without a password.")
@click.option(
    "--ca-file", metavar="PEM", type=click.Path(path_type=Path), help="Certificates to trust, instead of the system's."
)
@click.option("--dkim-key", metavar="PEM", type=click.Path(path_type=Path), help="Sign with this private key (DKIM).")
@click.option("--dkim-selector", metavar="NAME", help="The name before ._domainkey in your DNS.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on stdout.")
@click.pass_obj
def send(  # noqa: PLR0913 -- one parameter an option
    settings: Settings,
    issue: str,
    members: Path | None,
    smtp: str | None,
    *,
    yes: bool,
    test: str | None,
    out: Path,
    ledger: Path | None,
    language: str,
    rate: float | None,
    retries: int,
    backoff: float,
    resend_unknown: bool,
    skip_unknown: bool,
    retry_failed: bool,
    correction: bool,
    plain: bool,
    ca_file: Path | None,
    dkim_key: Path | None,
    dkim_selector: str | None,
    as_json: bool,
) -> None:
    """Send a built newsletter to its members, each of them once.

    Says what it would do, unless there is --yes. The message is the one that `pipeline build newsletter` proved. Rows of
    the list without a date of consent, and those who have unsubscribed, are passed over. Who has it is written down as it
    goes, so after a crash the same command goes on where it was. A user's name and password are taken from
    PIPELINE_SMTP_USER and PIPELINE_SMTP_PASSWORD, or the keyring.

    Exits 0 when all have it, 1 when a row cannot be used, 2 for wrong usage, 3 for a list in another encoding, 4 when the
    message is not the proven one, 5 when somebody did not get it.

    \b
    Examples:
      pipeline send 2026-06 --to members.csv
      pipeline send 2026-06 --smtp smtp://mail.example.org --test you@example.org
      pipeline send 2026-06 --to members.csv --smtp smtp://mail.example.org --yes
      pipeline send 2026-06 --to members.csv --smtp smtps://mail.example.org --yes --rate 300/m
    """  # noqa: D301 -- click reads \b itself
    from pipeline.delivery.dispatch import Pace
    from pipeline.delivery.send import Request
    from pipeline.delivery.server import read_server

    if smtp is None and (yes or test is not None):
        raise UsageError("no mail server is named", help="Add --smtp smtp://HOST:PORT.")
    if members is None and test is None:
        raise UsageError("no members' list is named", help="Add --to members.csv.")
    if resend_unknown and skip_unknown:
        raise UsageError("--resend-unknown and --skip-unknown exclude each other", help="Leave one of them away.")
    request = Request(
        issue=issue,
        content=settings.content_path,
        out=out,
        members=members or Path(),
        ledger=_ledger(ledger, settings.content_path, out, issue),
        today=date.today(),  # noqa: DTZ011 -- the sender's own calendar day
        server=None if smtp is None else read_server(smtp, plain=plain, certificates=ca_file),
        key=dkim_key,
        selector=dkim_selector,
        pace=Pace(rate, retries, backoff),
        language=language,
        correction=correction,
        retry_failed=retry_failed,
    )
    if test is not None:
        _test(request, test, as_json=as_json)
        return
    decision: Decision | None = "resend" if resend_unknown else "skip" if skip_unknown else None
    raise Exit(_run(request, decision, yes=yes, as_json=as_json))


def _test(request: Request, address: str, *, as_json: bool) -> None:
    import json

    from pipeline.delivery.send import send_test

    answer = send_test(request, address)
    shown = json.dumps(
        {"schema_version": 1, "issue": request.issue, "test": address, "answer": answer}, ensure_ascii=False
    )
    click.echo(shown if as_json else f"Sent a test to {address}; the server says: {answer}")


def _run(request: Request, decision: Decision | None, *, yes: bool, as_json: bool) -> int:
    import json

    from pipeline.delivery import summary
    from pipeline.delivery.send import rehearse
    from pipeline.delivery.send import send as run

    if yes:
        with _stopping() as (stop, received), _progress() as progress:
            result = run(request, _asking(decision), stop=stop, progress=progress)
    else:
        result, received = rehearse(request), []
    if as_json:
        click.echo(json.dumps(summary.document(result), ensure_ascii=False, indent=1))
    else:
        click.echo(summary.text(result, request.members), nl=False)
    for problem in summary.problems(result, request.members):
        error(problem)
    return 128 + received[0] if received else result.exit_code


def _ledger(given: Path | None, content: Path, out: Path, issue: str) -> Path:
    """Beside the content tree, never below ``build/``, which anybody may empty."""
    ledger = given or Path(os.path.relpath(content.resolve().parent / "sent" / f"{issue}.sqlite"))
    if out.resolve() in ledger.resolve().parents:
        raise UsageError(
            f"the ledger {ledger} must not lie below {out}/, which `make clean` empties",
            help="Without it everybody would get the issue again. Name a file elsewhere.",
        )
    return ledger


def _asking(decision: Decision | None) -> Ask:
    """What becomes of messages of unknown fate: as the options say, as the person at the terminal says, else they stay."""

    def ask(unknown: Unknown) -> Decision:
        if decision is not None:
            return decision
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return "leave"
        click.echo(
            f"The message to {unknown.address} was handed over on {unknown.since}, and then the sending broke off."
            " Whether it arrived is not known.",
            err=True,
        )
        choices = click.Choice(["again", "skip", "later"])
        words: dict[str, Decision] = {"again": "resend", "skip": "skip", "later": "leave"}
        return words[click.prompt("Send it again, skip it, or decide later?", type=choices, default="later", err=True)]

    return ask


@contextmanager
def _stopping() -> Iterator[tuple[Stop, list[int]]]:
    """Let Ctrl-C and SIGTERM wait for the answer to the message under way; a second one does not wait."""
    from pipeline.delivery.dispatch import Stop

    stop = Stop()
    received: list[int] = []

    def ask_to_stop(number: int, _frame: FrameType | None) -> None:
        if received:
            raise KeyboardInterrupt
        received.append(number)
        stop.requested = True
        os.write(2, b"\nStopping after this message; once more stops at once.\n")

    before = {number: signal.signal(number, ask_to_stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop, received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _progress() -> Iterator[Callable[[int], Progress]]:
    """A progress bar that begins with the sending, so that it is in the way of no question."""
    with ExitStack() as stack:

        def begin(total: int) -> Progress:
            show = stack.enter_context(progress("sending"))
            return lambda done: show(done, total, "")

        yield begin

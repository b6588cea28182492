"""``pipeline release``, ``trace`` and ``withdraw``: what readers were given, and what has become of it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click
from click.exceptions import Exit

from pipeline.cli.build import FORMATS
from pipeline.cli.completion import slugs
from pipeline.cli.console import Settings, as_of_option

if TYPE_CHECKING:
    from pipeline.trace import Traced
    from pipeline.withdraw import Change

SCHEMA_VERSION = 1


def _today(day: date | None) -> date:
    return day or date.today()  # noqa: DTZ011 -- the day on the publisher's own calendar


@click.command()
@click.argument("paths", metavar="[PATHS]", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--out", default="build", show_default=True, type=click.Path(path_type=Path), help="Where the outputs are."
)
@as_of_option
@click.pass_obj
def release(settings: Settings, paths: tuple[Path, ...], out: Path, *, as_of: date | None) -> None:
    """Write down what is given to readers: the finished files in build/, in content/editions.jsonl.

    Run it before you print, mail or publish. Each line says which edition it is, its file's hash, and which disclaimers
    were proven in it; each is chained to the line before, so that a record that somebody edits is found out. Done twice
    it adds nothing. Exits 4, and writes nothing, when a file in build/ fails its proof or is not what the content says now.

    \b
    Examples:
      pipeline release
      pipeline release content/articles/deadlift.md
    """  # noqa: D301 -- click reads \b itself
    from pipeline.build import Request
    from pipeline.editions import EDITIONS
    from pipeline.release import release as run
    from pipeline.report.summary import plural

    done = run(Request(settings.content_path, out, FORMATS, paths, as_of=as_of), _today(as_of))
    for entry in done.added:
        click.echo(f"released edition {entry.id} of {entry.slug} ({entry.format})")
    record = settings.content_path / EDITIONS
    if not done.added:
        click.echo(f"Nothing new: {plural(done.already, 'file')} in {out}/ are in {record} already.")
        return
    click.echo(
        f"{plural(len(done.added), 'file')} written down in {record}. Keep it in version control; `pipeline build html`"
        " makes the page that says how each edition stands."
    )


@click.command()
@click.argument("named", metavar="FILE|ID")
@click.option("--json", "as_json", is_flag=True, help="Print what is known as JSON on stdout.")
@click.pass_obj
def trace(settings: Settings, named: str, *, as_json: bool) -> None:
    """Say which edition a file or a printed id is, and whether it may still be used.

    A PDF, EPUB, page or e-mail is known by what it says inside, whatever it is called now. An id can be typed in
    capitals, with o for 0 and l for 1. Exits 0 when it is current, 1 when it was superseded or withdrawn, or the file was
    altered, 2 when there is no such file or no such edition.

    \b
    Examples:
      pipeline trace handout.pdf
      pipeline trace 3F9A-1C20
      pipeline trace --json build/pdf/deadlift.pdf
    """  # noqa: D301 -- click reads \b itself
    from pipeline.trace import trace as run

    traced = run(settings.content_path, named)
    if as_json:
        click.echo(json.dumps(_json(traced), ensure_ascii=False, indent=1, default=date.isoformat))
    else:
        _say(traced)
    raise Exit(0 if traced.safe else 1)


@click.command()
@click.argument("slug", shell_complete=slugs)
@click.option("--reason", metavar="TEXT", default="", help="What was wrong, in words for readers.")
@click.option("--undo", is_flag=True, help="Take back the last withdrawal: it was a mistake.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@as_of_option
@click.pass_obj
def withdraw(settings: Settings, slug: str, *, reason: str, undo: bool, yes: bool, as_of: date | None) -> None:
    """Withdraw an article: it is no longer built, and its page and those of its editions say so, with the reason.

    Writes a line in content/editions.jsonl, and `status: withdrawn` in the article's metadata. Books and
    newsletters that hold it do not pass before it is taken out; articles that link to it get a warning. To publish it
    again, correct the text and set `status: ready`; what was withdrawn stays so. Only if nothing was wrong, use --undo.

    \b
    Examples:
      pipeline withdraw creatine --reason "The dose in step 2 was ten times too high."
      pipeline withdraw creatine --undo
    """  # noqa: D301 -- click reads \b itself
    from pipeline.withdraw import find
    from pipeline.withdraw import undo as take_back
    from pipeline.withdraw import withdraw as run

    if undo == bool(reason.strip()):
        raise click.UsageError("Give either --reason TEXT, which readers will see, or --undo.")
    if sys.stdin.isatty() and not yes:
        subject = find(settings.content_path, slug)
        if not click.confirm(f"{'Put back' if undo else 'Withdraw'} “{subject.title}”?", err=True):
            click.echo("Nothing was changed.")
            return
    if undo:
        _changed(settings, take_back(settings.content_path, slug, _today(as_of)), undone=True)
    else:
        _changed(settings, run(settings.content_path, slug, reason, _today(as_of)), undone=False)


def _changed(settings: Settings, change: Change, *, undone: bool) -> None:
    from pipeline.editions import EDITIONS
    from pipeline.report.summary import plural

    subject = change.subject
    if change.source:
        was = f"status: {'as it was' if undone else 'withdrawn'}"
        click.echo(f"{change.source.path}: {was}")
    if change.entry:
        ids = {entry.id for entry in subject.released}
        what = "current again" if undone else "called back"
        click.echo(f"{settings.content_path / EDITIONS}: {plural(len(ids), 'edition')} {what}")
    if not change.source and not change.entry:
        click.echo(f"{subject.slug} is withdrawn already.")
    elif undone:
        click.echo(f"“{subject.title}” is no longer withdrawn. `pipeline build` makes it again.")
    else:
        click.echo(
            f"“{subject.title}” is withdrawn. `pipeline build` takes its files away and puts a notice in the place of its"
            " page; `pipeline check` names the articles that link to it."
        )


def _say(traced: Traced) -> None:
    standing, first = traced.standing, traced.standing.edition
    click.echo(f"Edition {traced.id}: “{first.title}”, {first.kind} {first.slug}")
    for entry in standing.releases:
        wordings = ", ".join(f"{each.kind} {each.version}" for each in entry.disclaimers) or "none"
        click.echo(f"  {entry.format}, released {entry.released}; disclaimers: {wordings}")
    if standing.withdrawal:
        why, since = standing.withdrawal.reason, standing.withdrawal.since
        click.echo(f"withdrawn{f' on {since}' if since else ''}: {why or 'its metadata says so, without a reason'}")
    if standing.newer:
        newer = standing.newer
        verb = "newer" if standing.withdrawal else "superseded by"
        click.echo(f"{verb}: edition {newer.id}, released {newer.released}")
    if standing.state == "current":
        click.echo("current: nothing newer was released")
    if traced.release:
        click.echo(f"the file is, byte for byte, the {traced.release.format} released on {traced.release.released}")
    elif traced.altered:
        click.echo("altered: the file says it is that edition, but these bytes were never released")


def _json(traced: Traced) -> dict[str, Any]:
    standing, first = traced.standing, traced.standing.edition
    file = {"path": traced.path, "sha256": traced.sha256, "altered": traced.altered} if traced.path else None
    return {
        "schema_version": SCHEMA_VERSION,
        **{key: getattr(first, key) for key in ("id", "slug", "kind", "title", "language")},
        "state": standing.state,
        "releases": [asdict(entry) for entry in standing.releases],
        "newer": asdict(standing.newer) if standing.newer else None,
        "withdrawn": asdict(standing.withdrawal) if standing.withdrawal else None,
        "file": file,
    }

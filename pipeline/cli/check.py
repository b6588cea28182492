"""``pipeline check``: diagnostics only."""

from __future__ import annotations

import gc
import sys
from datetime import date
from pathlib import Path

import rich_click as click
from click.exceptions import Exit

from pipeline.cli.completion import codes as code_names
from pipeline.cli.console import OneOf, Settings, as_of_option, styler
from pipeline.cli.progress import progress
from pipeline.errors import ContentError, UnreadableError, UsageError

FORMS = ("text", "json", "sarif", "junit", "github")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=OneOf(FORMS), default="text", show_default=True, help="Form of the report.")
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    shell_complete=code_names,
    help="Only these checks: codes or their beginnings, D01,S.",
)
@click.option("--ignore", multiple=True, metavar="CODES", shell_complete=code_names, help="All but these checks.")
@click.option("--fix", is_flag=True, help="Mend what can be mended by itself, then check again.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--undo", is_flag=True, help="Put files back as they were before --fix, a fix on the desk, or import --force."
)
@as_of_option
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes; default: one a processor.")
@click.option("--verbose", is_flag=True, help="Also say why each disclaimer is wanted.")
@click.pass_obj
def check(  # noqa: PLR0913 -- one parameter an option
    settings: Settings,
    paths: tuple[Path, ...],
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    *,
    fix: bool,
    diff: bool,
    undo: bool,
    as_of: date | None,
    jobs: int | None,
    verbose: bool,
) -> None:
    """Check articles, newsletters and books, and say what is wrong, where, and how to mend it.

    PATHS are files or folders below the content tree; none means all of it. Exits 0 when no finding is an error, 1 when
    one is, 2 for wrong usage, 3 when a file cannot be read at all.

    \b
    Examples:
      pipeline check
      pipeline check content/articles/deadlift.md --verbose
      pipeline check --select D,S01 --format json
      pipeline check --diff
      pipeline check --fix content/articles/deadlift.md
      pipeline check --undo content/articles/deadlift.md
      pipeline check --format sarif > findings.sarif
    """  # noqa: D301 -- click reads \b itself
    from pipeline.examination import check_all
    from pipeline.report import FORMATTERS, text
    from pipeline.workers import Workers
    from pipeline.workspace import Texts, open_workspace, reasons, refused, report

    # articles leave no cycles: looking for some took a twentieth of the time, and found none
    gc.set_threshold(1_000_000)
    if undo:
        _put_back(settings, paths, alone=not (fix or diff or select or ignore))
        return
    try:
        workspace = open_workspace(settings.content_path, paths, as_of=as_of)
    except (ContentError, UnreadableError) as problem:
        if form == "text" or diff:
            raise
        click.echo(FORMATTERS[form](refused(problem)), nl=False)
        raise Exit(problem.exit_code) from None
    if fix or diff:
        from pipeline.mend import mend

        mended = list(mend(workspace, codes(select), codes(ignore)))
        if diff:
            click.echo("".join(change.diff() for change in mended), nl=False)
            return
        for change in mended:
            change.write(settings.content_path)
            click.echo(f"mended {change.path}", err=True)
        if mended:
            click.echo("`pipeline check --undo` with the same paths takes that back.", err=True)
        workspace = open_workspace(settings.content_path, paths, as_of=as_of)
    with Workers(jobs, warm="pipeline.examination") as workers, progress("checking") as show:
        checked = list(check_all(workspace, codes(select), codes(ignore), workers, show))
    if workspace.newsletters or workspace.books:
        from pipeline.books import Books
        from pipeline.held import Held
        from pipeline.newsletters import Newsletters

        held = Held(workspace, () if select or ignore else checked)
        for holders in (Newsletters(workspace, held), Books(workspace, held)):
            checked += holders.check(codes(select), codes(ignore))
    found = report(workspace, checked)
    if form == "text":
        style = styler(sys.stdout)
        shown = Texts(one.article for one in checked if one.diagnostics)
        click.echo(text.render(found, shown, style), nl=False)
        if verbose:
            click.echo(reasons(workspace), nl=False)
    else:
        click.echo(FORMATTERS[form](found), nl=False)
    raise Exit(3 if workspace.unreadable else 1 if found.errors else 0)


def _put_back(settings: Settings, paths: tuple[Path, ...], *, alone: bool) -> None:
    """Put back what was there before; a file that was edited since becomes what --undo would put back next."""
    from pipeline.undo import put_back

    if not alone:
        raise UsageError(
            "--undo goes with paths alone", help="Write: pipeline check --undo content/articles/deadlift.md"
        )
    for path in put_back(settings.content_path, paths):
        click.echo(f"put back {path}", err=True)


def codes(given: tuple[str, ...]) -> list[str]:
    """Codes given as ``--select D01,S --select R``."""
    return [code for part in given for code in part.replace(",", " ").split()]

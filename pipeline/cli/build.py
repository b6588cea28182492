"""``pipeline build``: check, export, prove, record."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click
from click.exceptions import Exit

from pipeline.cli.completion import words_or_paths
from pipeline.cli.console import OneOf, Settings, as_of_option, error, styler
from pipeline.cli.progress import progress, timetable
from pipeline.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from pipeline.build import Result

FORMATS = ("html", "pdf", "epub", "newsletter")
LAYOUTS = ("standard", "handout", "large-print", "booklet", "cards")
LAYOUT_HELP = (
    "How PDFs are laid out: handout, one sheet with what a member needs; large-print, 18 points and up; booklet, to print "
    "on both sides and fold; cards, four to a sheet."
)


@click.command()
@click.argument(
    "arguments",
    metavar="[html|pdf|epub|newsletter|all] [PATHS]",
    nargs=-1,
    shell_complete=words_or_paths((*FORMATS, "all")),
)
@click.option("--out", default="build", show_default=True, type=click.Path(path_type=Path), help="Where outputs go.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes; default: one a processor.")
@click.option(
    "--executor",
    default="local",
    show_default=True,
    metavar="local|dask://HOST:PORT",
    help="Where files are made: on this machine, or by the workers of a Dask scheduler.",
)
@click.option("--paper", type=OneOf(["A4", "Letter", "A5"]), help="Paper of PDFs; default: publisher.toml's.")
@click.option("--layout", type=OneOf(LAYOUTS), default="standard", show_default=True, help=LAYOUT_HELP)
@click.option(
    "--for", "names", multiple=True, metavar="NAME", help="A handout with this name on it; as often as you like."
)
@click.option(
    "--for-csv", "name_list", type=click.Path(path_type=Path), metavar="FILE", help="One for each row; column `name`."
)
@click.option("--standalone", is_flag=True, help="Make each web page one file, with styles, fonts and pictures in it.")
@click.option("--drafts", is_flag=True, help="Also build articles whose status is draft.")
@click.option("--force", is_flag=True, help="Build everything anew, also what has not changed.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first article that fails.")
@click.option("--explain", is_flag=True, help="Say of each file why it is made, or is not.")
@click.option("--timings", is_flag=True, help="Say how long each stage took.")
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON on stdout.")
@click.pass_obj
def build(  # noqa: PLR0913 -- one parameter an option
    settings: Settings,
    arguments: tuple[str, ...],
    out: Path,
    *,
    jobs: int | None,
    executor: str,
    paper: Any,
    layout: Any,
    names: tuple[str, ...],
    name_list: Path | None,
    standalone: bool,
    drafts: bool,
    force: bool,
    fail_fast: bool,
    explain: bool,
    timings: bool,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Check articles, newsletters and books, export what is sound, and prove each finished file.

    An article with errors is not exported, and its earlier outputs are taken away; the others are built all the same.
    Exits 0 when all went well, 1 when an article has errors, 2 for wrong usage, 3 when a file cannot be read, 4 when an
    export failed or a finished file failed its proof.

    \b
    Examples:
      pipeline build                                  all formats of all articles
      pipeline build pdf
      pipeline build pdf content/articles/deadlift.md --paper Letter
      pipeline build html content/articles/deadlift.md --standalone
      pipeline build newsletter content/newsletters/winter-2026.md
      pipeline build pdf content/books/strong-backs.toml
      pipeline build all --out /srv/www --jobs 4
      pipeline build all --executor dask://10.0.0.5:8786
      pipeline build --explain --timings              why each file is made, and how long it takes
      pipeline build --layout handout                 one sheet each, in build/handouts/
      pipeline build --layout handout --for-csv members.csv content/articles/deadlift.md
    """  # noqa: D301 -- click reads \b itself
    from pipeline.build import Request
    from pipeline.build import build as run
    from pipeline.source.names import read_copies

    formats, paths = split_arguments(arguments)
    if layout != "standard" and formats == FORMATS:
        formats = ("pdf",)
    if standalone and "html" not in formats:
        raise UsageError("--standalone is for web pages", help="Write: pipeline build html --standalone")
    request = Request(
        content=settings.content_path,
        out=out,
        formats=formats,
        paths=paths,
        as_of=as_of,
        paper=paper,
        standalone=standalone,
        drafts=drafts,
        force=force,
        fail_fast=fail_fast,
        jobs=jobs,
        executor=executor,
        apart=True,
        layout=layout,
        copies=read_copies(names, name_list),
    )
    try:
        with progress("exporting") as show:
            result = run(request, show)
    except KeyboardInterrupt:
        click.echo(f"\nWhat was finished is in {out}/, and proven; the same command goes on from there.", err=True)
        raise
    _diagnostics(result)
    if timings:
        click.echo(timetable(result.timings), nl=False, err=True)
    if as_json:
        click.echo(json.dumps(_json(result), ensure_ascii=False, indent=1))
    else:
        _say(result, formats, explained=explain)
    raise Exit(result.exit_code)


def split_arguments(arguments: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """Formats and paths. Raises UsageError for a first word that is neither a format nor looks like a path."""
    first = arguments[0] if arguments else "all"
    if first not in (*FORMATS, "all") and first.isalpha() and not Path(first).exists():
        hint = did_you_mean(first, [*FORMATS, "all"]) or f"There are: {', '.join(FORMATS)}, all."
        raise UsageError(f"there is no format {first}", help=hint)
    if first == "all" or first not in FORMATS:
        rest = arguments[1:] if first == "all" else arguments
        return FORMATS, tuple(Path(path) for path in rest)
    return (first,), tuple(Path(path) for path in arguments[1:])


def _diagnostics(result: Result) -> None:
    """Findings and failures, on stderr."""
    from pipeline.report import text

    if result.report.diagnostics:
        click.echo(text.render(result.report, result.sources, styler(sys.stderr)), nl=False, err=True)
    for failure in result.failures:
        error(failure.error)


def _say(result: Result, formats: tuple[str, ...], *, explained: bool) -> None:
    """What was built and where it is."""
    from pipeline.report.summary import plural

    for path in result.passed_over:
        click.echo(f"{path} is not built: it is a draft or withdrawn.", err=True)
    if not result.report.files:
        click.echo("No articles found below content/articles/, no newsletters and no books; there is nothing to build.")
        return
    built = {output.path for output in result.outputs}
    fresh = built & set(result.written)
    lines = list[str]()
    for path in sorted(built):
        why = f": {result.reasons[path]}" if explained and path in result.reasons else ""
        lines.append(f"{'wrote' if path in fresh else 'kept '} {result.out / path}{why}\n")
    click.echo("".join(lines), nl=False)
    beside = set(result.written) - built
    if beside and not fresh:
        click.echo(f"wrote {plural(len(beside), 'file')} that these need beside them")
    for path in result.removed:
        click.echo(f"removed {result.out / path}")
    for output in result.outputs:
        if output.format == "newsletter":
            _say_weight(result.out / output.path)
    if built and not result.written and not result.removed and not result.failures:
        click.echo(f"Nothing has changed: {plural(len(built), 'file')} in {result.out}/ are up to date.")
    elif built:
        proven = sum(len(output.disclaimers) for output in result.outputs)
        click.echo(
            f"{plural(len(built), 'file')} in {result.out}/ ({', '.join(formats)}), {len(fresh)} new;"
            f" {plural(proven, 'disclaimer')} proven in them."
        )


def _say_weight(message: Path) -> None:
    """How much of what Gmail shows a message takes."""
    from pipeline.export.newsletter import weight_of

    click.echo(f"the HTML of {message} has {weight_of(message.read_bytes()) / 1024:.1f} KB of the 102 that Gmail shows")


def _json(result: Result) -> dict[str, Any]:
    from dataclasses import asdict

    from pipeline.report.json import document

    return {
        **document(result.report),
        "outputs": [asdict(output) for output in result.outputs],
        "written": list(result.written),
        "removed": list(result.removed),
        "reasons": dict(sorted(result.reasons.items())),
        "failures": [
            {"path": failure.path, "message": failure.error.message, "help": failure.error.help}
            for failure in result.failures
        ],
    }

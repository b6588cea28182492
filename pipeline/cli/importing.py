"""``pipeline import``: text, HTML and Word as articles."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click
from click.exceptions import Exit

from pipeline.cli.completion import written_profile_names
from pipeline.cli.console import Settings, error, styler
from pipeline.cli.progress import progress

if TYPE_CHECKING:
    from pipeline.importing import Done
    from pipeline.source.importers import Dropped, Imported

_WIDTH = 90
"""Characters that are shown of what was dropped; --json has it all."""


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--output",
    metavar="PATH",
    default="",
    help="File or folder to write to; - prints the article. Default: content/articles.",
)
@click.option("--slug", default="", help="Name of the article's file without .md; default: made from its title.")
@click.option("--profile", default="", shell_complete=written_profile_names, help="Article type; default: proposed.")
@click.option("--language", default="", metavar="TAG", help="Language, such as en-US; default: found.")
@click.option("--encoding", default="", metavar="NAME", help="Of text and HTML, such as mac-roman; default: found.")
@click.option("--force", is_flag=True, help="Write over an article that is there already.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made and dropped as JSON on stdout.")
@click.pass_obj
def import_command(  # noqa: PLR0913 -- one parameter an option
    settings: Settings,
    files: tuple[Path, ...],
    *,
    output: str,
    slug: str,
    profile: str,
    language: str,
    encoding: str,
    force: bool,
    as_json: bool,
) -> None:
    """Make articles of plain text, HTML and Word files.

    What a site has put around an article (menus, share buttons, advertisements, comments, links to other articles) is left
    out, and all that is left out is listed on stderr. Headings and lists are found again where a copy has lost them. Title,
    author, language and article type are guessed; each guess is an error until you have looked at it and deleted the mark
    behind it. Pictures are copied into content/images/. Nothing is fetched from the web, and nothing is written over.

    Exits 0 when all went well, 1 when a file has no text, 2 for wrong usage, 3 for a file that cannot be read: a damaged or
    encrypted document, a PDF, a picture; 4 when an article cannot be written. One file's failure does not stop the others.

    \b
    Examples:
      pipeline import hip-thrusts.txt
      pipeline import old-site/*.html --language en-US
      pipeline import handout.docx --profile exercise-guide --slug back-squat
      pipeline import page.html --output - > draft.md
      pipeline import - --output - < copied.txt
    """  # noqa: D301 -- click reads \b itself
    from pipeline.importing import STDIO, Request, import_files, worst
    from pipeline.report.imported import document

    if as_json and output == STDIO:
        raise click.UsageError("--json and --output - both print on stdout; write the article to a file.")
    piped = sys.stdin.buffer.read() if Path(STDIO) in files else b""
    request = Request(settings.content_path, files, output, slug, profile, language, encoding, force)
    done = []
    # without --json each file says by itself that it is done
    with progress("importing") if as_json else nullcontext() as show:
        for each in import_files(request, piped):
            done.append(each)
            if show:
                show(len(done), len(files), each.source)
            else:
                _say(each, settings)
    if as_json:
        click.echo(json.dumps(document(each.entry() for each in done), ensure_ascii=False, indent=1))
    raise Exit(worst(done))


def _say(done: Done, settings: Settings) -> None:
    if done.error is not None:
        error(done.error)
        return
    assert done.imported is not None
    style = styler(sys.stderr)
    for dropped in done.dropped:
        place = f"{done.source}:{dropped.line}" if dropped.line else done.source
        click.echo(f"{place}: {style('left out', fg='yellow')} {_shown(dropped)}", err=True)
    for change in done.changed:
        click.echo(f"{done.source}: {style('changed', fg='yellow')} {change}", err=True)
    click.echo(f"{done.source}: {_proposal(done.imported)}", err=True)
    if done.path is None:
        click.echo(done.markdown, nl=False)
        return
    for path in (*done.pictures, done.path):
        click.echo(f"wrote {path}")
    named = "" if settings.content == "content" else f" --content {settings.content}"
    click.echo(f"Now this says what is missing for publication: pipeline{named} check {done.path}")


def _shown(dropped: Dropped) -> str:
    text = (
        dropped.text
        if len(dropped.text) <= _WIDTH
        else f"{dropped.text[:_WIDTH].rstrip()}… ({len(dropped.text.split())} words)"
    )
    return f"{dropped.what}: {text}" if text else dropped.what


def _proposal(imported: Imported) -> str:
    """What was guessed, and why the article type."""
    found = imported.proposal
    keys = ", ".join(guess.key for guess in imported.guesses)
    if not found.profile:
        return f"no article type fits its sections, name one as `profile`; to be confirmed: {keys}"
    missing = [role for role in found.wanted if role not in found.found]
    lacks = f", lacks {', '.join(missing)}" if missing else ""
    return f"proposed {found.profile}: {len(found.found)} of its {len(found.wanted)} sections found{lacks}; to be confirmed: {keys}"

"""``pipeline preview``: the editor's desk in a browser."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec

import rich_click as click

from pipeline.cli.console import Settings, as_of_option
from pipeline.errors import UsageError

NEEDED = ("starlette", "uvicorn", "watchfiles")
"""What the extra ``preview`` brings."""


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", help="Where it listens; default: 8765, or the next free one."
)
@click.option("--browser/--no-browser", default=True, help="Whether to open it in your browser.")
@as_of_option
@click.pass_obj
def preview(settings: Settings, *, port: int | None, browser: bool, as_of: date | None) -> None:
    """Open the editor's desk in a browser: all articles, what is wrong with each, and how each looks.

    What you save is shown at once. The desk listens on this computer alone, and changes a file only when you apply a fix
    that it has shown you. Ctrl-C closes it.

    \b
    Examples:
      pipeline preview
      pipeline preview --port 9000 --no-browser
      pipeline --content handouts/content preview
    """  # noqa: D301 -- click reads \b itself
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"the desk needs {', '.join(missing)}", help="Install them: pip install 'fitness-press[preview]'"
        )
    from pipeline.preview.desk import Desk
    from pipeline.preview.serve import serve
    from pipeline.source.discover import open_content

    open_content(settings.content_path)
    serve(Desk(settings.content_path, as_of), port=port, browser=browser, say=click.echo)

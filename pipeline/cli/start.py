"""``pipeline init`` and ``pipeline new``: what starts a piece of work."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import rich_click as click

from pipeline.cli.completion import written_profile_names
from pipeline.cli.console import Settings


@click.command()
@click.argument("folder", metavar="[DIR]", default="content", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a new content tree with a first article, ready to build.

    DIR is the content tree, by default ./content. Nothing that is there is ever written over.

    \b
    Examples:
      pipeline init                   make ./content
      pipeline init handouts/content  make one elsewhere
    """  # noqa: D301 -- click reads \b itself
    from pipeline.starting import new_tree

    for path in new_tree(folder, _today()):
        click.echo(f"wrote {path}")
    named = "" if folder == Path("content") else f" --content {folder}"
    click.echo(f"Change {folder / 'publisher.toml'} to your own, then run: pipeline{named} build pdf")


@click.command()
@click.argument("profile", shell_complete=written_profile_names)
@click.argument("slug")
@click.option("--title", default="", help="Title of the article; a prompt if there is none.")
@click.option("--language", default="", metavar="TAG", help="Language, such as en-US; default: publisher.toml's.")
@click.pass_obj
def new(settings: Settings, profile: str, slug: str, title: str, language: str) -> None:
    """Write a new article with every section and disclaimer that its type needs.

    PROFILE is the article type (see `pipeline profiles`), SLUG the name of its file without .md. What you must write stands
    there as a prompt. A prompt is an error until it is written, so that none can be published.

    \b
    Examples:
      pipeline new exercise-guide back-squat
      pipeline new exercise-qa planks --title "Do planks help your back?"
    """  # noqa: D301 -- click reads \b itself
    from pipeline.starting import new_article

    path = new_article(settings.content_path, profile, slug, title=title, language=language, today=_today())
    click.echo(f"wrote {path}")
    click.echo(f"Fill in its prompts; this says what is left: pipeline check {path}")


def _today() -> date:
    return date.today()  # noqa: DTZ011 -- the day on the editor's own calendar

"""``pipeline model`` and ``pipeline schema``: the structured article, and the JSON Schemas."""

from __future__ import annotations

import json
from pathlib import Path

import rich_click as click

from pipeline.cli.console import OneOf, Settings

SCHEMAS = ("article", "diagnostic", "manifest", "publisher", "profile", "editions", "trace", "import")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def model(settings: Settings, file: Path) -> None:
    """Print an article's structure as JSON.

    \b
    Examples:
      pipeline model content/articles/deadlift.md
      pipeline model content/articles/deadlift.md | jq '.body[].role'
    """  # noqa: D301 -- click reads \b itself
    from pipeline.errors import UnreadableError, UsageError
    from pipeline.model.json import article_json
    from pipeline.workspace import open_workspace

    workspace = open_workspace(settings.content_path, (file,))
    for problem in workspace.unreadable:
        raise UnreadableError(problem.message, path=problem.path, help=problem.help)
    if len(workspace.articles) != 1:
        raise UsageError(f"{file} is not one article", help="Name one Markdown file below the content tree.")
    click.echo(json.dumps(article_json(workspace.articles[0]), ensure_ascii=False, indent=1))


@click.command()
@click.argument("name", type=OneOf(SCHEMAS))
def schema(name: str) -> None:
    """Print the JSON Schema of one of the pipeline's documents.

    \b
    Examples:
      pipeline schema diagnostic
      pipeline schema manifest > manifest.schema.json
    """  # noqa: D301 -- click reads \b itself
    from pipeline.schemas import SCHEMAS as MAKERS

    click.echo(json.dumps(MAKERS[name](), ensure_ascii=False, indent=1))

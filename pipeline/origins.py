"""Where in a content tree the words of finished files come from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pipeline import articles
from pipeline.errors import PipelineError
from pipeline.files import display_path
from pipeline.model.nodes import NOWHERE
from pipeline.model.passage import Passage
from pipeline.parity import Expected, expected, same
from pipeline.verify import Origin
from pipeline.workspace import open_workspace


def origins(content: Path) -> Origin:
    """What tells the place of a passage in an article of the tree, as path and line; the article is read when it is asked for.

    There is no place, so that "" is told, for words that come from metadata or approved wording, for those that the
    article no longer has, and where it cannot be read.
    """
    read = lru_cache(maxsize=8)(_expected)

    def place(source: str, passage: Passage) -> str:
        path = content / source
        said = (each for each in read(content, path) if each.span != NOWHERE and same(each.passage, passage))
        found = next(said, None)
        return f"{display_path(path)}:{found.span.line}" if found else ""

    return place


def _expected(content: Path, path: Path) -> Sequence[Expected]:
    try:
        workspace = open_workspace(content, [path])
        made = [articles.publication(workspace, article, workspace.config) for article in workspace.articles]
    except PipelineError:
        return ()
    return [each for publication in made for each in expected(publication)]

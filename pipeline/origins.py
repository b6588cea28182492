"""Where in a content tree the words of finished files come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path

from pipeline import articles
from pipeline.errors import PipelineError
from pipeline.files import display_path
from pipeline.model.nodes import NOWHERE
from pipeline.model.passage import Passage
from pipeline.parity import Expected, expected, same
from pipeline.verify import Origin
from pipeline.workspace import Workspace, open_workspace


def origins(content: Path) -> Origin:
    """What tells the place of a passage in an article of the tree, as path and line; the tree is read when it is asked for.

    There is no place, so that "" is told, for words that come from metadata or approved wording, for those that the
    article no longer has, and where it cannot be read.
    """
    said = lru_cache(maxsize=8)(partial(_said, cache(partial(open_workspace, content, None))))

    def place(source: str, passage: Passage) -> str:
        here = (each for each in said(source) if each.span != NOWHERE and same(each.passage, passage))
        found = next(here, None)
        return f"{display_path(content / source)}:{found.span.line}" if found else ""

    return place


def _said(tree: Callable[[], Workspace], source: str) -> Sequence[Expected]:
    """What an article of a tree, at its path below it, says; nothing where that cannot be told."""
    try:
        workspace = tree()
        article = workspace.article(Path(source).stem)
        return expected(articles.publication(workspace, article, workspace.config)) if article else ()
    except PipelineError:
        return ()

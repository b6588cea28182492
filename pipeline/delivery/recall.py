"""A built issue must not go out any more once an article in it was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import ContentError
from pipeline.manifest import ARTICLES
from pipeline.workspace import open_workspace


def refuse_withdrawn(content: Path, sources: Iterable[str]) -> None:
    """Raise ContentError for the first of an issue's articles that ``content`` says is withdrawn by now.

    ``sources`` are paths below ``content``. What is not there, as on a machine that only sends, cannot be asked.
    """
    paths = [content / source for source in sources if source.startswith(ARTICLES) and (content / source).is_file()]
    if not paths:
        return
    for article in open_workspace(content, paths).articles:
        if article.metadata.status == "withdrawn":
            raise ContentError(
                "the issue holds this article, which has been withdrawn",
                path=article.path,
                help="Take it out of the newsletter, build again, then send.",
            )

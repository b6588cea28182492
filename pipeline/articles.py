"""The articles of a content tree as publications, as ``newsletters`` and ``books`` are for what holds them."""

from __future__ import annotations

from pipeline.config import Config
from pipeline.disclaimers import section_kinds
from pipeline.model.article import Article
from pipeline.model.publication import Publication
from pipeline.publication import article_publication
from pipeline.source import read_pictures, source_name
from pipeline.workspace import Workspace


def publication(workspace: Workspace, article: Article, config: Config) -> Publication:
    """The publication of an article; ``config`` may have another paper than the workspace's."""
    return article_publication(
        article,
        config=config,
        kinds=workspace.kinds,
        library=workspace.library,
        pictures=read_pictures(workspace.content, article, config.logo),
        source=source_name(workspace.content, article.path),
        section_kinds=section_kinds(article, workspace.kinds),
    )

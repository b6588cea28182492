"""The first stage: from files below ``content/`` to articles."""

from pipeline.source.discover import SourceFile, discover, is_slug
from pipeline.source.read import Tree, Unreadable, load_tree, read_article, reparse, source_name
from pipeline.source.resources import picture_at, read_pictures

__all__ = [
    "SourceFile",
    "Tree",
    "Unreadable",
    "discover",
    "is_slug",
    "load_tree",
    "picture_at",
    "read_article",
    "read_pictures",
    "reparse",
    "source_name",
]

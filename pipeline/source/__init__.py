"""The first stage: from files below ``content/`` to articles."""

from pipeline.source.discover import SourceFile, discover, is_slug
from pipeline.source.read import Tree, Unreadable, load_tree, read_article, reparse, source_name
from pipeline.source.resources import Resources, content_resources, picture_at, read_pictures
from pipeline.source.shelf import Shelf, Shelved, outline_of

__all__ = [
    "Resources",
    "Shelf",
    "Shelved",
    "SourceFile",
    "Tree",
    "Unreadable",
    "content_resources",
    "discover",
    "is_slug",
    "load_tree",
    "outline_of",
    "picture_at",
    "read_article",
    "read_pictures",
    "reparse",
    "source_name",
]

"""Articles become publications: what goes where, with the safety wording resolved."""

from pipeline.publication.article import article_publication, chapter, imprint
from pipeline.publication.book import book_publication, people
from pipeline.publication.layouts import in_layout
from pipeline.publication.newsletter import for_anyone, newsletter_publication

__all__ = [
    "article_publication",
    "book_publication",
    "chapter",
    "for_anyone",
    "imprint",
    "in_layout",
    "newsletter_publication",
    "people",
]

"""Articles become publications: what goes where, with the safety wording resolved."""

from pipeline.publication.article import article_publication, imprint

__all__ = ["article_publication", "imprint"]

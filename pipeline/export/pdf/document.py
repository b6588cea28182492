"""A publication as a document for print: its HTML, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.export.pdf.emoji import set_apart
from pipeline.model.publication import Publication
from pipeline.publication import people
from pipeline.render.document import chapter_tree, page
from pipeline.render.elements import Element, element
from pipeline.render.handout import handout_tree
from pipeline.render.newsletter import newsletter_tree

GENERATOR = "fitness-press"


def document(publication: Publication) -> bytes:
    """The publication as one HTML page; raises ExportError when it lacks a picture."""
    if publication.issue:
        tree = newsletter_tree(publication, publication.issue, "print")
        set_apart(tree)
        return page(publication, [tree], "print", head=list(_metadata(publication)))
    if publication.kind == "handout":
        trees = [handout_tree(publication, chapter) for chapter in publication.chapters]
    else:
        trees = [chapter_tree(publication, chapter, "print") for chapter in publication.chapters]
    return sheet_document(publication, trees, whole=True)


def sheet_document(publication: Publication, trees: Sequence[Element], *, whole: bool = False) -> bytes:
    """Trees of a publication as one HTML page, which takes them over; ``whole`` where it speaks for all of it."""
    for tree in trees:
        set_apart(tree)
    head = list(_metadata(publication)) if whole else []
    return page(publication, trees, "print", head=head, body_class=f"kind-{publication.kind}")


def _metadata(publication: Publication) -> Iterator[Element]:
    chapters = publication.chapters
    names = [person.name for person in people(publication)]
    keywords = dict.fromkeys(word for chapter in chapters for word in chapter.keywords)
    dates = [day for chapter in chapters for day in (chapter.published, chapter.reviewed) if day]
    if publication.issue:
        dates = [publication.issue.published]
    if publication.volume and publication.volume.published:
        dates.append(publication.volume.published)
    description = publication.volume.description if publication.volume else chapters[0].description
    yield from (element("meta", name="author", content=name) for name in names)
    if description and (publication.volume or len(chapters) == 1):
        yield element("meta", name="description", content=description)
    if keywords:
        yield element("meta", name="keywords", content=", ".join(keywords))
    yield element("meta", name="generator", content=GENERATOR)
    if dates:
        yield element("meta", name="dcterms.created", content=_moment(min(dates)))
        yield element("meta", name="dcterms.modified", content=_moment(max(dates)))


def _moment(day: date) -> str:
    """The day's start in Greenwich: a file of the same content says the same wherever it is made."""
    return f"{day.isoformat()}T00:00:00Z"

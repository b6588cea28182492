"""One article as a publication."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from pipeline.config import Config
from pipeline.disclaimers import DisclaimerKind, wording
from pipeline.model.article import Article, Library
from pipeline.model.instructions import first_instruction
from pipeline.model.nodes import Disclaimer
from pipeline.model.publication import Chapter, Imprint, Notice, Picture, Publication, RelatedLink
from pipeline.model.walk import find
from pipeline.publication.edition import edition
from pipeline.publication.placement import place
from pipeline.publication.shown import shown_lines


def article_publication(
    article: Article,
    *,
    config: Config,
    kinds: Mapping[str, DisclaimerKind],
    library: Library,
    pictures: Mapping[str, Picture],
    source: str,
    section_kinds: Mapping[str, Collection[str]],
) -> Publication:
    """Make the publication of one sound article.

    ``pictures`` holds every picture that the article and the imprint name, by path; ``source`` is the article's path below
    ``content/``; ``section_kinds`` gives, for the heading id of each section that is a disclaimer in itself, the kinds that
    it states.
    """
    made = chapter(article, kinds, library, section_kinds)
    publication = Publication(
        kind="article",
        slug=article.slug,
        title=article.metadata.title,
        language=article.language,
        chapters=(made,),
        imprint=imprint(config),
        edition="",
        theme=config.theme,
        paper=config.paper,
        pictures=dict(sorted(pictures.items())),
        sources=(source,),
    )
    return replace(publication, edition=edition(publication))


def imprint(config: Config) -> Imprint:
    """The publisher's block."""
    return Imprint(
        name=config.name,
        url=config.url,
        contact=config.contact,
        postal_address=config.postal_address,
        colour=config.colour,
        logo=config.logo,
    )


def chapter(
    article: Article,
    kinds: Mapping[str, DisclaimerKind],
    library: Library,
    section_kinds: Mapping[str, Collection[str]],
) -> Chapter:
    """One article as a chapter, with its disclaimers in their places; arguments as ``article_publication`` has them."""

    def resolve(box: Disclaimer) -> Disclaimer:
        approved = wording(kinds[box.kind], article.language)
        if box.blocks:
            return replace(box, title=approved.title, version="own")
        return replace(box, blocks=approved.blocks, title=approved.title, version=approved.version)

    placed = place(article.body, resolve, lambda section: sorted(section_kinds.get(section.heading.id, ())))
    metadata = article.metadata
    boxes = (*placed.front, *find(placed.body, Disclaimer))
    return Chapter(
        slug=article.slug,
        title=metadata.title,
        subtitle=metadata.subtitle,
        description=metadata.description,
        language=article.language,
        profile=metadata.profile,
        authors=metadata.authors,
        reviewer=metadata.reviewer,
        published=metadata.published,
        reviewed=metadata.reviewed,
        next_review=metadata.next_review,
        topics=metadata.topics,
        keywords=metadata.keywords,
        funding=metadata.funding,
        cover=metadata.cover,
        front=placed.front,
        body=placed.body,
        footnotes=article.footnotes,
        related=_related(metadata.related, library),
        notices=notices_of(boxes, article.language),
        first_instruction=first_instruction(placed.body),
    )


def _related(slugs: Iterable[str], library: Library) -> tuple[RelatedLink, ...]:
    entries = [library.entries[slug] for slug in slugs if slug in library.entries]
    return tuple(RelatedLink(entry.title, entry.slug) for entry in entries if entry.status == "ready")


def notices_of(boxes: Iterable[Disclaimer], language: str) -> tuple[Notice, ...]:
    """What proof looks for: each kind once, in order."""
    notices: dict[str, Notice] = {}
    for box in boxes:
        text = "\n".join(shown_lines(box.blocks, language))
        for kind in (box.kind, *box.also):
            notices.setdefault(kind, Notice(kind, box.version, text))
    return tuple(notices.values())

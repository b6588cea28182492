"""One newsletter as a publication: the editor's note, the articles in full or as summaries, events and offers.

General disclaimers that several articles share stand once, before anything that tells readers how to move. What to do when
something goes wrong stays beside the steps of its own article; a summary has no steps, so there it joins the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from pipeline.config import Config
from pipeline.locales import load_locale
from pipeline.model import merge_fields
from pipeline.model.newsletter import Newsletter
from pipeline.model.nodes import Block, Disclaimer, Figure, Image
from pipeline.model.publication import Chapter, Issue, Notice, Picture, Publication
from pipeline.model.walk import find
from pipeline.publication.article import imprint, notices_of
from pipeline.publication.edition import edition
from pipeline.publication.placement import BESIDE_STEPS
from pipeline.publication.rewriting import with_words
from pipeline.publication.shown import box_words, shown_pictures

NOTE = "editors-note"
"""Slug of the note among the chapters."""


def newsletter_publication(
    newsletter: Newsletter,
    *,
    note: Chapter,
    articles: Sequence[Chapter],
    config: Config,
    pictures: Mapping[str, Picture],
    sources: Sequence[str],
) -> Publication:
    """Make the publication of one sound newsletter.

    ``note`` and ``articles`` are chapters with their disclaimers in place; ``pictures`` holds every picture that they and
    the imprint name; ``sources`` are paths below ``content/``, the newsletter's own first. Merge fields stay in it.
    """
    fallback = load_locale(newsletter.note.language).text("reader")
    summaries = tuple(item.article for item in newsletter.items if item.mode == "summary")
    chapters = tuple(_summary(each) if each.slug in summaries else _full(each) for each in articles)
    front = tuple(_shared([*note.front, *_general(articles, summaries)], chapters))
    boxes = [*front, *find(note.body, Disclaimer)]
    note = replace(note, slug=NOTE, front=front, notices=_notices(boxes, note.language))
    issue = Issue(
        number=newsletter.issue,
        published=newsletter.published or date.min,
        subject=merge_fields.normal(newsletter.subject, fallback),
        preheader=merge_fields.normal(newsletter.preheader, fallback),
        note=with_words(note, lambda words: merge_fields.normal(words, fallback)),
        summaries=summaries,
        events=newsletter.events,
        offers=newsletter.offers,
        sender=config.sender,
        unsubscribe=config.mailing.unsubscribe,
        list_id=config.mailing.list_id or f"news.{urlsplit(config.url).hostname}",
    )
    publication = Publication(
        kind="newsletter",
        slug=newsletter.slug,
        title=newsletter.title,
        language=newsletter.note.language,
        chapters=chapters,
        imprint=imprint(config),
        edition="",
        theme=config.theme,
        paper=config.paper,
        pictures={
            path: pictures[path]
            for path in sorted(shown_pictures((note, *chapters)) | {config.logo})
            if path in pictures
        },
        sources=tuple(sources),
        issue=issue,
    )
    return replace(publication, edition=edition(publication))


def for_anyone(publication: Publication) -> Publication:
    """The newsletter as it reads where nobody's name is known: merge fields filled with what they fall back to."""
    issue = publication.issue
    if issue is None:
        return publication
    filled = replace(
        issue,
        subject=merge_fields.filled(issue.subject),
        preheader=merge_fields.filled(issue.preheader),
        note=with_words(issue.note, merge_fields.filled),
        unsubscribe=merge_fields.without_address(issue.unsubscribe),
    )
    return replace(publication, issue=filled)


def _full(chapter: Chapter) -> Chapter:
    """The whole text, without the disclaimers that stand once for all; what it must show are its own boxes."""
    return replace(chapter, front=(), notices=_notices(find(chapter.body, Disclaimer), chapter.language))


def _summary(chapter: Chapter) -> Chapter:
    """Title, description and a picture: the first in the text, else the cover."""
    figure = next(find(chapter.body, Figure), None)
    shown: tuple[Block, ...] = ()
    if figure is not None and not figure.image.decorative:
        shown = (Figure(figure.image, ""),)
    elif chapter.cover:
        shown = (Figure(Image(chapter.cover, ""), ""),)
    return replace(
        chapter, front=(), body=shown, footnotes=(), related=(), notices=(), first_instruction=None, cover=""
    )


def _notices(boxes: Iterable[Disclaimer], language: str) -> tuple[Notice, ...]:
    """What proof looks for: every box, also where two of a kind have other words."""
    return tuple(dict.fromkeys(notice for box in boxes for notice in notices_of((box,), language)))


def _general(articles: Iterable[Chapter], summaries: Sequence[str]) -> Iterator[Disclaimer]:
    """The disclaimers in front of the articles, and all others of those whose text is not given."""
    for chapter in articles:
        yield from find(chapter.front, Disclaimer)
        if chapter.slug in summaries:
            yield from find(chapter.body, Disclaimer)


def _shared(boxes: Iterable[Any], chapters: Iterable[Chapter]) -> Iterator[Disclaimer]:
    """Each text once; none of those that stand beside the steps of an article that is given in full."""
    beside = {box_words(box) for chapter in chapters for box in find(chapter.body, Disclaimer)}
    seen: set[tuple[str, ...]] = set()
    ordered = sorted(boxes, key=lambda box: box.kind in BESIDE_STEPS)
    for box in ordered:
        words = box_words(box)
        if words not in seen and not (box.kind in BESIDE_STEPS and words in beside):
            seen.add(words)
            yield box

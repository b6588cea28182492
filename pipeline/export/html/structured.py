"""What a page says to search engines: JSON-LD 1.1 in the vocabulary of schema.org.

A ``MedicalWebPage`` with its reviewer and the day of the review, whose main entity is an ``Article``; the numbered lists that
readers follow are ``HowTo`` parts of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from pipeline.export.html.addresses import address, asset_address, shown_picture
from pipeline.model.article import Person
from pipeline.model.nodes import ListItem, OrderedList, Section
from pipeline.model.publication import Chapter, Imprint, Publication
from pipeline.model.walk import block_lines, plain_text, sections
from pipeline.render.elements import Element, element
from pipeline.render.semantics import STEPS


def structured(publication: Publication) -> Element:
    """The data as a block for ``<head>``, which a policy lets stand since nothing in it runs."""
    text = json.dumps(
        _page(publication, publication.chapters[0]), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    # HTML 13.1.2.2: a script's text ends at "</"; JSON may write any character as an escape.
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return element("script", safe, type="application/ld+json")


def _page(publication: Publication, chapter: Chapter) -> dict[str, Any]:
    return _without_gaps(
        {
            "@context": "https://schema.org",
            "@type": "MedicalWebPage",
            "@id": address(publication),
            "url": address(publication),
            "name": publication.title,
            "description": chapter.description,
            "inLanguage": publication.language,
            "lastReviewed": _day(chapter.reviewed),
            "reviewedBy": _person(chapter.reviewer) if chapter.reviewer else None,
            "publisher": _publisher(publication),
            "mainEntity": _article(publication, chapter),
        }
    )


def _article(publication: Publication, chapter: Chapter) -> dict[str, Any]:
    return _without_gaps(
        {
            "@type": "Article",
            "headline": publication.title,
            "description": chapter.description,
            "inLanguage": publication.language,
            "author": [_person(each) for each in chapter.authors],
            "publisher": _publisher(publication),
            "datePublished": _day(chapter.published),
            "dateModified": _day(chapter.reviewed or chapter.published),
            "keywords": list(chapter.keywords),
            "about": [{"@type": "Thing", "name": topic} for topic in chapter.topics],
            "image": _image(publication, chapter),
            "version": publication.edition,
            "hasPart": list(_steps(publication, chapter)),
        }
    )


def _publisher(publication: Publication) -> dict[str, Any]:
    imprint: Imprint = publication.imprint
    return _without_gaps(
        {
            "@type": "Organization",
            "name": imprint.name,
            "url": imprint.url,
            "email": imprint.contact if "@" in imprint.contact else None,
            "address": imprint.postal_address,
            "logo": asset_address(publication, imprint.logo) if imprint.logo else None,
        }
    )


def _image(publication: Publication, chapter: Chapter) -> dict[str, Any] | None:
    found = shown_picture(publication, chapter)
    if found is None:
        return None
    picture, description = found
    return _without_gaps(
        {
            "@type": "ImageObject",
            "contentUrl": asset_address(publication, picture.path),
            "encodingFormat": picture.media_type,
            "width": f"{round(picture.width)} px" if picture.width else None,
            "height": f"{round(picture.height)} px" if picture.height else None,
            "description": description,
        }
    )


def _steps(publication: Publication, chapter: Chapter) -> Iterator[dict[str, Any]]:
    """A ``HowTo`` for each numbered list that stands directly in a section which tells what to do."""
    for section in sections(chapter.body):
        lists = [block for block in section.blocks if isinstance(block, OrderedList)]
        for listed in lists if section.role in STEPS else ():
            yield {
                "@type": "HowTo",
                "name": f"{publication.title} – {_heading(section)}",
                "inLanguage": chapter.language,
                "step": [_step(item, number) for number, item in enumerate(listed.items, listed.start)],
            }


def _heading(section: Section) -> str:
    return " ".join(plain_text(section.heading.children).split())


def _step(item: ListItem, number: int) -> dict[str, Any]:
    lines = (" ".join(line.split()) for line in block_lines(item.blocks))
    label = " ".join(plain_text(item.label).split())
    text = " ".join(line for line in lines if line)
    return _without_gaps(
        {"@type": "HowToStep", "position": number, "name": label if text else "", "text": text or label}
    )


def _person(person: Person) -> dict[str, Any]:
    return _without_gaps({"@type": "Person", "name": person.name, "description": person.credentials, "url": person.url})


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _without_gaps(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [])}

"""Where the publisher's site has a page and what it shows."""

from __future__ import annotations

from urllib.parse import quote

from pipeline.export.html.assets import ASSETS
from pipeline.model.nodes import Image
from pipeline.model.publication import Chapter, Picture, Publication
from pipeline.model.walk import find


def address(publication: Publication, path: str = "") -> str:
    """Where the publisher's site has a file; the page itself when no path is given."""
    return f"{publication.imprint.url.rstrip('/')}/{quote(path or f'{publication.slug}.html')}"


def asset_address(publication: Publication, path: str) -> str:
    """Where the publisher's site has a picture."""
    return address(publication, ASSETS + path)


def shown_picture(publication: Publication, chapter: Chapter) -> tuple[Picture, str] | None:
    """The picture that stands for an article where it is linked to, and what it shows in words.

    Its cover, else the first picture of its text that says something; None when it has neither.
    """
    images = [image for image in find(chapter.body, Image) if not image.decorative and image.alt]
    described = {image.src: image.alt for image in reversed(images)}
    path = chapter.cover or next((image.src for image in images), "")
    picture = publication.pictures.get(path)
    return (picture, described.get(path, chapter.title)) if picture else None

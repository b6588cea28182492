"""Addresses on the publisher's site that finished files carry."""

from __future__ import annotations

EDITIONS = "e"
"""Folder of the site, and of ``build/html/``, that has a page for each released edition; short, for it goes into QR codes."""


def id_in_book(slug: str, id_: str = "") -> str:
    """The id of a place in a chapter of a book, or what all of the chapter's ids start with.

    No slug has an underscore, so the ids of two chapters never are alike, whatever the slugs and headings.
    """
    return f"{slug}_{id_}"


def chapter_page(slug: str) -> str:
    """The web page of a book's chapter, beside the book's own ``index.html``."""
    return "index_.html" if slug == "index" else f"{slug}.html"


def edition_url(imprint_url: str, edition: str) -> str:
    """Where readers learn whether an edition is still current: ``<publisher's site>/e/<edition>``.

    A page lies there as ``e/<edition>/index.html``, which hosts of static files give for the address without a suffix.
    """
    return f"{imprint_url.rstrip('/')}/{EDITIONS}/{edition}"

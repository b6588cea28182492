"""Addresses on the publisher's site that finished files carry."""

from __future__ import annotations

EDITIONS = "e"
"""Folder of the site, and of ``build/html/``, that has a page for each released edition; short, for it goes into QR codes."""


def edition_url(imprint_url: str, edition: str) -> str:
    """Where readers learn whether an edition is still current: ``<publisher's site>/e/<edition>``.

    A page lies there as ``e/<edition>/index.html``, which hosts of static files give for the address without a suffix.
    """
    return f"{imprint_url.rstrip('/')}/{EDITIONS}/{edition}"

"""What WeasyPrint may read: the theme's fonts, the publication's pictures and data in the document, and nothing else."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from pipeline.errors import ExportError
from pipeline.model.publication import Picture
from pipeline.render.pictures import clean

PICTURES = "content:"
"""Scheme of a picture's address in a document for print; its path relative to ``content/`` follows."""


def fetcher(weasyprint: Any, pictures: Mapping[str, Picture], fonts: tuple[Path, ...] = ()) -> Any:
    """A URL fetcher that knows these pictures and font files; no address makes it open a network connection.

    What it refuses WeasyPrint logs as an error, which the engine raises.
    """
    files = {path.as_uri(): path for path in fonts}

    def fetch(url: str, headers: object = None) -> Any:  # noqa: ARG001  # the signature is WeasyPrint's
        kind, data = _read(url, pictures, files)
        return weasyprint.urls.URLFetcherResponse(url, data, {"Content-Type": kind} if kind else None)

    made = weasyprint.urls.URLFetcher(allowed_protocols=())
    made.fetch = fetch
    return made


def _read(url: str, pictures: Mapping[str, Picture], files: Mapping[str, Path]) -> tuple[str, bytes]:
    if url.startswith("data:"):
        return _data(url)
    if url.startswith(PICTURES):
        picture = pictures.get(unquote(url.removeprefix(PICTURES)))
        if picture is not None:
            return picture.media_type, clean(picture).data
    elif url in files:
        return "font/ttf", files[url].read_bytes()
    raise ExportError(
        f"the document refers to {url}, which is neither a picture of the publication nor a font of its theme",
        help="Put the file below content/ and refer to it there.",
    )


def _data(url: str) -> tuple[str, bytes]:
    """Media type and bytes of a ``data:`` address; RFC 2397."""
    kind, _, data = url.removeprefix("data:").partition(",")
    if kind.endswith(";base64"):
        return kind.removesuffix(";base64"), base64.b64decode(unquote(data))
    return kind, unquote_to_bytes(data)

"""A picture has no text alternative, or its file name stands in for one.

Who does not see the picture gets nothing from it (WCAG 2.2, 1.1.1). Say what it shows; a picture that only decorates is
marked ``{.decorative}``.

Bad:

    ![](images/squat.svg)

    ![IMG_2041.jpg](images/squat.svg)

Good:

    ![Side view of a squat, thighs level with the floor](images/squat.svg)

    ![](images/squat.svg){.decorative}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, splitext
from urllib.parse import unquote

from pipeline.checks.context import Context
from pipeline.checks.nodes import everywhere
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Image

_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|heic)", re.IGNORECASE)
_CAMERA = re.compile(
    r"(?:img|dsc[fn]?|pxl|image|photo|picture|screenshot|untitled|foto|imagen)[\s_-]*+\d[\w-]*", re.IGNORECASE
)
_JOINED = re.compile(r"[^\W\d_]*+[-_\d][\w-]*+")


@check("A01", severity=Severity.ERROR, source="WCAG 1.1.1")
def missing_alt(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """One finding for each such picture."""
    for image in everywhere(article, Image):
        alt = image.alt.strip()
        if image.decorative:
            continue
        if not alt:
            yield Finding(
                "the picture has no text alternative",
                image.span,
                "Say in the brackets what it shows, or mark it `{.decorative}`.",
            )
        elif _is_file_name(alt, image.src):
            yield Finding(f"“{alt}” is a file name, no text alternative", image.span, "Say in words what it shows.")


def _is_file_name(alt: str, src: str) -> bool:
    name = basename(unquote(src))
    if _FILE_NAME.fullmatch(alt) or _CAMERA.fullmatch(alt) or alt.lower() == name.lower():
        return True
    # one word may name both a file and what it shows; joined words are a file's
    return alt.lower() == splitext(name)[0].lower() and bool(_JOINED.fullmatch(alt))

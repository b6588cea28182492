"""Pictures as mail programs can show them: PNG, JPEG or GIF, no larger than a screen wants them."""

from __future__ import annotations

import io
import posixpath
import re
from dataclasses import dataclass, replace
from posixpath import splitext

from pipeline.errors import ExportError
from pipeline.model.publication import Picture, Publication
from pipeline.render.pictures import clean
from pipeline.render.theme import load_theme

WIDEST = 560
"""CSS pixels: the column of text."""
TALLEST = 20
"""Times its width; a drawing that is higher is painted at no size that a message could hold."""
SHARP = 2
"""Device pixels a CSS pixel on good screens."""
SHOWN = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}
"""What every mail program shows, and Pillow's name for it."""


@dataclass(frozen=True, slots=True)
class MailPicture:
    """A picture to be attached."""

    name: str
    """File name, unique in the message."""
    media_type: str
    data: bytes
    width: int
    """In CSS pixels, as it is shown."""
    height: int


def mail_pictures(publication: Publication) -> dict[str, MailPicture]:
    """The pictures of a publication for a message, by path.

    Drawings are painted, since hardly any mail program shows SVG. Raises ExportError for one that is damaged.
    """
    outlines = picture_outlines(publication)
    return {
        path: replace(outlines[path], data=_data(clean(picture), outlines[path], publication.theme))
        for path, picture in publication.pictures.items()
    }


def picture_outlines(publication: Publication) -> dict[str, MailPicture]:
    """Names, types and sizes of the same pictures, without their data."""
    made: dict[str, MailPicture] = {}
    for number, (path, picture) in enumerate(publication.pictures.items(), 1):
        stem, suffix = splitext(posixpath.basename(path))
        width = min(picture.width or WIDEST, WIDEST)
        height = max(1, round(width * picture.height / picture.width)) if picture.width else width
        media_type = picture.media_type if picture.media_type in SHOWN else "image/png"
        plain = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "picture"
        name = f"{number}-{plain}{suffix.lower() if media_type == picture.media_type else '.png'}"
        made[path] = MailPicture(name, media_type, b"", width, height)
    return made


def _data(picture: Picture, outline: MailPicture, theme: str) -> bytes:
    if picture.media_type == "image/svg+xml":
        return _painted(picture, outline.width, theme)
    if outline.media_type == "image/gif":
        return picture.data
    if picture.media_type == outline.media_type and picture.width <= SHARP * WIDEST:
        return picture.data
    return _resized(picture, SHOWN[outline.media_type], SHARP * outline.width)


def _painted(picture: Picture, width: int, theme: str) -> bytes:
    """A drawing as a PNG, with the theme's own fonts, so that it looks the same wherever it is made."""
    import resvg_py

    if picture.height > TALLEST * picture.width:
        problem = f"the picture {picture.path} is more than {TALLEST} times as high as wide"
        raise ExportError(problem, help="Divide it, or leave it out of the message.")
    fonts = load_theme(theme)
    text, heading = (fonts.families() * 2)[:2]
    try:
        data = resvg_py.svg_to_bytes(
            svg_string=picture.data.decode(),
            width=SHARP * width,
            skip_system_fonts=True,
            font_files=[str(path) for path in fonts.font_paths()],
            font_family=text,
            sans_serif_family=text,
            serif_family=heading,
            monospace_family=text,
        )
    except BaseException as error:
        # what goes wrong within resvg is no Exception, and not a class that could be named (pyo3's PanicException)
        if not isinstance(error, ValueError) and type(error).__name__ != "PanicException":
            raise
        raise ExportError(f"the picture {picture.path} cannot be painted: {error}", help="Save it as PNG.") from error
    return bytes(data)


def _resized(picture: Picture, kind: str, width: int) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(picture.data)) as image:
        wide = min(width, image.width)
        made = image.resize((wide, max(1, round(image.height * wide / image.width))), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        made.save(out, kind, quality=85, icc_profile=image.info.get("icc_profile"))
    return out.getvalue()

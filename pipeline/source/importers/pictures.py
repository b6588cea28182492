"""Pictures from elsewhere as pictures that an article may show: those of other kinds are made PNG."""

from __future__ import annotations

import io
import warnings

from pipeline.source.pictures import MAX_PIXELS, MEDIA_TYPES, media_type_of
from pipeline.source.resources import MAX_BYTES

OTHERS = ("BMP", "TIFF", "AVIF", "ICO", "PPM", "PCX", "TGA")
"""Kinds that Pillow reads without another program's help."""


FOREIGN = (
    (b"\x01\x00\x00\x00", ".emf"),
    (b"\xd7\xcd\xc6\x9a", ".wmf"),
    (b"%!PS", ".eps"),
    (b"%PDF", ".pdf"),
)
"""How pictures start that only the program that made them can turn into others, and how their names end."""


class UnusablePictureError(Exception):
    """A picture that an article cannot show; the message says why, and what to do."""

    def __init__(self, message: str, data: bytes) -> None:
        super().__init__(message)
        self.suffix = next((suffix for start, suffix in FOREIGN if data.startswith(start)), ".bin")
        """How the name of a file with its bytes ends."""


def as_web_picture(data: bytes) -> tuple[str, bytes]:
    """The ending and bytes of a picture that an article may show. Raises UnusablePictureError."""
    if len(data) > MAX_BYTES:
        raise UnusablePictureError(f"has more than {MAX_BYTES // 1024 // 1024} MB; make it smaller", data)
    kind = media_type_of(data)
    suffix = next((suffix for suffix, media_type in MEDIA_TYPES.items() if media_type == kind), "")
    return (suffix, data) if suffix else (".png", _as_png(data))


def _as_png(data: bytes) -> bytes:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=OTHERS) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise UnusablePictureError(f"has more than {MAX_PIXELS // 1_000_000} million pixels", data)
                mode = "RGBA" if "A" in picture.getbands() else "RGB"
                made = io.BytesIO()
                picture.convert(mode).save(made, "PNG")
                return made.getvalue()
    except UnidentifiedImageError:
        raise UnusablePictureError("is no PNG, JPEG, GIF, WebP or SVG; save it as one of these", data) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError, SyntaxError) as error:
        raise UnusablePictureError(f"is damaged ({error})", data) from None

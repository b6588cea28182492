"""Pictures of every kind, with secrets in their metadata."""

from __future__ import annotations

import io
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = b"SECRET-PLACE-51.5N"


def picture(kind: str, size: tuple[int, int] = (30, 20), *, orientation: int = 1) -> bytes:
    """A picture of a kind, with EXIF, XMP and comments that say SECRET, and more of it behind the end."""
    drawn = Image.effect_noise(size, 80).convert("RGB")
    text = SECRET.decode()
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = text
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    out = io.BytesIO()
    match kind:
        case "png":
            info = PngInfo()
            info.add_text("Author", text)
            info.add_itxt("XML:com.adobe.xmp", text)
            drawn.save(out, "PNG", pnginfo=info, exif=exif)
        case "jpeg":
            drawn.save(out, "JPEG", exif=exif, comment=text, xmp=xmp, progressive=True)
        case "gif":
            drawn.save(out, "GIF", comment=text)
        case _:
            drawn.save(out, "WEBP", exif=exif, xmp=xmp, lossless=kind == "webp-lossless")
    return out.getvalue() + (b"" if kind.startswith("webp") else SECRET)


def png_of_size(width: int, height: int) -> bytes:
    """A grey PNG that says it has this size, and has."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")

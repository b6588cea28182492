"""Pictures leave without metadata, and look as they did."""

from __future__ import annotations

import base64
import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from pipeline.errors import ExportError
from pipeline.model.publication import Picture
from pipeline.render.pictures import clean

SECRET = b"51.5074 N, secret place"


def photograph() -> Image.Image:
    image = Image.new("RGB", (8, 6), "white")
    image.putpixel((0, 0), (200, 0, 0))
    return image


def picture(kind: str, data: bytes) -> Picture:
    return Picture(f"images/x.{kind}", f"image/{'svg+xml' if kind == 'svg' else kind}", data, 8, 6)


def exif(orientation: int = 1) -> bytes:
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010E] = SECRET.decode()
    return made.tobytes()


def encoded(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    photograph().save(out, kind, **options)
    return out.getvalue()


def with_png_text() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return encoded("png", pnginfo=info, exif=exif())


CASES = {
    "jpeg": ("jpeg", encoded("jpeg", exif=exif(), comment=SECRET)),
    "progressive jpeg": ("jpeg", encoded("jpeg", exif=exif(), progressive=True)),
    "png": ("png", with_png_text()),
    "webp": ("webp", encoded("webp", exif=exif(), xmp=SECRET, lossless=True)),
    "lossy webp": ("webp", encoded("webp", exif=exif(), xmp=SECRET)),
    "gif": ("gif", encoded("gif", comment=SECRET)),
}


@pytest.mark.parametrize("name", CASES)
def test_metadata_and_what_follows_the_end_are_taken_away(name: str) -> None:
    kind, data = CASES[name]
    assert SECRET in data
    cleaned = clean(picture(kind, data + SECRET))
    assert SECRET not in cleaned.data
    with Image.open(io.BytesIO(cleaned.data)) as after, Image.open(io.BytesIO(data)) as before:
        assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()
        assert not after.getexif()
    assert clean(cleaned) is cleaned


def test_a_turned_photograph_is_turned_in_fact() -> None:
    cleaned = clean(picture("jpeg", encoded("jpeg", exif=exif(orientation=6), quality=95)))
    with Image.open(io.BytesIO(cleaned.data)) as image:
        assert image.size == (6, 8)
        assert not image.getexif()
    assert SECRET not in cleaned.data


def test_colour_profiles_stay() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("jpeg", "png", "webp"):
        with Image.open(io.BytesIO(clean(picture(kind, encoded(kind, icc_profile=profile))).data)) as image:
            assert image.info["icc_profile"] == profile


DRAWING = f"""<?xml version="1.0"?>
<!DOCTYPE svg [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<!-- {SECRET.decode()} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ed="urn:editor"
     viewBox="0 0 8 6" onload="alert(1)" ed:path="{SECRET.decode()}">
<metadata>{SECRET.decode()}</metadata>
<script>alert(1)</script><foreignObject><p>html</p></foreignObject>
<style>@import "http://elsewhere.example/x.css";</style>
<style>.a {{ fill: url(#g) }}</style>
<a xlink:href="javascript:alert(1)"><text>Kept &secret;words</text></a>
<image href="http://elsewhere.example/x.png" width="1" height="1"/>
<use xlink:href="#g"/><set attributeName="href" to="javascript:alert(1)"/>
<rect class="a" style="fill: url(http://elsewhere.example/x)" width="8" height="6"/>
</svg>""".encode()


def test_a_drawing_keeps_what_draws_alone() -> None:
    data = clean(picture("svg", DRAWING)).data
    for gone in (SECRET, b"alert", b"elsewhere", b"onload", b"ENTITY", b"html", b"urn:editor"):
        assert gone not in data
    for kept in (b'viewBox="0 0 8 6"', b"Kept ", b"words", b'="#g"', b"fill: url(#g)", b"<rect"):
        assert kept in data


def test_a_picture_inside_a_drawing_is_cleaned_as_well() -> None:
    inner = base64.b64encode(CASES["jpeg"][1]).decode()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/jpeg;base64,{inner}"/></svg>'
    data = clean(picture("svg", svg.encode())).data
    shown = data.decode().split("base64,")[1].split('"')[0]
    assert SECRET not in base64.b64decode(shown)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 9, b"IHDR")),
        ("png", b"no picture"),
        ("jpeg", b"\xff\xd8\xff"),
        ("jpeg", encoded("jpeg")[:40]),
        ("webp", b"RIFF"),
        ("gif", b"GIF89a"),
        ("svg", b"<svg"),
        ("svg", b"<html/>"),
        ("bmp", b"BM"),
    ],
)
def test_a_damaged_picture_is_an_export_error(kind: str, data: bytes) -> None:
    with pytest.raises(ExportError, match=r"images/x\."):
        clean(picture(kind, data))


def test_chunks_of_a_png_get_their_own_checksums() -> None:
    data = clean(picture("png", CASES["png"][1])).data
    at = 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        at += 12 + length


@pytest.mark.parametrize("profile", [False, True], ids=["plain", "with a profile"])
def test_a_photograph_in_a_press_s_inks_is_set_in_light(profile: bool):
    out = io.BytesIO()
    # a profile of another kind of picture, as editors leave them, must not stop it
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() if profile else None
    Image.new("CMYK", (8, 6), (0, 255, 255, 0)).save(out, "jpeg", icc_profile=icc)
    with Image.open(io.BytesIO(clean(picture("jpeg", out.getvalue())).data)) as image:
        red, green, blue = image.getpixel((4, 3))  # type: ignore[misc]
    assert image.mode == "RGB"
    assert red > 200
    assert max(green, blue) < 60

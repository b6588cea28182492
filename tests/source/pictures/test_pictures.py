"""Pictures: their size, whether they are whole, and nothing in them but the picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pipeline.source.pictures import DamagedError, media_type_of, read_picture
from tests.source.pictures.samples import SECRET, picture, png_of_size

KINDS = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "webp-lossless": "image/webp",
}
kinds = pytest.mark.parametrize("kind", KINDS)


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB").tobytes()


@kinds
def test_the_kind_is_told_from_the_first_bytes(kind: str):
    assert media_type_of(picture(kind)) == KINDS[kind]


@kinds
def test_the_size_is_read_and_the_pixels_stay(kind: str):
    data = picture(kind)
    read = read_picture(data, KINDS[kind])
    assert (read.width, read.height) == (30, 20)
    assert pixels(read.data) == pixels(data)


@kinds
def test_what_it_says_beside_itself_goes(kind: str):
    data = picture(kind)
    assert SECRET in data
    cleaned = read_picture(data, KINDS[kind]).data
    assert SECRET not in cleaned
    assert read_picture(cleaned, KINDS[kind]).data == cleaned, "cleaning twice is cleaning once"


@kinds
def test_a_picture_that_is_cut_off_is_damaged(kind: str):
    whole = read_picture(picture(kind), KINDS[kind]).data
    for length in (13, len(whole) // 3, len(whole) - 4):
        with pytest.raises(DamagedError):
            read_picture(whole[:length], KINDS[kind])


def test_a_png_with_a_changed_byte_is_damaged():
    data = bytearray(picture("png"))
    data[60] ^= 1
    with pytest.raises(DamagedError, match=r"its part .+ is damaged"):
        read_picture(bytes(data), "image/png")


def test_a_png_that_lacks_pixels_is_damaged():
    data = png_of_size(80, 10).replace((10).to_bytes(4, "big"), (99).to_bytes(4, "big"), 1)
    with pytest.raises(DamagedError):
        read_picture(data, "image/png")


@pytest.mark.parametrize("interlace", [False, True])
def test_pngs_of_all_colour_types_are_whole(interlace: bool):
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        out = io.BytesIO()
        Image.new(mode, (13, 7)).save(out, "PNG", interlace=interlace)
        assert read_picture(out.getvalue(), "image/png").width == 13


@pytest.mark.parametrize(("orientation", "size"), [(1, (30, 20)), (3, (30, 20)), (6, (20, 30)), (8, (20, 30))])
def test_a_photo_keeps_which_side_is_up(orientation: int, size: tuple[int, int]):
    read = read_picture(picture("jpeg", orientation=orientation), "image/jpeg")
    assert (read.width, read.height) == size
    with Image.open(io.BytesIO(read.data)) as opened:
        assert opened.getexif().get(0x0112, 1) == orientation


def test_an_animated_gif_keeps_its_frames():
    out = io.BytesIO()
    frames = [Image.new("L", (9, 9), shade) for shade in (0, 90, 180)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], loop=0)
    with Image.open(io.BytesIO(read_picture(out.getvalue(), "image/gif").data)) as opened:
        assert getattr(opened, "n_frames", 1) == 3


@pytest.mark.parametrize(
    "data", [b"", b"GIF87a", b"\xff\xd8", b"\xff\xd8\xff\xd9", b"RIFF\x04\0\0\0WEBP", b"GIF89a" + bytes(7) + b";"]
)
def test_a_picture_without_a_picture_is_damaged(data: bytes):
    kind = media_type_of(data)
    if not kind:
        assert data in {b"", b"RIFF"}
        return
    with pytest.raises(DamagedError):
        read_picture(data, kind)

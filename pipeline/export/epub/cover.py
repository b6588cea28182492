"""The cover: one layout in the brand colour, drawn twice.

Shops and the shelves of reading apps take a JPEG or PNG and no SVG, so the package's cover image is a PNG. Inside the book
the same layout is SVG with real text: sharp at any size, and in the reader's own fonts for scripts that the theme's fonts
lack. Both come from one list of shapes. Pillow draws the PNG; it is here already, since WeasyPrint needs it.

An article whose ``cover`` is a photograph or painting in the shape of a book cover has that instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.export.epub import fonts
from pipeline.export.epub.flat_picture import Ground
from pipeline.locales import load_locale
from pipeline.model.publication import Picture, Publication
from pipeline.publication import people
from pipeline.render.colours import Rgb, mix, on, parse, to_hex
from pipeline.render.document import RIGHT_TO_LEFT
from pipeline.render.elements import Element, element
from pipeline.render.fonts import Face
from pipeline.render.theme import load_theme

if TYPE_CHECKING:
    from PIL import Image, ImageFont

WIDTH, HEIGHT = 1600, 2560
"""In pixels: the size and the ratio that shops ask for."""

MARGIN = 140
TITLE_SIZES = (200, 176, 152, 132, 112, 96, 80, 66)
TITLE_TOP, TITLE_SPACE = 520, 1150
LEADING = 1.14
PLATES = ((760, 16), (560, 30), (340, 46), (120, 0))
"""Rings of a weight plate at the lower edge: radius, and how far towards the text's colour (0 to 255)."""


SHOP_TYPES = frozenset({"image/jpeg", "image/png"})
LEAST_WIDTH = 600
"""In pixels: a smaller picture is no cover in a shop."""
UPRIGHT = 1.2
"""Height of a cover at least, by its width."""

Cut = Literal["text", "bold", "heading"]
"""Which of the theme's faces: its text in regular or bold, or that of its headings."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text on its baseline."""

    words: str
    y: int
    size: int
    cut: Cut = "text"
    shade: int = 255
    """From the ground (0) to the text's colour (255)."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a cover shows."""

    label: str
    """Its text alternative."""
    lines: tuple[Line, ...]
    ground: Rgb
    ink: Rgb
    right_to_left: bool
    theme: str

    def shade(self, share: int) -> Rgb:
        """A colour between ground (0) and ink (255)."""
        return mix(self.ink, self.ground, share / 255)


def cover_of(publication: Publication) -> Cover:
    """Lay out a publication's cover: publisher, title, subtitle, authors."""
    ground = parse(publication.imprint.colour)
    first = publication.chapters[0]
    single = first.subtitle if len(publication.chapters) == 1 else ""
    subtitle = publication.volume.subtitle if publication.volume else single
    names = ", ".join(dict.fromkeys(each.name for each in people(publication)))
    size, title = _fitted(publication.title, publication.theme)
    house = _wrapped(publication.imprint.name, 64, publication.theme, "bold")[:3]
    lines = [
        Line(row, 300 - 80 * above, 64, "bold", shade=230)
        for row, above in zip(house, reversed(range(len(house))), strict=True)
    ]
    y = TITLE_TOP
    for row in title:
        y += round(size * LEADING)
        lines.append(Line(row, y, size, "heading"))
    y += 60
    for row in _wrapped(subtitle, 68, publication.theme)[:3]:
        y += 84
        lines.append(Line(row, y, 68, shade=230))
    for number, row in enumerate(_wrapped(names, 60, publication.theme)[:2]):
        lines.append(Line(row, HEIGHT - 220 + 80 * number, 60, shade=230))
    locale = load_locale(publication.language)
    return Cover(
        label=f"{locale.text('cover')}: {publication.title}. {publication.imprint.name}",
        lines=tuple(lines),
        ground=ground,
        ink=on(ground),
        right_to_left=publication.language.split("-")[0].lower() in RIGHT_TO_LEFT,
        theme=publication.theme,
    )


def own_cover(publication: Publication) -> Picture | None:
    """The picture that the editor made for a cover: upright, of a size and type that shops take; else None."""
    if len(publication.chapters) > 1 and publication.volume is None:
        return None
    chosen = publication.volume.cover if publication.volume else publication.chapters[0].cover
    found = publication.pictures.get(chosen)
    if found is None or found.media_type not in SHOP_TYPES:
        return None
    return found if found.width >= LEAST_WIDTH and found.height >= UPRIGHT * found.width else None


def drawing(cover: Cover) -> Element:
    """The cover as inline SVG, one picture for assistive technology."""
    # the ground goes on around the page: a screen of another shape has no bars of white
    around = {"x": str(-WIDTH), "y": str(-HEIGHT), "width": str(3 * WIDTH), "height": str(3 * HEIGHT)}
    sheet = element("rect", **around, fill=to_hex(cover.ground))
    made = _svg("svg", sheet, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", width="100%", height="100%")
    made.set("aria-label", cover.label)
    for radius, share in PLATES:
        made.append(_svg("circle", cx=str(WIDTH), cy="2100", r=str(radius), fill=to_hex(cover.shade(share))))
    made.append(_svg("rect", x=_side(cover, 180), y="360", width="180", height="14", fill=to_hex(cover.shade(230))))
    for line in cover.lines:
        text = _svg("text", line.words, x=_side(cover), y=str(line.y), fill=to_hex(cover.shade(line.shade)))
        text.set("font-size", str(line.size))
        face = _face(cover.theme, line.cut)
        families = dict.fromkeys((face.family, *load_theme(cover.theme).families()))
        text.set("font-family", ", ".join(f"'{name}'" for name in families))
        text.set("font-weight", str(face.weight))
        if cover.right_to_left:
            text.set("direction", "rtl")
        made.append(text)
    for each in made.iter():
        each.tag = f"{{http://www.w3.org/2000/svg}}{each.tag!s}"
    return made


def _svg(tag: str, *content: Element | str, **attributes: str) -> Element:
    return element(tag, *content, **attributes)


def _side(cover: Cover, width: int = 0) -> str:
    """Where a line starts; ``width`` is that of something that is no text."""
    return str(WIDTH - MARGIN - width if cover.right_to_left else MARGIN)


def picture(cover: Cover) -> bytes:
    """The cover as PNG. A line in a script that no bundled font has is left out: no cover ever shows empty boxes."""
    from PIL import ImageDraw

    blank, ground = _ground(int(_side(cover, 180)))
    sheet = blank.copy()
    draw = ImageDraw.Draw(sheet)
    for line in cover.lines:
        path = _face(cover.theme, line.cut).path
        if fonts.covers(path, line.words):
            font = _font(path, line.size)
            anchor = "rs" if cover.right_to_left else "ls"
            draw.text((int(_side(cover)) + 1, line.y), line.words, fill=line.shade, font=font, anchor=anchor)
    return ground.picture(sheet.tobytes(), bytes(part for share in range(256) for part in cover.shade(share)))


@cache
def _ground(left: int) -> tuple[Image.Image, Ground]:
    """What all covers have with their bar at ``left``: as an image to draw on, one pixel to the right, and as rows of a PNG."""
    from PIL import Image, ImageDraw

    sheet = Image.new("L", (WIDTH + 1, HEIGHT), 0)
    draw = ImageDraw.Draw(sheet)
    for radius, share in PLATES:
        draw.circle((WIDTH + 1, 2100), radius, fill=share)
    draw.rectangle((left + 1, 360, left + 181, 374), fill=230)
    draw.line((0, 0, 0, HEIGHT), fill=0)
    return sheet, Ground(WIDTH, sheet.tobytes())


def _fitted(title: str, theme: str) -> tuple[int, list[str]]:
    """The largest size in which the title fits, and its lines; a very long title is cut with an ellipsis."""
    for size in TITLE_SIZES:
        lines = _wrapped(title, size, theme, "heading")
        whole = all(any(word in line for line in lines) for word in title.split())
        if whole and len(lines) * size * LEADING <= TITLE_SPACE:
            return size, lines
    size = TITLE_SIZES[-1]
    lines = _wrapped(title, size, theme, "heading")
    room = int(TITLE_SPACE // (size * LEADING))
    return (size, lines) if len(lines) <= room else (size, [*lines[: room - 1], f"{lines[room - 1]} …"])


def _wrapped(text: str, size: int, theme: str, cut: Cut = "text") -> list[str]:
    """Lines no wider than the page without its margins; a word wider than that is split."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _width(longer, size, theme, cut) > WIDTH - 2 * MARGIN:
            lines.append(line)
            longer = word
        while len(longer) > 1 and _width(longer, size, theme, cut) > WIDTH - 2 * MARGIN:
            end = next(
                at
                for at in range(len(longer) - 1, 0, -1)
                if at == 1 or _width(longer[:at], size, theme, cut) <= WIDTH - 2 * MARGIN
            )
            lines.append(longer[:end])
            longer = longer[end:]
        line = longer
    return [*lines, line] if line else lines


def _width(text: str, size: int, theme: str, cut: Cut) -> float:
    """In pixels; a character that the font lacks counts as a square, as wide as any script's letters are."""
    path = _face(theme, cut).path
    own = "".join(char for char in text if char.isspace() or fonts.covers(path, char))
    return _font(path, size).getlength(own) + size * (len(text) - len(own))


@cache
def _face(theme: str, cut: Cut) -> Face:
    """The font of a cover's lines; a cover has no italics."""
    look = load_theme(theme)
    family = [face for face in look.family("head" if cut == "heading" else "text") if face.style == "normal"]
    return max(family, key=lambda face: -face.weight if cut == "text" else face.weight)


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    # the basic layout needs no library of the system, so the same words give the same bytes on every machine
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)

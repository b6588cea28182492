"""Publications for the tests of e-books: the shared sample, and one with everything that has ever broken a book."""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image as Pixels
from PIL.PngImagePlugin import PngInfo

from pipeline.model.article import Person
from pipeline.model.nodes import (
    Alert,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    Figure,
    Footnote,
    FootnoteReference,
    HardBreak,
    Heading,
    Image,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Section,
    Strong,
    Table,
    TableCell,
    Text,
)
from pipeline.model.passage import PageStart, squeezed
from pipeline.model.publication import Picture, Publication
from pipeline.parity import expected
from tests.publications import (
    DRAWING,
    PICTURES,
    STEPS,
    body,
    cells,
    chapter,
    disclaimer,
    item,
    paragraph,
    sample,
    section,
    text,
)

PLACE = "taken at 53.8008 N, 1.5491 W"


def photograph(kind: str) -> bytes:
    """A small picture that carries metadata."""
    out = io.BytesIO()
    pixels = Pixels.new("RGB", (60, 40), (11, 93, 78))
    if kind == "PNG":
        note = PngInfo()
        note.add_text("Comment", PLACE)
        pixels.save(out, kind, pnginfo=note)
    elif kind == "JPEG":
        pixels.save(out, kind, comment=PLACE.encode())
    else:
        pixels.save(out, kind)
    return out.getvalue()


ODD_PICTURES = {
    "images/a plank (side).png": Picture("images/a plank (side).png", "image/png", photograph("PNG"), 60, 40),
    "images/A-Plank-Side.PNG": Picture("images/A-Plank-Side.PNG", "image/png", photograph("PNG"), 60, 40),
    "images/übung.jpeg": Picture("images/übung.jpeg", "image/jpeg", photograph("JPEG"), 60, 40),
    "images/運動.webp": Picture("images/運動.webp", "image/webp", photograph("WEBP"), 60, 40),
    "images/50% & more?.gif": Picture("images/50% & more?.gif", "image/gif", photograph("GIF"), 60, 40),
    "images/1.svg": Picture("images/1.svg", "image/svg+xml", DRAWING.encode(), 420, 160),
}

SCRIPTS = (
    paragraph("Hebrew: הרמת אגן. Arabic: رفع الحوض. Hindi: हिप थ्रस्ट."),
    paragraph("Chinese: 臀推. Japanese: ヒップスラスト. Korean: 힙 쓰러스트. Emoji: 💪🏽 👩‍⚕️ 🇬🇧."),
    paragraph("Symbols: 3 × 8 @ 60 kg, ½, ≥ 80 %, “quoted”, ‘single’, – — … \u00a0 \u00ad \u200b end."),
    paragraph("Pneumonoultramicroscopicsilicovolcanoconiosis" * 3),
)

DEEP: tuple[Block, ...] = (
    BulletList(
        (item("One.", OrderedList((item("Two.", BulletList((item("Three.", OrderedList((item("Four."),))),))),))),)
    ),
    BlockQuote((BulletList((ListItem((paragraph("Loose."), CodeBlock("a < b && c > d\n"))),), tight=False),)),
    Alert("note", (Heading(2, text("Heading in an alert"), "in-alert"), Table(cells("A"), (cells("1"),), (None,)))),
    Table(
        (TableCell(()), *cells("Sets <3>", "Reps & rest")),
        (
            cells("Squat", "3", "8"),
            (TableCell((Link("#1-first", text("Link")),)), TableCell((FootnoteReference("odd", 1),)), TableCell(())),
        ),
        ("left", "center", "right"),
    ),
)


def odd_sections() -> tuple[Block, ...]:
    """Headings whose ids and words have broken books."""
    link = Link("#étapes-à-suivre", text("steps"))
    reference = Paragraph(
        (Text("See "), link, Text(", "), Link("#nowhere", text("nowhere")), FootnoteReference("odd", 1))
    )
    return (
        section(2, "Digits first", "1-first", reference, *SCRIPTS),
        section(2, "Étapes à suivre", "étapes-à-suivre", *DEEP, STEPS, role="technique"),
        section(2, "Names of our own", "safety", section(3, "About", "about", section(4, "Title", "title"))),
        section(2, "Contents", "contents", paragraph("Text."), section(6, "Six", "six", paragraph("Deep."))),
        Section(
            Heading(2, (Strong(text("Bold & <odd>")), HardBreak(), FootnoteReference("odd", 1)), '50%-&-"more"'), ()
        ),
        section(2, "Twice", "twice", section(3, "Tips", "tips", disclaimer("stop")), section(3, "Tips", "tips-1")),
        section(2, "Twice", "twice-1", disclaimer("stop"), disclaimer("stop"), section(3, "Tips", "tips-2")),
        section(2, "تمرين", "تمرين", paragraph("نص."), paragraph("Text.")),
        section(
            2,
            "Pictures",
            "pictures",
            *(Figure(Image(path, f"A picture called {path}"), f"Caption of {path}") for path in ODD_PICTURES),
            Paragraph(
                (Image("images/1.svg", "", decorative=True), Text(" beside "), Image("images/1.svg", "a drawing"))
            ),
        ),
    )


def torture() -> Publication:
    """One chapter of everything, under a slug that starts with a digit."""
    odd = replace(
        chapter("5x5-plan", 'Is "5 × 5" <safe> & sound? 五乘五 שלום 💪'),
        authors=(Person("Ada Example", "PhD"), Person("Ada Example"), Person("Björk Ólafsdóttir & Söhne <x>")),
        body=(disclaimer("stop"), disclaimer("emergency"), *odd_sections()),
        front=(disclaimer("info"), disclaimer("clearance")),
        footnotes=(Footnote("odd", 1, (paragraph("A note."), CodeBlock("code\n"))), Footnote("unused", 0, ())),
        first_instruction=STEPS.items[0],
        keywords=("Hip thrust", "hip thrust", "", "ünïcode"),
        topics=("hip thrust",),
    )
    return replace(sample(odd), pictures={**PICTURES, **ODD_PICTURES})


def book() -> Publication:
    """Two chapters in two languages; one slug is like the name of a page of our own."""
    second = replace(chapter("cover-page", "¿Es bueno para la espalda?", "es"), body=body(), funding="Un fabricante")
    return sample(chapter(), second)


def right_to_left() -> Publication:
    """A book that is read from the right."""
    return sample(chapter("hebrew", "הרמת אגן והגב התחתון", "he"))


def paged() -> Publication:
    """The sample with pages that start in every kind of place."""
    publication = sample()
    texts = [each.passage.text for each in expected(publication)]

    def start(page: int, words: str) -> PageStart:
        at = next(at for at, text in enumerate(texts) if words in text)
        return PageStart(page, at, len(squeezed(texts[at].partition(words)[0])))

    places = (
        texts[0],
        "What hip thrusts do for you",
        "Learn the movement",
        "Roll the bar",
        "Side view",
        "Hip thrust",
        "whole sentences",
    )
    starts = (start(page, words) for page, words in enumerate(places, 1))
    return replace(publication, page_starts=(*starts, PageStart(len(places) + 1, len(texts), 0)))

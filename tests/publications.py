"""Sample publications that the tests of several exporters share: every node of the model, in every place it can stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.model.article import Person
from pipeline.model.nodes import (
    Alert,
    AlertKind,
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Disclaimer,
    Emphasis,
    Figure,
    Footnote,
    FootnoteReference,
    HardBreak,
    Heading,
    Image,
    Inline,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Section,
    SoftBreak,
    Strikethrough,
    Strong,
    Table,
    TableCell,
    Text,
    ThematicBreak,
)
from pipeline.model.proof import Requirement
from pipeline.model.publication import Chapter, Imprint, Notice, Picture, Publication, RelatedLink
from pipeline.model.walk import find, plain_text, walk

NOTICES = {
    "info": (
        "General information",
        (
            "This article gives general information. It is not medical advice and it is not a substitute for seeing a "
            "doctor. It does not diagnose or treat any condition. Never ignore or delay medical advice because of what you "
            "read here."
        ),
    ),
    "clearance": (
        "Before you start",
        (
            "See a doctor or a qualified health professional before you start if you have a heart condition, high blood "
            "pressure, chest pain, dizziness, a bone or joint problem, or recent surgery or injury, or if you take "
            "medication."
        ),
    ),
    "stop": (
        "When to stop",
        "Stop at once if you feel pain, feel dizzy or faint, are short of breath, or have chest pain. Then seek help.",
    ),
    "emergency": (
        "In an emergency",
        (
            "Call 999 or 112 at once for chest pain that does not ease. With back pain, go to A&E if you feel numb around "
            "the saddle area, both legs feel weak or numb, or your bladder or bowel habits change."
        ),
    ),
}
"""Heading and wording of each kind that the sample shows."""

DRAWING = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 160" width="420" height="160">
<title>Hip thrust</title>
<rect width="420" height="160" fill="#ffffff"/>
<path d="M20 140H400" stroke="#16302a" stroke-width="4" fill="none"/>
<path d="M60 140V84H140V140" fill="#dfe6e3" stroke="#16302a" stroke-width="3"/>
<path d="M110 76L250 70L300 132L330 132" fill="none" stroke="#0b5d4e" stroke-width="22" stroke-linejoin="round"/>
<circle cx="250" cy="62" r="30" fill="#c9d2cf" stroke="#16302a" stroke-width="3"/>
<circle cx="84" cy="62" r="20" fill="#efd3bd" stroke="#16302a" stroke-width="3"/>
</svg>
"""

LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<circle cx="24" cy="24" r="24" fill="#ffffff"/>
<path d="M8 24H40M14 14V34M34 14V34" stroke="#0b5d4e" stroke-width="5" stroke-linecap="round" fill="none"/>
</svg>
"""


def text(value: str) -> tuple[Inline, ...]:
    """One plain run of words."""
    return (Text(value),)


def paragraph(value: str) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph(text(value))


def item(value: str, *more: Block, label: str = "", checked: bool | None = None) -> ListItem:
    """A list's item: plain words, then further blocks."""
    return ListItem((paragraph(value), *more), text(label) if label else (), checked)


def section(level: int, title: str, id_: str, *blocks: Block, role: str = "") -> Section:
    """A section with its heading."""
    return Section(Heading(level, text(title), id_), blocks, role)


def disclaimer(kind: str) -> Disclaimer:
    """A box with the approved wording, as the publication stage leaves it."""
    title, words = NOTICES[kind]
    return Disclaimer(kind, (paragraph(words),), title=title, version="1.0")


def cells(*values: str) -> tuple[TableCell, ...]:
    """A table's row of plain words."""
    return tuple(TableCell(text(value)) for value in values)


STEPS = OrderedList(
    (
        item("Sit on the floor with your shoulder blades against the long side of a steady bench."),
        item("Roll the bar over your legs until it lies in the crease of your hips, with a pad around it."),
        item(
            "Set your feet hip-width apart.",
            BulletList((item("Your shins are upright at the top."), item("Your toes may turn out a little."))),
        ),
        item("Tuck your chin, brace, and push the floor away until your trunk is level with your thighs."),
        item("Hold for one second, then lower the bar in two to three seconds."),
    )
)

SCHEDULE = Table(
    header=cells("Exercise", "Sets", "Reps", "Rest"),
    rows=(
        cells("Glute bridge", "2", "12", "60 s"),
        cells("Hip thrust", "3", "8–10", "90 s"),
        cells("Plank", "2", "30 s", "45 s"),
    ),
    alignments=(None, "right", "right", "center"),
)

LEAD = Paragraph(
    (
        Text("Yes: hip thrusts are usually kind to your lower back, because the load works "),
        Emphasis(text("across")),
        Text(" the hips and not down the spine."),
        FootnoteReference("load", 1),
        Text(" Learn the movement "),
        Strong(text("without weight")),
        Text(" first,"),
        SoftBreak(),
        Text("then add a little at a time."),
    )
)

RICH_INLINE = Paragraph(
    (
        Text("Read our "),
        Link(
            "deadlift.md#set-up",
            (Emphasis(text("deadlift")), Text(" guide with "), Code("RPE")),
            title="Deadlift guide",
        ),
        Text(" or "),
        Strong((Link("https://example.org/squat?a=1&b=2", text("a review of squats")),)),
        Text(". We no longer say "),
        Strikethrough(text("knees over toes")),
        Text("."),
        HardBreak(),
        Text("Write the weight down as "),
        Code("3 × 8 @ 60 kg"),
        Text(" & rest"),
        FootnoteReference("rest", 2),
        Text(", and see "),
        Link("#steps", text("the steps")),
        Text(". "),
        Image("images/hip.svg", "A small bar", ""),
        FootnoteReference("load", 1),
    )
)

LOOSE_LIST = BulletList(
    (
        ListItem((paragraph("Use a pad."), paragraph("A rolled mat will do."))),
        ListItem(
            (
                paragraph("Ask for a spotter."),
                BulletList((item("Nested point."), item("Second point.", OrderedList((item("Deep."),), start=3)))),
            ),
        ),
        ListItem((BlockQuote((paragraph("A quotation in a list."),)), CodeBlock("bar = 20\n", "text"))),
        ListItem(()),
    ),
    tight=False,
)

FOOTNOTES = (
    Footnote(
        "load",
        1,
        (
            Paragraph(
                (
                    Text("Neto WK, et al. Barbell hip thrust, muscular activation and performance. "),
                    Emphasis(text("Journal of Sports Science & Medicine")),
                    Text(" 2019. "),
                    Link("https://example.org/neto-2019", text("Full text of the review")),
                )
            ),
        ),
    ),
    Footnote("rest", 2, (paragraph("Rest until you could talk in whole sentences."), paragraph("Longer is fine."))),
)


def _alert(kind: AlertKind) -> Alert:
    return Alert(kind, (paragraph(f"This is a {kind} for readers."),))


def body() -> tuple[Block, ...]:
    """The sample's text: every block and inline there is."""
    return (
        LEAD,
        section(
            2,
            "Key points",
            "key-points",
            BulletList((item("Start light."), item("Keep your ribs down."), item("Stop when it hurts."))),
            role="key-points",
        ),
        section(
            2,
            "What hip thrusts do for you",
            "benefits",
            RICH_INLINE,
            BulletList(
                (
                    item("It brings your hips forward.", label="Gluteus maximus"),
                    item(
                        "They help at the bottom.", BulletList((item("Less than in a deadlift."),)), label="Hamstrings"
                    ),
                )
            ),
            section(
                3,
                "What the evidence says",
                "evidence",
                BlockQuote((paragraph("Strong hips help many tasks."), paragraph("So train them."))),
                _alert("note"),
                _alert("tip"),
            ),
            role="benefits",
        ),
        section(
            2,
            "How to do it",
            "steps",
            disclaimer("stop"),
            disclaimer("emergency"),
            paragraph("Warm up for five minutes before the first set."),
            STEPS,
            Figure(
                Image(
                    "images/hip.svg", "Side view: shoulders on a bench, hips level with the knees, bar across the hips."
                ),
                "The top of the movement",
            ),
            role="technique",
        ),
        section(
            2,
            "Sets and reps",
            "sets",
            SCHEDULE,
            section(
                3,
                "Log",
                "log",
                BulletList((item("Week one", checked=True), item("Week two", checked=False))),
                CodeBlock("hip thrust 3x8 60kg\n", "log"),
            ),
            role="sets",
        ),
        section(
            2,
            "Risks",
            "risks",
            _alert("warning"),
            _alert("caution"),
            _alert("important"),
            LOOSE_LIST,
            ThematicBreak(),
            OrderedList((item("Fourth thing."), item("Fifth thing.")), start=4),
            role="risks",
        ),
        section(
            2,
            "Sources",
            "sources",
            BulletList(
                (
                    ListItem(
                        (
                            Paragraph(
                                (
                                    Text("Contreras B. "),
                                    Link("https://example.org/contreras", text("Hip thrust and squat compared")),
                                    Text(". 2015."),
                                )
                            ),
                        )
                    ),
                    ListItem(
                        (
                            Paragraph(
                                (
                                    Text("World Health Organization. "),
                                    Link("https://example.org/who", text("Guidelines on physical activity")),
                                    Text(". 2020."),
                                )
                            ),
                        )
                    ),
                )
            ),
            role="sources",
        ),
    )


def chapter(
    slug: str = "hip-thrusts", title: str = "Are hip thrusts good for your lower back?", language: str = "en-GB"
) -> Chapter:
    """One article with every kind of node."""
    return Chapter(
        slug=slug,
        title=title,
        subtitle="A short guide for people who train at a gym",
        description="What hip thrusts do, how to do them with care, and when to stop.",
        language=language,
        profile="exercise-qa",
        authors=(
            Person("Ada Example", "BSc Sport Science", "https://northside.example/ada"),
            Person("Ben Sample", "lay author"),
        ),
        reviewer=Person("Dr Cleo Muster", "MSc Physiotherapy, HCPC"),
        published=date(2026, 1, 15),
        reviewed=date(2026, 3, 2),
        next_review=date(2028, 3, 2),
        topics=("hip thrust", "glutes"),
        keywords=("hip thrust", "lower back"),
        funding="none",
        cover="images/hip.svg",
        front=(disclaimer("info"), disclaimer("clearance")),
        body=body(),
        footnotes=FOOTNOTES,
        related=(RelatedLink("How to deadlift", "deadlift"),),
        notices=tuple(Notice(kind, "1.0", words) for kind, (_, words) in NOTICES.items()),
        first_instruction=STEPS.items[0],
    )


IMPRINT = Imprint(
    name="Northside Strength",
    url="https://northside.example",
    contact="hello@northside.example",
    postal_address="12 Mill Lane, Leeds LS1 4AB, UK",
    colour="#0b5d4e",
    logo="images/logo.svg",
)

PICTURES = {
    "images/hip.svg": Picture("images/hip.svg", "image/svg+xml", DRAWING.encode(), 420, 160),
    "images/logo.svg": Picture("images/logo.svg", "image/svg+xml", LOGO.encode(), 48, 48),
}


def sample(*chapters: Chapter) -> Publication:
    """A publication of one article, or a book of several."""
    chapters = chapters or (chapter(),)
    return Publication(
        kind="article" if len(chapters) == 1 else "book",
        slug=chapters[0].slug,
        title=chapters[0].title,
        language=chapters[0].language,
        chapters=chapters,
        imprint=IMPRINT,
        edition="3f9a1c20",
        pictures=PICTURES,
        sources=tuple(f"articles/{each.slug}.md" for each in chapters),
    )


def with_body(*blocks: Block, front: tuple[Block, ...] = ()) -> Publication:
    """A small publication of just these blocks, without notices or instructions."""
    only = replace(chapter(), front=front, body=blocks, footnotes=(), notices=(), first_instruction=None, related=())
    return sample(only)


def requirements(publication: Publication) -> list[Requirement]:
    """What a finished file of the publication must show."""
    return [Requirement(each.kind, each.version, (each.text,)) for one in publication.chapters for each in one.notices]


def words(publication: Publication) -> list[str]:
    """Every run of words in the publication's text, for comparing with a finished file."""
    nodes = [node for one in publication.chapters for node in (*one.front, *one.body, *one.footnotes)]
    return [plain_text([node]) for node in walk(nodes) if isinstance(node, Text | Code)] + [
        figure.caption for figure in find(nodes, Figure)
    ]

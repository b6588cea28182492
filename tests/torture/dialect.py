"""Whole articles of the dialect, as hypothesis makes them: every block in every other, every inline in every other.

What is made is sound by the checks, so that whatever a build or a validator says of it is the pipeline's own fault.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from textwrap import indent

import yaml
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

DATA = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
WORDS, FOREIGN, CODE, ADDRESSES, PICTURES = (DATA[key] for key in ("plain", "foreign", "code", "addresses", "pictures"))
OWN_WORDS = {
    "info": (
        "This is general information. It is not medical advice and not a substitute for care from a doctor. It does not "
        "diagnose or treat any problem. Never ignore or delay medical advice because of what you read here."
    ),
    "clearance": (
        "Ask a doctor before you start if you have heart trouble, high blood pressure, chest pain, dizziness, a bone or "
        "joint problem, or a recent injury."
    ),
    "stop": "Stop at once if you feel pain, feel dizzy or faint, or are short of breath, and seek medical help.",
}
ALERTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
NOTES = ("one", "two", "שלום")
HEADING = re.compile("^[^#]*## ", re.MULTILINE)
DEEPEST = 4
"""Containers in one another; the torture article goes deeper."""

SECTIONS = (
    ("Muscles", ""),
    ("Set-up", ""),
    ("Technique", "1. Lie down.\n2. Lift your hips.\n3. Lower your hips.\n"),
    ("Common mistakes", ""),
    ("Risks", ""),
)
"""Headings that an exercise guide must have, and what stands first below each."""
LEAST = "Lie on a mat with your knees bent and rest your arms at your sides."
"""A section has at least ten words."""


def phrases() -> tuple[str, ...]:
    """Plain words, of any script, in every mixture; made beforehand, since each draw costs."""
    mixer = random.Random(1)  # noqa: S311 -- no secrets
    made = []
    for share in (0, 0, 1, 1, 2, 9):
        for length in (1, 2, 3, 4, 6, 9):
            made += [" ".join(mixer.choice(WORDS + FOREIGN * share) for _ in range(length)) for _ in range(4)]
    return tuple(made)


PHRASES = phrases()


def words(at_most: int = 10) -> SearchStrategy[str]:
    """Plain words, of any script."""
    return st.sampled_from([phrase for phrase in PHRASES if len(phrase.split()) <= at_most])


def picture(alt: SearchStrategy[str], title: SearchStrategy[str]) -> SearchStrategy[str]:
    """A picture, or a decorative one."""
    shown = st.builds("![Side view of {}](images/{}{})".format, alt, st.sampled_from(PICTURES), title)
    return shown | st.sampled_from(PICTURES).map("![](images/{}){{.decorative}}".format)


@st.composite
def inlines(draw: DrawFn, depth: int = 0, *, linked: bool = False, notes: bool = True) -> str:
    """A line of inlines: each within every other, no link within a link."""
    pieces = [draw(words())]
    for _ in range(draw(st.integers(0, 2 if depth < 2 else 0))):
        pieces += [draw(inline(depth + 1, linked=linked, notes=notes)), draw(words(4))]
    return " ".join(pieces)


@st.composite
def inline(draw: DrawFn, depth: int, *, linked: bool, notes: bool) -> str:
    """One inline that is more than words."""
    kinds = ["*", "**", "~~", "***", "code", "picture", "break"]
    kind = draw(st.sampled_from(kinds + ([] if linked else ["link", "link", "address"]) + (["note"] if notes else [])))
    match kind:
        case "link":
            return f"[{draw(inlines(depth, linked=True, notes=False))}]({draw(st.sampled_from(ADDRESSES))}{draw(titles())})"
        case "address":
            return "<hello@torture.example>"
        case "code":
            return f"`{draw(st.sampled_from(CODE))}`"
        case "picture":
            return draw(picture(words(4), st.just("")))
        case "note":
            return f"[^{draw(st.sampled_from(NOTES))}]"
        case "break":
            return "\\\n"
        case _:
            return f"{kind}{draw(inlines(depth, linked=linked, notes=notes))}{kind}"


def titles() -> SearchStrategy[str]:
    """Nothing, or the title of a link or picture."""
    return st.just("") | words(5).map(' "{}"'.format)


def one_line(text: SearchStrategy[str]) -> SearchStrategy[str]:
    """Inlines without a break."""
    return text.map(lambda line: line.replace("\\\n", ""))


@st.composite
def tables(draw: DrawFn) -> str:
    """A table with headings, rows and alignments of any kind."""
    width = draw(st.integers(1, 5))
    cells = one_line(inlines(1)).map(lambda cell: cell.replace("|", "\\|")) | st.just("")
    heads = [draw(words(3)) for _ in range(width)]
    rule = [draw(st.sampled_from(("---", ":--", ":-:", "--:"))) for _ in range(width)]
    rows = [[draw(cells) for _ in range(width)] for _ in range(draw(st.integers(0, 3)))]
    if width > 1 and rows and draw(st.booleans()):
        heads[0], rows = "", [[f"Row {at}", *row[1:]] for at, row in enumerate(rows)]
    if draw(st.integers(0, 9)) == 0:
        rows = (rows or [[LEAST] * width]) * 30
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))


@st.composite
def lists(draw: DrawFn, depth: int) -> str:
    """A list of any kind, tight or loose, its items blocks of any kind."""
    number = draw(st.sampled_from((None, None, 0, 1, 1, 7, 999)))
    task = draw(st.booleans())
    loose = draw(st.booleans())
    bullet = draw(st.sampled_from("-*+"))
    items = []
    for at in range(draw(st.integers(1, 4))):
        mark = f"{bullet} " if number is None else f"{number + at}. "
        body = draw(blocks(depth + 1, at_most=2, sep="\n\n" if loose else "\n") | one_line(inlines(1)) | labelled())
        if task and draw(st.booleans()):
            body = f"[{draw(st.sampled_from('x '))}] {draw(words(4))}\n\n{body}"
        items.append(mark + indent(body, " " * len(mark))[len(mark) :])
    return ("\n\n" if loose else "\n").join(items)


def labelled() -> SearchStrategy[str]:
    """The text of a labelled item."""
    return st.builds("**{}:** {}".format, one_line(inlines(2)), inlines(1))


@st.composite
def leaf(draw: DrawFn) -> str:
    """A block that holds no other."""
    match draw(st.sampled_from(("words", "words", "long", "figure", "picture", "code", "indented", "break", "table"))):
        case "long":
            return f"{draw(inlines())}\n" * draw(st.integers(1, 12))
        case "figure":
            return draw(picture(words(4), words(6).map(' "{}"'.format)))
        case "picture":
            return draw(picture(words(4), st.just("")))
        case "code":
            lines = draw(st.lists(st.sampled_from(("", *CODE)), max_size=6))
            return "\n".join(("~~~ text", *lines, "~~~"))
        case "indented":
            return "\n".join(
                f"    {line}" for line in draw(st.lists(st.sampled_from(CODE[:4]), min_size=1, max_size=3))
            )
        case "break":
            return "***"
        case "table":
            return draw(tables())
        case _:
            return draw(inlines())


def quoted(body: str, first: str = "") -> str:
    """A quotation, or an alert."""
    return indent(f"{first}{body}", "> ", lambda _: True)


@st.composite
def block(draw: DrawFn, depth: int) -> str:
    """Any block."""
    kinds = ["leaf", "leaf"] + (["list", "list", "quote", "alert", "heading"] if depth < DEEPEST else [])
    match draw(st.sampled_from(kinds)):
        case "list":
            return draw(lists(depth))
        case "quote":
            return quoted(draw(blocks(depth + 1)))
        case "alert":
            return quoted(draw(blocks(depth + 1)), f"[!{draw(st.sampled_from(ALERTS))}]\n")
        case "heading" if depth:
            return f"## {draw(words(5))}"
        case _:
            return draw(leaf())


@st.composite
def blocks(draw: DrawFn, depth: int, at_most: int = 2, sep: str = "\n\n") -> str:
    """Several blocks of any kind; a table ends at an empty line alone, so that what follows has one before it."""
    found = draw(st.lists(block(depth), min_size=1, max_size=at_most))
    parted = ("\n\n" if each.startswith("|") else sep for each in found[:-1])
    return "".join(f"{each}{parting}" for each, parting in zip(found, (*parted, ""), strict=True))


@st.composite
def disclaimer(draw: DrawFn, kind: str) -> str:
    """A disclaimer in the approved words, or in its own, with blocks of any kind."""
    own = [OWN_WORDS[kind], draw(blocks(1))] if draw(st.booleans()) else []
    return "\n\n".join((f":::disclaimer {kind}", *own)) + "\n:::"


@st.composite
def section(draw: DrawFn, title: str, first: str) -> str:
    """A section with what it must have, blocks of any kind and sections below it."""
    parts = [f"## {title}", *([draw(disclaimer("stop"))] if first else []), first or LEAST]
    parts += draw(st.lists(block(0), max_size=2))
    level = 2
    for _ in range(draw(st.integers(0, 2))):
        level = 3 if HEADING.search(parts[-1]) else draw(st.integers(3, min(level + 1, 6)))
        parts += [f"{'#' * level} {draw(one_line(inlines(1)))} x", LEAST, *draw(st.lists(block(0), max_size=1))]
    return "\n\n".join(parts)


@st.composite
def metadata(draw: DrawFn) -> str:
    """What stands at the top of a file."""
    plain = words(6).map(str.strip)
    keys = {
        "title": draw(plain.map("How to lie on {}".format)),
        "description": draw(plain)[:150].strip() or "Words",
        "profile": "exercise-guide",
        "language": draw(st.sampled_from(("en-GB", "en-US", "en"))),
        "authors": [{"name": "Ada Example", "credentials": "BSc Sport Science"}] * draw(st.integers(1, 3)),
        "published": "2026-03-02",
        "reviewed": "2026-09-21",
        **draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "subtitle": plain.map("On {}".format),
                    "reviewer": st.just({"name": "Bo Sample", "credentials": "MSc Physiotherapy"}),
                    "keywords": st.lists(plain.map("Key {}".format), max_size=3),
                    "cover": st.sampled_from(PICTURES).map("images/{}".format),
                    "related": st.just(["every-script"]),
                },
            )
        ),
    }
    dumped = yaml.safe_dump(keys, allow_unicode=True, sort_keys=False, width=1000)
    return dumped.replace("'2026-03-02'", "2026-03-02").replace("'2026-09-21'", "2026-09-21")


@st.composite
def articles(draw: DrawFn) -> str:
    """The source of an article that the checks find no error in."""
    top = f"---\n{draw(metadata())}---\n"
    lead = [draw(block(0)) for _ in range(draw(st.integers(0, 2)))]
    body = [LEAST, *lead, draw(disclaimer("info")), draw(disclaimer("clearance"))]
    body += [draw(section(title, first)) for title, first in SECTIONS]
    body.append("## Sources\n\n" + "\n".join(f"- [{LEAST}](https://example.org/{at})" for at in range(3)))
    body.append("See " + " ".join(f"[^{note}]" for note in NOTES))
    body += [f"[^{note}]: {indent(draw(blocks(1)), '    ')[4:]}" for note in NOTES]
    return top + "\n\n".join(body) + "\n"

"""The contact sheet: every page of every PDF at a glance, for whoever answers for how they look.

Each PDF has a strip of its pages, a picture that is made with it and lies beside the sheet: of thousands only those are drawn
that changed. The sheet is a web page for editors; it works from a folder, without scripts.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipeline.manifest import Output
from pipeline.model.article import LibraryEntry
from pipeline.model.proof import OutputFile
from pipeline.report.summary import plural

if TYPE_CHECKING:
    from pipeline.render.elements import Element

SHEET = "report/contact-sheet.html"
STRIPS = "report/pages/"

PDF = "application/pdf"

WIDTH = 180
"""Of a page, in pixels: headings can be read, and a thousand pages weigh 5 MB."""
GAP = 8
IN_A_ROW = 10
COLOURS = 48
GROUND = "#b9c2bf"

STYLE = """
:root { color-scheme: light dark; }
body { font: 100%/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 118rem; padding: 1rem 1.5rem 3rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 1rem 0 0; }
ul { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid; margin-top: 1.5rem; padding-top: .5rem; }
h2 { font-size: 1.125rem; margin: 0; }
p { margin: 0 0 .5rem; }
a { color: inherit; }
img { display: block; height: auto; max-width: 100%; }
"""


def strip(opened: Sequence[Any], path: str) -> OutputFile:
    """PDFium's pages of the finished PDF at ``path`` side by side as PNG, ten in a row; the same bytes for the same file."""
    from PIL import Image

    pages = [page.render(scale=WIDTH / page.get_width(), rev_byteorder=True).to_pil() for page in opened]
    high = max(page.height for page in pages)
    across, down = min(len(pages), IN_A_ROW), -(-len(pages) // IN_A_ROW)
    canvas = Image.new("RGB", (across * (WIDTH + GAP) + GAP, down * (high + GAP) + GAP), GROUND)
    for number, page in enumerate(pages):
        row, column = divmod(number, IN_A_ROW)
        canvas.paste(page, (GAP + column * (WIDTH + GAP), GAP + row * (high + GAP)))
    out = io.BytesIO()
    canvas.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return OutputFile(strip_path(path), "image/png", out.getvalue())


def strip_path(path: str) -> str:
    """Where the strip of a PDF lies."""
    return f"{STRIPS}{path}.png"


def sheet(outputs: Iterable[Output], entries: Mapping[str, LibraryEntry]) -> OutputFile:
    """The page that shows the strips of PDFs, sorted by path; ``entries`` are the articles by slug, for their titles."""
    from lxml import etree

    from pipeline.render.elements import element

    pdfs = sorted(outputs, key=lambda row: row.path)
    total = f"{plural(sum(row.pages or 0 for row in pdfs), 'page')} in {plural(len(pdfs), 'PDF')}"
    main = element("main", element("h1", "Contact sheet"), element("p", total))
    main.append(element("ul", *(_entry(row, entries) for row in pdfs)))
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("title", f"Contact sheet: {total}"),
        element("style", STYLE),
    )
    page = element("html", head, element("body", main), lang="en")
    markup = etree.tostring(page, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
    return OutputFile(SHEET, "text/html", f"{markup}\n".encode())


def _entry(row: Output, entries: Mapping[str, LibraryEntry]) -> Element:
    from pipeline.render.elements import element

    slug = PurePosixPath(row.path).stem
    entry = entries.get(slug)
    title, language = (entry.title, entry.language) if entry else (slug, "")
    pages = row.pages or 0
    across = min(pages, IN_A_ROW)
    picture = element(
        "img",
        src=quote(f"pages/{row.path}.png"),
        alt=f"{plural(pages, 'page')} of {row.path}",
        width=str(across * (WIDTH + GAP) + GAP),
        loading="lazy",
    )
    there = f"../{quote(row.path)}"
    return element(
        "li",
        element("h2", element("a", title, href=there, lang=language)),
        element("p", f"{row.path}, {plural(pages, 'page')}" + (f", edition {row.edition}" if row.edition else "")),
        element("a", picture, href=there),
    )

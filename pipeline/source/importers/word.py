"""A Word document (.docx) as a draft: mammoth makes HTML of it, which is read like a page's."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pipeline.errors import UnreadableError
from pipeline.source.importers.draft import Draft
from pipeline.source.importers.word_archive import open_document
from pipeline.source.importers.word_losses import read_losses

if TYPE_CHECKING:
    from lxml.html import HtmlElement

STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.fp-subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Preformatted Text'] => pre:separator('\\n')
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='macro'] => pre:separator('\\n')
p[style-name='Caption'] => p.fp-caption:fresh
p[style-name='caption'] => p.fp-caption:fresh
p[style-name='TOC Heading'] => div.toc > p:fresh
p[style-name='toc 1'] => div.toc > p:fresh
p[style-name='toc 2'] => div.toc > p:fresh
p[style-name='toc 3'] => div.toc > p:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
r[style-name='Emphasis'] => em
r[style-name='Intense Emphasis'] => strong > em
r[style-name='Subtle Emphasis'] => em
r[style-name='Book Title'] => em
r[style-name='HTML Code'] => code
r[style-name='Source Text'] => code
strike => s
"""
"""How styles of Word and LibreOffice become HTML, beside those that mammoth knows by itself."""
_IGNORED = (
    *("Unrecognised paragraph style", "Unrecognised run style", "Unrecognised table style", "Image of type"),
    *(
        "Paragraph style with ID",
        "Run style with ID",
        "Table style with ID",
    ),  # the document does not say what it looks like
)
_LISTED = "officeDocument/2006/math}"
"""Elements that are noted with their words (word_losses)."""


def read_word(data: bytes, draft: Draft) -> None:
    """Put a document into a draft. Raises UnreadableError for one that is damaged, encrypted or far too large."""
    from mammoth import convert_to_html, images

    from pipeline.source.importers.html import parse, read_article

    archive = open_document(data)
    read_losses(archive, draft)
    try:
        result = convert_to_html(
            io.BytesIO(data),
            style_map=STYLES,
            include_embedded_style_map=False,
            convert_image=images.img_element(lambda image: {"src": _keep(image, draft)}),
        )
    except RecursionError:
        raise UnreadableError("the document nests too deep", help="Copy its text into a new document.") from None
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, OSError, SyntaxError) as error:
        message = f"the document is damaged: {type(error).__name__}: {error}"
        raise UnreadableError(message, help="Open it in Word, let it be repaired, and save it anew.") from None
    for note in result.messages:
        if not note.message.startswith(_IGNORED) and _LISTED not in note.message:
            draft.drop("something that mammoth does not read", note.message)
    page = parse(f"<html><body>{result.value}</body></html>")
    body = page.find(".//body")
    body = page if body is None else body
    _take_subtitle(body, draft)
    _set_captions(body)
    read_article(body, draft)


def _keep(image: Any, draft: Draft) -> str:
    """Keep the bytes of a picture, and name it for the HTML."""
    with image.open() as stream:
        data = stream.read()
    name = f"embedded-{len(draft.pictures) + 1}"
    draft.pictures[name] = data
    return name


def _take_subtitle(body: HtmlElement, draft: Draft) -> None:
    for element in body.xpath(".//p[contains(@class, 'fp-subtitle')]"):
        words = " ".join(element.text_content().split())
        if words and not draft.subtitle:
            draft.subtitle = words
            element.drop_tree()


def _set_captions(body: HtmlElement) -> None:
    """Make figures of pictures with a caption below them, or above."""
    from lxml import html

    for caption in body.xpath(".//p[contains(@class, 'fp-caption')]"):
        for beside in (caption.getprevious(), caption.getnext()):
            if (
                beside is None
                or beside.tag != "p"
                or beside.text_content().strip()
                or len(beside.findall(".//img")) != 1
            ):
                continue
            figure = html.Element("figure")
            beside.addprevious(figure)
            figure.append(beside)
            caption.tag = "figcaption"
            caption.attrib.clear()
            figure.append(caption)
            break

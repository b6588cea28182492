"""Small finished files, sound and broken, that show whether a validator looks at all."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import fontpkg

if TYPE_CHECKING:
    from pathlib import Path

BODY = "<h1>Squat</h1><p>Stand with your feet apart.</p>"

PAGE = Template("""<!DOCTYPE html>
<html$lang>
<head><meta charset="utf-8">$title$head</head>
<body><main>$body</main></body>
</html>
""")

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

PACKAGE = Template("""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:uuid:3f0c0c44-6a52-4b43-9d5c-2b8f8b6f9e11</dc:identifier>
    $title
    <dc:language>en</dc:language>
    <meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
    <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <meta property="schema:accessibilityFeature">structuralNavigation</meta>
    <meta property="schema:accessibilityFeature">tableOfContents</meta>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta property="schema:accessibilitySummary">Text alone, with headings.</meta>
    <dc:source>urn:example:print</dc:source>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="text" href="text.xhtml" media-type="application/xhtml+xml"/>
  </manifest>
  <spine><itemref idref="text"/></spine>
</package>
""")

XHTML = Template("""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><title>Squat</title></head>
<body>$body</body>
</html>
""")

NAVIGATION = (
    '<nav epub:type="toc" role="doc-toc"><h1>Contents</h1><ol><li><a href="text.xhtml">Squat</a></li></ol></nav>'
)
CHAPTER = f'<section epub:type="chapter" role="doc-chapter" aria-label="Squat">{BODY}</section>'


def page(*, lang: str = ' lang="en"', title: str = "<title>Squat</title>", head: str = "", body: str = BODY) -> str:
    """Return an HTML page."""
    return PAGE.substitute(lang=lang, title=title, head=head, body=body)


def write_html(file: Path, text: str) -> Path:
    """Write a page and return its file."""
    file.write_text(text, encoding="utf-8")
    return file


def write_pdf(file: Path, text: str, variant: str) -> Path:
    """Write a page as a PDF that claims to be of a WeasyPrint variant, and return its file."""
    from weasyprint import CSS, HTML

    font = fontpkg.path("atkinson-hyperlegible").as_uri()
    css = CSS(string=f"@font-face {{ font-family: Sample; src: url({font}) }} body {{ font-family: Sample }}")
    HTML(string=text).write_pdf(file, stylesheets=[css], pdf_variant=variant)
    return file


def write_epub(file: Path, *, title: str = "<dc:title>Squat</dc:title>", chapter: str = CHAPTER) -> Path:
    """Write a book of one chapter and return its file."""
    with ZipFile(file, "w", ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", ZIP_STORED)
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("EPUB/package.opf", PACKAGE.substitute(title=title))
        book.writestr("EPUB/nav.xhtml", XHTML.substitute(body=NAVIGATION))
        book.writestr("EPUB/text.xhtml", XHTML.substitute(body=chapter))
    return file

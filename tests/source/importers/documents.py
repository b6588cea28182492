"""Word documents packed from folders of readable XML; parts that every document has are added."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = {
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Quote": "Quote",
    "Caption": "caption",
}


def pack(folder: Path) -> bytes:
    """The bytes of a .docx made of a folder's files."""
    parts = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    """The bytes of a .docx made of its parts, by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted({**_common(parts), **parts}.items()):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
    return made.getvalue()


def document(body: str) -> dict[str, bytes]:
    """The main part of a document, from the XML of its paragraphs."""
    return {
        "word/document.xml": f'{DECLARATION}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()
    }


def paragraph(text: str, style: str = "") -> str:
    """The XML of a paragraph."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def _common(parts: dict[str, bytes]) -> dict[str, bytes]:
    names = [
        name
        for name in ("comments", "footnotes", "styles", "numbering")
        if f"word/{name}.xml" in parts or name in {"styles", "numbering"}
    ]
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(names, 1)
    )
    types = "".join(
        f'<Default Extension="{suffix}" ContentType="image/{suffix}"/>' for suffix in ("png", "jpeg", "emf")
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return {
        name: f"{DECLARATION}{text}".encode()
        for name, text in {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
            "word/styles.xml": f'<w:styles xmlns:w="{W}">{"".join(map(_style, STYLES))}</w:styles>',
            "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{_numbering(1, "bullet")}{_numbering(2, "decimal")}'
            + "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2))
            + "</w:numbering>",
        }.items()
    }


def _style(identifier: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{STYLES[identifier]}"/></w:style>'


def _numbering(number: int, form: str) -> str:
    levels = "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/></w:lvl>' for level in range(3))
    return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'

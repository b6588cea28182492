"""Finished files of one article, changed as somebody would who mends the manifest after it."""

from __future__ import annotations

import hashlib
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pikepdf

from pipeline.export.pdf.tags import read_tags
from tests.export.epub.finished import files, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.desk import Desk

SLUG = "hip-thrusts-lower-back"
PARAGRAPH = "Most trouble comes from too much weight"
FIRST_STEP, SECOND_STEP = "Brace:", "Lift:"
PICTURE, ALTERNATIVE = "Side view of the top of the lift", "A picture."
ADVICE, OTHER_ADVICE = (
    "This is general information. It is not medical advice",
    "This is general information. It is medical advice",
)
NOTE = "Andersen and others, 2018"


def change(desk: Desk, path: str, new: Callable[[bytes], bytes]) -> None:
    """Replace a file below ``build/``, and what the manifest says of its bytes."""
    data = new((desk.out / path).read_bytes())
    (desk.out / path).write_bytes(data)
    manifest = json.loads((desk.out / "manifest.json").read_text("utf-8"))
    row = next(row for row in manifest["outputs"] if row["path"] == path)
    row |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (desk.out / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def only(desk: Desk, slug: str) -> None:
    """Take every other article out of ``build/``."""
    manifest = json.loads((desk.out / "manifest.json").read_text("utf-8"))
    kept = [
        row for row in manifest["outputs"] if f"articles/{slug}.md" in row["sources"] and "index" not in row["path"]
    ]
    for row in manifest["outputs"]:
        if row not in kept:
            (desk.out / row["path"]).unlink()
    (desk.out / "manifest.json").write_text(json.dumps({**manifest, "outputs": kept}), "utf-8")


def _found(markup: str, tag: str, words: str) -> str:
    """The element that holds the words and no other element of its kind."""
    pattern = rf"<{tag}\b[^>]*>(?:(?!<{tag}\b).)*?{re.escape(words)}.*?</{tag}>"
    found = re.search(pattern, markup, re.DOTALL)
    assert found, words
    return found[0]


def without_paragraph(markup: str) -> str:
    return markup.replace(_found(markup, "p", PARAGRAPH), "")


def hidden_paragraph(markup: str) -> str:
    whole = _found(markup, "p", PARAGRAPH)
    return markup.replace(whole, whole.replace("<p", '<p hidden="hidden"', 1))


def swapped_steps(markup: str) -> str:
    first, second = _found(markup, "li", FIRST_STEP), _found(markup, "li", SECOND_STEP)
    return markup.replace(first, "\0").replace(second, first).replace("\0", second)


def another_alternative(markup: str) -> str:
    alternative = re.search(rf'alt="({PICTURE}[^"]*)"', markup)
    assert alternative
    return markup.replace(alternative[1], ALTERNATIVE)


def another_disclaimer(markup: str) -> str:
    assert ADVICE in markup
    return markup.replace(ADVICE, OTHER_ADVICE)


def without_note(markup: str) -> str:
    return markup.replace(_found(markup, "li", NOTE), "")


def html(edit: Callable[[str], str]) -> Callable[[bytes], bytes]:
    """The edit, for a web page."""
    return lambda data: edit(data.decode()).encode()


def epub(edit: Callable[[str], str]) -> Callable[[bytes], bytes]:
    """The edit, for the chapter of an e-book."""

    def edited(data: bytes) -> bytes:
        contents = files(data)
        chapter = f"EPUB/text/{SLUG}.xhtml"
        return packed({**contents, chapter: edit(contents[chapter].decode()).encode()})

    return edited


class Tagged:
    """The structure elements of a PDF with the words that they stand for."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.rows = list(zip(_elements(self.pdf.Root.StructTreeRoot.K[0]), read_tags(data).walk(), strict=True))

    def find(self, role: str, words: str) -> tuple[Any, Any, int]:
        """The last element of a role that holds the words, its parent's list of kids, and its place in there."""
        element = [each for each, node in self.rows if node.role == role and words in node.text()][-1]
        kids = element.P.K
        return element, kids, next(at for at, kid in enumerate(kids) if getattr(kid, "objgen", None) == element.objgen)

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _elements(element: Any) -> Iterator[Any]:
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _elements(kid)


def pdf_without(role: str, words: str) -> Callable[[bytes], bytes]:
    """A PDF in whose tags one element is missing."""

    def edited(data: bytes) -> bytes:
        tagged = Tagged(data)
        _, kids, at = tagged.find(role, words)
        del kids[at]
        return tagged.saved()

    return edited


def pdf_with_swapped_steps(data: bytes) -> bytes:
    """A PDF whose tags have two steps the other way round."""
    tagged = Tagged(data)
    first, kids, at = tagged.find("LI", FIRST_STEP)
    second, _, there = tagged.find("LI", SECOND_STEP)
    kids[at], kids[there] = second, first
    return tagged.saved()


def pdf_with_another_alternative(data: bytes) -> bytes:
    """A PDF with other words for a picture."""
    tagged = Tagged(data)
    figure = next(each for each, node in tagged.rows if node.role == "Figure" and node.alt.startswith(PICTURE))
    figure.Alt = pikepdf.String(ALTERNATIVE)
    return tagged.saved()


def pdf_with_another_disclaimer(data: bytes) -> bytes:
    """A PDF that no longer shows the first words of its disclaimer."""
    tagged = Tagged(data)
    element, _, _ = tagged.find("P", ADVICE)
    marked = element.K[0] if isinstance(element.K, pikepdf.Array) else element.K
    page, kept, inside, seen = tagged.pdf.pages[0], [], False, False
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "BDC":
            inside = instruction.operands[1].get("/MCID") == marked
        if operator in {"Tj", "TJ"} and inside and not seen:
            seen = True
        else:
            kept.append(instruction)
    assert seen
    page.Contents = tagged.pdf.make_stream(pikepdf.unparse_content_stream(kept))
    return tagged.saved()

"""Words, emphasis, links, pictures and footnote marks as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from pipeline.model.nodes import (
    Code,
    Emphasis,
    FootnoteReference,
    HardBreak,
    Image,
    Inline,
    Link,
    SoftBreak,
    Strikethrough,
    Strong,
    Text,
)
from pipeline.model.walk import find
from pipeline.render.elements import EPUB_TYPE, Content, Element, element
from pipeline.render.scene import Scene

MAX_WIDTH = 600
"""In CSS pixels, of a picture that is drawn as a background."""


def inlines(nodes: Iterable[Inline], scene: Scene) -> list[Content]:
    """Inline nodes as text and elements, in order."""
    out: list[Content] = []
    for node in nodes:
        out.extend(_inline(node, scene))
    return out


def _inline(node: Inline, scene: Scene) -> list[Content]:
    match node:
        case Text():
            return [node.value]
        case SoftBreak():
            return ["\n"]
        case HardBreak():
            return [element("br")]
        case Code():
            return [element("code", node.value)]
        case Emphasis():
            return [element("em", *inlines(node.children, scene))]
        case Strong():
            return [element("strong", *inlines(node.children, scene))]
        case Strikethrough():
            return [element("del" if scene.target != "print" else "s", *inlines(node.children, scene))]
        case Link():
            return link(node, scene)
        case Image():
            return [picture(node, scene)]
        case FootnoteReference():
            return [note_reference(node, scene)]
        case _:
            assert_never(node)


def link(node: Link, scene: Scene) -> list[Content]:
    """A link; its words alone where the target may not be linked.

    HTML forbids a link in a link, so a link with a footnote mark in it becomes one before and one after the mark.
    """
    href = scene.href(node.href)
    if href is None:
        return inlines(node.children, scene)
    if any(True for _ in find(node.children, FootnoteReference)):
        return _spread(node.children, node, href, scene)
    return [element("a", *inlines(node.children, scene), href=href, title=node.title)]


def _spread(nodes: Iterable[Inline], outer: Link, href: str, scene: Scene) -> list[Content]:
    out: list[Content] = []
    words: list[str] = []

    def flush() -> None:
        if words:
            out.append(element("a", "".join(words), href=href, title=outer.title))
            words.clear()

    for node in nodes:
        match node:
            case Text():
                words.append(node.value)
            case SoftBreak():
                words.append(" ")
            case _:
                flush()
                out.extend(_spread_one(node, outer, href, scene))
    flush()
    return out


def _spread_one(
    node: Code | Emphasis | Strong | Strikethrough | Link | Image | HardBreak | FootnoteReference,
    outer: Link,
    href: str,
    scene: Scene,
) -> list[Content]:
    match node:
        case Code():
            return [element("code", element("a", node.value, href=href, title=outer.title))]
        case Emphasis():
            return [element("em", *_spread(node.children, outer, href, scene))]
        case Strong():
            return [element("strong", *_spread(node.children, outer, href, scene))]
        case Strikethrough():
            return [element("s", *_spread(node.children, outer, href, scene))]
        case Image() if not node.decorative:
            return [element("a", picture(node, scene), href=href, title=outer.title)]
        case Link() | Image() | HardBreak() | FootnoteReference():
            return _inline(node, scene)
        case _:
            assert_never(node)


def picture(node: Image, scene: Scene) -> Element:
    """A picture among words, with its text alternative."""
    if node.decorative:
        return ornament(node.src, scene, "decorative")
    return image(node.src, node.alt, scene)


def image(path: str, alt: str, scene: Scene, class_: str = "") -> Element:
    """An ``<img>`` with the picture's own size, so that nothing moves while it loads."""
    found = scene.picture(path)
    return element(
        "img",
        src=scene.picture_url(path),
        alt=alt,
        width=str(round(found.width)) if found.width else None,
        height=str(round(found.height)) if found.height else None,
        class_=class_,
    )


def ornament(path: str, scene: Scene, class_: str) -> Element:
    """A picture that says nothing: an empty text alternative, on paper a background (WeasyPrint #2550)."""
    if scene.target != "print":
        return image(path, "", scene, class_)
    found = scene.picture(path)
    ratio = found.width / found.height if found.width and found.height else 1
    high = "1em" if class_ == "logo" else f"{min(found.height, MAX_WIDTH / ratio):.0f}px"
    wide = f"{ratio:.3f}em" if class_ == "logo" else f"{min(found.width, MAX_WIDTH):.0f}px"
    style = f"width:{wide};height:{high};background-image:url('{scene.picture_url(path)}')"
    return element("span", class_=class_, style=style)


def note_reference(node: FootnoteReference, scene: Scene) -> Element:
    """A footnote's mark in the text; the note links back to the first of them."""
    mark = element(
        "a",
        str(node.number),
        id=scene.claim(f"fnref-{node.number}"),
        href=f"#{scene.prefix}fn-{node.number}",
        role="doc-noteref",
        aria_label=scene.labels("note_number", number=node.number),
    )
    if scene.target == "epub":
        mark.set(EPUB_TYPE, "noteref")
    return element("sup", mark, class_="noteref")

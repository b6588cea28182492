"""Paragraphs, sections, lists, tables, figures and boxes as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from pipeline.model.nodes import (
    Alert,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    Disclaimer,
    Figure,
    Heading,
    ListItem,
    OrderedList,
    Paragraph,
    Section,
    Table,
    ThematicBreak,
)
from pipeline.model.walk import plain_text
from pipeline.render.elements import Content, Element, class_names, element
from pipeline.render.inlines import image, inlines, ornament
from pipeline.render.notices import notice
from pipeline.render.scene import Scene
from pipeline.render.semantics import mark_section
from pipeline.render.tables import table


def blocks(nodes: Iterable[Block], scene: Scene) -> list[Element]:
    """Block nodes as elements, in order; the first instruction gets its id."""
    return [_identified(node, scene) for node in nodes]


def _identified(node: Block, scene: Scene) -> Element:
    if not scene.takes_instruction(node):
        return _block(node, scene)
    made = _block(node, scene)
    if made.get("id"):
        made = element("div", made)
    made.set("id", scene.claim("first-instruction"))
    return made


def _block(node: Block, scene: Scene) -> Element:
    match node:
        case Paragraph():
            return element("p", *inlines(node.children, scene))
        case Heading():
            return _loose_heading(node, scene)
        case Section():
            return _section(node, scene)
        case BulletList():
            return element("ul", *_items(node, scene), class_=_list_class(node, scene))
        case OrderedList():
            return _ordered(node, scene)
        case BlockQuote():
            return element("blockquote", *blocks(node.blocks, scene))
        case Alert():
            return _alert(node, scene)
        case CodeBlock():
            return element("pre", element("code", node.text))
        case ThematicBreak():
            return element("hr")
        case Table():
            return table(node, scene)
        case Figure():
            return _figure(node, scene)
        case Disclaimer():
            return notice(node, scene, blocks)
        case _:
            assert_never(node)


def _section(node: Section, scene: Scene) -> Element:
    """A section; its heading stands one level below the one around it, so that no level is ever skipped."""
    level, heading = scene.level, scene.heading
    scene.level = min(level + 1, 6)
    id_ = scene.anchor(node.heading.id) if node.heading.id else scene.claim("part")
    scene.heading = id_
    scene.ids.add(id_)
    title = element(f"h{scene.level}", *inlines(node.heading.children, scene), id=id_)
    name = " ".join(plain_text(node.heading.children).split()).casefold()
    told = None if name in scene.names else id_
    scene.names.add(name)
    made = element("section", title, *blocks(node.blocks, scene), aria_labelledby=told)
    mark_section(made, node.role, scene.target)
    scene.level, scene.heading = level, heading
    return made


def _loose_heading(node: Heading, scene: Scene) -> Element:
    """A heading inside a quotation, list or box: no part of the outline, so a paragraph that looks like one."""
    id_ = scene.claim(scene.anchor(node.id, prefix="")) if node.id else None
    return element("p", element("strong", *inlines(node.children, scene)), id=id_, class_="run-in-heading")


def _list_class(node: BulletList | OrderedList, scene: Scene) -> str:
    del scene
    return class_names(
        "tight" if node.tight else "loose",
        "labelled" if any(each.label for each in node.items) else None,
        "tasks" if any(each.checked is not None for each in node.items) else None,
    )


def _ordered(node: OrderedList, scene: Scene) -> Element:
    made = element("ol", *_items(node, scene), class_=_list_class(node, scene))
    if node.start != 1:
        made.set("start", str(node.start))
        if scene.target == "print":
            # WeasyPrint counts from one unless the style says otherwise.
            made.set("style", f"counter-reset:list-item {node.start - 1}")
    return made


def _items(node: BulletList | OrderedList, scene: Scene) -> list[Element]:
    return [_item(each, node.tight, scene) for each in node.items]


def _item(node: ListItem, tight: bool, scene: Scene) -> Element:
    id_ = scene.claim("first-instruction") if scene.takes_instruction(node) else None
    lead: list[Content] = []
    if node.checked is not None:
        state = "done" if node.checked else "to_do"
        lead += [element("span", scene.labels(state), class_=class_names("task", state.replace("_", "-"))), " "]
    if node.label:
        lead += [element("strong", *inlines(node.label, scene), ":", class_="label"), " "]
    made = element("li", id=id_)
    rest = node.blocks
    if rest and isinstance(rest[0], Paragraph):
        first = [*lead, *inlines(rest[0].children, scene)]
        lead = first if tight else [element("p", *first)]
        rest = rest[1:]
    elif lead and not tight:
        lead = [element("p", *lead)]
    for piece in lead:
        _append(made, piece)
    for block in rest:
        if tight and isinstance(block, Paragraph):
            _append(made, element("br"))
            for piece in inlines(block.children, scene):
                _append(made, piece)
        else:
            made.append(_identified(block, scene))
    return made


def _append(parent: Element, piece: Content) -> None:
    from pipeline.render.elements import extend

    extend(parent, [piece])


def _alert(node: Alert, scene: Scene) -> Element:
    label = element("p", element("strong", scene.labels(node.kind)), class_="alert-label")
    return element("div", label, *blocks(node.blocks, scene), class_=f"alert alert-{node.kind}", role="note")


def _figure(node: Figure, scene: Scene) -> Element:
    shown = (
        ornament(node.image.src, scene, "decorative")
        if node.image.decorative
        else image(node.image.src, node.image.alt, scene)
    )
    made = element("figure", shown)
    if node.caption:
        made.append(element("figcaption", node.caption))
    return made

"""Tables with header cells that say what they head."""

from __future__ import annotations

from pipeline.model.nodes import Table, TableCell
from pipeline.model.walk import plain_text
from pipeline.render.elements import Element, element
from pipeline.render.inlines import inlines
from pipeline.render.scene import Scene

MOST_ROWS_KEPT = 6
"""A table of so few rows is not parted by a page break."""


def table(node: Table, scene: Scene) -> Element:
    """A table; on screen in a box that scrolls by itself, so that the page never does (WCAG 1.4.10)."""
    rows = has_row_headings(node)
    head = element("tr", *(_head(cell, at, node, scene) for at, cell in enumerate(node.header)))
    body = element("tbody")
    for row in node.rows:
        line = element("tr")
        for at, cell in enumerate(row):
            line.append(_cell(cell, at, node, scene, heads_row=rows and at == 0))
        body.append(line)
    made = element("table", element("thead", head))
    if len(body):
        made.append(body)
    if scene.target != "screen":
        if scene.target == "print" and len(node.rows) <= MOST_ROWS_KEPT:
            made.set("class", "short")
        return made
    name = {"aria_labelledby": scene.heading} if scene.heading else {"aria_label": scene.labels("table")}
    return element("div", made, class_="table-scroll", role="group", tabindex="0", **name)


def has_row_headings(node: Table) -> bool:
    """Whether column one names its rows: its corner is empty, or its cells are words, each different."""
    if len(node.header) < 2:  # noqa: PLR2004 -- one column heads nothing
        return False
    if not plain_text(node.header[0].children).strip():
        return True
    first = [plain_text(row[0].children).strip() for row in node.rows if row]
    return len(set(first)) == len(node.rows) and all(any(map(str.isalpha, name)) for name in first)


def _head(cell: TableCell, at: int, node: Table, scene: Scene) -> Element:
    content = inlines(cell.children, scene)
    if not content:
        return element("td", class_=_alignment(at, node))
    return element("th", *content, scope="col", class_=_alignment(at, node))


def _cell(cell: TableCell, at: int, node: Table, scene: Scene, *, heads_row: bool) -> Element:
    id_ = scene.claim("first-instruction") if scene.takes_instruction(cell) else None
    content = inlines(cell.children, scene)
    if heads_row and content:
        return element("th", *content, scope="row", id=id_, class_=_alignment(at, node))
    return element("td", *content, id=id_, class_=_alignment(at, node))


def _alignment(at: int, node: Table) -> str:
    side = node.alignments[at] if at < len(node.alignments) else None
    return {"left": "", "center": "centre", "right": "end", None: ""}[side]

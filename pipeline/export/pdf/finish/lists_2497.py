"""Lists as the standard wants them: L holds LI, and LI holds Lbl and LBody, whatever the style of the list.

WeasyPrint leaves LBody out or puts blocks beside it, and moves a nested list out of its item.
https://github.com/Kozea/WeasyPrint/issues/2497 and #2504, #2874
"""

from __future__ import annotations

from types import MappingProxyType

from pipeline.export.pdf.finish.tree import Annotation, Mark, Tag

NUMBERING = MappingProxyType(
    {
        "circle": "Circle",
        "decimal": "Decimal",
        "disc": "Disc",
        "lower-alpha": "LowerAlpha",
        "lower-latin": "LowerAlpha",
        "lower-roman": "LowerRoman",
        "square": "Square",
        "upper-alpha": "UpperAlpha",
        "upper-latin": "UpperAlpha",
        "upper-roman": "UpperRoman",
    }
)
"""CSS list-style-type -> ListNumbering; ISO 32000-1, table 347."""

LABELS = frozenset({"li::marker", "li::before", "dt"})
LIST_ITEMS = frozenset({"li", "dt", "dd", "dt::marker", "dd::marker"})


def label(root: Tag) -> None:
    """Keep markers and terms apart from the text, before tags without a role are dissolved."""
    for tag in root.walk():
        if tag.name in LABELS:
            tag.role = "Lbl"
        elif tag.name == "dd":
            tag.role = "LBody"
        elif tag.name == "li":
            tag.role = "LI"


def mend(root: Tag) -> None:
    """Give every list its items, and every item its label and body."""
    for tag in list(root.walk()):
        if tag.role == "L":
            _mend_list(tag)


def _mend_list(tag: Tag) -> None:
    items: list[Tag | Mark | Annotation] = []
    for kid in tag.kids:
        if isinstance(kid, Tag) and kid.role in {"LI", "Caption"}:
            items.append(kid)
            continue
        starts = isinstance(kid, Tag) and kid.role == "Lbl"
        last = items[-1] if items else None
        if not isinstance(last, Tag) or last.role != "LI" or (starts and _has_body(last)):
            last = Tag("li", role="LI")
            items.append(last)
        last.kids.append(kid)
    tag.kids = items
    for item in tag.tags:
        if item.role == "LI":
            _mend_item(item)
    labelled = any(kid.role == "Lbl" for item in tag.tags for kid in item.tags)
    numbering = NUMBERING.get(tag.numbering, "Decimal" if tag.name == "ol" and labelled else "None")
    tag.attributes["List"] = {"ListNumbering": f"/{numbering}"}


def _has_body(item: Tag) -> bool:
    return any(kid.role == "LBody" for kid in item.tags)


def _mend_item(item: Tag) -> None:
    labels = [kid for kid in item.tags if kid.role == "Lbl"]
    rest = [kid for kid in item.kids if not (isinstance(kid, Tag) and kid.role == "Lbl")]
    if len(rest) == 1 and isinstance(rest[0], Tag) and rest[0].role == "LBody":
        body = rest[0]
    else:
        body = Tag(item.name, role="LBody", kids=_flat(rest))
    item.kids = [*_one_label(labels), body] if body.kids else [*_one_label(labels)]


def _flat(kids: list[Tag | Mark | Annotation]) -> list[Tag | Mark | Annotation]:
    """The content of several definitions of one term as that of one body."""
    if not any(isinstance(kid, Tag) and kid.role == "LBody" for kid in kids):
        return kids
    return [
        Tag("div", role="Div", kids=kid.kids) if isinstance(kid, Tag) and kid.role == "LBody" else kid for kid in kids
    ]


def _one_label(labels: list[Tag]) -> list[Tag]:
    if len(labels) < 2:  # noqa: PLR2004
        return labels
    return [Tag(labels[0].name, labels[0].element, role="Lbl", kids=[kid for each in labels for kid in each.kids])]

"""Lists as the standard wants them: L holds LI, and LI holds Lbl and LBody, whatever the style of the list.

WeasyPrint leaves LBody out or puts blocks beside it, and moves a nested list out of its item.
https://github.com/Kozea/WeasyPrint/issues/2497 and #2504, #2874
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from pipeline.export.pdf.finish.tree import Tag

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

LABELS = frozenset({"li::marker", "li::before"})


def label(tags: Iterable[Tag]) -> None:
    """Keep items and their markers apart from the text, before tags without a role are dissolved."""
    for tag in tags:
        if tag.name in LABELS:
            tag.role = "Lbl"
        elif tag.name == "li":
            tag.role = "LI"


def mend(tags: Iterable[Tag]) -> None:
    """Give every list its items, and every item its label and body."""
    for tag in tags:
        if tag.role == "L":
            _mend_list(tag)


def _mend_list(tag: Tag) -> None:
    for item in tag.tags:
        _mend_item(item)
    labelled = any(kid.role == "Lbl" for item in tag.tags for kid in item.tags)
    numbering = NUMBERING.get(tag.numbering, "Decimal" if tag.name == "ol" and labelled else "None")
    tag.attributes["List"] = {"ListNumbering": f"/{numbering}"}


def _mend_item(item: Tag) -> None:
    labels = [kid for kid in item.tags if kid.role == "Lbl"]
    rest = [kid for kid in item.kids if kid not in labels]
    item.kids = [*labels, Tag(item.name, role="LBody", kids=rest)]

"""Structure types that say what an element is.

WeasyPrint makes figures, asides, headers, notes and inline elements ``NonStruct`` or ``Span``, which say nothing.
https://github.com/Kozea/WeasyPrint/issues/2482
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from pipeline.export.pdf.finish.tree import GROUPING, INLINE, Annotation, Mark, Tag

ROLES = MappingProxyType(
    {
        **{name: name.upper() for name in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "tr", "th", "td")},
        "a": "Link",
        "article": "Art",
        "aside": "Sect",
        "blockquote": "BlockQuote",
        "caption": "Caption",
        "code": "Code",
        "figcaption": "Caption",
        "figure": "Div",
        "footer": "Div",
        "header": "Div",
        "img": "Figure",
        "nav": "Sect",
        "ol": "L",
        "pre": "P",
        "section": "Sect",
        "table": "Table",
        "tbody": "TBody",
        "tfoot": "TFoot",
        "thead": "THead",
        "ul": "L",
    }
)
"""HTML element -> standard structure type of ISO 32000-1, 14.8.4; any other is dissolved into its parent."""

MIXED = frozenset({"LI", "LBody", "TD", "TH", "Note", "Caption"})
"""Roles that hold either blocks or loose text, but not well both."""


def assign(tags: Iterable[Tag]) -> None:
    """Give every tag its role, if there is one for it."""
    for tag in tags:
        if not tag.role:
            _assign(tag)


def _assign(tag: Tag) -> None:
    tag.role = ROLES.get(tag.name, "")
    role = tag.get("role")
    if role == "doc-noteref" and tag.role == "Link":
        # ISO 32000-1, table 338: a citation of something elsewhere is a Reference.
        tag.role = "Reference"
        tag.kids = [Tag("a", tag.element, role="Link", kids=tag.kids)]
    elif tag.name == "a" and not tag.get("href"):
        tag.role = ""
    tag.language = tag.get("lang")
    if tag.role == "Figure":
        tag.alt = tag.get("alt")
    if not tag.role and tag.language:
        tag.role = "Span" if tag.name not in {"div", "main"} else "Div"


def settle(root: Tag) -> None:
    """Put what tags without a role hold in their place, and let no block hold loose text."""
    stack = [root]
    while stack:
        tag = stack.pop()
        inner = list(tag.tags)
        if not all(kid.role for kid in inner):
            _dissolve(tag)
            inner = list(tag.tags)
        if tag.role in GROUPING or (tag.role in MIXED and _has_blocks(tag)):
            _wrap_loose_text(tag)
        stack += inner


def _dissolve(tag: Tag) -> None:
    kids: list[Tag | Mark | Annotation] = []
    waiting = tag.kids[::-1]
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, Tag) and not kid.role:
            waiting.extend(reversed(kid.kids))
        else:
            kids.append(kid)
    tag.kids = kids


def _has_blocks(tag: Tag) -> bool:
    return any(kid.role not in INLINE and kid.role != "Lbl" for kid in tag.tags)


def _wrap_loose_text(tag: Tag) -> None:
    kids: list[Tag | Mark | Annotation] = []
    loose: list[Tag | Mark | Annotation] = []
    for kid in [*tag.kids, None]:
        if kid is not None and (not isinstance(kid, Tag) or kid.role in INLINE):
            loose.append(kid)
            continue
        if loose:
            kids.extend(loose if _only_pictures(loose) else [Tag("p", role="P", kids=loose)])
            loose = []
        if kid is not None:
            kids.append(kid)
    tag.kids = kids


def _only_pictures(kids: list[Tag | Mark | Annotation]) -> bool:
    return all(isinstance(kid, Tag) and kid.role == "Figure" for kid in kids)

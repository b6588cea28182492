"""Emoji of several characters, set as one sign: Pango takes them apart unless one font is asked for all of it.

The sequences are those of Unicode Technical Standard 51, section 1.4.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.render.elements import Element, element

FONT = "NotoEmoji"
"""What the file's name starts with."""

ANY = "\U0001f600"
"""A character that only that font has."""

_ONE = "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_SHOWN = f"{_ONE}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])"
SEQUENCE = re.compile(
    "[0-9#*]\ufe0f?\u20e3"  # a key
    "|[\U0001f1e6-\U0001f1ff]{2}"  # a flag
    f"|(?:{_SHOWN}|{_ONE})(?:\u200d(?:{_SHOWN}|{_ONE}))+"  # people who do something
    f"|{_SHOWN}"
)


def face(fonts: tuple[Path, ...]) -> str:
    """The style rules that give such signs their font, where it is among these; empty where it is not."""
    path = next((path for path in fonts if path.name.startswith(FONT)), None)
    if path is None:
        return ""
    return f'@font-face{{font-family:"emoji";src:url("{path.as_uri()}")}}.emoji{{font-family:"emoji"}}'


def set_apart(root: Element) -> None:
    """Put every such sign of a tree into an element of its own."""
    for each in list(root.iter()):
        if not isinstance(each.tag, str):
            continue
        if each.text and SEQUENCE.search(each.text):
            each.text, signs = _signs(each.text)
            for at, sign in enumerate(signs):
                each.insert(at, sign)
        parent = each.getparent()
        if parent is not None and each.tail and SEQUENCE.search(each.tail):
            each.tail, signs = _signs(each.tail)
            place = parent.index(each) + 1
            for at, sign in enumerate(signs):
                parent.insert(place + at, sign)


def _signs(text: str) -> tuple[str, list[Element]]:
    """The words before the first sign, and the signs, each with the words after it."""
    before, end = "", 0
    signs: list[Element] = []
    for found in SEQUENCE.finditer(text):
        if signs:
            signs[-1].tail = text[end : found.start()]
        else:
            before = text[: found.start()]
        signs.append(element("span", found.group(), class_="emoji"))
        end = found.end()
    signs[-1].tail = text[end:]
    return before, signs

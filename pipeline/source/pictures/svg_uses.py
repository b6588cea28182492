"""How much a drawing draws: what its elements use is drawn each time, so that a small file can hold millions of shapes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.source.pictures.parts import DamagedError

if TYPE_CHECKING:
    from lxml import etree

MAX_SHAPES = 100_000
"""Elements, each counted as often as it is drawn."""
_REFERENCE = re.compile(r"url\(\s*+[\"']?+#([^\"')]++)")


def refuse_bombs(root: etree._Element) -> None:
    """Raise DamagedError for a drawing that uses itself, or draws too much (SVG 2, section 5.6)."""
    parts = {str(each.get("id")): each for each in root.iter("{*}*") if each.get("id") is not None}
    used = {name: _used(part, parts) for name, part in parts.items()}
    weights: dict[str, int] = {}
    for name in parts:
        _weigh(name, parts, used, weights)
    total = _size(root) + sum(weights[name] * times for name, times in _used(root, parts).items())
    if total > MAX_SHAPES:
        raise DamagedError(f"it draws more than {MAX_SHAPES:,} shapes")


def _weigh(
    first: str, parts: Mapping[str, etree._Element], used: Mapping[str, Counter[str]], weights: dict[str, int]
) -> None:
    """Find how many elements a part draws, without recursion; a part on the way to itself is refused."""
    stack, open_parts = [first], set[str]()
    while stack:
        name = stack[-1]
        waiting = [] if name in weights else [other for other in used[name] if other not in weights]
        if not waiting:
            stack.pop()
            open_parts.discard(name)
            whole = _size(parts[name]) + sum(weights[other] * times for other, times in used[name].items())
            weights.setdefault(name, min(whole, MAX_SHAPES + 1))
            continue
        open_parts.add(name)
        if not open_parts.isdisjoint(waiting):
            raise DamagedError("it uses itself")
        stack.extend(waiting)


def _size(part: etree._Element) -> int:
    return sum(1 for _ in part.iter("{*}*"))


def _used(part: etree._Element, parts: Mapping[str, etree._Element]) -> Counter[str]:
    """How often each named part is drawn within another; a link to one draws nothing."""
    found: Counter[str] = Counter()
    for each in part.iter("{*}*"):
        link = str(each.tag).rpartition("}")[2] == "a"
        for key, value in each.attrib.items():
            words = str(value).strip()
            if str(key).rpartition("}")[2] == "href" and words.startswith("#") and not link:
                found[words[1:]] += 1
            found.update(_REFERENCE.findall(words))
    return Counter({name: times for name, times in found.items() if name in parts})

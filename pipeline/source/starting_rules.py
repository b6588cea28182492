"""Which of markdown-it's rules a character has to be shown to: the others would refuse what starts with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markdown_it.ruler import Ruler


def rules_by_character(ruler: Ruler[Any], starts: Mapping[str, str]) -> tuple[dict[str, list[Any]], list[Any]]:
    """The active rules by each character that one of them starts with, and those for any other, in their order.

    ``starts`` are the characters of each rule that knows what it may take by the first one, by its name.
    """
    known = list(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    starting = {
        character: [rule for name, rule in known if character in starts.get(name, character)]
        for character in "".join(starts.values())
    }
    return starting, [rule for name, rule in known if name not in starts]

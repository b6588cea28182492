"""The first difference between what a file should say and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import shorten
from pipeline.model.passage import SOFT_HYPHEN, Passage, squeezed

LENGTH = 60
"""Characters of a passage that a message has room for."""

Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two sequences of passages part."""

    wanted: int | None
    """Index of the passage that should be there; None where one stands after all that should."""
    found: int | None
    """Index of the passage that is there instead; None where there is none."""
    message: str
    """What is wrong with the file, as the end of a sentence that starts with it."""


def first_difference(wanted: Sequence[Passage], found: Sequence[Passage]) -> Difference | None:
    """How ``found`` departs from ``wanted``, at the first place where it does; None when both say the same.

    White space, hyphenation, ligatures and capitals make no difference (see ``squeezed``).
    """
    at = next(
        (at for at, (one, other) in enumerate(zip(wanted, found, strict=False)) if not same(one, other)),
        min(len(wanted), len(found)),
    )
    if at == len(wanted) == len(found):
        return None
    return Difference(
        at if at < len(wanted) else None,
        at if at < len(found) else None,
        _message(wanted, found, at) + _place(wanted, at),
    )


def same(one: Passage, other: Passage) -> bool:
    """Whether both are the same passage."""
    return (one.kind, one.level) == (other.kind, other.level) and _same_words(one.text, other.text)


def _same_words(one: str, other: str) -> bool:
    if one == other or squeezed(one) == squeezed(other):
        return True
    return (SOFT_HYPHEN in one or SOFT_HYPHEN in other) and _same_but_for_breaks(_marked(one), _marked(other))


def _marked(text: str) -> str:
    """A text squeezed, but with the places where its words may be broken."""
    return SOFT_HYPHEN.join(map(squeezed, text.split(SOFT_HYPHEN)))


def _same_but_for_breaks(one: str, other: str) -> bool:
    """Whether two texts are the same where a break in either stands for a hyphen of the other's, or for nothing."""
    at, there = 0, 0
    while at < len(one) or there < len(other):
        mine, theirs = one[at : at + 1], other[there : there + 1]
        if SOFT_HYPHEN in {mine, theirs}:
            at += mine in {SOFT_HYPHEN, "-"}
            there += theirs in {SOFT_HYPHEN, "-"}
        elif mine == theirs:
            at, there = at + 1, there + 1
        else:
            return False
    return True


def _message(wanted: Sequence[Passage], found: Sequence[Passage], at: int) -> str:
    if at == len(wanted):
        return f"has {name(found[at])} besides"
    if at == len(found):
        return f"lacks {name(wanted[at])}"
    missing, extra = wanted[at], found[at]
    later_found = [_key(each) for each in found[at + 1 :]]
    later_wanted = [_key(each) for each in wanted[at + 1 :]]
    is_missing, is_extra = _key(missing) not in later_found, _key(extra) not in later_wanted
    if is_missing and is_extra:
        return _changed(missing, extra)
    if is_missing:
        return f"lacks {name(missing)}"
    if is_extra:
        return f"has {name(extra)} besides, before {name(missing)}"
    return f"has {name(extra)} before {name(missing)}, which comes first"


def _changed(missing: Passage, extra: Passage) -> str:
    if _same_words(missing.text, extra.text):
        if missing.kind == extra.kind:
            return f"has {name(missing)} at level {extra.level}, not {missing.level}"
        return f"has {name(missing)} as {'an' if extra.kind == 'item' else 'a'} {extra.kind}"
    return f"says “{_parting(extra.text, missing.text)}” where {name(missing)} stands"


def _parting(text: str, other: str) -> str:
    """``text`` from a little before the place where it parts from ``other``, as far as a message has room."""
    same_for = next(
        (at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other))
    )
    start = max(0, same_for - LENGTH // 2)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    return ("…" if start else "") + shorten(text[start:], LENGTH)


def _place(wanted: Sequence[Passage], at: int) -> str:
    heading = next((each.text for each in reversed(wanted[:at]) if each.kind == "heading"), "")
    return f", under “{shorten(heading, LENGTH)}”" if heading else ""


def name(passage: Passage) -> str:
    """A passage in a message: what it is, and how it starts."""
    what = "picture described as" if passage.kind == "picture" else passage.kind
    return f"the {what} “{shorten(' '.join(passage.text.replace(SOFT_HYPHEN, '').split()), LENGTH)}”"


def _key(passage: Passage) -> Key:
    """For finding a passage again: hyphens left out, since those at a line's end may be no one's."""
    return passage.kind, passage.level, squeezed(passage.text).replace("-", "")

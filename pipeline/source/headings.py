"""Headings: their ids, and the sections that they open."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipeline.errors import did_you_mean, shorten
from pipeline.model.nodes import Block, Heading, Inline, Section, Span
from pipeline.model.walk import plain_text
from pipeline.profiles import Profile
from pipeline.source.attributes import Attributes
from pipeline.source.findings import Findings

KEPT = ("L", "M", "Nd", "Pc")
"""Unicode categories that GitHub keeps in the anchor of a heading, beside hyphens and spaces."""


def github_slug(text: str) -> str:
    """The anchor that GitHub makes from a heading's words, before it is made unique."""
    kept = (c for c in text.strip().lower() if c in "- " or unicodedata.category(c).startswith(KEPT))
    return "".join(kept).replace(" ", "-")


class Slugger:
    """Gives each heading of an article an id of its own."""

    def __init__(self, explicit: Iterable[str]) -> None:
        self._reserved = set(explicit)
        self._used: set[str] = set()
        self._next: dict[str, int] = {}

    def id_for(self, children: tuple[Inline, ...], explicit: str = "") -> str:
        """``explicit`` if nothing has it yet, else one made from the words, with ``-1``, ``-2`` ... behind it."""
        wanted = explicit or github_slug(plain_text(children)) or "section"
        id = wanted
        while id in self._used or (not explicit and id in self._reserved):
            self._next[wanted] = self._next.get(wanted, 0) + 1
            id = f"{wanted}-{self._next[wanted]}"
        self._used.add(id)
        return id


def heading_attributes(attributes: Attributes | None, span: Span, findings: Findings) -> tuple[str, str]:
    """Id and role from the attributes after a heading; anything else in them is reported."""
    if attributes is None:
        return "", ""
    pairs = dict(attributes.pairs)
    for name in [f".{name}" for name in attributes.classes] + [key for key in pairs if key not in {"role", "id"}]:
        mend = did_you_mean(name, ["role"]) or "Only `#id` and `role=…` may stand there."
        findings.add("P05", f"a heading has no attribute `{shorten(name)}`", span, mend)
    return attributes.id or pairs.get("id", ""), pairs.get("role", "")


@dataclass(slots=True)
class _Open:
    heading: Heading | None
    level: int
    role: str = ""
    blocks: list[Block] = field(default_factory=list)


RoleOf = Callable[[Heading], str]


def section_tree(blocks: Iterable[Block], role_of: RoleOf) -> tuple[Block, ...]:
    """Blocks before the first heading, then sections, each with the sub-sections that it governs."""
    stack = [_Open(None, 0)]
    for block in blocks:
        if not isinstance(block, Heading):
            stack[-1].blocks.append(block)
            continue
        while stack[-1].level >= block.level:
            _close(stack)
        stack.append(_Open(block, block.level, block.role or role_of(block)))
    while len(stack) > 1:
        _close(stack)
    return tuple(stack[0].blocks)


def _close(stack: list[_Open]) -> None:
    done = stack.pop()
    heading = done.heading
    assert heading is not None
    last = done.blocks[-1].span if done.blocks else heading.span
    span = Span(heading.span.line, heading.span.column, last.end_line, last.end_column)
    stack[-1].blocks.append(Section(heading, tuple(done.blocks), done.role, span))


def role_finder(profile: Profile, language: str) -> RoleOf:
    """What tells the role of each heading of an article in turn: its own id where that is a role, else its words."""
    opens = True
    own, known = _known(profile, language)

    def role_of(heading: Heading) -> str:
        nonlocal opens
        first, opens = opens, opens and heading.level == 1
        if heading.id in own:
            return heading.id
        words = plain_text(heading.children)
        role = known.get((words, first))
        if role is None:
            role = profile.role_of(words, language, opens=first)
            if len(known) < MOST:
                known[words, first] = role
        return role

    return role_of


MOST = 4_096
"""Headings of one article type whose roles are remembered: the articles of a house share most of theirs."""
_MOST_TYPES = 64
_Roles = dict[tuple[str, bool], str]
_roles: dict[tuple[int, str], tuple[Profile, frozenset[str], _Roles]] = {}
"""By the identity of an article type, and by language: its own ids, and the roles of headings that have been met."""


def _known(profile: Profile, language: str) -> tuple[frozenset[str], _Roles]:
    known = _roles.get((id(profile), language))
    if known is None or known[0] is not profile:
        if len(_roles) >= _MOST_TYPES:
            _roles.clear()
        own = frozenset(role.id for role in (*profile.roles, *profile.common))
        known = _roles[id(profile), language] = profile, own, {}
    return known[1], known[2]

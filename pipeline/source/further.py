"""Sections such as *Further reading*: sources where their links lead out, else a way on to other articles."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.nodes import Block, Link, Section
from pipeline.model.walk import find, plain_text, sections
from pipeline.profiles import Profile

_OUT = ("https://", "http://")


def sources_by_links(body: tuple[Block, ...], profile: Profile, language: str) -> tuple[Block, ...]:
    """The blocks, with the role that a section's links give it where its heading leaves that open.

    A section that leads to other sites is the sources only where no other section is; a role in its attributes stands.
    """
    held = {section.role for section in sections(body)}
    return tuple(_judged(block, profile, language, held) if isinstance(block, Section) else block for block in body)


def _judged(section: Section, profile: Profile, language: str, held: set[str]) -> Section:
    if section.heading.level == 1:
        inner = (
            _judged(block, profile, language, held) if isinstance(block, Section) else block for block in section.blocks
        )
        return replace(section, blocks=tuple(inner))
    role = "" if section.heading.role else profile.outward_role(plain_text(section.heading.children), language)
    links = [link.href.lower() for link in find(section.blocks, Link)] if role and role not in held else []
    return replace(section, role=role) if links and all(link.startswith(_OUT) for link in links) else section

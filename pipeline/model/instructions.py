"""Which part of an article is its first instruction: what safety text has to come before."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model.nodes import Block, BulletList, Disclaimer, ListItem, OrderedList, Section, Table, TableCell
from pipeline.model.walk import sections

INSTRUCTION_ROLES = frozenset({"technique", "exercises", "warm-up", "schedule", "dose", "amounts"})
"""Roles of sections that tell readers what to do with their bodies; set-up and key points are not among them."""

Instruction = ListItem | TableCell | Block


def instruction_sections(blocks: Iterable[Block]) -> list[Section]:
    """The sections that instruct, in document order."""
    return [section for section in sections(blocks) if section.role in INSTRUCTION_ROLES]


def first_instruction(blocks: Iterable[Block]) -> Instruction | None:
    """The first step of the first section that instructs: a list's item, a table's first cell, else its first block.

    A disclaimer is no instruction, so one that opens the section is passed over.
    """
    for section in instruction_sections(blocks):
        found = _first_item(section.blocks)
        if found is not None:
            return found
    return None


def _first_item(blocks: tuple[Block, ...]) -> Instruction | None:
    for block in blocks:
        match block:
            case BulletList() | OrderedList() if block.items:
                return block.items[0]
            case Table() if block.rows and block.rows[0]:
                return block.rows[0][0]
            case Section():
                found = _first_item(block.blocks)
                if found is not None:
                    return found
            case _:
                pass
    return next((block for block in blocks if not isinstance(block, Disclaimer)), None)

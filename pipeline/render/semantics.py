"""What a section is for, in the vocabularies that reading systems know.

Roles are those of DPUB-ARIA 1.1, ``epub:type`` those of the EPUB 3 Structural Semantics Vocabulary 1.1.
"""

from __future__ import annotations

from types import MappingProxyType

from pipeline.render.elements import EPUB_TYPE, Element, class_names

SECTIONS = MappingProxyType(
    {
        "question": ("introduction", "doc-introduction"),
        "conclusion": ("conclusion", "doc-conclusion"),
        "sources": ("bibliography", "doc-bibliography"),
    }
)
"""Section role -> epub:type and ARIA role."""

STEPS = frozenset({"technique", "exercises", "warm-up", "cool-down", "dose"})
"""Roles of sections whose numbered lists are steps to be followed."""


def mark_section(made: Element, role: str, target: str) -> None:
    """Say in attributes what a section is for."""
    if role:
        made.set("class", f"part part-{role}")
    if role in STEPS:
        for steps in made.iterchildren("ol"):
            steps.set("class", class_names(steps.get("class"), "steps"))
    if role in SECTIONS:
        epub_type, aria = SECTIONS[role]
        mark(made, epub_type, aria, target)


def mark(made: Element, epub_type: str, role: str, target: str) -> None:
    """Set the ARIA role, and for e-books the ``epub:type`` beside it."""
    if role:
        made.set("role", role)
    if target == "epub":
        made.set(EPUB_TYPE, epub_type)

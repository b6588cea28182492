"""Approved safety wording as data: kinds of disclaimer, what each must say, and what in an article calls for it.

A kind is one ``<kind>.toml`` in this folder; ``content/disclaimers/*.toml`` changes or adds kinds. ``review`` weighs what
an article needs against what it states.
"""

from __future__ import annotations

from pipeline.disclaimers.kind import (
    CallNumbers,
    DisclaimerKind,
    Element,
    Triggers,
    Wording,
    by_language,
    wording,
    wording_locale,
)
from pipeline.disclaimers.load import load_disclaimers
from pipeline.disclaimers.reading import Reading
from pipeline.disclaimers.review import Alteration, Denial, KindReview, Review, review, triggered
from pipeline.disclaimers.statements import Statement, approved_texts, missing_elements, section_kinds, stated
from pipeline.disclaimers.triggers import Trigger

__all__ = [
    "Alteration",
    "CallNumbers",
    "Denial",
    "DisclaimerKind",
    "Element",
    "KindReview",
    "Reading",
    "Review",
    "Statement",
    "Trigger",
    "Triggers",
    "Wording",
    "approved_texts",
    "by_language",
    "load_disclaimers",
    "missing_elements",
    "review",
    "section_kinds",
    "stated",
    "triggered",
    "wording",
    "wording_locale",
]

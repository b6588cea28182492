"""Characters that entities put into an article (P03)."""

from __future__ import annotations

from pipeline.model.characters import FORBIDDEN, describe, find_forbidden
from pipeline.model.nodes import Span
from pipeline.source.findings import Findings


def cleaned(text: str, span: Span, findings: Findings) -> str:
    """A text that entities may have put such characters into, without them; each is reported at ``span``."""
    for match in find_forbidden(text):
        findings.add("P03", f"{describe(match.group())} is not allowed, nor as an entity", span, "Delete it.")
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)

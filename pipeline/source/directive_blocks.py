"""Directives as nodes, and what is wrong with them (P05)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from pipeline.errors import did_you_mean, shorten
from pipeline.model.nodes import Block, Disclaimer, Span
from pipeline.source.findings import Findings

PLACES = {
    "blockquote": "a quotation",
    "alert": "an alert",
    "list_item": "a list",
    "directive": "another directive",
    "footnote_reference": "a footnote",
}


def close_directive(
    words: str,
    closed: bool,
    blocks: tuple[Block, ...],
    span: Span,
    first_line: Span,
    inside: Sequence[str],
    kinds: Collection[str],
    findings: Findings,
) -> tuple[Block, ...]:
    """The disclaimer of a directive with these words, of which there is one at least, behind its colons.

    Where it names no kind that exists, the blocks it holds come back, so that none is lost.
    """
    name, *named = words.split()
    known = name == "disclaimer"

    def find(message: str, mend: str) -> None:
        findings.add("P05", message, first_line, mend)

    if not known:
        find(
            f"no directive is called `{shorten(name)}`",
            did_you_mean(name, ["disclaimer"]) or "Write `:::disclaimer KIND`.",
        )
    if not closed:
        find(f"the directive `{shorten(name)}` is not closed", "Put a line `:::` after its last line.")
    place = next((PLACES[frame] for frame in reversed(inside) if frame in PLACES), None)
    if place is not None:
        find(
            f"the directive `{shorten(name)}` stands inside {place}", "Put it at the left margin, between blank lines."
        )
    kind = _kind(named, kinds, find) if known else ""
    return (Disclaimer(kind, blocks, span),) if kind else blocks


def _kind(words: list[str], kinds: Collection[str], find: _Find) -> str:
    """The kind that a disclaimer names, empty when it names none that exists."""
    found = [word for word in words if word in kinds]
    if not words:
        find("the disclaimer names no kind", f"Write one of {', '.join(sorted(kinds))} after `:::disclaimer`.")
    elif not found:
        mend = did_you_mean(words[0], kinds) or f"The kinds are {', '.join(sorted(kinds))}."
        find(f"no disclaimer kind is called `{shorten(words[0])}`", mend)
    elif len(words) > 1:
        find("the disclaimer names more than one kind", "Write a disclaimer of its own for each.")
    return found[0] if found else ""


def stray_directive(span: Span, findings: Findings) -> None:
    """Report a closing marker that closes nothing."""
    findings.add(
        "P05", "`:::` closes a directive that was never opened", span, "Delete it, or write `:::disclaimer KIND` above."
    )


if TYPE_CHECKING:
    from collections.abc import Callable

    _Find = Callable[[str, str], None]

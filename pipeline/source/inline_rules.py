"""Inline rules of the dialect: attributes after pictures, and links whose label nothing defines."""

from __future__ import annotations

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline, link

from pipeline.source.attributes import match_attributes


def image_attributes(state: StateInline, silent: bool) -> bool:
    """``{.decorative}`` right after a picture; the picture's token takes them as ``meta["attributes"]``."""
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    image = state.tokens[-1]
    if image.type != "image" or "attributes" in image.meta:
        return False
    found = match_attributes(state.src, state.pos)
    if found is None or found[1] > state.posMax:
        return False
    image.meta["attributes"], image.meta["end"] = found
    image.meta["attributes_start"] = state.pos
    state.pos = found[1]
    return True


def link_or_undefined(state: StateInline, silent: bool) -> bool:
    """CommonMark's link rule; notes each ``[text][label]`` and ``[text][]`` whose label has no definition."""
    start = state.pos
    if state.src[start] != "[" or state.html_terminator_last("]") < start:
        return False  # looking for a bracket that does not come would take time that grows with its square
    if link(state, silent):
        return True
    if not silent:
        _note_undefined(state, start)
    state.pos = start
    return False


def _note_undefined(state: StateInline, start: int) -> None:
    undefined = getattr(state, "undefined", None)
    end = state.md.helpers.parseLinkLabel(state, start, disableNested=True)
    if undefined is None or end < 0 or state.src[end + 1 : end + 2] != "[":
        return
    close = state.src.find("]", end + 2, state.posMax)
    label = state.src[end + 2 : close] or state.src[start + 1 : end]
    if close < 0 or "[" in label or not normalizeReference(label):
        return
    undefined.append((start, close + 1, label))

"""Labelled list items: ``**Label:** text``."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.nodes import Block, Inline, Paragraph, SoftBreak, Strong, Text


def labelled(blocks: tuple[Block, ...]) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
    """The label of a list item without its colon, and its other blocks; an empty label when it has none."""
    match blocks:
        case (Paragraph(children=(Strong() as strong, *rest)) as paragraph, *others):
            label, text = _split(strong, tuple(rest))
        case _:
            return (), blocks
    if not label:
        return (), blocks
    text = _without_leading_space(text)
    if not text:
        return label, tuple(others)
    span = replace(paragraph.span, line=text[0].span.line, column=text[0].span.column)
    return label, (Paragraph(text, span), *others)


def _split(strong: Strong, rest: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """Find the colon, which may stand inside the strong words or right behind them."""
    match strong.children:
        case (*before, Text(value=value) as last) if value.endswith(":"):
            end = last.span.end_column - (1 if len(value) == 1 else len(value) - len(value[:-1].rstrip()))
            words = value[:-1].rstrip()
            shorter = (replace(last, value=words, span=replace(last.span, end_column=end)),) if words else ()
            return (*before, *shorter), rest
    match rest:
        case (Text(value=value) as first, *others) if value.startswith(":"):
            span = replace(first.span, column=first.span.column + 1)
            return strong.children, ((Text(value[1:], span), *others) if value[1:] else tuple(others))
    return (), rest


def _without_leading_space(text: tuple[Inline, ...]) -> tuple[Inline, ...]:
    match text:
        case (SoftBreak(), *others):
            return tuple(others)
        case (Text(value=value) as first, *others):
            words = value.lstrip()
            span = replace(first.span, column=first.span.column + len(value) - len(words))
            return (Text(words, span), *others) if words else _without_leading_space(tuple(others))
    return text

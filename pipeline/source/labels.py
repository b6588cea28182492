"""Labelled list items: ``**Label:** text``."""

from __future__ import annotations

from pipeline.model.nodes import Block, Inline, Paragraph, SoftBreak, Span, Strong, Text


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
    first, last = text[0].span, paragraph.span
    span = Span(first.line, first.column, last.end_line, last.end_column)
    return label, (Paragraph(text, span), *others)


def _split(strong: Strong, rest: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """Find the colon, which may stand inside the strong words or right behind them."""
    match strong.children:
        case (*before, Text(value=value) as last) if value.endswith(":"):
            words, where = value[:-1].rstrip(), last.span
            end = where.end_column - (len(value) - len(words))
            shorter = (Text(words, Span(where.line, where.column, where.end_line, end)),) if words else ()
            return (*before, *shorter), rest
    match rest:
        case (Text(value=value) as first, *others) if value.startswith(":"):
            span = _behind(first.span, 1)
            return strong.children, ((Text(value[1:], span), *others) if value[1:] else tuple(others))
    return (), rest


def _without_leading_space(text: tuple[Inline, ...]) -> tuple[Inline, ...]:
    match text:
        case (SoftBreak(), *others):
            return tuple(others)
        case (Text(value=value) as first, *others):
            words = value.lstrip()
            span = _behind(first.span, len(value) - len(words))
            return (Text(words, span), *others) if words else _without_leading_space(tuple(others))
    return text


def _behind(span: Span, count: int) -> Span:
    """The span without so many characters at its start."""
    return Span(span.line, span.column + count, span.end_line, span.end_column)

"""The model as plain HTML in the form of the CommonMark specification, and HTML in a form that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser
from typing import assert_never

from markdown_it.common.normalize_url import normalizeLink

from pipeline.model.nodes import (
    Alert,
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Disclaimer,
    Emphasis,
    Figure,
    FootnoteReference,
    HardBreak,
    Heading,
    Image,
    Inline,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Section,
    SoftBreak,
    Strikethrough,
    Strong,
    Table,
    TableCell,
    Text,
    ThematicBreak,
)


def blocks_html(blocks: Iterable[Block], *, tight: bool = False) -> str:
    """Blocks as HTML; in a tight list paragraphs have no tags."""
    return "".join(_block(block, tight) for block in blocks)


def _block(block: Block, tight: bool) -> str:
    match block:
        case Paragraph():
            text = inlines_html(block.children)
            return text if tight else f"<p>{text}</p>\n"
        case Heading():
            return f"<h{block.level}>{inlines_html(block.children)}</h{block.level}>\n"
        case Section():
            return _block(block.heading, tight=False) + blocks_html(block.blocks)
        case BulletList():
            return f"<ul>{_items(block.items, block.tight)}</ul>\n"
        case OrderedList():
            start = "" if block.start == 1 else f' start="{block.start}"'
            return f"<ol{start}>{_items(block.items, block.tight)}</ol>\n"
        case BlockQuote():
            return f"<blockquote>{blocks_html(block.blocks)}</blockquote>\n"
        case Alert():
            return f'<div class="alert-{block.kind}">{blocks_html(block.blocks)}</div>\n'
        case CodeBlock():
            language = block.info.split()[0] if block.info else ""
            kind = f' class="language-{escape(language)}"' if language else ""
            return f"<pre><code{kind}>{escape(block.text)}</code></pre>\n"
        case ThematicBreak():
            return "<hr />\n"
        case Table():
            return _table(block)
        case Figure():
            return f"<p>{_inline(block.image)}</p>\n"
        case Disclaimer():
            return f'<aside class="{block.kind}">{blocks_html(block.blocks)}</aside>\n'
        case _:
            assert_never(block)


def _items(items: Iterable[ListItem], tight: bool) -> str:
    return "".join(f"<li>{blocks_html(item.blocks, tight=tight)}</li>\n" for item in items)


def _table(table: Table) -> str:
    def row(cells: tuple[TableCell, ...], tag: str) -> str:
        aligned = zip(cells, table.alignments, strict=True)
        made = (
            f"<{tag}{f' align={side}' if side else ''}>{inlines_html(cell.children)}</{tag}>" for cell, side in aligned
        )
        return f"<tr>{''.join(made)}</tr>"

    body = "".join(row(cells, "td") for cells in table.rows)
    return f"<table><thead>{row(table.header, 'th')}</thead>{f'<tbody>{body}</tbody>' if body else ''}</table>\n"


def inlines_html(nodes: Iterable[Inline]) -> str:
    """Inline nodes as HTML."""
    return "".join(_inline(node) for node in nodes)


def _inline(node: Inline) -> str:
    match node:
        case Text():
            return escape(node.value)
        case Code():
            return f"<code>{escape(node.value)}</code>"
        case Emphasis():
            return f"<em>{inlines_html(node.children)}</em>"
        case Strong():
            return f"<strong>{inlines_html(node.children)}</strong>"
        case Strikethrough():
            return f"<del>{inlines_html(node.children)}</del>"
        case Link():
            return f'<a href="{escape(node.href)}"{_title(node.title)}>{inlines_html(node.children)}</a>'
        case Image():
            src = escape(normalizeLink(node.src))
            return f'<img src="{src}" alt="{escape(node.alt)}"{_title(node.title)} />'
        case SoftBreak():
            return "\n"
        case HardBreak():
            return "<br />\n"
        case FootnoteReference():
            return f"<sup>{node.number}</sup>"
        case _:
            assert_never(node)


def _title(title: str) -> str:
    return f' title="{escape(title)}"' if title else ""


BLOCK_TAGS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "aside",
        "br",
    ]
)


class _Normal(HTMLParser):
    """Writes HTML one way: attributes sorted, entities read, no blanks that browsers do not show."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.verbatim = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.verbatim = self.verbatim or tag == "pre"
        self._trim(tag)
        self.parts.append(f"<{tag}{''.join(f' {key}={value!r}' for key, value in sorted(attrs))}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self.verbatim = False
        if tag not in {"img", "br", "hr"}:
            self._trim(tag)
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.verbatim:
            data = re.sub(r"\s+", " ", data)
            last = self.parts[-1] if self.parts else "<p>"
            if last.startswith("<") and last.strip("</>").split()[0] in BLOCK_TAGS:
                data = data.lstrip()
        self.parts.append(data)

    def _trim(self, tag: str) -> None:
        if tag in BLOCK_TAGS and self.parts and not self.parts[-1].startswith("<") and not self.verbatim:
            self.parts[-1] = self.parts[-1].rstrip()


def normal_html(html: str) -> str:
    """HTML in a form in which equal documents are equal strings."""
    parser = _Normal()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts).strip()

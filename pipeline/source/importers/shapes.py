"""What blocks look like, where only their looks can tell what they are: prose, a line that may be a heading, links."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model.nodes import Block, BulletList, Heading, Link, ListItem, OrderedList, Paragraph, Strong
from pipeline.model.walk import plain_text, walk
from pipeline.profiles.headings import words
from pipeline.source.importers.draft import said, words_of

PROSE_WORDS = 20
"""Words of a paragraph that nobody takes for a heading, a caption or a button."""
HEADING_WORDS = 14
HEADING_LETTERS = 110
_SENTENCE_END = re.compile(r"[.!…]['\"”’)]*$")
_ENDS_OPEN = re.compile(r"[,;]$|\b(?:and|or|of|the|a|an|to|with|y|o|de|la|el|los|las|con)$", re.IGNORECASE)


def text_of(block: Block) -> str:
    """The words of a paragraph or heading; empty for any other block."""
    return said(block.children) if isinstance(block, Paragraph | Heading) else ""


def is_prose(block: Block) -> bool:
    """Whether a block is running text: a paragraph of some length, or a shorter one that ends as sentences do."""
    if not isinstance(block, Paragraph):
        return False
    text = text_of(block)
    count = len(text.split())
    return count >= PROSE_WORDS or (count >= 8 and _SENTENCE_END.search(text) is not None)  # noqa: PLR2004 -- a sentence


def may_be_heading(text: str) -> bool:
    """Whether a line has the form of a heading: short, starts as one does, and does not end as a sentence does."""
    count = len(text.split())
    if not 0 < count <= HEADING_WORDS or len(text) > HEADING_LETTERS or not words(text):
        return False
    if _SENTENCE_END.search(text) or _ENDS_OPEN.search(text) or text.startswith(("(", "[", "http")):
        return False
    first = next((char for char in text if char.isalnum()), "")
    return first.isupper() or first.isdigit() or not first.islower() or text.isupper()


def is_bold_line(block: Block) -> bool:
    """Whether a paragraph is one short line in bold and nothing else."""
    if not isinstance(block, Paragraph) or not any(isinstance(child, Strong) for child in block.children):
        return False
    rest = plain_text(child for child in block.children if not isinstance(child, Strong))
    return not rest.strip(" :") and may_be_heading(text_of(block).rstrip(":").strip())


def items_of(block: Block) -> tuple[ListItem, ...]:
    """The items of a list; none for any other block."""
    return block.items if isinstance(block, BulletList | OrderedList) else ()


def is_all_links(block: Block) -> bool:
    """Whether hardly any words of a block stand outside links."""
    whole = words_of(block)
    linked = " ".join(plain_text(node.children) for node in walk([block]) if isinstance(node, Link))
    return bool(linked) and len(" ".join(linked.split())) >= 0.8 * len(whole)


def folded(text: str) -> str:
    """A text as it is compared: words in small letters, without accents and punctuation."""
    return " ".join(words(text))


def count_words(blocks: Iterable[Block]) -> int:
    """How many words some blocks have."""
    return sum(len(words_of(block).split()) for block in blocks)

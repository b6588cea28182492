"""Plain text as blocks: paragraphs, lists, tables and quotations are told from where lines start and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.frozen import dataclass
from pipeline.model.nodes import (
    Block,
    BlockQuote,
    BulletList,
    Heading,
    Inline,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Table,
    TableCell,
    Text,
    ThematicBreak,
)
from pipeline.source.importers.draft import Draft, at

_BULLET = re.compile(r"([ \t]*)([-*+•‣◦▪●○·–—✓✔➤►]|o(?=\t|  ))[ \t]+(?=\S)")
_NUMBER = re.compile(r"([ \t]*)\(?([0-9]{1,3})[.)][ \t]+(?=\S)")
_LETTER = re.compile(r"([ \t]*)\(?([a-z])\)[ \t]+(?=\S)")
_RULE = re.compile(r"[ \t]*(?:(?:[-*_=~•·][ \t]?){3,200})$")
_MARKED_HEADING = re.compile(r"(#{1,6})[ \t]++(\S.*+)")
_UNDERLINE = re.compile(r"(?:={3,200}|-{3,200})$")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
_WIDEST = 120
"""Characters of the longest line of a text that was wrapped for reading."""
_NARROWEST = 40
_DEEPEST = 8
"""Lists in one another; what is indented further is taken as words of its item."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text."""

    number: int
    text: str

    @property
    def bare(self) -> str:
        """Without blanks around it."""
        return self.text.strip()

    @property
    def indent(self) -> int:
        """Columns before its first character."""
        return len(self.text) - len(self.text.lstrip())


def read_plain_text(text: str, draft: Draft) -> None:
    """Put the blocks of a plain text into a draft. Headings stay paragraphs of one line, but for marked ones."""
    draft.structured = False
    lines = [
        Line(number, _deeper(line.expandtabs(4) if "\t" not in line.strip() else line))
        for number, line in enumerate(text.split("\n"), 1)
    ]
    for chunk in _chunks(lines):
        draft.blocks.extend(_blocks(chunk))
    draft.blocks[:] = _joined_lists(draft.blocks)


def _deeper(line: str) -> str:
    """A line with the indent that a copy from Word has lost: its second bullet is an ``o``, its third a square."""
    deep = {"o\t": 1, "▪\t": 2}.get(line[:2], 0)
    return f"{' ' * 4 * deep}{line}"


def _wrapped_at(chunk: Sequence[Line]) -> int:
    """The column at which lines were wrapped by hand or program; 0 where each line is a paragraph or item of its own."""
    width = max(len(line.text.rstrip()) for line in chunk)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    pairs = [pair for pair in pairwise(chunk) if not _item_start(pair[1].text)]
    full = [two for one, two in pairs if _is_full(one.text, two.text, width)]
    goes_on = any(two.bare[0].islower() for two in full)
    return width if goes_on and len(full) * 2 >= len(pairs) else 0


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word had no more room on a line."""
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width * 0.93


def _chunks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank one between them."""
    chunk: list[Line] = []
    for line in lines:
        if line.bare:
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _blocks(chunk: list[Line]) -> Iterator[Block]:
    width = _wrapped_at(chunk)
    table = _table(chunk)
    if table is not None:
        yield table
        return
    if all(line.bare.startswith(">") for line in chunk):
        inner = [Line(line.number, line.bare.lstrip("> ")) for line in chunk]
        yield BlockQuote(tuple(block for part in _chunks(inner) for block in _blocks(part)), at(chunk[0].number))
        return
    position = 0
    while position < len(chunk):
        line = chunk[position]
        following = chunk[position + 1] if position + 1 < len(chunk) else None
        rows = _rows_end(chunk, position)
        if rows:
            yield from filter(None, [_table(chunk[position:rows])])
            position = rows - 1
        elif marked := _MARKED_HEADING.fullmatch(line.bare):
            yield Heading(len(marked[1]), inline_text(marked[2].rstrip(" \t#")), span=at(line.number))
        elif following and _UNDERLINE.fullmatch(following.bare) and not _item_start(line.text):
            yield Heading(1 if following.bare[0] == "=" else 2, inline_text(line.bare), span=at(line.number))
            position += 1
        elif _RULE.fullmatch(line.text):
            yield ThematicBreak(at(line.number))
        elif _item_start(line.text):
            end = _list_end(chunk, position, width)
            yield from _lists(chunk[position:end])
            position = end - 1
        else:
            end = _paragraph_end(chunk, position, width)
            words = " ".join(each.bare for each in chunk[position:end])
            yield Paragraph(inline_text(words), at(line.number))
            position = end - 1
        position += 1


def _paragraph_end(chunk: list[Line], start: int, width: int) -> int:
    """The line after a paragraph: it goes on as long as lines are full."""
    end = start + 1
    while end < len(chunk) and width and not _item_start(chunk[end].text) and not _RULE.fullmatch(chunk[end].text):
        if not _is_full(chunk[end - 1].text, chunk[end].text, width):
            break
        end += 1
    return end


# --- lists ------------------------------------------------------------------------------------------------------------


def _item_start(text: str) -> re.Match[str] | None:
    return _NUMBER.match(text) or _BULLET.match(text) or _LETTER.match(text)


def _list_end(chunk: list[Line], start: int, width: int) -> int:
    end = start + 1
    while end < len(chunk):
        line = chunk[end]
        continues = line.indent > chunk[start].indent or (width and _is_full(chunk[end - 1].text, line.text, width))
        if not _item_start(line.text) and not continues:
            break
        end += 1
    return end


def _lists(lines: list[Line], depth: int = 0) -> Iterator[Block]:
    """The lines of a list as lists, those that are indented inside the item above them."""
    position = 0
    while position < len(lines):
        start, base = position, lines[position].indent
        ordered = _NUMBER.match(lines[position].text)
        items: list[ListItem] = []
        while position < len(lines) and bool(_NUMBER.match(lines[position].text)) == bool(ordered):
            end = position + 1
            while end < len(lines) and (_item_start(lines[end].text) is None or lines[end].indent > base + 1):
                end += 1
            items.append(_item(lines[position:end], depth))
            position = end
        span = at(lines[start].number)
        yield OrderedList(tuple(items), int(ordered[2]), span=span) if ordered else BulletList(tuple(items), span=span)


def _item(lines: list[Line], depth: int) -> ListItem:
    own, rest = [_without_mark(lines[0])], lines[1:]
    while rest and (_item_start(rest[0].text) is None or depth >= _DEEPEST):
        own.append(rest.pop(0).bare)
    below = tuple(_lists(rest, depth + 1)) if rest else ()
    return ListItem((Paragraph(inline_text(" ".join(own)), at(lines[0].number)), *below), span=at(lines[0].number))


def _without_mark(line: Line) -> str:
    mark = _item_start(line.text)
    return line.text[mark.end() if mark else 0 :].strip()


def _joined_lists(blocks: Sequence[Block]) -> Iterator[Block]:
    """Lists whose items were parted by blank lines, as one: bullets after bullets, and numbers that go on."""
    held: BulletList | OrderedList | None = None
    for block in blocks:
        if isinstance(block, BulletList) and isinstance(held, BulletList):
            held = BulletList((*held.items, *block.items), span=held.span)
            continue
        if (
            isinstance(block, OrderedList)
            and isinstance(held, OrderedList)
            and block.start == held.start + len(held.items)
        ):
            held = OrderedList((*held.items, *block.items), held.start, span=held.span)
            continue
        if held is not None:
            yield held
        held = block if isinstance(block, BulletList | OrderedList) else None
        if held is None:
            yield block
    if held is not None:
        yield held


# --- tables and words -------------------------------------------------------------------------------------------------


def _table(chunk: list[Line]) -> Table | None:
    """A chunk whose every line has the same number of cells, parted by tabs or bars."""
    for mark in ("\t", "|"):
        rows = [_cells(line.bare, mark) for line in chunk]
        if mark == "|":
            rows = [row for row in rows if not all(re.fullmatch(r":?-{1,200}:?", cell) for cell in row)]
        widths = {len(row) for row in rows}
        if len(rows) > 1 and len(widths) == 1 and widths.pop() > 1:
            header, *body = (tuple(TableCell(inline_text(cell)) for cell in row) for row in rows)
            return Table(header, tuple(body), (None,) * len(header), at(chunk[0].number))
    return None


def _rows_end(chunk: list[Line], start: int) -> int:
    """The line after rows of a table that start here, parted by tabs, below words without any; 0 where none do."""
    width = chunk[start].bare.count("\t")
    end = start
    while end < len(chunk) and chunk[end].bare.count("\t") == width and not _item_start(chunk[end].text):
        end += 1
    return end if width and end - start > 1 else 0


def _cells(line: str, mark: str) -> list[str]:
    inner = line.strip("|") if mark == "|" and line.startswith("|") else line
    return [cell.strip() for cell in inner.split(mark)]


def inline_text(words: str) -> tuple[Inline, ...]:
    """Words with the web addresses in them as links."""
    pieces: list[Inline] = []
    done = 0
    for match in _ADDRESS.finditer(words):
        address = match.group().rstrip(".,;:!?'’”")
        if address.count("(") < address.count(")"):
            address = address.rstrip(")")
        if match.start() > done:
            pieces.append(Text(words[done : match.start()]))
        pieces.append(Link(address, (Text(address),)))
        done = match.start() + len(address)
    if done < len(words):
        pieces.append(Text(words[done:]))
    return tuple(pieces)

"""YAML as values that know where they stand, within limits (YAML 1.1 as PyYAML's safe loader reads it)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from pipeline.model.lines import LineIndex
from pipeline.model.nodes import Span
from pipeline.source.findings import Findings

MAX_DEPTH = 20
"""Lists and mappings in one another."""
MAX_NODES = 2_000
"""Values in all, each alias counted as what it stands for."""

_TAG = "tag:yaml.org,2002:"
_RESOLVER = yaml.resolver.Resolver()


class Number(str):
    """A number as written."""

    __slots__ = ()


class Day(str):
    """A date as written, which may be one that no calendar has."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Node:
    """A value of the metadata and where it stands."""

    start: int
    """Offset of its first character."""
    end: int
    value: str | bool | None = None
    """Of a scalar; numbers and dates as written."""
    items: list[Node] | None = None
    """Of a list."""
    pairs: list[tuple[Node, Node]] | None = None
    """Of a mapping, in order, doubles included."""
    size: int = field(default=1)
    """How many values it holds in all, itself included."""


class TooMuchError(Exception):
    """The YAML goes beyond a limit; the message says which."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Reader:
    """Builds nodes from YAML's events, which neither recurse nor copy what an alias names."""

    def __init__(self, source: str, start: int, end: int, index: LineIndex, findings: Findings) -> None:
        self.text = source[start:end]
        self.first_line = index.place(start)[0]
        self._base = start
        self._index = index
        self._findings = findings
        self._anchors: dict[str, Node] = {}
        self.broken = False
        """Whether reading stopped before the end."""

    def read(self) -> Node | None:
        """The whole as one node; what is wrong goes to the findings. Up to an error, what was read is kept."""
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        open_nodes: list[Node] = []
        root: list[Node] = []
        try:
            for event in yaml.parse(self.text, Loader=loader):
                self._take(event, open_nodes, root)
        except yaml.MarkedYAMLError as error:
            self._report(error)
        except yaml.YAMLError as error:  # a character that YAML refuses; decoding has reported it already
            self.broken = True
            self._find(f"the metadata is not YAML: {error}".partition("\n")[0], 0, 0)
        except TooMuchError as error:
            self.broken = True
            place = self._index.span(self._base + error.offset, self._base + error.offset + 1)
            self._findings.add("P06", str(error), place, "Write the metadata out plainly.")
        return root[0] if root else None

    def _take(self, event: Any, open_nodes: list[Node], root: list[Node]) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.ScalarEvent):
            self._put(self._scalar(event), open_nodes, root)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event, open_nodes, root)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event, open_nodes, root)
        elif isinstance(event, yaml.CollectionEndEvent):
            done = open_nodes.pop()
            done.end = end
            if open_nodes:
                self._grow(open_nodes[-1], done.size - 1)
        elif isinstance(event, yaml.DocumentStartEvent) and root:
            self._find("the metadata holds a second document", start, start)

    def _start(self, event: Any, open_nodes: list[Node], root: list[Node]) -> None:
        if len(open_nodes) >= MAX_DEPTH:
            raise TooMuchError(f"the metadata nests more than {MAX_DEPTH} levels deep", event.start_mark.index)
        self._tag(event)
        node = Node(event.start_mark.index, event.start_mark.index)
        if isinstance(event, yaml.MappingStartEvent):
            node.pairs = []
        else:
            node.items = []
        self._put(node, open_nodes, root)
        if event.anchor:
            self._anchors[event.anchor] = node
        open_nodes.append(node)

    def _put(self, node: Node, open_nodes: list[Node], root: list[Node]) -> None:
        if not open_nodes:
            root.append(node)
            return
        parent = open_nodes[-1]
        self._grow(parent, node.size)
        if parent.items is not None:
            parent.items.append(node)
        elif parent.pairs is not None:
            if parent.pairs and parent.pairs[-1][1].size == 0:
                parent.pairs[-1] = (parent.pairs[-1][0], node)
            else:
                parent.pairs.append((node, Node(node.end, node.end, size=0)))

    def _grow(self, node: Node, by: int) -> None:
        node.size += by
        if node.size > MAX_NODES:
            raise TooMuchError(f"the metadata holds more than {MAX_NODES} values", node.start)

    def _alias(self, event: Any, open_nodes: list[Node], root: list[Node]) -> None:
        known = self._anchors.get(event.anchor)
        start, end = event.start_mark.index, event.end_mark.index
        if known is None or any(known is node for node in open_nodes):
            self._find(f"nothing before it is called `&{event.anchor}`", start, end)
            known = Node(start, end)
        self._put(Node(start, end, known.value, known.items, known.pairs, known.size), open_nodes, root)

    def _scalar(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        self._tag(event)
        plain = event.implicit[0] and not (event.tag and event.tag != "!")
        node = Node(start, end, plain_scalar(event.value) if plain else event.value)
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _tag(self, event: Any) -> None:
        if event.tag and event.tag not in {"!", _TAG + "str", _TAG + "seq", _TAG + "map"}:
            self._find(
                f"the YAML tag `{event.tag.replace(_TAG, '!!')}` is not allowed",
                event.start_mark.index,
                event.end_mark.index,
            )

    def _report(self, error: yaml.MarkedYAMLError) -> None:
        """Report a syntax error where the editor has to mend it: a quotation or bracket where it was opened."""
        self.broken = True
        opened = any(word in (error.context or "") for word in ("scalar", "flow", "anchor", "alias", "tag"))
        mark = (error.context_mark if opened else error.problem_mark) or error.problem_mark or error.context_mark
        offset = min(mark.index, len(self.text)) if mark else 0
        problem = error.problem or error.context or "cannot be read"
        self._find(
            f"the metadata is not YAML: {problem}", offset, offset + 1, _mend(problem, self.text[offset : offset + 1])
        )

    def _find(self, message: str, start: int, end: int, mend: str = "Write the value out plainly.") -> None:
        self._findings.add("M01", message, self.span(start, end), mend)

    def span(self, start: int, end: int) -> Span:
        """The span of two offsets in the YAML text."""
        return self._index.span(self._base + start, self._base + min(max(start, end), len(self.text)))

    def node_span(self, node: Node) -> Span:
        """The span of a value; of one that goes over several lines, its first."""
        text = self.text[node.start : node.end]
        first = text.splitlines()[0].rstrip() if text else ""
        return self.span(node.start, node.start + len(first))


def plain_scalar(value: str) -> str | bool | None:
    """What YAML takes a text without quotation marks for; numbers and dates as written."""
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    match tag.removeprefix(_TAG):
        case "int" | "float":
            return Number(value)
        case "timestamp":
            return Day(value)
        case "bool":
            return value.lower() in {"yes", "true", "on"}
        case "null":
            return None
        case _:
            return value


def _mend(problem: str, character: str) -> str:
    if "mapping values are not allowed" in problem:
        return "Put a text that has a colon in it between quotation marks."
    if character == "\t" or "tab" in problem or "\\t" in problem:
        return "Indent with spaces, not tabs."
    if "end of stream" in problem or "expected" in problem:
        return "Close what is opened here: a quotation mark or a bracket."
    return "Put the value between quotation marks."


def texts(node: Node) -> Iterator[Node]:
    """Every scalar in a node that is small enough to be walked."""
    stack = [node]
    while stack:
        here = stack.pop()
        if here.items is not None:
            stack.extend(reversed(here.items))
        elif here.pairs is not None:
            stack.extend(part for pair in reversed(here.pairs) for part in reversed(pair))
        else:
            yield here

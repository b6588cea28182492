"""What is held of thousands of articles at a time, in little room: names as one text, places as numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from sys import intern

from pipeline.model.nodes import Span

_END = "\n"
"""Of a name; no name has one in it."""


class PackedNames(AbstractSet[str]):
    """A set of names that are seldom asked for."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text
        """The names in order, a line for each."""

    @classmethod
    def of(cls, names: Iterable[str]) -> PackedNames:
        """These names, none of which has a line end in it."""
        return cls("".join(name + _END for name in sorted(names)))

    def __contains__(self, name: object) -> bool:
        return name in frozenset(self)

    def __iter__(self) -> Iterator[str]:
        return iter(self.text.split(_END)[:-1])

    def __len__(self) -> int:
        return self.text.count(_END)


class PackedSpans(Mapping[str, Span]):
    """Spans by key; many articles have the same keys in the same order, which are held once."""

    __slots__ = ("keys_in_order", "numbers")

    def __init__(self, keys: tuple[str, ...], numbers: Iterable[int]) -> None:
        self.keys_in_order = _shared(keys)
        numbers = tuple(numbers)
        self.numbers = array("H" if max(numbers, default=0) < 2**16 else "I", numbers)
        """Four of each span, by key."""
        if len(self.numbers) != 4 * len(keys):
            raise ValueError(keys)

    @classmethod
    def of(cls, spans: Mapping[str, Span]) -> PackedSpans:
        """The same spans."""
        numbers = (number for s in spans.values() for number in (s.line, s.column, s.end_line, s.end_column))
        return spans if isinstance(spans, cls) else cls(tuple(spans), numbers)

    def __reduce__(self) -> tuple[type[PackedSpans], tuple[tuple[str, ...], list[int]]]:
        return PackedSpans, (self.keys_in_order, self.numbers.tolist())

    def __getitem__(self, key: str) -> Span:
        try:
            at = 4 * self.keys_in_order.index(key)
        except ValueError:
            raise KeyError(key) from None
        return Span(*self.numbers[at : at + 4])

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys_in_order)

    def __len__(self) -> int:
        return len(self.keys_in_order)


@lru_cache(maxsize=256)
def _shared(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(intern, keys))

"""What patterns may start with a word, sorted by what must stand behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

from pipeline.language.machine import Machine
from pipeline.language.syntax import Positions
from pipeline.language.text import Text

Start = tuple[int, int, Callable[[int, Text, int], int], AbstractSet[str]]
"""A pattern's number, the position that it starts with, how to walk on from there, and what the text must hold for that."""


class Opening:
    """The patterns that may start with a word; each is read once a text has what it needs."""

    __slots__ = ("_form", "_machine_of", "_stem", "alone", "followed", "loose", "waiting")

    def __init__(
        self, form: str, stemmed: str, needs: Mapping[int, AbstractSet[str]], machine_of: Callable[[int], Machine]
    ) -> None:
        """``needs`` are the numbers of the patterns, each with the stems and forms without which no text matches it."""
        self._form, self._stem, self._machine_of = form, stemmed, machine_of
        self.alone: list[int] = []
        """The patterns that are this word and nothing else."""
        self.followed: dict[str, list[Start]] = {}
        """Those that go on only with certain words, by the stem or form of the next word."""
        self.loose: list[Start] = []
        """Those of which the next word tells nothing."""
        self.waiting: dict[str, list[tuple[int, AbstractSet[str]]]] = {}
        """Those that have not been read yet, by a word that they need."""
        for number, needed in needs.items():
            others = needed - {form, stemmed}
            if others:
                # the longest word is the rarest, mostly
                self.waiting.setdefault(max(others, key=lambda word: (len(word), word)), []).append((number, needed))
            else:
                self._sort(number, needed)

    def read(self, words: AbstractSet[str]) -> None:
        """Read the patterns that wait for nothing but what is among ``words``."""
        for word in self.waiting.keys() & words:
            late = [(number, needed) for number, needed in self.waiting[word] if not needed <= words]
            for number, needed in self.waiting[word]:
                if needed <= words:
                    self._sort(number, needed)
            self.waiting[word] = late
            if not late:
                del self.waiting[word]

    def _sort(self, number: int, needed: AbstractSet[str]) -> None:
        machine = self._machine_of(number)
        positions = machine.positions
        for position in positions.first:
            if not positions.atoms[position].matches(self._form, self._stem, machine.numbers):
                continue
            start = (number, position, machine.longest, needed)
            following = _following(positions, position)
            if following is None:
                self.loose.append(start)
            elif not following:
                self.alone.append(number)
            for word in following or ():
                self.followed.setdefault(word, []).append(start)


def _following(positions: Positions, position: int) -> set[str] | None:
    """The stems and forms of which one must follow a position; none where it is the end, None where that cannot be told."""
    followers, _ = positions.follow[position]
    atoms = [atom for number, atom in enumerate(positions.atoms) if followers >> number & 1]
    if atoms and (position in positions.final or any(atom.kind not in {"stem", "form"} for atom in atoms)):
        return None
    return {atom.value for atom in atoms}

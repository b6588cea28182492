"""What patterns may start with a word, sorted by what must stand behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

from pipeline.language.machine import Machine
from pipeline.language.syntax import Positions
from pipeline.language.text import Text

Start = tuple[int, int, Callable[[int, Text, int], int], AbstractSet[str]]
"""A pattern's number, the position that it starts with, how to walk on from there, and what the text must hold for that."""

NUMBER = "#"
"""Stands for any number among the words that may follow."""


class Opening:
    """The patterns that may start with a word; each is read once a text has what it needs."""

    __slots__ = ("_form", "_late", "_machine_of", "_stem", "_waiting", "alone", "followed", "loose")

    def __init__(
        self,
        form: str,
        stemmed: str,
        needs: Mapping[int, AbstractSet[str]],
        machine_of: Callable[[int], Machine],
        waiting: dict[str, set[Opening]],
    ) -> None:
        """``needs`` are the numbers of the patterns, each with the stems and forms without which no text matches it.

        It enters itself in ``waiting`` under each word that a pattern of it waits for.
        """
        self._form, self._stem, self._machine_of = form, stemmed, machine_of
        self.alone: list[int] = []
        """The patterns that are this word and nothing else."""
        self.followed: dict[str, list[Start]] = {}
        """Those that go on only with certain words, by the stem or form of the next word, or NUMBER."""
        self.loose: list[Start] = []
        """Those of which the next word tells nothing."""
        self._waiting = waiting
        self._late: dict[str, list[tuple[int, AbstractSet[str]]]] = {}
        """Those that have not been read yet, by a word that they need."""
        for number, needed in needs.items():
            others = needed - {form, stemmed}
            if others:
                # the longest word is the rarest, mostly
                self._late.setdefault(max(others, key=lambda word: (len(word), word)), []).append((number, needed))
            else:
                self._sort(number, needed)
        for word in self._late:
            waiting.setdefault(word, set()).add(self)

    def read(self, word: str, words: AbstractSet[str]) -> None:
        """Read the patterns that wait for a word, and for nothing but what is among ``words``."""
        late = [(number, needed) for number, needed in self._late[word] if not needed <= words]
        for number, needed in self._late[word]:
            if needed <= words:
                self._sort(number, needed)
        self._late[word] = late
        if not late:
            self._waiting[word].discard(self)

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
    """The stems and forms of which one must follow a position, or NUMBER; none where it is the end, None where all may."""
    followers, _ = positions.follow[position]
    atoms = [atom for number, atom in enumerate(positions.atoms) if followers >> number & 1]
    if atoms and (position in positions.final or any(atom.kind in {"any", "prefix"} for atom in atoms)):
        return None
    return {NUMBER if atom.kind == "number" else atom.value for atom in atoms}

"""One pattern as a machine that walks over words, one step a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache

from pipeline.frozen import dataclass
from pipeline.language.ready import ready
from pipeline.language.rules import load_rules
from pipeline.language.syntax import Atom, Positions, parse
from pipeline.language.text import Break, Text

_MEMORY = 2_000


@dataclass(frozen=True, slots=True)
class Machine:
    """The positions of a pattern as bits; a set of positions is one number."""

    positions: Positions
    stems: Mapping[str, int]
    """Stem -> the positions that it satisfies."""
    forms: Mapping[str, int]
    others: tuple[tuple[Atom, int], ...]
    """Prefixes and numbers, and their positions."""
    any: int
    """The positions that every word satisfies."""
    final: int
    numbers: frozenset[str]
    """The language's number words."""
    memory: dict[int, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)
    """Positions -> those that may follow where the next word is a neighbour, and where a mark stands between."""

    def longest(self, position: int, text: Text, number: int) -> int:
        """The last word of the longest match that starts at word ``number`` with ``position``; -1 for none."""
        forms, stems, breaks = text.forms, text.stems, text.breaks
        states = 1 << position
        last = number if states & self.final else -1
        for place in range(number + 1, len(forms)):
            gap = breaks[place]
            if gap >= Break.SENTENCE:
                break
            near, far = self.memory.get(states) or self._following(states)
            states = far if gap else near
            states = states and states & self._satisfied(forms[place], stems[place])
            if not states:
                break
            if states & self.final:
                last = place
        return last

    def _satisfied(self, form: str, stemmed: str) -> int:
        found = self.any | self.stems.get(stemmed, 0) | self.forms.get(form, 0)
        for atom, bits in self.others:
            if atom.matches(form, stemmed, self.numbers):
                found |= bits
        return found

    def _following(self, states: int) -> tuple[int, int]:
        near = far = 0
        for position, atom in enumerate(self.positions.atoms):
            if states >> position & 1:
                following, through_gap = self.positions.follow[position]
                near |= following
                far |= following if atom.kind == "any" else through_gap
        if len(self.memory) < _MEMORY:
            self.memory[states] = near, far
        return near, far


@lru_cache(maxsize=8192)
def machine(source: str, language: str) -> Machine:
    """The machine of one pattern; raises PatternSyntaxError."""
    positions = _positions(source, language)
    stems: dict[str, int] = {}
    forms: dict[str, int] = {}
    others: list[tuple[Atom, int]] = []
    anything = 0
    for position, atom in enumerate(positions.atoms):
        bit = 1 << position
        match atom.kind:
            case "stem":
                stems[atom.value] = stems.get(atom.value, 0) | bit
            case "form":
                forms[atom.value] = forms.get(atom.value, 0) | bit
            case "any":
                anything |= bit
            case "prefix" | "number":
                others.append((atom, bit))
    final = sum(1 << position for position in positions.final)
    return Machine(positions, stems, forms, tuple(others), anything, final, load_rules(language).numbers)


def _positions(source: str, language: str) -> Positions:
    kept = ready(language)
    known = kept.get(source)
    if known is not None:
        atoms, first, final, follow = known
        return Positions(
            tuple(Atom(*atom) for atom in atoms), tuple(first), frozenset(final), tuple(map(tuple, follow))
        )
    positions = parse(source, language)
    atoms = [(atom.kind, atom.value, atom.word) for atom in positions.atoms]
    kept.put(source, (atoms, positions.first, sorted(positions.final), positions.follow))
    return positions

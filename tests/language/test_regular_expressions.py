"""No regular expression of the package backtracks: time grows with the text, whatever stands in it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
import tomllib
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import pytest

import pipeline
from pipeline.language import readability

ROOT = Path(pipeline.__file__).parent
ANCHORED = frozenset({"match", "fullmatch"})
SEARCHING = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
SIZES = ((20, 10), (300, 50), (12_000, 2_000))
"""How often a part is repeated, and how often to compare: few times first, lest what doubles with each never ends."""
FEW = 20
LONG = 0.01
"""Seconds of the processor under which nothing is said of growth."""
ENDS = ("\0", "", "\n\0")
"""What follows the repeated part: something that no pattern wants, nothing, a line end."""
CHARACTERS = "a1 \n-."
"""What a set of characters is tried with, beside those that stand in the pattern."""


class Use(NamedTuple):
    """A regular expression and how it is asked."""

    where: str
    pattern: str
    flags: int
    methods: frozenset[str]
    """Of ``re.Pattern``; all that search are one, and are asked when nothing is known."""


@cache
def uses() -> tuple[Use, ...]:
    """Every regular expression of the package: in its modules, and in the data that syllables are counted by."""
    return (*_compiled(), *_inline(), *_syllables())


def _modules() -> Iterator[tuple[Any, ast.Module]]:
    for info in pkgutil.walk_packages([str(ROOT)], "pipeline."):
        if info.name != "pipeline.__main__":
            module = importlib.import_module(info.name)
            yield module, ast.parse(Path(str(module.__file__)).read_text("utf-8"))


def _compiled() -> Iterator[Use]:
    """Those that modules keep under a name; who asks one that another module keeps counts too."""
    asked: dict[int, set[str]] = {}
    named: dict[int, tuple[str, re.Pattern[Any]]] = {}
    for module, tree in _modules():
        kept = {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern)}
        for name, value in kept.items():
            named.setdefault(id(value), (f"{module.__name__}.{name}", value))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in kept:
                asked.setdefault(id(kept[node.value.id]), set()).add(node.attr)
    for key, (name, value) in named.items():
        pattern = value.pattern if isinstance(value.pattern, str) else value.pattern.decode("latin-1")
        flags = value.flags if isinstance(value.pattern, str) else value.flags | re.ASCII
        yield Use(name, pattern, flags, _methods(asked.get(key, set())))


def _inline() -> Iterator[Use]:
    """Those written where they are asked: ``re.split(r"…", text)``."""
    for module, tree in _modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in ANCHORED | SEARCHING
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                yield Use(f"{module.__name__}:{node.lineno}", node.args[0].value, 0, _methods({node.func.attr}))


def _methods(asked: set[str]) -> frozenset[str]:
    return frozenset(asked & ANCHORED) | ({"finditer"} if asked & SEARCHING or not asked & ANCHORED else set())


def _syllables() -> Iterator[Use]:
    for file in sorted(readability.DATA.glob("*.toml")):
        data = tomllib.loads(file.read_text("utf-8"))
        for pattern in (data["nucleus"], *data.get("less", ()), *data.get("more", ())):
            yield Use(f"{file.name}: {pattern}", pattern, 0, _methods(set()))


class Attack(NamedTuple):
    """A text that makes one repetition of a pattern go as far as it can, and then fail."""

    before: str
    part: str
    end: str

    def text(self, size: int) -> str:
        return self.before + self.part * size + self.end


def attacks(use: Use) -> Iterator[Attack]:
    """For each part of a pattern that may repeat without limit, with each sort of character that it takes."""
    tree = parser.parse(use.pattern, use.flags & ~re.UNICODE)
    for before, part in dict.fromkeys(_pumps(tree, "", CHARACTERS + use.pattern)):
        for end in ENDS:
            yield Attack(before, part, end)


def _pumps(parts: Any, before: str, characters: str) -> Iterator[tuple[str, str]]:
    for op, value in parts:
        if op in {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}:
            least, most, body = value
            if most == ops.MAXREPEAT or most > FEW:
                yield from ((before, sample) for sample in _samples(body, characters))
            yield from _pumps(body, before, characters)
            before += _sample(body) * least
        elif op is ops.SUBPATTERN:
            yield from _pumps(value[3], before, characters)
            before += _sample(value[3])
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield from _pumps(branch, before, characters)
            before += _sample(value[1][0])
        elif op in {ops.ASSERT, ops.ASSERT_NOT}:
            yield from _pumps(value[1], before, characters)
        else:
            before += _sample([(op, value)])


def _samples(body: Any, characters: str) -> Iterator[str]:
    """What a repeated part takes: each character that fits where it is one, else an example."""
    if len(body) == 1 and body[0][0] in {ops.IN, ops.ANY, ops.NOT_LITERAL}:
        yield from [char for char in dict.fromkeys(characters) if _fits(body[0], char)] or [_sample(body)]
    elif len(body) == 1 and body[0][0] is ops.BRANCH:
        yield from (_sample(branch) for branch in body[0][1][1])
    else:
        yield _sample(body)


def _sample(parts: Any) -> str:
    """A text that parts of a pattern match; assertions are not looked at."""
    found = ""
    for op, value in parts:
        match op:
            case ops.LITERAL:
                found += chr(value)
            case ops.IN | ops.ANY | ops.NOT_LITERAL:
                fitting = (char for char in CHARACTERS if _fits((op, value), char))
                found += next(fitting, "") or _first(value)
            case ops.MAX_REPEAT | ops.MIN_REPEAT | ops.POSSESSIVE_REPEAT:
                found += _sample(value[2]) * max(value[0], 1)
            case ops.SUBPATTERN:
                found += _sample(value[3])
            case ops.BRANCH:
                found += _sample(value[1][0])
            case _:
                pass
    return found


def _first(items: Any) -> str:
    op, value = next(item for item in items if item[0] in {ops.LITERAL, ops.RANGE})
    return chr(value if op is ops.LITERAL else value[0])


_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W",
}


def _fits(part: tuple[Any, Any], char: str) -> bool:
    op, value = part
    if op is ops.ANY:
        return char != "\n"
    if op is ops.NOT_LITERAL:
        return bool(ord(char) != value)
    negated = value[0][0] is ops.NEGATE
    return negated != any(_holds(item, char) for item in value)


def _holds(item: tuple[Any, Any], char: str) -> bool:
    op, value = item
    match op:
        case ops.LITERAL:
            return bool(ord(char) == value)
        case ops.RANGE:
            return bool(value[0] <= ord(char) <= value[1])
        case ops.CATEGORY:
            return re.match(_CATEGORIES[value], char) is not None
        case _:
            return False


def seconds(use: Use, text: str, short: float = LONG) -> float:
    """Processor time of asking once, the least of three where it is neither short nor very long."""
    pattern = re.compile(use.pattern, use.flags)
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for method in use.methods:
            asked = getattr(pattern, method)(text)
            deque(asked if method == "finditer" else (), maxlen=0)
        best = min(best, time.process_time() - start)
        if not short < best < 10 * LONG:
            break
    return best


def test_regular_expressions_are_found():
    assert len(uses()) > 60
    assert {method for use in uses() for method in use.methods} == ANCHORED | {"finditer"}


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(a+)+b", "match"),
        (r"\s+$", "search"),
        (r"a.*b.*c", "match"),
        (r"(\w+\s?)+$", "search"),
        (r"\d*\d*x?", "fullmatch"),
    ],
)
def test_one_that_backtracks_is_known(pattern: str, method: str):
    assert backtracks(Use("", pattern, 0, _methods({method})))


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"[^\W\d_]+(?:'[^\W\d_]+)*", "finditer"),
        (r"\s+$", "match"),
        (r"a[^b]*b", "fullmatch"),
        (r"\d{1,3}x", "search"),
        (r"\d*\d*x?", "match"),
    ],
)
def test_one_that_does_not_is_not_blamed(pattern: str, method: str):
    assert backtracks(Use("", pattern, 0, _methods({method}))) is None


def backtracks(use: Use) -> Attack | None:
    """The first attack under which a regular expression takes more than its share; None where there is none."""
    for attack in attacks(use):
        for size, smaller in SIZES:
            taken = seconds(use, attack.text(size))
            # half way from a line to a square
            if taken > LONG and taken > (size / smaller) ** 1.5 * seconds(use, attack.text(smaller), short=0):
                return attack
    return None


@pytest.mark.parametrize("use", uses(), ids=lambda use: use.where)
def test_none_of_the_package_backtracks(use: Use):
    assert backtracks(use) is None

"""A frozen class made here is what the standard library's decorator would have made."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import field

import pytest

from pipeline.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A point."""

    x: int
    y: int = 2
    names: list[str] = field(default_factory=list)
    note: str = field(default="", repr=False, compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    """A point."""

    x: int
    y: int = 2
    names: list[str] = field(default_factory=list)
    note: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Own:
    """A class with a method that the decorator would otherwise make."""

    x: int

    def __repr__(self) -> str:
        return f"<{self.x}>"


def test_it_shows_compares_and_hashes_as_the_standard_one() -> None:
    assert repr(Point(1)) == repr(Standard(1)).replace("Standard", "Point")
    assert Point(1, note="a") == Point(1, 2, [], "b")
    assert Point(1) != Point(2)
    assert Point(1) != Standard(1)  # type: ignore[comparison-overlap]
    assert hash(Own(3)) == hash(Own(3))
    assert repr(Own(3)) == "<3>"


def test_each_has_defaults_of_its_own() -> None:
    assert Point(1).names is not Point(1).names
    assert Point(x=1, names=["a"]).names == ["a"]
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]


def test_the_standard_librarys_functions_know_it() -> None:
    point = Point(1, names=["a"], note="n")
    assert [one.name for one in dataclasses.fields(point)] == ["x", "y", "names", "note"]
    assert dataclasses.asdict(point) == dataclasses.asdict(Standard(1, names=["a"], note="n"))
    assert dataclasses.replace(point, x=5) == Point(5, 2, ["a"])
    assert pickle.loads(pickle.dumps(point)) == point  # noqa: S301 -- its own
    match point:
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_it_cannot_be_changed() -> None:
    point = Point(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="x of Point"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del point.x
    with pytest.raises((AttributeError, TypeError)):
        point.z = 2  # type: ignore[attr-defined]

"""``@dataclass(frozen=True, slots=True)`` at a third of the price.

The standard library compiles six functions for each frozen class, which is most of what importing the model costs: more than
a hundred classes are made before the first article is read. Here only ``__init__`` is compiled; the rest are closures over
the fields. What comes back is a dataclass to ``fields``, ``replace``, ``asdict``, ``match`` and pickle, and to type checkers it
is the standard library's. Python 3.13 compiles them all at once; when it is the oldest that is supported, this can go.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

__all__ = ["dataclass"]

Made = TypeVar("Made")
Methods = dict[str, Callable[..., Any]]
_MISSING = dataclasses.MISSING
_set = object.__setattr__

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: Literal[True], slots: Literal[True]) -> Callable[[type[Made]], type[Made]]:  # noqa: ARG001 -- both are what this is for
        """Decorate a class as the standard library's ``dataclass(frozen=True, slots=True)`` does."""
        return _make


def _make(cls: type[Made]) -> type[Made]:
    cls.__doc__ = cls.__doc__ or cls.__name__  # else the standard library works out a signature
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    fields = dataclasses.fields(made)  # type: ignore[arg-type]
    methods: Methods = {
        "__init__": _construction(made, fields),
        "__repr__": _repr([field.name for field in fields if field.repr]),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        **_comparison([field.name for field in fields if field.compare]),
        **_state([field.name for field in fields]),
    }
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    return made


def _construction(made: type, fields: Sequence[dataclasses.Field[Any]]) -> Callable[..., None]:
    names: dict[str, Any] = {"_new": _MISSING}
    parameters, lines = ["self"], []
    for field in fields:
        parameter = value = field.name
        if field.default_factory is not _MISSING:
            names[f"_new_{value}"] = field.default_factory
            parameter, value = f"{value}=_new", f"_new_{value}() if {value} is _new else {value}"
        elif field.default is not _MISSING:
            names[f"_default_{value}"] = field.default
            parameter = f"{value}=_default_{value}"
        parameters.append(parameter)
        # a slot's own setter takes two thirds of the time of object.__setattr__, which looks the slot up
        names[f"_set_{field.name}"] = getattr(made, field.name).__set__
        lines.append(f" _set_{field.name}(self, {value})\n")
    exec(f"def __init__({', '.join(parameters)}):\n{''.join(lines) or ' pass'}", names)  # noqa: S102 -- as the standard library does it
    constructor: Callable[..., None] = names["__init__"]
    return constructor


def _comparison(names: Sequence[str]) -> Methods:
    key: Callable[[object], object] = attrgetter(*names) if names else lambda _: ()

    def equal(self: object, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(key(self))

    return {"__eq__": equal, "__hash__": hashed}


def _repr(names: Sequence[str]) -> Callable[[object], str]:
    def shown(self: object) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({values})"

    return shown


def _state(names: Sequence[str]) -> Methods:
    def state(self: object) -> list[Any]:
        return [getattr(self, name) for name in names]

    def restore(self: object, values: Sequence[Any]) -> None:
        for name, value in zip(names, values, strict=True):
            _set(self, name, value)

    return {"__getstate__": state, "__setstate__": restore}


def _refuse(self: object, name: str, *_value: object) -> NoReturn:
    message = f"cannot change {name} of {self.__class__.__name__}, which is frozen"
    raise dataclasses.FrozenInstanceError(message)

"""A shorter way to mark what is drawn, which is done for each run of each line; the operators are the same."""

from __future__ import annotations

import importlib
from functools import wraps
from typing import Any


def quicken_marks() -> None:
    """Let WeasyPrint, which is imported, take the shorter way."""
    stream: Any = importlib.import_module("weasyprint.pdf.stream").Stream
    properties = _properties(importlib.import_module("pydyf").Dictionary)
    stream.marked, stream.artifact = _marked(stream.marked, properties), _artifact(stream.artifact)


class _Nothing:
    """A context in which nothing is marked."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_raised: object) -> None:
        pass


_NOTHING = _Nothing()


class _Marking:
    """Ends marked content."""

    __slots__ = ("_operators",)

    def __init__(self, operators: list[Any]) -> None:
        self._operators = operators

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_raised: object) -> None:
        self._operators.append(b"EMC")


def _properties(dictionary: Any) -> Any:
    """The class of a ``pydyf.Dictionary`` with the number of marked content, at first no more."""

    class Properties(dictionary):  # type: ignore[misc]
        __init__ = dict.__init__  # it has no number of its own

        @property
        def data(self) -> bytes:
            return b"<</MCID %d>>" % self["MCID"] if len(self) == 1 else dictionary.data.fget(self)

    return Properties


def _marked(whole: Any, properties: Any) -> Any:
    @wraps(whole)
    def marked(stream: Any, box: Any, tag: str) -> _Nothing | _Marking:
        marks = stream._tags  # noqa: SLF001
        if marks is None:
            return _NOTHING
        assert box not in marks
        number = len(marks)
        marks[box] = {"tag": tag, "mcid": number}
        stream.stream += (f"/{tag}", properties(MCID=number), b"BDC")
        return _Marking(stream.stream)

    return marked


def _artifact(whole: Any) -> Any:
    @wraps(whole)
    def artifact(stream: Any) -> _Nothing | _Marking:
        if stream._tags is None:  # noqa: SLF001
            return _NOTHING
        stream.stream += ("/Artifact", b"BMC")
        return _Marking(stream.stream)

    return artifact

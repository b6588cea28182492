"""The registry of checks: one file a check, found by itself, each with a unique code and name."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType

from pipeline.checks.context import Context
from pipeline.frozen import dataclass
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity

Run = Callable[[Article, Context], Iterable[Finding]]

NOT_CHECKS = frozenset({"registry", "context", "run", "catalogue"})


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its code and name, how bad a finding is, and the function that finds."""

    code: str
    name: str
    """Named after the defect, in words joined by hyphens."""
    severity: Severity
    source: str
    """The standard or guide it comes from."""
    fixable: bool
    summary: str
    """One sentence: what is wrong."""
    doc: str
    """The whole docstring of its file."""
    run: Run


def check(code: str, *, severity: Severity, source: str, fixable: bool = False) -> Callable[[Run], Check]:
    """Make a function a check; its name and documentation are those of its file."""

    def register(run: Run) -> Check:
        module = inspect.getmodule(run)
        assert module is not None
        doc = inspect.cleandoc(module.__doc__ or "")
        name = module.__name__.rpartition(".")[2].replace("_", "-")
        return Check(code, name, severity, source, fixable, doc.partition("\n")[0], doc, run)

    return register


@cache
def checks() -> Mapping[str, Check]:
    """All checks by code, sorted; raises ValueError when two share a code."""
    package = importlib.import_module("pipeline.checks")
    found: dict[str, Check] = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.name in NOT_CHECKS or info.ispkg:
            continue
        module = importlib.import_module(f"pipeline.checks.{info.name}")
        for value in vars(module).values():
            if isinstance(value, Check):
                if value.code in found:
                    message = f"two checks have the code {value.code}: {found[value.code].name} and {value.name}"
                    raise ValueError(message)
                found[value.code] = value
    return MappingProxyType(dict(sorted(found.items())))

"""Diagnostics as text with code frames, JSON, SARIF, JUnit and GitHub annotations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pipeline.report import github, json, junit, sarif
from pipeline.report.summary import Report

FORMATTERS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"json": json.render, "sarif": sarif.render, "junit": junit.render, "github": github.render}
)
"""The machine-readable forms by name; each returns the whole document. Text is ``report.text``, which needs sources."""

__all__ = ["FORMATTERS", "Report"]

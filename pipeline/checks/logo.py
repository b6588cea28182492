"""Findings about the publisher's logo stand in the publisher's settings, whichever article shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.checks.context import Context
from pipeline.model.diagnostic import Finding
from pipeline.model.nodes import Span


def of_logo(context: Context, find: Callable[[str, Span], Iterator[Finding]]) -> Iterator[Finding]:
    """What ``find`` says of the logo's path, placed at ``logo`` in ``publisher.toml``."""
    if context.config.logo:
        line = context.config.lines.get("brand.logo", 1)
        for finding in find(context.config.logo, Span(line, 1, line, 1)):
            yield replace(finding, path=context.config.path)

"""Fills in the desk's templates; what is filled in is text and never markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.report.summary import plural

FOLDER = Path(__file__).parent / "templates"


def render(template: str, **values: Any) -> str:
    """A page."""
    return _environment().get_template(template).render(**values)


def words(text: str) -> Markup:
    """A message as markup: what stands between backticks is code, all is escaped."""
    parts = text.split("`")
    if not len(parts) % 2:  # one backtick has no partner
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"address": quote, "words": words}
    environment.globals["count"] = plural
    return environment

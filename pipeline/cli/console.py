"""What all commands share: the settings before the command, and how messages look."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import rich_click as click

from pipeline.errors import ContentError, PipelineError, did_you_mean
from pipeline.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Options given before the command."""

    content: str

    @property
    def content_path(self) -> Path:
        """The content tree's folder, as given."""
        return Path(self.content)


class Day(click.ParamType[date]):
    """A date as ``2026-11-22``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date, or fail with the form it must have."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 -- a day, not a moment
        except ValueError:
            self.fail(f"{value!r} is not a date like 2026-11-22", param, ctx)


class OneOf(click.Choice[str]):
    """One of some words; a mistyped one is answered with the nearest."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What is wrong, and what may have been meant."""
        return f"{super().get_invalid_choice_message(value, ctx)} {did_you_mean(str(value), self.choices)}".rstrip()


def as_of_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--as-of DATE``."""
    help_ = "Judge review dates against this day instead of today."
    return click.option("--as-of", type=Day(), metavar="DATE", help=help_)(function)


def colours(stream: IO[str]) -> bool:
    """Whether a stream gets colours: a terminal does, unless NO_COLOR is set (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styler(stream: IO[str]) -> Callable[..., str]:
    """``click.style`` for a stream that gets colours, else a function that leaves text alone."""
    from pipeline.report.text import unstyled

    return click.style if colours(stream) else unstyled


def error(problem: PipelineError) -> None:
    """Show a failure on stderr: where, what, and what to do."""
    style = styler(sys.stderr)
    place = "" if problem.path is None else problem.path + (f":{problem.line}" if problem.line else "") + ": "
    click.echo(f"{style('error:', fg='red', bold=True)} {place}{problem.message}", err=True)
    if problem.help:
        click.echo(f"  {style('help:', fg='cyan')} {problem.help}", err=True)
    for other in problem.others if isinstance(problem, ContentError) else ():
        error(other)


class _QuietPipe:
    """A standard stream that swallows what is written after its reader has left, so that the exit code still counts."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._leave()
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._leave()

    def _leave(self) -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def quiet_pipes() -> None:
    """Let a reader leave the pipe (``pipeline rules | head``) without a traceback."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if not isinstance(stream, _QuietPipe):
            setattr(sys, name, _QuietPipe(stream))

"""``pipeline man``: the manual page, made from the commands' own help in the macros of man(7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import rich_click as click

from pipeline import __version__

EXIT_CODES = (
    ("0", "All is well."),
    ("1", "An article has errors; it was not exported."),
    ("2", "Wrong usage, no content tree, or a path outside it."),
    ("3", "A file cannot be read at all."),
    ("4", "An export failed, build/ cannot be written, or a finished file failed its proof."),
    ("5", "A newsletter did not reach everybody."),
    ("130, 143", "Interrupted; terminated."),
)
ENVIRONMENT = (
    ("NO_COLOR", "No colours, also on a terminal."),
    ("PIPELINE_DEBUG", "Show where in the program a failure of its own came from."),
    ("PIPELINE_SMTP_USER, PIPELINE_SMTP_PASSWORD", "Name and password for the mail server of send."),
)
FILES = (
    ("content/publisher.toml", "The publisher, its brand and its house rules."),
    ("content/articles/, content/newsletters/, content/books/", "What is published."),
    ("build/", "What was made of it; build/manifest.json lists each file with the proof."),
)


@click.command()
@click.pass_context
def man(ctx: click.Context) -> None:
    """Print the manual page of all commands.

    \b
    Examples:
      pipeline man | man -l -
      pipeline man > ~/.local/share/man/man1/pipeline.1
    """  # noqa: D301 -- click reads \b itself
    root = ctx.find_root()
    assert isinstance(root.command, click.Group)
    click.echo(manual(root.command, root), nl=False)


def manual(group: click.Group, root: click.Context) -> str:
    """The manual page of a group and its commands, as source for man(1); ends with a line feed."""
    lines = [
        f'.TH PIPELINE 1 {_made()} "pipeline {__version__}" "User Commands"',
        ".SH NAME",
        f"pipeline \\- {_text(_summary(group)[:1].lower() + _summary(group)[1:])}",
        ".SH SYNOPSIS",
        ".B pipeline",
        "[\\fI\\,OPTIONS\\/\\fR] \\fI\\,COMMAND\\/\\fR [\\fI\\,ARGUMENTS\\/\\fR]",
        ".SH DESCRIPTION",
        *_prose(group.help or ""),
        ".SH OPTIONS",
        *_options(group, root),
        ".SH COMMANDS",
    ]
    for name in group.list_commands(root):
        command = group.get_command(root, name)
        if command is not None:
            lines += _command(command, click.Context(command, parent=root, info_name=name))
    for title, rows in (("EXIT STATUS", EXIT_CODES), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        lines += [f".SH {title}", *_terms(rows)]
    return "\n".join(lines) + "\n"


def _made() -> str:
    """The day on which the newest of the commands was written, since man(7) asks for one."""
    newest = max(path.stat().st_mtime for path in Path(__file__).parent.glob("*.py"))
    return date.fromtimestamp(newest).isoformat()  # noqa: DTZ012 -- a day on a page to read


def _summary(command: click.Command) -> str:
    """The first sentence of a command's help."""
    first = (command.help or "").strip().partition("\n\n")[0]
    return " ".join(first.split()).rstrip(".")


def _command(command: click.Command, ctx: click.Context) -> Iterator[str]:
    yield f".SS {_text(' '.join([ctx.info_name or '', *command.collect_usage_pieces(ctx)]))}"
    yield from _prose(command.help or "")
    yield from _options(command, ctx)


def _options(command: click.Command, ctx: click.Context) -> Iterator[str]:
    options = (param for param in command.params if isinstance(param, click.Option))
    records = (option.get_help_record(ctx) for option in options)
    yield from _terms(record for record in records if record is not None)


def _terms(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, what in rows:
        yield from (".TP", f"\\fB{_text(term)}\\fR", _text(what))


def _prose(help: str) -> Iterator[str]:
    r"""Paragraphs; those that click keeps as they are (``\b``) keep their lines, with a heading where they have one."""
    for number, paragraph in enumerate(part for part in re.split(r"\n[ \t]*\n", help.strip()) if part.strip()):
        if number:
            yield ".PP"
        lines = paragraph.strip("\n").splitlines()
        if lines[0].strip() != "\b":
            yield _text(" ".join(paragraph.split()))
            continue
        heading, *rest = lines[1:]
        yield from (_text(heading.strip()), ".RS 4", ".nf", *(_text(line.strip()) for line in rest), ".fi", ".RE")


def _text(text: str) -> str:
    r"""Text in which roff sees no requests: hyphens are hyphens to copy, a leading period or apostrophe is a character."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe

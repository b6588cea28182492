"""Diagnostics as text for a person: where, what, the lines themselves, and the mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from pipeline.model.diagnostic import Diagnostic, Severity
from pipeline.model.lines import split_lines
from pipeline.report.summary import Report, plural

Style = Callable[..., str]
"""``click.style``, or a function that leaves the text alone."""

MAX_LINES = 4
"""Lines of source in a frame; a longer span shows its first ones."""
MAX_WIDTH = 160
"""Characters of a source line in a frame."""
TAB = 4


def unstyled(text: str, **_style: object) -> str:
    """Leave the text without colours."""
    return text


def render(report: Report, sources: Mapping[str, str], style: Style = unstyled) -> str:
    """All diagnostics with their code frames, then the counts. ``sources`` gives a file's text by its path."""
    parts = []
    # one file's lines at a time: there may be thousands
    for path, found in groupby(report.diagnostics, lambda each: each.path):
        lines = split_lines(sources.get(path, ""))
        parts += [_diagnostic(diagnostic, lines, style) for diagnostic in found]
    return "".join(parts) + summary(report, style) + "\n"


def summary(report: Report, style: Style = unstyled) -> str:
    """The last line: how much was found in how many files."""
    if not report.files:
        return "No articles found below content/articles/."
    checked = plural(report.files, "file")
    also = f" ({report.suppressed} allowed)" if report.suppressed else ""
    if not report.diagnostics:
        return style(f"All checks passed: {checked}{also}.", fg="green")
    counts = f"{plural(report.errors, 'error')}, {plural(report.warnings, 'warning')} in {checked}{also}."
    fixable = sum(diagnostic.fixable for diagnostic in report.diagnostics)
    hint = f"\n{fixable} can be mended with --fix (see them first with --diff)." if fixable else ""
    return style(counts, fg="red" if report.errors else "yellow", bold=True) + hint


def _diagnostic(diagnostic: Diagnostic, lines: Sequence[str], style: Style) -> str:
    colour = "red" if diagnostic.severity is Severity.ERROR else "yellow"
    place = style(f"{diagnostic.path}:{diagnostic.line}:{diagnostic.column}:", bold=True)
    code = style(f"{diagnostic.code} {diagnostic.name}", fg=colour, bold=True)
    severity = style(diagnostic.severity.value, fg=colour)
    head = f"{place} {severity} {code}: {_printable(diagnostic.message)}\n"
    frame = _frame(diagnostic, lines, style, colour)
    help_ = f"  {style('= help:', fg='cyan')} {diagnostic.help}\n" if diagnostic.help else ""
    return head + frame + help_ + "\n"


def _frame(diagnostic: Diagnostic, lines: Sequence[str], style: Style, colour: str) -> str:
    first = diagnostic.line
    if not 1 <= first <= len(lines):
        return ""
    last = min(max(diagnostic.end_line, first), first + MAX_LINES - 1, len(lines))
    gutter = len(str(last))
    bar = style("|", fg="blue")
    out = [f"{' ' * gutter} {bar}\n"]
    for number in range(first, last + 1):
        text = lines[number - 1]
        start = diagnostic.column if number == first else len(text) - len(text.lstrip()) + 1
        end = diagnostic.end_column if number == diagnostic.end_line else len(text.rstrip()) + 1
        shown, marks = _marked(text, start - 1, max(end - 1, start))
        out.append(f"{style(str(number).rjust(gutter), fg='blue')} {bar} {shown}\n")
        out.append(f"{' ' * gutter} {bar} {style(marks, fg=colour)}\n")
    return "".join(out)


def _marked(text: str, start: int, end: int) -> tuple[str, str]:
    """A source line fit for a terminal and the carets below it; a long line is cut round what is marked."""
    cut = max(0, min(start, end) - MAX_WIDTH // 2) if len(text) > MAX_WIDTH else 0
    limit = cut + MAX_WIDTH
    before, marked = _printable(text[cut:start]), _printable(text[start : min(end, limit)])
    after = _printable(text[end:limit])
    shown = f"{'…' if cut else ''}{before}{marked}{after}"[: MAX_WIDTH + 1]
    carets = min(max(len(marked), 1), max(MAX_WIDTH - len(before), 1))
    return shown.rstrip(), " " * (len(before) + bool(cut)) + "^" * carets


def _printable(text: str) -> str:
    """Show control and formatting characters as what they are, so that no source can play with the terminal."""
    text = text.replace("\t", " " * TAB)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)

"""The pipeline's errors, one class for each exit code of the command line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The question ``Did you mean `…`?`` with the known name that is nearest to ``name``; empty when none is near."""
    from difflib import get_close_matches

    by_case = {word.casefold(): word for word in known}
    near = get_close_matches(name.casefold(), by_case, n=1)
    return f"Did you mean `{by_case[near[0]]}`?" if near else ""


PATH_LENGTH = 80
"""Characters of a path, a slug or a dotted key that a message has room for."""


def shorten(text: str, length: int = 40) -> str:
    """The first line of ``text``, as far as a message has room for it."""
    whole = text.strip()
    line = whole.partition("\n")[0].rstrip()
    return line if len(line) <= length and line == whole else line[: length - 1].rstrip() + "…"


class PipelineError(Exception):
    """A failure with one clear message, shown without a traceback.

    ``message`` says what is wrong, ``help`` what to do about it; ``path`` and ``line`` say where, when that is known.
    """

    exit_code = 4

    def __init__(
        self, message: str, *, path: Path | str | None = None, line: int | None = None, help: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line
        self.help = help

    def __str__(self) -> str:
        place = "" if self.path is None else self.path + (f":{self.line}" if self.line else "") + ": "
        mend = f"\n  help: {self.help}" if self.help else ""
        return f"{place}{self.message}{mend}"


class ContentError(PipelineError):
    """Input that can be read but is wrong: a bad ``publisher.toml``, profile or disclaimer file (exit 1).

    ``others`` are further mistakes in the same file, so that an editor sees all of them at once.
    """

    exit_code = 1

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        help: str = "",
        others: Iterable[ContentError] = (),
    ) -> None:
        super().__init__(message, path=path, line=line, help=help)
        self.others = tuple(others)

    @classmethod
    def together(cls, mistakes: Iterable[ContentError]) -> ContentError:
        """The first of some mistakes of one file, by its line, with the others."""
        first, *others = sorted(mistakes, key=lambda mistake: mistake.line or 0)
        return cls(first.message, path=first.path, line=first.line, help=first.help, others=others)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(str(other) for other in self.others)])


class UsageError(PipelineError):
    """Wrong usage: no content tree, a path outside it, an unknown name (exit 2)."""

    exit_code = 2


class UnreadableError(PipelineError):
    """Input that cannot be read at all (exit 3)."""

    exit_code = 3


class ExportError(PipelineError):
    """An exporter failed, or ``build/`` cannot be written (exit 4)."""

    exit_code = 4


class NobodyWorksError(ExportError):
    """Those who were to do the work cannot be reached, or not any more; what they have done is sound."""


class ProofError(PipelineError):
    """A finished file failed its proof (exit 4)."""

    exit_code = 4


class DeliveryError(PipelineError):
    """A newsletter could not be delivered (exit 5)."""

    exit_code = 5

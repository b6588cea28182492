"""``check --fix`` and ``--diff``: the edits that checks propose, applied to the articles' sources.

An edit changes only what its finding names. Edits of one pass never overlap; what one pass uncovers the next one mends, so
that mending twice is the same as mending once.
"""

from __future__ import annotations

import codecs
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

from pipeline import undo
from pipeline.errors import ContentError, ExportError
from pipeline.frozen import dataclass
from pipeline.model.article import Article
from pipeline.model.diagnostic import Diagnostic, Edit
from pipeline.staging import write_atomically
from pipeline.workspace import Workspace, check_article, rewritten

MARK = codecs.BOM_UTF8.decode()
PASSES = 10
"""More than any article needs; a pair of checks that undo each other would stop here."""


@dataclass(frozen=True, slots=True)
class Mended:
    """An article's source before and after."""

    path: str
    before: str
    after: str
    mark: str = ""
    """The file's byte order mark, if it starts with one."""

    def diff(self) -> str:
        """What changed, as a unified diff that ``patch`` and ``git apply`` can take."""
        before, after = _lines(self.mark + self.before), _lines(self.mark + self.after)
        lines = unified_diff(before, after, f"a/{self.path}", f"b/{self.path}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

    def write(self, content: Path | None = None) -> None:
        """Put the mended source in the file's place, byte order mark kept; in a ``content`` tree, keep the way back.

        Raises ContentError when the file has changed since it was read, and ExportError when it cannot be written.
        """
        path = Path(self.path).resolve()
        try:
            if path.read_bytes() != (self.mark + self.before).encode():
                raise ContentError("the file has changed while it was checked", path=self.path, help="Run --fix again.")
            if content is not None:
                undo.keep(content, path)
            write_atomically(path, (self.mark + self.after).encode(), mode=path.stat().st_mode)
        except OSError as error:
            raise ExportError(
                f"cannot be written: {error.strerror}", path=self.path, help="It is as it was."
            ) from error


def mend(workspace: Workspace, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Iterator[Mended]:
    """The articles that mending changes; nothing is written."""
    for article in workspace.articles:
        after = mended_source(workspace, article, select, ignore)
        if after != article.source:
            yield Mended(article.path, article.source, after, byte_order_mark(article))


def _lines(text: str) -> list[str]:
    """Lines as those who apply a diff see them: only a line feed ends one."""
    *ended, last = text.split("\n")
    return [*(f"{line}\n" for line in ended), *([last] if last else [])]


def byte_order_mark(article: Article) -> str:
    """The byte order mark of an article's file, which is no part of the source; empty where it has none."""
    with Path(article.path).open("rb") as file:
        return MARK if file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 else ""


def mended_source(
    workspace: Workspace, article: Article, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> str:
    """An article's source with all that its checks can mend by themselves."""
    for _ in range(PASSES):
        checked = check_article(workspace, article, select, ignore)
        source = apply(article.source, checked.diagnostics)
        if source == article.source:
            break
        article = rewritten(workspace, article, source)
    return article.source


def apply(source: str, diagnostics: Iterable[Diagnostic]) -> str:
    """``source`` with the diagnostics' edits; a diagnostic whose edits meet those of an earlier one waits for the next pass."""
    taken: list[Edit] = []
    for diagnostic in diagnostics:
        if not any(_meets(edit, taken) for edit in diagnostic.edits):
            for edit in diagnostic.edits:
                insort(taken, edit, key=_place)
    pieces: list[str] = []
    done = 0
    for edit in taken:
        pieces += source[done : edit.start], edit.text
        done = edit.end
    return "".join((*pieces, source[done:]))


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _meets(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Whether an edit overlaps or touches one of those taken, which are in order: only its neighbours can."""
    number = bisect_left(taken, _place(edit), key=_place)
    return any(other.start <= edit.end and edit.start <= other.end for other in taken[max(0, number - 1) : number + 1])

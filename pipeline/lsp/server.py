"""The server: requests and notifications of the Language Server Protocol 3.17, answered from what is known of open files."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Sequence
from io import FileIO
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from pipeline import __version__
from pipeline.errors import PipelineError
from pipeline.lsp.completing import Offer, Sort, completions
from pipeline.lsp.hovering import hover
from pipeline.lsp.mending import Mend, mends
from pipeline.lsp.messages import Messages
from pipeline.lsp.open_file import OpenFile, Trees
from pipeline.model.diagnostic import Diagnostic, Edit, Severity
from pipeline.model.lines import split_lines

T = TypeVar("T")

SOURCE = "pipeline"
"""What diagnostics say that they come from."""
PAUSE = 0.2
"""Seconds without a keystroke after which a text is checked."""
ALL = types.CodeActionKind.SourceFixAll
KINDS: dict[Sort, types.CompletionItemKind] = {
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.EnumMember,
    "section": types.CompletionItemKind.Module,
    "file": types.CompletionItemKind.File,
    "code": types.CompletionItemKind.Constant,
    "snippet": types.CompletionItemKind.Snippet,
}


class Server(LanguageServer):
    """The language server and the files that are open in the editor."""

    def __init__(self) -> None:
        super().__init__("pipeline", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.trees = Trees()
        self._files: dict[str, OpenFile] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._elsewhere: dict[str, set[str]] = {}

    def file(self, uri: str) -> OpenFile:
        """An open file as it stands in the editor now."""
        document = self.workspace.get_text_document(uri)
        known = self._files.get(uri)
        if known is None or known.source != document.source.removeprefix("\ufeff"):
            known = OpenFile(self.trees, Path(to_fs_path(uri) or document.path), document.source)
            self._files[uri] = known
        return known

    def check_soon(self, uri: str) -> None:
        """Check a file when nobody has typed for a moment."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()
        self._waiting[uri] = asyncio.get_running_loop().create_task(self._after_pause(uri))

    async def _after_pause(self, uri: str) -> None:
        await asyncio.sleep(PAUSE)
        self._waiting.pop(uri, None)
        self.publish(uri)

    def publish(self, uri: str) -> None:
        """Tell the editor what is wrong with a file, and with the rules of its tree."""
        file = self.file(uri)
        own = file.own
        self._send(uri, file, own, self.workspace.get_text_document(uri).version)
        others: dict[str, list[Diagnostic]] = {}
        for diagnostic in file.diagnostics:
            if diagnostic not in own:
                others.setdefault(from_fs_path(str(Path(diagnostic.path).resolve())) or "", []).append(diagnostic)
        for other in self._elsewhere.get(uri, set()) | others.keys():
            self._send(other, file, others.get(other, []), None)
        self._elsewhere[uri] = set(others)

    def _send(self, uri: str, file: OpenFile, found: Sequence[Diagnostic], version: int | None) -> None:
        diagnostics = [self.diagnostic(file, one, here=version is not None) for one in found]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def forget(self, uri: str) -> None:
        """A file was closed: what was found in it is no longer shown."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()
        self._files.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def reread(self) -> None:
        """Something was saved: the trees may have changed, and with them what is found in every open file."""
        self.trees.forget()
        open_uris = list(self._files)
        self._files.clear()
        for uri in open_uris:
            self.check_soon(uri)

    # --- places ---------------------------------------------------------------------------------------------------------

    def range(self, file: OpenFile, start: tuple[int, int], end: tuple[int, int]) -> types.Range:
        """A range in the editor's units, from lines and columns that count characters from 1."""
        lines = split_lines(file.source)
        places = [types.Position(line - 1, column - 1) for line, column in (start, end)]
        return self.workspace.position_codec.range_to_client_units(lines, types.Range(*places))

    def column(self, file: OpenFile, position: types.Position) -> types.Position:
        """A position whose column counts characters, from one in the editor's units."""
        found = self.workspace.position_codec.position_from_client_units(split_lines(file.source), position)
        return types.Position(found.line, found.character)

    def diagnostic(self, file: OpenFile, found: Diagnostic, *, here: bool = True) -> types.Diagnostic:
        """A finding as the protocol has it; in another file than the open one, its line alone is known."""
        start, end = (found.line, found.column), (found.end_line, found.end_column)
        place = types.Range(types.Position(found.line - 1, 0), types.Position(found.line, 0))
        severity = (
            types.DiagnosticSeverity.Error if found.severity is Severity.ERROR else types.DiagnosticSeverity.Warning
        )
        return types.Diagnostic(
            range=self.range(file, start, end) if here else place,
            message=f"{found.message}\n{found.help}" if found.help else found.message,
            severity=severity,
            code=found.code,
            source=SOURCE,
        )

    def text_edits(self, file: OpenFile, edits: Iterable[Edit]) -> list[types.TextEdit]:
        """Edits of a file's text as the protocol has them."""
        place = file.index.place
        return [types.TextEdit(self.range(file, place(edit.start), place(edit.end)), edit.text) for edit in edits]


def make_server() -> Server:
    """The server with all that it answers."""
    server = Server()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.check_soon(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.check_soon(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(_params: types.DidSaveTextDocumentParams) -> None:
        server.reread()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_outside(_params: types.DidChangeWatchedFilesParams) -> None:
        server.reread()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        file = server.file(params.text_document.uri)
        place = server.column(file, params.position)
        text = _or_nothing(lambda: hover(file, place.line, place.character))
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None

    triggers = types.CompletionOptions(trigger_characters=[":", " ", "=", "(", "#", "^", "/"])

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, triggers)
    def completed(params: types.CompletionParams) -> types.CompletionList:
        file = server.file(params.text_document.uri)
        place = server.column(file, params.position)
        offers = _or_nothing(lambda: completions(file, place.line, place.character)) or []
        items = [_item(server, file, place, offer, number) for number, offer in enumerate(offers)]
        return types.CompletionList(is_incomplete=False, items=items)

    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, ALL])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    def mended(params: types.CodeActionParams) -> list[types.CodeAction]:
        return _actions(server, params)

    return server


def _or_nothing(answer: Callable[[], T]) -> T | None:
    """An answer, or None where the tree's own rules are wrong, which is told as a diagnostic."""
    try:
        return answer()
    except PipelineError:
        return None


def _item(server: Server, file: OpenFile, place: types.Position, offer: Offer, number: int) -> types.CompletionItem:
    end = (place.line + 1, place.character + 1)
    start = (place.line + 1, place.character + 1 - offer.begun)
    return types.CompletionItem(
        label=offer.label,
        kind=KINDS[offer.sort],
        detail=offer.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, offer.doc) if offer.doc else None,
        sort_text=f"{number:04d}",
        filter_text=offer.text.partition("\n")[0],
        text_edit=types.TextEdit(server.range(file, start, end), offer.text),
    )


def _actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The quick fixes of what stands in a range, and one that mends all that can be mended."""
    uri = params.text_document.uri
    file = server.file(uri)
    wanted = params.context.only or []
    first, last = params.range.start.line + 1, params.range.end.line + 1
    near = [one for one in file.own if one.line <= last and one.end_line >= first]
    actions = []
    if not wanted or types.CodeActionKind.QuickFix in wanted:
        actions += [_quick_fix(server, uri, file, mend) for mend in mends(file, near)]
    if not wanted or any(ALL.startswith(kind) for kind in wanted):
        actions += _fix_all(server, uri, file)
    return actions


def _quick_fix(server: Server, uri: str, file: OpenFile, mend: Mend) -> types.CodeAction:
    return types.CodeAction(
        title=mend.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[server.diagnostic(file, mend.diagnostic)],
        is_preferred=mend.preferred,
        edit=types.WorkspaceEdit(changes={uri: server.text_edits(file, mend.edits)}),
    )


def _fix_all(server: Server, uri: str, file: OpenFile) -> list[types.CodeAction]:
    """Mend what ``pipeline check --fix`` would; nothing where that is nothing."""
    if not any(diagnostic.edits for diagnostic in file.own):
        return []
    edit = Edit(0, len(file.source), file.mended())
    changes = {uri: server.text_edits(file, [edit])}
    return [
        types.CodeAction(
            title="Mend all that can be mended by itself", kind=ALL, edit=types.WorkspaceEdit(changes=changes)
        )
    ]


def serve() -> None:
    """Serve over standard input and output until the editor ends it.

    The server has both to itself: what anything else prints goes to the error stream, where it breaks no message.
    """
    reading, writing = Messages(FileIO(os.dup(0))), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    make_server().start_io(reading, writing)

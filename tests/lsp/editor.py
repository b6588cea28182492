"""An editor, as far as a language server can see: a client of the protocol, over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).parent.parent.parent
LONG = 60
"""Seconds to wait for what must come."""


def uri_of(path: Path) -> str:
    """A file's name in the protocol."""
    return path.resolve().as_uri()


def text_of(path: Path) -> str:
    """What a file holds."""
    return path.read_text("utf-8")


class Editor(LanguageClient):
    """Opens files, types into them and asks what may be done."""

    def __init__(self) -> None:
        super().__init__("tests", "1")
        self.found: dict[str, types.PublishDiagnosticsParams] = {}
        self._news = asyncio.Condition()
        self.versions: dict[str, int] = {}

        async def published(params: types.PublishDiagnosticsParams) -> None:
            async with self._news:
                self.found[params.uri] = params
                self._news.notify_all()

        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(published)

    async def open(self, path: Path, text: str | None = None) -> str:
        """Show a file, or a text that was never saved; returns its URI."""
        uri = uri_of(path)
        self.versions[uri] = 1
        source = text_of(path) if text is None else text
        self.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "markdown", 1, source)))
        return uri

    async def type(self, uri: str, text: str) -> None:
        """Put a text in the place of all that a file has."""
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.text_document_did_change(
            types.DidChangeTextDocumentParams(document, [types.TextDocumentContentChangeWholeDocument(text)])
        )

    async def diagnostics(self, uri: str, version: int | None = None) -> list[types.Diagnostic]:
        """What is wrong with a version of a file; the newest, where none is named."""
        wanted = self.versions.get(uri) if version is None else version

        def there() -> bool:
            return uri in self.found and (wanted is None or self.found[uri].version == wanted)

        await self.until(there)
        return list(self.found[uri].diagnostics)

    async def until(self, there: Callable[[], bool]) -> None:
        """Wait until something holds that diagnostics bring about."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(there), LONG)

    async def actions(self, uri: str, line: int) -> list[types.CodeAction]:
        """What can be mended on a line, which counts from 0."""
        place = types.Range(types.Position(line, 0), types.Position(line, 0))
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, types.CodeActionContext([]))
        return list(await self.text_document_code_action_async(params))  # type: ignore[arg-type]

    async def complete(self, uri: str, line: int, column: int) -> list[types.CompletionItem]:
        """What fits at a place."""
        params = types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(line, column))
        answer = await self.text_document_completion_async(params)
        assert isinstance(answer, types.CompletionList)
        return list(answer.items)

    async def hover(self, uri: str, line: int, column: int) -> str:
        """What stands behind a place; empty where nothing does."""
        params = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, column))
        answer = await self.text_document_hover_async(params)
        if answer is None:
            return ""
        assert isinstance(answer.contents, types.MarkupContent)
        return answer.contents.value


@asynccontextmanager
async def editor(folder: Path, encodings: Sequence[types.PositionEncodingKind] = ()) -> AsyncIterator[Editor]:
    """An editor whose server runs in a folder, and ends by itself when it is asked to."""
    client = Editor()
    program = "from pipeline.cli import main; main(['lsp'])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    await client.start_io(sys.executable, "-c", program, cwd=folder, env=environment)
    general = types.GeneralClientCapabilities(position_encodings=list(encodings)) if encodings else None
    await client.initialize_async(
        types.InitializeParams(types.ClientCapabilities(general=general), root_uri=uri_of(folder))
    )
    client.initialized(types.InitializedParams())
    try:
        yield client
        await client.shutdown_async(None)
        client.exit(None)
        process = client._server
        assert process is not None
        assert await asyncio.wait_for(process.wait(), LONG) == 0
    finally:
        if client._server is not None and client._server.returncode is None:
            client._server.kill()


def applied(text: str, edits: Sequence[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]) -> str:
    """A text with edits whose columns count UTF-16 units."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(place: types.Position) -> int:
        line = text.split("\n")[place.line] if place.line < len(starts) - 1 else ""
        return min(
            starts[place.line] + len(line.encode("utf-16-le")[: place.character * 2].decode("utf-16-le")), len(text)
        )

    for edit in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
        assert isinstance(edit, types.TextEdit)
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


Work = Callable[[Editor, Path], Awaitable[None]]


def work(project: Path, do: Work, *encodings: types.PositionEncodingKind) -> None:
    """Do something at an editor whose server runs in a project."""

    async def run() -> None:
        async with editor(project, encodings) as client:
            await do(client, project)

    asyncio.run(run())


def line_of(text: str, words: str) -> int:
    """The line, from 0, on which some words stand first."""
    return text[: text.index(words)].count("\n")

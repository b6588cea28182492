"""What no editor sends ends ``pipeline lsp`` with one clear message, whatever is announced."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.lsp.editor import ROOT, Editor, work

DEEP = b'{"jsonrpc": "2.0", "method": "a", "params": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.mark.parametrize(
    ("sent", "what"),
    [
        (b"Content-Length: 99999999999999\r\n\r\n{}", "more than 64 MB"),
        (b"Content-Length: " + b"9" * 7000 + b"\r\n\r\n{}", "more than 64 MB"),
        (b"Content-Type: " + b"x" * 100_000, "a line of more than 8 KB in its header"),
        (b"Content-Length: %d\r\n\r\n" % len(DEEP) + DEEP, "more than 100 lists and objects in one another"),
    ],
    ids=["a length that no memory has", "a length that no number has", "a header without end", "lists without end"],
)
def test_what_no_editor_sends_ends_the_server_with_a_message(sent: bytes, what: str, project: Path):
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from pipeline.cli import main; main(['lsp'])"
    ran = subprocess.run(
        [sys.executable, "-c", program], input=sent, capture_output=True, cwd=project, timeout=60, check=False
    )
    assert ran.returncode == 2
    assert ran.stderr.decode().splitlines() == [
        f"error: a message from the editor has {what}",
        "  help: Restart the language server in the editor.",
    ]


def test_brackets_in_a_text_are_only_characters(project: Path):
    async def do(client: Editor, _: Path) -> None:
        uri = await client.open(project / "content" / "articles" / "sound.md", '"\\[{' * 10_000)
        assert "M01" in {each.code for each in await client.diagnostics(uri)}

    work(project, do)

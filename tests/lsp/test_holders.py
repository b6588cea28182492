"""What holds articles, newsletters and books, is checked as it stands in the editor, too."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import SOUND
from tests.lsp.editor import Editor, line_of, work

BOOK = """\
title = "Beans"
authors = [{name = "Priya Nair", credentials = "BSc Nutrition"}]
description = "All there is to know of beans."
published = 2026-11-20
[[parts]]
title = "Eat"
articles = ["sound"]
"""


def test_a_newsletter_and_a_book_are_checked_as_one_types_though_they_were_never_saved(project: Path):
    (project / "content" / "articles" / "draft.md").write_text(
        SOUND.replace("---\ntitle", "---\nstatus: draft\ntitle", 1)
    )
    begun = "---\ntitle: News\nissue: 7\npublished: 2026-11-20\nsubject: News\npreheader: What is on.\nitems: [beans]\n---\n"
    letter = project / "content" / "newsletters" / "june.md"
    book = project / "content" / "books" / "beans.toml"

    async def do(client: Editor, _: Path) -> None:
        uri = await client.open(letter, begun)
        wrong = {found.code: found for found in await client.diagnostics(uri)}
        assert wrong["L01"].range.start.line == line_of(begun, "items:")
        await client.type(uri, begun.replace("beans", "sound"))
        assert "L01" not in {found.code for found in await client.diagnostics(uri)}
        uri = await client.open(book, BOOK.replace("sound", "draft"))
        (found,) = await client.diagnostics(uri)
        assert "`draft` is a draft" in found.message
        await client.type(uri, BOOK)
        assert await client.diagnostics(uri) == []
        await client.type(uri, BOOK.replace("[[parts]]", "[[parts]"))
        assert [found.code for found in await client.diagnostics(uri)] == ["M01"]

    work(project, do)

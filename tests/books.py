"""Books for tests, as publications."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.books import Books
from pipeline.model.nodes import Block, Section
from pipeline.model.publication import Chapter, Publication
from pipeline.workspace import Workspace, open_workspace
from tests.desk import AS_OF, CONTENT, Desk

SLUG = "strong-backs"


def bind_book(folder: Path) -> Desk:
    """The real content with its book, built as PDF, EPUB and web pages below ``folder``."""
    shutil.copytree(CONTENT, folder / "content", ignore=shutil.ignore_patterns("newsletters"))
    desk = Desk(folder / "content", folder / "build")
    result = desk.build(paths=(desk.content / "books",))
    assert (result.exit_code, result.report.diagnostics, result.failures) == (0, (), ())
    return desk


def workspace_with(content: Path, parts: Mapping[str, tuple[str, ...]], **keys: str) -> Workspace:
    """The tree below ``content`` with one book, ``b``, of these parts; ``keys`` are further lines of its file."""
    lines = ['title = "B"', 'authors = ["A"]', 'description = "D"', "published = 2026-11-20"]
    lines += [f"{key} = {value}" for key, value in keys.items()]
    for title, slugs in parts.items():
        lines += ["[[parts]]", f'title = "{title}"', f"articles = {list(slugs)}"]
    (content / "books").mkdir(exist_ok=True)
    (content / "books" / "b.toml").write_text("\n".join(lines), "utf-8")
    return open_workspace(content, [content / "books"], as_of=AS_OF)


def publication_of(workspace: Workspace) -> Publication:
    """The one book of a workspace."""
    (book,) = workspace.books
    return Books(workspace).publication(book, workspace.config)


def real_book() -> Publication:
    """The book of the real content."""
    return publication_of(open_workspace(CONTENT, [CONTENT / "books"], as_of=AS_OF))


def shortened(publication: Publication, slugs: tuple[str, ...]) -> Publication:
    """The book with a part of two short chapters, quick to typeset: of their text, what instructs."""
    volume = publication.volume
    assert volume
    chapters = tuple(_shortened(each) for each in publication.chapters if each.slug in slugs)
    part = replace(volume.parts[0], chapters=slugs)
    front = tuple(each for each in volume.front if each.chapter in slugs)
    works = tuple(each for each in volume.works if each.chapter in slugs)[:2]
    short = replace(volume, parts=(part,), front=front, works=works, exercises=())
    return replace(publication, chapters=chapters, volume=short)


def _shortened(chapter: Chapter) -> Chapter:
    kept = [block for block in chapter.body if isinstance(block, Section) and block.role in {"technique", "exercises"}]
    return replace(chapter, body=tuple(kept), footnotes=(), related=())


def without_boxes(chapter: Chapter, kind: str) -> Chapter:
    """The chapter without the boxes of a kind in its text."""

    def kept(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(
            replace(block, blocks=kept(block.blocks)) if isinstance(block, Section) else block
            for block in blocks
            if getattr(block, "kind", "") != kind
        )

    return replace(chapter, front=kept(chapter.front), body=kept(chapter.body))

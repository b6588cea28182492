"""Books as source files: what is sound is kept, every mistake is told at its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import load_config
from pipeline.model.article import Person
from pipeline.model.book import Book
from pipeline.profiles import load_profiles
from pipeline.source import Tree, load_tree
from tests.articles import make_tree
from tests.source.cases import cases

SOUND = """title = "B"
authors = ["A"]
description = "D"
published = 2026-11-20
[[parts]]
title = "P"
articles = ["squat"]"""


def tree_with(folder: Path, files: dict[str, str | bytes], *paths: str) -> Tree:
    content = make_tree(folder)
    for name, source in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(source.encode() if isinstance(source, str) else source)
    wanted = [content / path for path in paths]
    return load_tree(content, wanted, config=load_config(content), profiles=load_profiles(None), kinds=("stop",))


def read(source: str | bytes, folder: Path) -> Book:
    (book,) = tree_with(folder, {"books/b.toml": source}).books
    return book


@cases("books.yaml")
def test_a_book_gives_these_findings(case: dict[str, Any], tmp_path: Path):
    found = read(case["book"].replace("{sound}", SOUND), tmp_path).sheet.findings
    assert sorted(f"{one.span.line} {one.code} {one.message}" for one in found) == sorted(case.get("findings", []))
    assert all(one.help for one in found)
    assert [mend for mend in case.get("helps", []) if mend not in [one.help for one in found]] == []


def test_every_key_is_kept(tmp_path: Path):
    more = 'subtitle = "S"\nlanguage = "es"\ncover = "images/c.png"\neditors = [{name = "E", credentials = "PhD"}]\n'
    book = read(more + SOUND.replace('["squat"]', '[\n "squat", "plank"]'), tmp_path)
    metadata = book.sheet.metadata
    assert (metadata.title, metadata.subtitle, metadata.description, metadata.cover) == ("B", "S", "D", "images/c.png")
    assert (metadata.language, metadata.authors, book.editors) == ("es", (Person("A"),), (Person("E", "PhD"),))
    assert (book.published, book.slug) == (date(2026, 11, 20), "b")
    assert [(part.title, [entry.article for entry in part.entries]) for part in book.parts] == [
        ("P", ["squat", "plank"])
    ]
    places = [(entry.span.line, entry.span.column, entry.span.end_column) for entry in book.entries]
    assert places == [(12, 3, 8), (12, 12, 17)]


@pytest.mark.parametrize(
    ("source", "code"),
    [(b"title = '\xff'", "P03"), (b"a = " + b"[" * 5000 + b"]" * 5000, "P06"), (b"#" * (2 * 1024 * 1024 + 1), "P06")],
    ids=["not UTF-8", "too deep", "too large"],
)
def test_a_file_that_is_no_book_is_one_finding(source: bytes, code: str, tmp_path: Path):
    assert [one.code for one in read(source, tmp_path).sheet.findings] == [code]


def test_a_byte_order_mark_and_crlf_are_accepted(tmp_path: Path):
    assert read(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode(), tmp_path).sheet.findings == ()


def test_books_are_found_in_sub_folders_and_two_of_one_slug_are_told(tmp_path: Path):
    files: dict[str, str | bytes] = dict.fromkeys(["books/b.toml", "books/old/B.toml", "books/.hidden.toml"], SOUND)
    found = [
        (book.path.rpartition("books/")[2], book.sheet.findings[0].message) for book in tree_with(tmp_path, files).books
    ]
    assert [path for path, _ in found] == ["b.toml", "old/B.toml"]
    assert all(
        "another book has the same slug" in message or "is no name for a book" in message for _, message in found
    )


def test_a_book_alone_can_be_asked_for(tmp_path: Path):
    tree = tree_with(tmp_path, {"books/b.toml": SOUND, "books/c.toml": SOUND}, "books/c.toml")
    assert ([book.slug for book in tree.books], tree.articles) == (["c"], ())

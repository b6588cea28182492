"""From files to articles: bytes, encodings, limits, and what a tree says of itself."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.errors import UnreadableError
from pipeline.model.article import Article
from pipeline.model.nodes import Section
from pipeline.profiles import load_profiles
from pipeline.source import Tree, load_tree, read_article
from pipeline.source.discover import SourceFile, discover
from tests.source.cases import written

SOUND = "---\ntitle: T\ndescription: D\nprofile: exercise-qa\nauthors: [{name: A}]\npublished: 2026-01-01\n---\n"
CONFIG = Config(name="Gym", url="https://gym.example", contact="a@gym.example", language="en-GB")


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content/articles").mkdir(parents=True)
    return Path("content")


def load(content: Path, *paths: str) -> Tree:
    return load_tree(
        content, [Path(path) for path in paths], config=CONFIG, profiles=load_profiles(None), kinds=("info",)
    )


def article(content: Path, data: bytes | str) -> Article:
    (content / "articles/a.md").write_bytes(data if isinstance(data, bytes) else data.encode())
    (found,) = load(content).articles
    return found


def test_an_article_has_path_slug_text_and_sections_with_roles(content: Path):
    text = f"{SOUND}Lead.\n\n## Technique\n\nText.\n\n## How {{#risks}}\n\n## Why {{role=benefits}}\n"
    found = article(content, text)
    assert (found.path, found.slug, found.source, found.body_line) == ("content/articles/a.md", "a", text, 8)
    assert [block.role for block in found.body if isinstance(block, Section)] == ["technique", "risks", "benefits"]
    assert found.body[0].span.line == 8
    assert (found.findings, found.parsed, found.language) == ((), True, "en-GB")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301


def test_a_byte_order_mark_and_crlf_change_nothing_but_the_text(content: Path):
    plain = article(content, SOUND + "## Technique\n\nText.\n")
    marked = article(content, b"\xef\xbb\xbf" + (SOUND + "## Technique\n\nText.\n").replace("\n", "\r\n").encode())
    assert (marked.body, marked.metadata) == (plain.body, plain.metadata)
    assert marked.source.startswith("---\r\ntitle")
    assert marked.findings == ()


class TestEncoding:
    """Bytes and characters."""

    @pytest.mark.parametrize(
        ("data", "finding"),
        [
            (b"ab\nc\xe9d", "P03 2:2-2:3 the byte 0xE9 is not UTF-8"),
            ("é\r\né".encode() + b"\xff", "P03 2:2-2:3 the byte 0xFF is not UTF-8"),
            (b"\xff\xfea\x00", "P03 1:1-1:1 the file is in UTF-16, not UTF-8"),
            (b"\xfe\xff\x00a", "P03 1:1-1:1 the file is in UTF-16, not UTF-8"),
            (b"\xff\xfe\0\0a\0\0\0", "P03 1:1-1:1 the file is in UTF-32, not UTF-8"),
            (b"\xed\xa0\x80", "P03 1:1-1:2 the byte 0xED is not UTF-8"),
        ],
    )
    def test_what_is_not_utf8_is_told_at_its_place_and_nothing_else_is(self, content: Path, data: bytes, finding: str):
        found = article(content, data)
        assert written(found.findings) == [finding]
        assert (found.parsed, found.body) == (False, ())

    @pytest.mark.parametrize(
        ("character", "name"),
        [
            ("\0", "the control character NUL (U+0000)"),
            ("\x1b", "the control character ESCAPE (U+001B)"),
            ("\x0c", "the control character FORM FEED (U+000C)"),
            ("\x7f", "the control character DELETE (U+007F)"),
            ("\x85", "the control character NEXT LINE (U+0085)"),
            ("\u202e", "the text-direction character RIGHT-TO-LEFT OVERRIDE (U+202E)"),
            ("\u2066", "the text-direction character LEFT-TO-RIGHT ISOLATE (U+2066)"),
        ],
    )
    def test_characters_that_do_not_belong_are_told_at_their_place(self, content: Path, character: str, name: str):
        found = article(content, f"{SOUND}a{character}b\n")
        assert written(found.findings) == [f"P03 8:2-8:3 {name} is not allowed in an article"]

    def test_harmless_characters_are_not(self, content: Path):
        text = "tab\there, nbsp\u00a0, soft\u00adhyphen, mark\u200e, joiner 👩\u200d🔬, flag 🏴\U000e0067\U000e007f, ×½ é e\u0301"
        assert article(content, f"{SOUND}{text}\n").findings == ()


class TestWhatCannotBeRead:
    """It is told, and stops nothing else."""

    def test_an_empty_file(self, content: Path):
        found = article(content, b"")
        assert ([finding.code for finding in found.findings], found.parsed) == (["M01"], False)

    def test_a_file_that_is_too_large_is_not_read(self, content: Path):
        found = article(content, SOUND + "x" * (2 * 1024 * 1024))
        assert written(found.findings) == ["P06 1:1-1:1 the file has 2.0 MB, more than 2"]
        assert not found.parsed

    def test_what_is_no_plain_file_is_told_and_the_others_are_read(self, content: Path):
        (content / "articles/b.md").mkdir()
        (content / "articles/a.md").write_text(SOUND)
        first, second = load(content).articles
        assert (first.findings, first.parsed) == ((), True)
        assert ([finding.code for finding in second.findings], second.parsed) == (["P07"], False)

    def test_a_file_that_goes_meanwhile_is_unreadable(self, content: Path):
        (content / "articles/a.md").write_text(SOUND)
        (file,) = discover(content)
        (content / "articles/a.md").unlink()
        with pytest.raises(UnreadableError, match="the file has gone"):
            read_article(file, content=content, config=CONFIG, profiles={}, kinds=())

    def test_a_file_that_turns_into_a_pipe_meanwhile_is_refused(self, content: Path):
        (content / "articles/a.md").write_text(SOUND)
        (file,) = discover(content)
        (content / "articles/a.md").unlink()
        os.mkfifo(content / "articles/a.md")
        found = read_article(file, content=content, config=CONFIG, profiles={}, kinds=())
        assert written(found.findings) == ["P07 1:1-1:1 `a.md` is a named pipe"]

    def test_an_unreadable_one_does_not_stop_the_others(self, content: Path, monkeypatch: pytest.MonkeyPatch):
        for name in "ab":
            (content / f"articles/{name}.md").write_text(SOUND)
        opened = os.open

        def refusing(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
            if path == "a.md":
                raise PermissionError(13, "Permission denied", path)
            return opened(path, flags, mode, dir_fd=dir_fd)

        monkeypatch.setattr(os, "open", refusing)
        tree = load(content)
        assert [article.slug for article in tree.articles] == ["b"]
        (unreadable,) = tree.unreadable
        assert (unreadable.path, unreadable.message) == ("content/articles/a.md", "cannot be read: Permission denied")
        assert tree.library.entries["a"].path == "content/articles/a.md", "links to it are not broken"


class TestLibrary:
    """What a tree knows of its articles."""

    @pytest.fixture(autouse=True)
    def articles(self, content: Path) -> None:
        (content / "articles/a.md").write_text(f"{SOUND}See [b](b.md#form) and [itself](a.md).\n")
        (content / "articles/b.md").write_text(f"{SOUND.replace('T', 'B')}## Form\n\n> ## Inner\n")
        (content / "articles/c.md").write_text(SOUND.replace("published", "related: [e]\nstatus: draft\npublished"))
        (content / "articles/d.md").write_text(SOUND)
        (content / "articles/e.md").write_text(SOUND)
        for folder in ("books", "newsletters"):
            (content / folder).mkdir()
        (content / "books/x.toml").write_text('[[parts]]\ntitle = "P"\narticles = ["c"]\n')
        os.mkfifo(content / "books/pipe.toml")

    def test_it_knows_titles_states_and_anchors(self, content: Path):
        entries = load(content).library.entries
        assert list(entries) == ["a", "b", "c", "d", "e"]
        assert (entries["b"].title, set(entries["b"].anchors)) == ("B", {"form", "inner"})
        assert entries["c"].status == "draft"

    def test_it_is_whole_also_when_one_article_is_asked_for(self, content: Path):
        tree = load(content, "content/articles/a.md")
        assert [article.slug for article in tree.articles] == ["a"]
        assert "b" in tree.library.entries
        assert "z" not in tree.library.entries
        assert tree.library.entries["b"].anchors == {"form", "inner"}
        assert (tree.library.whole, tree.library.referenced) == (False, frozenset())

    def test_it_knows_what_is_referred_to_when_the_whole_tree_is_read(self, content: Path):
        library = load(content).library
        assert library.whole
        assert library.referenced == {"b", "c", "e"}

    def test_others_are_read_only_when_they_are_looked_up(self, content: Path):
        tree = load(content, "content/articles/a.md")
        (content / "articles/b.md").write_text(SOUND.replace("T", "New"))
        assert tree.library.entries["b"].title == "New"

    def test_of_two_with_one_slug_the_first_counts(self, content: Path):
        (content / "articles/sub").mkdir()
        (content / "articles/sub/a.md").write_text(SOUND)
        assert load(content).library.entries["a"].path == "content/articles/a.md"


def test_a_source_file_that_cannot_be_listed_is_unreadable(content: Path):
    file = SourceFile(content, "content/articles/x", "", plain=False, unreadable="cannot be listed: Permission denied")
    with pytest.raises(UnreadableError, match="cannot be listed"):
        read_article(file, content=content, config=CONFIG, profiles={}, kinds=())

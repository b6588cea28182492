"""Finding articles: what is one, what is refused, and what a path on the command line may name."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.source.discover import SourceFile, discover


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content/articles/sub").mkdir(parents=True)
    (tmp_path / "content/images").mkdir()
    return Path("content")


def write(*paths: Path) -> None:
    for path in paths:
        path.write_text("text", "utf-8")


def found(files: Iterable[SourceFile]) -> dict[str, list[str]]:
    """Names of files with the codes of their findings."""
    return {file.name: [finding.code for finding in file.findings] for file in files}


def test_articles_are_found_in_folders_below_and_sorted(content: Path):
    write(content / "articles/b.md", content / "articles/sub/a.md", content / "articles/2-c.md")
    files = discover(content)
    assert [(file.name, file.slug) for file in files] == [
        ("content/articles/2-c.md", "2-c"),
        ("content/articles/b.md", "b"),
        ("content/articles/sub/a.md", "a"),
    ]
    assert all(file.plain and not file.findings for file in files)


def test_an_empty_tree_has_no_articles(content: Path):
    assert discover(content) == ()


def test_a_tree_without_an_articles_folder_has_none(tmp_path: Path):
    assert discover(tmp_path) == ()


def test_other_files_hidden_ones_and_backups_are_passed_over(content: Path):
    names = ["a.md~", ".a.md", "#a.md#", ".#a.md", "a.md.swp", "a.txt", "README", "a.md.orig"]
    write(*(content / "articles" / name for name in names), content / "images/x.md")
    (content / "articles/.git").mkdir()
    write(content / "articles/.git/x.md")
    assert discover(content) == ()


def test_no_content_folder_names_the_command_that_makes_one(tmp_path: Path):
    with pytest.raises(UsageError, match="there is no content folder at") as caught:
        discover(tmp_path / "nowhere")
    assert "pipeline init" in caught.value.help


@pytest.mark.parametrize("name", ["Upper.md", "two words.md", "-dash.md", "ünï.md", "a_b.md", "a.b.md", "emoji🎉.md"])
def test_a_name_that_is_no_slug_is_reported(content: Path, name: str):
    write(content / "articles" / name)
    assert found(discover(content)) == {f"content/articles/{name}": ["P04"]}


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [
        ("squat.md", "sub/squat.md", ["P04"]),
        ("Squat.md", "sub/squat.md", ["P04", "P04"]),
        ("caf\u00e9.md", "sub/cafe\u0301.md", ["P04", "P04"]),
    ],
)
def test_two_articles_of_one_slug_are_both_reported(content: Path, one: str, other: str, codes: list[str]):
    write(content / "articles" / one, content / "articles" / other)
    files = discover(content)
    assert [finding.code for finding in files[0].findings] == codes
    assert all(any("same slug" in finding.message for finding in file.findings) for file in files)
    assert files[1].name in files[0].findings[-1].message


def test_a_shared_slug_is_told_even_where_one_article_is_asked_for(content: Path):
    write(content / "articles/squat.md", content / "articles/sub/squat.md")
    assert found(discover(content, [content / "articles/squat.md"])) == {"content/articles/squat.md": ["P04"]}


def test_a_name_that_is_not_utf8_is_reported_in_printable_form(content: Path):
    name = os.fsdecode(b"squ\xffat.md")
    write(content / "articles" / name)
    (file,) = discover(content)
    assert file.name == "content/articles/squ\N{REPLACEMENT CHARACTER}at.md"
    assert [finding.code for finding in file.findings] == ["P04"]


class TestWhatIsNoPlainFile:
    """It is refused, never opened."""

    def test_a_directory(self, content: Path):
        (content / "articles/x.md").mkdir()
        write(content / "articles/x.md/inside.md")
        self.refused(content, "`x.md` is a directory")

    def test_a_pipe_which_is_not_waited_for(self, content: Path):
        os.mkfifo(content / "articles/x.md")
        self.refused(content, "`x.md` is a named pipe")

    def test_a_socket(self, content: Path):
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("content/articles/x.md")
            self.refused(content, "`x.md` is a socket")

    def test_a_device_behind_a_link(self, content: Path):
        (content / "articles/x.md").symlink_to("/dev/null")
        self.refused(content, "`x.md` is a link that leaves the content folder")

    def test_a_link_to_nothing(self, content: Path):
        (content / "articles/x.md").symlink_to("gone.md")
        self.refused(content, "`x.md` is a link that leads nowhere")

    def test_a_link_to_itself(self, content: Path):
        (content / "articles/x.md").symlink_to("x.md")
        self.refused(content, "`x.md` is a link that cannot be followed: Too many levels of symbolic links")

    def test_a_link_that_leaves(self, content: Path):
        write(Path("secret.md"))
        (content / "articles/x.md").symlink_to("../../secret.md")
        self.refused(content, "`x.md` is a link that leaves the content folder")

    def test_a_chain_of_links_that_leaves(self, content: Path):
        write(Path("secret.md"))
        (content / "images/y").symlink_to("../../secret.md")
        (content / "articles/x.md").symlink_to("../images/y")
        self.refused(content, "`x.md` is a link that leaves the content folder")

    def test_a_hard_link_whose_other_name_is_outside(self, content: Path):
        write(Path("secret.md"))
        (content / "articles/x.md").hardlink_to("secret.md")
        self.refused(content, "`x.md` is a hard link whose other name lies outside the content folder")

    def test_a_folder_that_is_a_link_and_leaves(self, content: Path):
        Path("elsewhere").mkdir()
        write(Path("elsewhere/x.md"))
        (content / "articles/more").symlink_to("../../elsewhere")
        self.refused(content, "`more` is a link that leaves the content folder")

    @staticmethod
    def refused(content: Path, message: str) -> None:
        (file,) = discover(content)
        assert not file.plain
        (finding,) = file.findings
        assert (finding.code, finding.message) == ("P07", message)
        assert finding.help


class TestLinksWithin:
    """Links that stay inside are followed."""

    def test_a_link_to_a_file_is_an_article_of_its_own(self, content: Path):
        write(content / "text")
        (content / "articles/x.md").symlink_to("../text")
        assert found(discover(content)) == {"content/articles/x.md": []}

    def test_hard_links_within_are_fine(self, content: Path):
        write(content / "articles/a.md")
        (content / "articles/b.md").hardlink_to(content / "articles/a.md")
        assert found(discover(content)) == {"content/articles/a.md": [], "content/articles/b.md": []}

    def test_a_folder_seen_through_a_link_counts_once(self, content: Path):
        write(content / "articles/sub/a.md")
        (content / "articles/also").symlink_to("sub")
        (file,) = discover(content)
        assert (file.slug, file.findings) == ("a", ())

    def test_a_loop_ends(self, content: Path):
        write(content / "articles/sub/a.md")
        (content / "articles/sub/up").symlink_to("..")
        assert found(discover(content)) == {"content/articles/sub/a.md": []}

    def test_the_content_folder_may_be_a_link(self, content: Path):
        write(content / "articles/a.md")
        Path("there").symlink_to("content")
        assert found(discover(Path("there"))) == {"there/articles/a.md": []}
        assert found(discover(Path("there"), [Path("content/articles/a.md")])) == {"there/articles/a.md": []}


class TestPaths:
    """What may stand on the command line."""

    @pytest.fixture(autouse=True)
    def articles(self, content: Path) -> None:
        write(content / "articles/a.md", content / "articles/sub/b.md", content / "articles/abc.md")

    @pytest.mark.parametrize(
        ("paths", "slugs"),
        [
            (["content"], ["a", "abc", "b"]),
            (["content/articles"], ["a", "abc", "b"]),
            (["content/articles/sub"], ["b"]),
            (["content/articles/sub/"], ["b"]),
            (["content/articles/a.md"], ["a"]),
            (["content/articles/a.md", "content/articles/sub"], ["a", "b"]),
            (["content/articles/../articles/a.md"], ["a"]),
            (["articles/a.md"], ["a"]),
            (["content/images"], []),
        ],
    )
    def test_a_path_names_articles(self, content: Path, paths: list[str], slugs: list[str]):
        assert [file.slug for file in discover(content, [Path(path) for path in paths])] == slugs

    def test_an_absolute_path_is_shown_from_the_working_directory(self, content: Path):
        (file,) = discover(content.resolve(), [(content / "articles/a.md").resolve()])
        assert file.name == "content/articles/a.md"

    def test_a_missing_path(self, content: Path):
        with pytest.raises(UsageError, match=r"there is no content/articles/nope\.md"):
            discover(content, [Path("content/articles/nope.md")])

    @pytest.mark.parametrize("path", ["outside.md", ".", "content/../outside.md", "content-2"])
    def test_a_path_outside(self, content: Path, path: str):
        write(Path("outside.md"))
        Path("content-2").mkdir()
        with pytest.raises(UsageError, match="lies outside content"):
            discover(content, [Path(path)])

    def test_a_path_through_a_link_that_leaves(self, content: Path):
        Path("elsewhere").mkdir()
        write(Path("elsewhere/x.md"))
        (content / "articles/more").symlink_to("../../elsewhere")
        with pytest.raises(UsageError, match="lies outside content"):
            discover(content, [content / "articles/more/x.md"])

    def test_a_file_that_is_no_article(self, content: Path):
        write(content / "images/x.svg")
        with pytest.raises(UsageError, match=r"content/images/x\.svg is no article"):
            discover(content, [content / "images/x.svg"])

    def test_books_and_newsletters_may_be_named_and_hold_no_articles(self, content: Path):
        for folder, name in (("books", "b.toml"), ("newsletters", "n.md")):
            (content / folder).mkdir()
            write(content / folder / name)
            assert discover(content, [content / folder / name]) == ()

"""What is fuzzed: each target takes any bytes, and fails where the pipeline does anything but take or refuse them.

To refuse is to raise one of the pipeline's own errors, or to find something. All else is a bug: another exception, a place
that the file does not have, a text that cannot be written down, an output that holds what no output may.
"""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from pipeline.config import load_config
from pipeline.delivery.members import read_members
from pipeline.disclaimers import load_disclaimers
from pipeline.editions import load_ledger
from pipeline.editions.inside import edition_of
from pipeline.errors import PipelineError
from pipeline.files import ContentFolder
from pipeline.manifest import load as load_manifest
from pipeline.model.article import Article
from pipeline.model.json import article_json
from pipeline.model.lines import LineIndex, split_lines
from pipeline.model.nodes import Span
from pipeline.model.walk import walk
from pipeline.profiles import load_profiles
from pipeline.render.document import chapter_tree, page
from pipeline.source import SourceFile
from pipeline.source.books import read_book
from pipeline.source.decode import decode
from pipeline.source.findings import Findings
from pipeline.source.importers import Options, import_article
from pipeline.source.markdown import parse_markdown
from pipeline.source.names import read_copies
from pipeline.source.newsletters import read_newsletter
from pipeline.source.pictures import DamagedError, media_type_of, read_picture
from pipeline.source.resources import Resources
from pipeline.source.text import Rules
from pipeline.workspace import Workspace, check_article, open_workspace, rewritten
from tests.articles import TODAY, make_tree
from tests.publications import with_body
from tests.secure import unsafe_parts

Target = Callable[[bytes], None]


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _workspace() -> Workspace:
    return open_workspace(make_tree(_folder()), as_of=TODAY)


def _tree() -> Path:
    return _workspace().content


def _put(name: str, data: bytes) -> Path:
    path = _tree() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def article(data: bytes) -> None:
    """A whole article: characters, metadata, Markdown, every check, and the article as JSON."""
    text = decode(data, Findings())
    if text is None:
        return
    workspace = _workspace()
    read = rewritten(workspace, workspace.articles[0], text)
    checked = check_article(workspace, read)
    _placed(read, text)
    for found in checked.diagnostics:
        assert 1 <= found.line <= len(split_lines(text)), found
        found.message.encode()
    json.dumps(article_json(read), ensure_ascii=False).encode()


def _placed(read: Article, text: str) -> None:
    index = LineIndex(text)
    for node in walk([*read.body, *read.footnotes]):
        span: Span | None = getattr(node, "span", None)
        if span is not None:
            assert (span.line, span.column) <= (span.end_line, span.end_column), node
            assert index.offset(span.line, span.column) <= index.offset(span.end_line, span.end_column), node


def markdown(data: bytes) -> None:
    """A text as a web page: whatever is in it, the page holds nothing that runs, loads or leads where it should not."""
    parsed = parse_markdown(data.decode("utf-8", "replace"), kinds=("info", "stop"), findings=Findings())
    publication = with_body(*parsed.body)
    made = page(publication, [chapter_tree(publication, publication.chapters[0], "screen")], "screen")
    assert not unsafe_parts(made, links=False)


def settings(data: bytes) -> None:
    """The publisher's file."""
    load_config(_put("other/publisher.toml", data).parent)


def house_rules(data: bytes) -> None:
    """An article type and a disclaimer of the house."""
    readers: Mapping[str, Callable[[Path], object]] = {"profiles": load_profiles, "disclaimers": load_disclaimers}
    for folder, load in readers.items():
        path = _put(f"{folder}/house.toml", data)
        with suppress(PipelineError):
            load(_tree())
        path.unlink()


def book(data: bytes) -> None:
    """A book's file."""
    path = _put("books/b.toml", data)
    read_book(SourceFile(path, "content/books/b.toml", "b"), ContentFolder(_tree()), _rules())


def newsletter(data: bytes) -> None:
    """A newsletter's file."""
    path = _put("newsletters/n.md", data)
    read_newsletter(SourceFile(path, "content/newsletters/n.md", "n"), ContentFolder(_tree()), _rules())


@cache
def _rules() -> Rules:
    workspace = _workspace()
    return Rules(workspace.config, workspace.profiles, workspace.kinds, Resources(ContentFolder(workspace.content)))


def picture(data: bytes) -> None:
    """A picture; what is kept of it is a picture of the same size, and reading that again takes nothing more away."""
    kind = media_type_of(data)
    if not kind:
        return
    try:
        read = read_picture(data, kind)
    except DamagedError:
        return
    again = read_picture(read.data, kind)
    assert (again.width, again.height) == (read.width, read.height)
    assert again.data == read.data


def lists(data: bytes) -> None:
    """A list of members, and one of names for handouts."""
    path = _put("list.csv", data)
    with suppress(PipelineError):
        list(read_members(path, TODAY))
    read_copies(path=path)


def finished(data: bytes) -> None:
    """A finished file that somebody found, and wants to know the edition of."""
    edition_of(data, {"3f9a1c20"})


def imported(data: bytes) -> None:
    """A file to make an article of: text, HTML, Word or another Markdown. What comes out reads as an article again."""
    options = Options(_workspace().profiles, "en-GB")
    for name in ("a.txt", "a.html", "a.docx", "a.md"):
        with suppress(PipelineError):
            text = import_article(data, name, options).body({})
            parse_markdown(text, findings=Findings())


def records(data: bytes) -> None:
    """The record of editions, and the manifest."""
    with suppress(PipelineError):
        load_ledger(_put("other/editions.jsonl", data).parent)
    load_manifest(_put("../build/manifest.json", data).parent)


TARGETS: Mapping[str, Target] = {
    each.__name__: each
    for each in (
        article,
        markdown,
        settings,
        house_rules,
        book,
        newsletter,
        picture,
        lists,
        finished,
        imported,
        records,
    )
}


def run(name: str, data: bytes) -> None:
    """Give some bytes to a target; what the pipeline refuses with an error of its own is fine."""
    with suppress(PipelineError):
        TARGETS[name](data)

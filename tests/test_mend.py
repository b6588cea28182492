"""``check --fix`` and ``--diff`` on whole files: what is named is mended, and every other byte stays."""

from __future__ import annotations

import codecs
import re
import subprocess
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.checks.registry import checks
from pipeline.errors import ContentError, ExportError
from pipeline.mend import Mended, apply, mend
from pipeline.model.diagnostic import Diagnostic, Severity
from pipeline.workspace import Workspace, check_article, open_workspace
from tests.articles import TODAY, make_tree

CORPUS = Path(__file__).parent / "corpus"
FIXABLE = frozenset(code for code, check in checks().items() if check.fixable)
STUB = "S12"
"""The error that a stub is until somebody has written it."""


def planted(data: dict[str, Any]) -> str:
    """The source of a case of the corpus."""
    source: str = data.get("article", "")
    if not source:
        source = (CORPUS / "base" / f"{data['base']}.md").read_text("utf-8")
        for change in data["change"]:
            source = source.replace(change["from"], change["to"])
    return source


def corpus() -> list[tuple[str, str]]:
    """Sound articles, and those with a planted defect that can be mended, by name."""
    found = [(file.stem, file.read_text("utf-8")) for file in sorted(CORPUS.glob("base/*.md"))]
    for file in sorted(CORPUS.glob("*.yaml")):
        found += [
            (f"{file.stem}: {case['name']}", planted(case))
            for case in yaml.safe_load(file.read_text("utf-8"))
            if FIXABLE.intersection(case["expect"]) and "place" not in case
        ]
    return found


ARTICLES = corpus()
NOISE = (
    "A line with trailing spaces.   ",
    "Two\u00a0kilograms,\u00a0and a thin\u202fspace.",
    "Well done \U0001f3cb\U0001f3fd\u200d\u2640\ufe0f e\u0301 \u00e9 \U0001d54f.",
    "A tab\there and at the end.\t",
    "| a | b |\n| - | - |\n| *c*\t | d  |",
    "> A quotation. \n> \tWith a tab.",
    "```text \n# no heading\n- no step\n**no heading**\n\t\n```",
    "- one \n\n\n- two\n\t- inner",
    "Form\u2028feed \u0085 and \u2029 such.",
    "\\# no heading\\\nhard break",
)


@dataclass(frozen=True)
class Surroundings:
    """How a file is written, apart from its words."""

    ends: tuple[str, ...]
    """Taken in turn."""
    bom: bool
    last: str
    """What stands behind the last word."""
    trailing: tuple[str, ...]
    """Put at the ends of the text's lines, in turn."""
    noise: tuple[tuple[int, str], ...]
    """Paragraphs put before the heading of that number."""

    def put_round(self, article: str) -> bytes:
        """The file: ``article`` so written."""
        head, body = re.match(r"(---\n.*?\n---\n)(.*)", article, re.DOTALL).groups()  # type: ignore[union-attr]
        parts = re.split(r"(?m)^(?=#{1,6} )", body)
        for number, noise in self.noise:
            parts.insert(1 + number % len(parts), noise + "\n\n")
        lines = "".join(parts).rstrip("\n").split("\n")
        shown = [line + self._trailing(number, line) for number, line in enumerate(lines)]
        text = head + "\n".join(shown)
        pieces = text.split("\n")
        ended = [piece + self.ends[number % len(self.ends)] for number, piece in enumerate(pieces[:-1])]
        last = self.last.replace("\n", self.ends[-1])
        return codecs.BOM_UTF8 * self.bom + ("".join(ended) + pieces[-1] + last).encode()

    def _trailing(self, number: int, line: str) -> str:
        # a line that ends a block of code or a directive stays what it is
        return self.trailing[number % len(self.trailing)] if line and not line.startswith((":::", "```", "|")) else ""


ENDS = st.sampled_from([("\n",), ("\r\n",), ("\r",), ("\n", "\r\n"), ("\r\n", "\n", "\n"), ("\r\n", "\r", "\n")])
SURROUNDINGS = st.builds(
    Surroundings,
    ends=ENDS,
    bom=st.booleans(),
    last=st.sampled_from(["", "\n", "\n\n", " \n\t\n", "  "]),
    trailing=st.lists(st.sampled_from(["", "", " ", "\t"]), min_size=1, max_size=5).map(tuple),
    noise=st.lists(st.tuples(st.integers(0, 12), st.sampled_from(NOISE)), max_size=3).map(tuple),
)
PLAIN = Surroundings(("\n",), bom=False, last="\n", trailing=("",), noise=())


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tree(tmp_path_factory.mktemp("mend"))


def opened(content: Path, data: bytes) -> tuple[Path, Workspace]:
    """A file of the tree with these bytes, and the tree opened to check it."""
    file = content / "articles" / "example.md"
    file.write_bytes(data)
    return file, open_workspace(content, [file], as_of=TODAY)


def fixed(content: Path, data: bytes) -> tuple[bytes, tuple[Mended, ...]]:
    """The file's bytes after ``--fix``, and what was changed."""
    file, workspace = opened(content, data)
    changes = tuple(mend(workspace))
    assert file.read_bytes() == data, "a look at what would change has changed the file"
    for change in changes:
        change.write()
    return file.read_bytes(), changes


def found(content: Path, data: bytes) -> tuple[Diagnostic, ...]:
    _, workspace = opened(content, data)
    return check_article(workspace, workspace.articles[0]).diagnostics


def errors(diagnostics: Iterable[Diagnostic]) -> set[str]:
    return {one.code for one in diagnostics if one.severity is Severity.ERROR}


def patched(before: bytes, diff: str) -> bytes:
    """``before`` with a unified diff applied to it, strictly: every line that the diff shows must be there."""
    old = before.split(b"\n")
    lines = diff.encode().split(b"\n")
    new: list[bytes] = []
    place, number = 0, 2
    while number < len(lines) - 1:
        start, length = re.match(rb"@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@$", lines[number]).groups()  # type: ignore[union-attr]
        first = int(start) - (length != b"0")
        new += [line + b"\n" for line in old[place:first]]
        place = first
        number += 1
        while number < len(lines) - 1 and not lines[number].startswith(b"@@"):
            mark, text = lines[number][:1], lines[number][1:]
            whole = lines[number + 1][:1] != b"\\"
            if mark in b" -":
                assert old[place] == text
                place += 1
            if mark in b" +":
                new.append(text + b"\n" * whole)
            number += 1 if whole else 2
    rest = b"\n".join(old[place:])
    return b"".join(new) + rest


def check_one(content: Path, before: bytes) -> None:
    """All that holds of mending a file."""
    after, changes = fixed(content, before)
    again, _ = fixed(content, after)
    assert again == after, "mending twice is not mending once"
    mark = codecs.BOM_UTF8
    assert before.startswith(mark) == after.startswith(mark)
    if changes:
        assert patched(before, changes[0].diff()) == after
    first, then = found(content, before), found(content, after)
    new = errors(then) - errors(first)
    assert new <= {STUB}, [(one.code, one.line, one.message) for one in then if one.code in new]
    if new:
        assert {"S01", "S06", "S10"} & {one.code for one in first if one.edits}
    assert [(one.code, one.line, one.message) for one in then if one.edits] == []
    check_rest(content, before, after)


def check_rest(content: Path, before: bytes, after: bytes) -> None:
    """Pass by pass, what lies between the edits is the same, byte by byte; and whole lines only move or get their marks."""
    source = before.removeprefix(codecs.BOM_UTF8).decode()
    touched: Counter[str] = Counter()
    while True:
        edits = [edit for one in found(content, source.encode()) for edit in one.edits]
        mended = apply(source, found(content, source.encode()))
        if mended == source:
            break
        for edit in edits:
            lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", source)
            place = 0
            for line in lines:
                if edit.start < place + len(line) and edit.end > place:
                    touched[line] += 1
                place += len(line)
        source = mended
    assert source.encode() == after.removeprefix(codecs.BOM_UTF8)
    whole = re.split(rb"(?<=\n)|(?<=\r)(?!\n)", before.removeprefix(codecs.BOM_UTF8))
    left = Counter(re.split(rb"(?<=\n)|(?<=\r)(?!\n)", after.removeprefix(codecs.BOM_UTF8)))
    gone = Counter(line for line in whole if line.strip()) - left
    unnamed = [line for line in gone if line.decode() not in touched and line + b"\n" not in left]
    last = whole[-1]
    assert [line for line in unnamed if line != last] == []


@pytest.mark.parametrize("article", [pytest.param(text, id=name) for name, text in ARTICLES])
def test_an_article_is_mended_once_and_keeps_the_rest(article: str, content: Path):
    check_one(content, PLAIN.put_round(article))


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(article=st.sampled_from(ARTICLES), surroundings=SURROUNDINGS)
def test_however_a_file_is_written(article: tuple[str, str], surroundings: Surroundings, content: Path):
    check_one(content, surroundings.put_round(article[1]))


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(surroundings=SURROUNDINGS)
def test_the_diff_is_one_that_git_applies(surroundings: Surroundings, content: Path):
    before = surroundings.put_round(dict(ARTICLES)["d01: no info"])
    after, (change,) = fixed(content, before)
    file = Path(change.path).resolve()
    file.write_bytes(before)
    there = replace(change, path=file.relative_to(content.parent.resolve()).as_posix())
    git = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(git, cwd=content.parent, input=there.diff().encode(), check=True)
    assert file.read_bytes() == after


def test_a_file_that_has_changed_meanwhile_is_refused(content: Path):
    file, workspace = opened(content, PLAIN.put_round(dict(ARTICLES)["d01: no info"]))
    (change,) = mend(workspace)
    changed = codecs.BOM_UTF8 + file.read_bytes()
    file.write_bytes(changed)
    with pytest.raises(ContentError, match="has changed while it was checked"):
        change.write()
    assert file.read_bytes() == changed


def test_a_file_keeps_its_permissions(content: Path):
    file, workspace = opened(content, PLAIN.put_round(dict(ARTICLES)["d01: no info"]))
    file.chmod(0o640)
    (change,) = mend(workspace)
    change.write()
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_file_that_has_gone_meanwhile_is_named(content: Path):
    file, workspace = opened(content, PLAIN.put_round(dict(ARTICLES)["d01: no info"]))
    (change,) = mend(workspace)
    file.unlink()
    with pytest.raises(ExportError, match="cannot be written: No such file"):
        change.write()


@pytest.mark.parametrize(
    "data", [b"\xff\xfe#\x00", b"# Caf\xe9\n", b"\xef\xbb\xbf\xff"], ids=["UTF-16", "Latin-1", "torn"]
)
def test_what_is_no_article_is_left_alone(data: bytes, content: Path):
    assert fixed(content, data) == (data, ())

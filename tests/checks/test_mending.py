"""``--fix`` of the structure checks: minimal, in the file's own line ends, and done once."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks.run import run_checks
from pipeline.mend import apply, mend
from pipeline.workspace import open_workspace
from tests.articles import TODAY, Place, load_in_place, make_tree, snippet

CASES = yaml.safe_load(Path(__file__).with_name("mending.yaml").read_text("utf-8"))
FIXABLE = ("S01", "S02", "S03", "S04", "S06", "S09", "S10")


def mended(source: str, folder: Path, codes: tuple[str, ...] = FIXABLE) -> str:
    """The article after ``check --fix`` with these checks."""
    content = make_tree(Path(tempfile.mkdtemp(dir=folder)))
    file = content / "articles" / "example.md"
    file.write_text(source, "utf-8", newline="")
    workspace = open_workspace(content, [file], as_of=TODAY)
    changes = list(mend(workspace, codes))
    return changes[0].after if changes else source


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_text_is_mended(case: dict[str, Any], line_end: str, tmp_path: Path) -> None:
    before = snippet(case["before"]).source.replace("\n", line_end)
    after = snippet(case["after"]).source.replace("\n", line_end)
    assert mended(before, tmp_path, (case["code"],)) == after
    assert mended(after, tmp_path, (case["code"],)) == after


def test_a_stub_is_in_the_articles_language_and_an_error_until_it_is_written(tmp_path: Path) -> None:
    text = "---\nlanguage: es\n---\nSí.\n\n## Beneficios\n\nTexto.\n\n## Técnica\n\nTexto.\n\n## Riesgos\n\nTexto.\n"
    source = mended(snippet(text).source, tmp_path, ("S01",))
    assert source.endswith("## Conclusión\n\n[Por escribir: conclusión]\n")
    article, context = load_in_place(source, Place(), tmp_path / "again")
    messages = [d.message for d in run_checks(article, context, select=["S12"]).diagnostics]
    assert "a stub that is still to be written" in messages


BLOCKS = st.sampled_from(
    [
        "# Top",
        "Top\n===",
        "## Benefits",
        "## Technique",
        "## Risks ##",
        "### Feet",
        "##### Deep",
        "###### Deepest  ",
        "**Bold words**",
        "__Bold question?__",
        "**Bold.** A label.",
        "***Both***",
        "- one\n- two",
        "* one\n\n  more\n* two\n  - inner\n* three",
        "+   one\n\n    ```\n    - code\n    ```\n+   two",
        "1. one\n2. two",
        "Words  \nand more words.\t",
        "> **Bold**\n>\n> ## Quoted",
        "```\n# code\n- code\n```",
        "    # code",
        "| a | b |\n| - | - |\n| **c** | d |",
        "[^1]: A note.\n    More.",
        ":::disclaimer stop\n:::",
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    blocks=st.lists(BLOCKS, max_size=9),
    line_end=st.sampled_from(["\n", "\r\n"]),
    last=st.sampled_from(["", "\n", "\n\n"]),
)
def test_mending_twice_is_mending_once_and_leaves_the_rest(
    blocks: list[str], line_end: str, last: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("mend")
    before = snippet("\n\n".join(blocks) + last).source.replace("\n", line_end)
    after = mended(before, folder)
    assert mended(after, folder) == after
    assert after.count("\r") == (after.count("\n") if line_end == "\r\n" else 0)
    left = iter(unmarked(after))
    assert [line for line in unmarked(before) if line not in left] == []  # all lines are there, in their order


def unmarked(text: str) -> list[str]:
    """The lines without the marks that these checks change, and without the indent that goes with a list's marks."""
    return [re.sub(r"[#*_=+-]|^ *\d+\.", "", line).lstrip(" ") for line in text.splitlines()]


@settings(max_examples=60, deadline=None)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=9))
def test_what_has_edits_is_gone_after_them(blocks: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("mend")
    source = mended(snippet("\n\n".join(blocks) + "\n").source, folder)
    article, context = load_in_place(source, Place(), folder / "again")
    left = [d for d in run_checks(article, context, select=FIXABLE).diagnostics if d.edits]
    assert left == []
    assert apply(source, left) == source

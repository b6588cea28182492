"""Which checks run, how bad their findings are, and what ``allow`` silences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks.registry import checks
from pipeline.checks.run import Checked, run_checks
from pipeline.errors import UsageError
from pipeline.model.diagnostic import Severity
from pipeline.profiles import load_profiles
from tests.articles import Place, load_in_place, load_snippet

UNSIGNED = "---\nauthors:\n  - name: Sam Doe\n---\n"


def check_snippet(text: str, folder: Path, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Checked:
    return run_checks(*load_snippet(text, folder), select=select, ignore=ignore)


def codes(checked: Checked) -> set[str]:
    return {diagnostic.code for diagnostic in checked.diagnostics}


def test_codes_or_their_beginnings_are_selected(tmp_path: Path) -> None:
    checked = check_snippet(UNSIGNED + "# Title\n", tmp_path, select=["S02", "m"])
    assert codes(checked) == {"S02", "M02", "M05"}


def test_codes_are_ignored(tmp_path: Path) -> None:
    everything = codes(check_snippet(UNSIGNED, tmp_path / "a"))
    assert codes(check_snippet(UNSIGNED, tmp_path / "b", ignore=["S", "D0"])) == {
        code for code in everything if not code.startswith(("S", "D0"))
    }


def test_a_check_is_selected_by_its_name(tmp_path: Path) -> None:
    assert codes(check_snippet(UNSIGNED, tmp_path, select=["no-credentials"])) == {"M02"}


@pytest.mark.parametrize(("given", "mend"), [("S91", "S1"), ("Z", ""), ("mising-section", "missing-section"), ("", "")])
def test_a_code_that_no_check_has_is_wrong_usage(given: str, mend: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no check has the code") as caught:
        check_snippet(UNSIGNED, tmp_path, select=[given])
    assert mend in caught.value.help


def test_house_rules_decide_how_bad_a_finding_is(tmp_path: Path) -> None:
    checked = check_snippet('+++\n[policy.severity]\nM02 = "error"\nM05 = "warning"\n+++\n' + UNSIGNED, tmp_path)
    severities = {diagnostic.code: diagnostic.severity for diagnostic in checked.diagnostics}
    assert (severities["M02"], severities["M05"]) == (Severity.ERROR, Severity.WARNING)


def test_a_check_that_is_off_says_nothing(tmp_path: Path) -> None:
    checked = check_snippet('+++\n[policy.severity]\nM02 = "off"\n+++\n' + UNSIGNED, tmp_path)
    assert "M02" not in codes(checked)
    assert checked.suppressed == 0


def test_an_unknown_code_in_house_rules_is_reported_at_its_line(tmp_path: Path) -> None:
    checked = check_snippet('+++\n[policy.severity]\nM02 = "off"\nS77 = "off"\n+++\nYes.\n', tmp_path, select=["P01"])
    (found,) = checked.diagnostics
    assert found.path.endswith("content/publisher.toml")
    settings_file = (tmp_path / "content" / "publisher.toml").read_text("utf-8").splitlines()
    assert settings_file[found.line - 1] == 'S77 = "off"'


def test_allow_with_a_reason_silences_and_is_counted(tmp_path: Path) -> None:
    text = "---\nauthors:\n  - name: Sam Doe\n  - name: Kim Lee\nallow:\n  M02: their own story\n---\n"
    checked = check_snippet(text, tmp_path, select=["M02", "P01"])
    assert checked == Checked((), 2)


def test_allow_without_a_reason_silences_nothing(tmp_path: Path) -> None:
    text = '---\nauthors:\n  - name: Sam Doe\nallow:\n  M02: ""\n---\n'
    assert codes(check_snippet(text, tmp_path, select=["M02", "P01"])) == {"M02", "P01"}


def test_an_allow_is_unused_only_when_its_check_has_run(tmp_path: Path) -> None:
    text = "---\nallow:\n  M02: their own story\n---\n"
    (unused,) = check_snippet(text, tmp_path / "a", select=["M02", "P01"]).diagnostics
    assert (unused.code, unused.severity) == ("P01", Severity.WARNING)
    assert check_snippet(text, tmp_path / "b", select=["P01"]).diagnostics == ()


def test_a_wrong_key_does_not_hide_the_rest(tmp_path: Path) -> None:
    checked = check_snippet("---\npublished: tomorrow\nauthors:\n  - name: Sam Doe\n---\n# Title\n", tmp_path)
    assert {"M01", "M02", "S02", "S01"} <= codes(checked)


def test_what_cannot_be_read_is_judged_by_that_alone(tmp_path: Path) -> None:
    article, context = load_in_place("é", Place(encoding="latin-1"), tmp_path)
    assert codes(run_checks(article, context)) == {"P03"}


def test_findings_come_in_the_order_of_the_text_and_once(tmp_path: Path) -> None:
    checked = check_snippet(UNSIGNED + "[a](javascript:a) [a](javascript:a)\n\n# One\n\n# Two\n", tmp_path)
    keys = [diagnostic.sort_key for diagnostic in checked.diagnostics]
    assert keys == sorted(set(keys))


METADATA_LINES = st.sampled_from(
    [
        "title: Do squats help?",
        "title:",
        "title: [a, b]",
        "description: 7",
        *(f"profile: {name}" for name in load_profiles(None)),
        "profile: none-such",
        "authors: nobody",
        "authors:\n  - name: Sam\n  - credentials: BSc\n  -",
        "reviewer:\n  name: Tom",
        "reviewer: Tom",
        "language: es",
        "language: fr",
        "language: '??'",
        "published: 2026-13-01",
        "published: 9999-12-31",
        "reviewed: 9999-12-31",
        "reviewed: 0001-01-01",
        "next_review: 0001-01-01",
        "topics: {a: b}",
        "related: [squat, none]",
        "cover: ../../x.png",
        "disclaimers: [none]",
        "allow: {S99: x, S01: ''}",
        "allow: []",
        "status: gone",
        "funding: none",
        "unknown: 1",
        "\tbad: yaml: here",
    ]
)
BLOCKS = st.sampled_from(
    [
        "## Technique",
        "## ",
        "#",
        "## Schedule",
        "| Exercise | Sets | Reps | Rest |\n|-|-|-|-|\n| a |",
        "|  |\n|-|",
        "- ",
        "1. ",
        "![](x.png)",
        "[](#)",
        "[a]( <>)",
        "[a](#%)",
        "[a](//)",
        "[a](http://[)",
        "[^1]",
        "[^1]:",
        "## Sources\n\n-\n- <https://example.org/%zz>\n- doi:10.1000/",
        "**",
        "****\n\nx",
        ":::disclaimer",
        ":::",
        "> [!NOTE]\n>",
        "<b>",
        "First, sit. Then, lift.",
        "Yes.",
        "\u0000",
        "[To be written:",
    ]
)


@settings(max_examples=150, deadline=None)
@given(lines=st.lists(METADATA_LINES, max_size=6), blocks=st.lists(BLOCKS, max_size=6))
def test_no_check_stumbles_over_any_article(
    lines: list[str], blocks: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    top = "\n".join(lines)
    source = f"---\n{top}\n---\n" + "\n\n".join(blocks)
    article, context = load_in_place(source, Place(), tmp_path_factory.mktemp("any"))
    for diagnostic in run_checks(article, context).diagnostics:
        assert diagnostic.message
        assert diagnostic.line >= 1
        assert (diagnostic.end_line, diagnostic.end_column) >= (diagnostic.line, diagnostic.column)


def test_every_check_copes_with_an_empty_file(tmp_path: Path) -> None:
    article, context = load_in_place("", Place(), tmp_path)
    for check in checks().values():
        if not check.code.startswith("N"):
            assert all(finding.message for finding in check.run(article, context))

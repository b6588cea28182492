"""A build exports what is sound, proves it, and leaves nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.errors import ExportError, UsageError
from pipeline.model.diagnostic import Severity
from pipeline.model.nodes import Disclaimer
from pipeline.model.walk import find, sections
from pipeline.source import reparse
from pipeline.workspace import check_article, open_workspace
from tests.desk import ALL, AS_OF, CONTENT, SLUGS, Desk


@pytest.fixture
def desk(built: Desk, tmp_path: Path) -> Desk:
    """A copy that a test may change."""
    return built.copied(tmp_path)


def test_every_article_is_there_in_every_format_and_proven(built: Desk):
    for slug in SLUGS:
        assert built.outputs_of(slug) == {f"html/{slug}.html", f"pdf/{slug}.pdf", f"epub/{slug}.epub"}
    assert built.verify().problems == ()


def test_the_manifest_lists_every_file_and_where_each_disclaimer_was_found(built: Desk):
    listed = built.listed()
    assert set(listed) == {path for path in built.outputs() if not path.startswith(".pipeline/")} - {"manifest.json"}
    assert list(listed) == sorted(listed)
    for path, row in listed.items():
        data = (built.out / path).read_bytes()
        assert (row["bytes"], row["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    pdf = listed["pdf/deadlift.pdf"]
    proofs = {proof["kind"]: proof for proof in pdf["disclaimers"]}  # type: ignore[attr-defined]
    assert {"info", "clearance", "stop"} <= set(proofs)
    assert proofs["info"]["location"] == "page 1"
    assert all(proof["visible"] and proof["before_instructions"] for proof in proofs.values())
    assert isinstance(pdf["pages"], int)
    assert pdf["sources"] == ["articles/deadlift.md"]
    assert len({listed[f"{name}/deadlift.{name}"]["edition"] for name in ALL}) == 1


def test_a_second_build_writes_nothing(desk: Desk):
    before = {path: (desk.out / path).stat().st_mtime_ns for path in desk.outputs()}
    result = desk.build()
    assert (result.exit_code, result.written, result.removed) == (0, (), ())
    assert {path: (desk.out / path).stat().st_mtime_ns for path in desk.outputs()} == before


def required_parts() -> list[tuple[str, str]]:
    """Every disclaimer block and every required section of the articles, as (slug, its first line)."""
    workspace = open_workspace(CONTENT, as_of=AS_OF)
    parts = []
    for article in workspace.articles:
        lines = article.source.splitlines()
        required = workspace.profiles[article.metadata.profile].required
        places = [box.span.line for box in find(article.body, Disclaimer)]
        places += [section.heading.span.line for section in sections(article.body) if section.role in required]
        parts += [(article.slug, lines[line - 1]) for line in places]
    return parts


PARTS = required_parts()
SAMPLE = sorted({(slug, part[:2]): (slug, part) for slug, part in PARTS}.values())
"""A section and a disclaimer of each article."""


def without(source: str, first_line: str) -> str:
    """The article without one disclaimer block, or without one section and the disclaimers in it."""
    end = r"\n:::$" if first_line.startswith(":::") else r"\n(?:(?!## )(?!\[\^).*\n?)*"
    return re.sub(rf"^{re.escape(first_line)}{end}", "", source, count=1, flags=re.MULTILINE)


def test_the_articles_have_the_parts_that_are_taken_away():
    assert {slug for slug, _ in PARTS} == set(SLUGS)
    assert len(SAMPLE) == 2 * len(SLUGS)


@pytest.mark.parametrize(("slug", "part"), PARTS)
def test_without_a_required_part_an_article_has_an_error_that_names_it(slug: str, part: str):
    workspace = open_workspace(CONTENT, as_of=AS_OF)
    (article,) = [article for article in workspace.articles if article.slug == slug]
    broken = reparse(
        article,
        without(article.source, part),
        content=CONTENT,
        config=workspace.config,
        profiles=workspace.profiles,
        kinds=workspace.kinds,
    )
    errors = [d for d in check_article(workspace, broken).diagnostics if d.severity is Severity.ERROR]
    word = part.removeprefix(":::disclaimer ") if part.startswith(":::") else "section"
    assert any(word in error.message for error in errors)


@pytest.mark.parametrize(("slug", "part"), SAMPLE)
def test_without_a_required_part_an_article_is_not_exported_and_its_outputs_go(desk: Desk, slug: str, part: str):
    source = desk.article(slug).read_text("utf-8")
    desk.article(slug).write_text(without(source, part), "utf-8")
    result = desk.build()
    assert result.exit_code == 1
    wrong = {d.path for d in result.report.diagnostics if d.severity is Severity.ERROR}
    assert wrong == {Path(os.path.relpath(desk.article(slug))).as_posix()}
    assert desk.outputs_of(slug) == set()
    assert desk.verify().problems == ()
    assert all(len(desk.outputs_of(other)) == 3 for other in SLUGS if other != slug)
    assert slug not in (desk.out / "html" / "index.html").read_text("utf-8")


def test_a_deleted_article_takes_its_outputs_with_it(desk: Desk):
    desk.article("creatine").unlink()
    desk.edit("deadlift", ", creatine]", "]")
    result = desk.build()
    assert desk.outputs_of("creatine") == set()
    assert "html/assets/images/creatine-amounts.svg" in result.removed
    assert desk.verify().problems == ()


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_draft_or_withdrawn_article_is_not_built(desk: Desk, status: str):
    desk.edit("creatine", "profile: supplement", f"profile: supplement\nstatus: {status}")
    desk.edit("deadlift", ", creatine]", "]")
    result = desk.build("html")
    assert result.exit_code == 0
    assert desk.outputs_of("creatine") == set()
    assert len(result.passed_over) == 1
    again = desk.build("html", drafts=True)
    assert ("html/creatine.html" in again.written) == (status == "draft")


def test_a_changed_word_changes_that_articles_files_and_their_edition_alone(desk: Desk):
    before = desk.listed()
    desk.edit("creatine", "## Side", "Read this twice and then once more.\n\n## Side")
    result = desk.build("html", "epub")
    of_all_together = {"html/index.html", "report/index.html", "report/articles.json"}
    assert set(result.written) - of_all_together == {"html/creatine.html", "epub/creatine.epub"}
    assert desk.listed()["html/creatine.html"]["edition"] != before["html/creatine.html"]["edition"]


def test_building_one_article_leaves_the_others_alone(desk: Desk):
    before = desk.outputs()
    result = desk.build("html", paths=(desk.article("deadlift"),), force=True)
    assert [output.path for output in result.outputs] == ["html/deadlift.html"]
    assert desk.outputs() == before
    assert desk.verify().problems == ()


TAMPERING: Mapping[str, Callable[[bytes], bytes]] = {
    "a changed byte": lambda data: data.replace(b"a", b"b", 1),
    "bytes added": lambda data: data + b" ",
    "bytes lost": lambda data: data[:-1],
    "nothing left": lambda _: b"",
}


@pytest.mark.parametrize("path", ["html/deadlift.html", "pdf/deadlift.pdf", "epub/deadlift.epub", "html/index.html"])
def test_a_tampered_file_fails_verification_and_is_built_anew(desk: Desk, path: str):
    target = desk.out / path
    sound = target.read_bytes()
    for tamper in TAMPERING.values():
        target.write_bytes(tamper(sound))
        assert [problem[0] for problem in desk.verify().problems] == [path]
    assert desk.build().exit_code == 0
    assert target.read_bytes() == sound
    assert desk.verify().problems == ()


def test_a_file_whose_safety_text_was_cut_out_fails_even_if_the_manifest_was_made_to_fit(desk: Desk):
    target = desk.out / "html" / "deadlift.html"
    data = re.sub(rb'<section[^>]*id="disclaimer-stop".*?</section>', b"", target.read_bytes(), flags=re.DOTALL)
    assert data != target.read_bytes()
    target.write_bytes(data)
    manifest = json.loads((desk.out / "manifest.json").read_text("utf-8"))
    for row in manifest["outputs"]:
        if row["path"] == "html/deadlift.html":
            row |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (desk.out / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    problems = desk.verify().problems
    assert [path for path, _ in problems] == ["html/deadlift.html"]
    assert "stop" in problems[0][1]


OWN = (
    "This page is *general* information. It is not medical advice and no substitute for a doctor's care. It does not "
    "diagnose or treat anything. Never put off or ignore medical advice because of it.\n"
)


def test_an_articles_own_words_are_proven_again_from_the_files_alone(desk: Desk):
    desk.edit("creatine", ":::disclaimer info\n:::", f":::disclaimer info\n{OWN}:::")
    desk.edit("low-back-pain", ":::disclaimer info\n:::\n", "")
    desk.edit("low-back-pain", "## Key points", f"## Medical disclaimer\n\n{OWN}\n## Key points")
    assert desk.build().exit_code == 0
    assert desk.verify().problems == ()
    for slug in ("creatine", "low-back-pain"):
        for name in ALL:
            proofs = desk.listed()[f"{name}/{slug}.{name}"]["disclaimers"]
            assert [proof["version"] for proof in proofs if proof["kind"] == "info"] == ["own"]  # type: ignore[attr-defined]


def test_an_unlisted_publication_file_fails_verification_and_a_foreign_file_is_kept(desk: Desk):
    (desk.out / "pdf" / "stray.pdf").write_bytes(b"%PDF-1.7")
    (desk.out / "notes.txt").write_text("mine")
    assert [path for path, _ in desk.verify().problems] == ["pdf/stray.pdf"]
    desk.build()
    assert (desk.out / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", "[" * 100_000, '{"outputs": [{}]}', '{"outputs": [{"path": "../../x"}]}']
)
def test_a_broken_manifest_is_told_and_the_next_build_makes_it_anew(desk: Desk, broken: str):
    sound = (desk.out / "manifest.json").read_bytes()
    (desk.out / "manifest.json").write_text(broken)
    with pytest.raises(Exception, match="manifest"):
        desk.verify()
    assert desk.build().exit_code == 0
    assert (desk.out / "manifest.json").read_bytes() == sound


def test_two_builds_from_different_folders_zones_and_hash_seeds_are_the_same_bytes(built: Desk, tmp_path: Path):
    elsewhere = tmp_path / "quite" / "another place"
    shutil.copytree(built.content, elsewhere / "content")
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "12345",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(CONTENT.parent),
    }
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "build",
        "all",
        "--as-of",
        "2026-11-22",
        "--out",
        "made",
        "--jobs",
        "2",
    ]
    subprocess.run(command, cwd=elsewhere, env=environment, check=True, capture_output=True)
    other = Desk(elsewhere / "content", elsewhere / "made")
    assert other.listed() == built.listed()
    for path in built.listed():
        assert (other.out / path).read_bytes() == (built.out / path).read_bytes(), path


def test_the_output_folder_may_not_lie_in_the_content_nor_hold_it(desk: Desk):
    for out in (desk.content / "build", desk.content, desk.content.parent):
        with pytest.raises(UsageError, match="holds, or lies in, the content"):
            desk.build("html", out=out)


def test_a_folder_that_is_a_link_is_followed(desk: Desk, tmp_path: Path):
    real = tmp_path / "elsewhere"
    shutil.move(desk.out, real)
    desk.out.symlink_to(real)
    desk.edit("creatine", "## Side", "Read this twice and then once more.\n\n## Side")
    assert desk.build("html").exit_code == 0
    assert desk.out.is_symlink()
    assert desk.verify().problems == ()


def test_a_folder_inside_that_is_a_link_elsewhere_is_refused(desk: Desk, tmp_path: Path):
    (desk.out / "pdf").rename(tmp_path / "elsewhere")
    (desk.out / "pdf").symlink_to(tmp_path / "elsewhere")
    before = {path: path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()}
    for formats in (("pdf",), ("html",)):
        with pytest.raises(ExportError, match=r"build/pdf leads out of .*build/ by a link"):
            desk.build(*formats)
    assert {path: path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()} == before
    (desk.out / "pdf").unlink()
    (tmp_path / "elsewhere").rename(desk.out / "pdf")
    assert desk.build().exit_code == 0
    assert desk.verify().problems == ()


def test_a_folder_that_cannot_be_written_is_one_clear_error_and_stays_as_it_was(desk: Desk):
    before = {path: (desk.out / path).read_bytes() for path in desk.outputs()}
    desk.edit("creatine", "## Side", "Read this twice and then once more.\n\n## Side")
    shutil.rmtree(desk.out / ".pipeline")
    (desk.out / ".pipeline").write_text("in the way")
    with pytest.raises(ExportError, match="cannot write"):
        desk.build("html")
    left = {path: data for path, data in before.items() if not path.startswith(".pipeline/")}
    assert {path: (desk.out / path).read_bytes() for path in desk.outputs() - {".pipeline"}} == left


def test_an_empty_content_tree_is_fine(desk: Desk):
    for path in (desk.content / "articles").glob("*.md"):
        path.unlink()
    result = desk.build()
    assert (result.exit_code, result.report.files) == (0, 0)
    assert not [path for path in desk.outputs() if path.endswith((".html", ".pdf", ".epub"))]


def test_a_standalone_page_is_one_file_until_it_is_built_otherwise(desk: Desk):
    shutil.rmtree(desk.out)
    page = (desk.article("deadlift"),)
    assert desk.build("html", paths=page, standalone=True).exit_code == 0
    made = desk.out / "html" / "deadlift.html"
    assert b'rel="stylesheet"' not in made.read_bytes()
    assert desk.verify().problems == ()
    assert desk.build("html", paths=page, standalone=True).written == ()
    assert desk.build("html", paths=page).exit_code == 0
    assert b'rel="stylesheet"' in made.read_bytes()
    assert desk.verify().problems == ()

"""A real client gets findings of unsaved text, quick fixes, completion and explanations from ``pipeline lsp``."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from pipeline.checks.registry import checks
from pipeline.disclaimers import load_disclaimers
from pipeline.profiles import load_profiles
from pipeline.source.metadata_form import metadata_form
from tests.cli.conftest import SOUND
from tests.lsp.editor import Editor, applied, line_of, work


@pytest.fixture
def article(project: Path) -> Path:
    return project / "content" / "articles" / "sound.md"


def test_what_is_wrong_is_told_as_one_types(project: Path, article: Path):
    async def do(client: Editor, _: Path) -> None:
        uri = await client.open(article)
        assert await client.diagnostics(uri) == []
        await client.type(uri, SOUND.replace("profile: nutrition", "profile: nutritoin"))
        (found,) = [each for each in await client.diagnostics(uri) if each.code == "M01"]
        assert "nutritoin" in found.message
        assert found.severity == types.DiagnosticSeverity.Error
        assert found.source == "pipeline"
        assert (found.range.start.line, found.range.start.character) == (3, 0)
        await client.type(uri, SOUND)
        assert await client.diagnostics(uri) == []

    work(project, do)
    assert article.read_text() == SOUND, "nothing is written"


def test_a_text_is_checked_once_when_typing_pauses(project: Path, article: Path):
    async def do(client: Editor, _: Path) -> None:
        uri = await client.open(article)
        await client.diagnostics(uri)
        seen = []
        for number in range(8):
            await client.type(uri, f"{SOUND}\n{'word ' * number}\n")
            seen.append(client.found[uri].version)
        await client.diagnostics(uri)
        assert client.found[uri].version == 9
        assert set(seen) == {1}, "none of the versions in between was checked"

    work(project, do)


def test_a_text_that_was_never_saved_is_checked(project: Path):
    async def do(client: Editor, folder: Path) -> None:
        uri = await client.open(folder / "content" / "articles" / "new.md", "Only words.\n")
        assert "M01" in {found.code for found in await client.diagnostics(uri)}

    work(project, do)


@pytest.mark.parametrize(
    "encoding", [types.PositionEncodingKind.Utf16, types.PositionEncodingKind.Utf32, types.PositionEncodingKind.Utf8]
)
def test_places_are_right_behind_signs_of_two_units(project: Path, article: Path, encoding: types.PositionEncodingKind):
    line = "😀😀 See [here](https://food.example/x)."
    units = {"utf-16": 2, "utf-32": 1, "utf-8": 4}[encoding.value]

    async def do(client: Editor, _: Path) -> None:
        uri = await client.open(article, f"{SOUND}\n{line}\n")
        (found,) = [each for each in await client.diagnostics(uri) if each.code == "A03"]
        assert found.range.start.character == 2 * units + len(" See ")
        assert found.range.end.character == found.range.start.character + len("[here](https://food.example/x)")

    work(project, do, encoding)


def test_quick_fixes_are_the_checks_own_and_mend_what_was_found(project: Path, article: Path):
    broken = SOUND.replace(":::disclaimer diet\n:::\n\n", "").replace("## Evidence", "#### Evidence ✔")

    async def do(client: Editor, _: Path) -> None:
        uri = await client.open(article, broken)
        codes = {found.code for found in await client.diagnostics(uri)}
        assert {"S03", "D01"} <= codes
        fixes = await client.actions(uri, line_of(broken, "#### Evidence"))
        (heading,) = [each for each in fixes if each.diagnostics and each.diagnostics[0].code == "S03"]
        assert heading.kind == types.CodeActionKind.QuickFix
        assert heading.is_preferred
        assert heading.edit is not None
        assert heading.edit.changes is not None
        mended = applied(broken, heading.edit.changes[uri])
        assert mended == broken.replace("#### Evidence", "### Evidence") or "## Evidence" in mended
        await client.type(uri, mended)
        assert "S03" not in {found.code for found in await client.diagnostics(uri)}
        (everything,) = [
            each for each in await client.actions(uri, 0) if each.kind == types.CodeActionKind.SourceFixAll
        ]
        assert everything.edit is not None
        assert everything.edit.changes is not None
        await client.type(uri, applied(mended, everything.edit.changes[uri]))
        assert [
            found.message for found in await client.diagnostics(uri) if found.severity == types.DiagnosticSeverity.Error
        ] == []

    work(project, do)


MEANT = [
    ("profile: nutrition", "profile: nutritoin", "Change `nutritoin` to `nutrition`"),
    ("description:", "descripton:", "Change `descripton` to `description`"),
    (":::disclaimer diet", ":::disclaimer dieet", "Change `dieet` to `diet`"),
]


def test_the_word_that_was_meant_is_a_click_away(project: Path, article: Path):
    async def do(client: Editor, _: Path) -> None:
        uri = await client.open(article)
        for sound, wrong, title in MEANT:
            broken = SOUND.replace(sound, wrong)
            await client.type(uri, broken)
            await client.diagnostics(uri)
            actions = await client.actions(uri, line_of(broken, wrong))
            (fix,) = [each for each in actions if each.title == title]
            assert fix.edit is not None
            assert fix.edit.changes is not None
            assert applied(broken, fix.edit.changes[uri]) == SOUND

    work(project, do)


def test_a_guess_of_an_import_is_confirmed_by_a_click_and_not_with_the_rest(project: Path, article: Path):
    guessed = SOUND.replace("title: Beans for people who lift", "title: Beans for people who lift  # to be confirmed")

    async def do(client: Editor, _: Path) -> None:
        uri = await client.open(article, guessed)
        await client.diagnostics(uri)
        actions = await client.actions(uri, 1)
        (confirm,) = [each for each in actions if each.title == "Confirm `title`"]
        assert confirm.edit is not None
        assert confirm.edit.changes is not None
        assert applied(guessed, confirm.edit.changes[uri]) == SOUND
        assert [each for each in actions if each.kind == types.CodeActionKind.SourceFixAll] == []

    work(project, do)


OFFERED = [
    ("a key", SOUND.replace("---\ntitle", "---\nsub\ntitle", 1), "sub", "subtitle"),
    ("a key of an author", SOUND.replace("    credentials: BSc Nutrition", "    cr"), "    cr", "credentials"),
    ("an article type", SOUND.replace("profile: nutrition", "profile: ex"), "profile: ex", "exercise-guide"),
    ("a status", SOUND.replace("published:", "status: \npublished:", 1), "status: ", "draft"),
    (
        "a disclaimer that is wanted",
        SOUND.replace("published:", "disclaimers: [\npublished:", 1),
        "disclaimers: [",
        "clearance",
    ),
    ("a code to silence", SOUND.replace("published:", "allow:\n  S\npublished:", 1), "  S", "S06"),
    ("another article", SOUND.replace("published:", "related:\n  - \npublished:", 1), "  - ", "other"),
    ("a kind of disclaimer", SOUND.replace(":::disclaimer diet", ":::disclaimer "), ":::disclaimer ", "diet"),
    ("a role", SOUND.replace("## Evidence", "## Evidence {role="), "## Evidence {role=", "who-should-be-careful"),
    ("a section that is missing", SOUND.replace("## Amounts", "## "), "## ", "How much"),
    ("a link to another article", f"{SOUND}\nSee [it](o", "See [it](o", "other.md"),
    ("a place in another article", f"{SOUND}\nSee [it](other.md#", "See [it](other.md#", "evidence"),
    ("a picture", f"{SOUND}\n![A bean](im", "![A bean](im", "images/bean.png"),
]


def test_what_fits_is_offered(project: Path, article: Path):
    (article.parent / "other.md").write_text(SOUND)
    (project / "content" / "images" / "bean.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    async def do(client: Editor, _: Path) -> None:
        uri = await client.open(article)
        for what, text, begun, offered in OFFERED:
            await client.type(uri, text)
            line = text.split("\n").index(begun)
            items = await client.complete(uri, line, len(begun))
            assert offered in [item.label for item in items], what

    work(project, do)


def test_completion_takes_the_place_of_what_was_begun(project: Path, article: Path):
    text = SOUND.replace("profile: nutrition", "profile: nutr")

    async def do(client: Editor, _: Path) -> None:
        uri = await client.open(article, text)
        (item,) = [each for each in await client.complete(uri, 3, len("profile: nutr")) if each.label == "nutrition"]
        assert isinstance(item.text_edit, types.TextEdit)
        assert applied(text, [item.text_edit]) == SOUND

    work(project, do)


def test_pointing_at_a_word_explains_it(project: Path, article: Path):
    text = SOUND.replace("profile: nutrition", "allow:\n  S06: It is short.\nprofile: nutrition").replace(
        "2026-06-01\nreviewed", "2026-13-01\nreviewed"
    )

    async def do(client: Editor, _: Path) -> None:
        uri = await client.open(article, text)
        finding = await client.hover(uri, line_of(text, "published: 2026-13"), 2)
        assert "M01 incomplete-metadata" in finding
        assert checks()["M01"].summary.split(".")[0] in " ".join(finding.split())
        assert "The day of publication" in finding
        assert "no-key-points" in await client.hover(uri, line_of(text, "  S06"), 3)
        assert "who-should-be-careful" in await client.hover(
            uri, line_of(text, "profile: nutrition"), len("profile: nu")
        )
        words = await client.hover(uri, line_of(text, ":::disclaimer diet"), len(":::disclaimer di"))
        assert "approved wording" in words
        assert await client.hover(uri, line_of(text, "Beans are a cheap"), 3) == ""

    work(project, do)


def test_a_wrong_publisher_file_is_told_at_its_own_line_and_gone_when_it_is_mended(project: Path, article: Path):
    publisher = project / "content" / "publisher.toml"
    sound = publisher.read_text()

    async def do(client: Editor, _: Path) -> None:
        publisher.write_text(sound.replace("colour", "color"))
        uri = await client.open(article)
        settings = publisher.resolve().as_uri()
        assert await client.diagnostics(uri) == []
        (found,) = await client.diagnostics(settings)
        assert "`brand.color`" in found.message
        assert found.range.start.line == 5
        assert await client.complete(uri, 3, 10) == []
        publisher.write_text(sound)
        changes = [types.FileEvent(settings, types.FileChangeType.Changed)]
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
        await client.until(lambda: not client.found[settings].diagnostics)

    work(project, do)


def test_files_outside_of_a_content_tree_are_left_alone(project: Path):
    async def do(client: Editor, folder: Path) -> None:
        uri = await client.open(folder / "README.md", "# <b>Hello</b>\n")
        assert await client.diagnostics(uri) == []
        assert await client.hover(uri, 0, 3) == ""
        assert await client.complete(uri, 0, 2) == []

    work(project, do)


def test_every_key_of_the_metadata_is_described():
    from pipeline.lsp.keys import KEYS

    assert set(KEYS) == set(metadata_form(load_profiles(None), load_disclaimers(None)).keys)

"""The handbook's reference, made from the code: ``python -m docs.reference CONTENT`` puts it beside the guides there.

Whatever it says stands once, where the pipeline itself reads it: in the checks' docstrings, the data of article types and
disclaimers, the commands' help, and the forms of metadata and settings.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import rich_click as click

from pipeline.checks.registry import checks
from pipeline.cli import cli
from pipeline.disclaimers import load_disclaimers
from pipeline.disclaimers.kind import wording
from pipeline.profiles import Profile, load_profiles
from pipeline.schemas import SCHEMAS
from pipeline.source.metadata_form import ABOUT, REQUIRED

GUIDES = Path(__file__).parent / "content"
LANGUAGE = "en-GB"

Row = tuple[str, ...]


def main(content: Path) -> None:
    """Make a content tree of guides and reference, in the place of one that was made before."""
    if content.exists():
        shutil.rmtree(content)
    shutil.copytree(GUIDES, content)
    for slug, (title, description, lines) in PAGES.items():
        text = "\n".join([*_metadata(title, description), *lines()])
        (content / "articles" / f"{slug}.md").write_text(text + "\n", "utf-8")


def _metadata(title: str, description: str) -> list[str]:
    published = "published: 2026-11-30"
    people = ["authors:", "  - name: The fitness-press authors"]
    return ["---", f"title: {title}", f"description: {description}", "profile: guide", *people, published, "---", ""]


def check_pages() -> Iterator[str]:
    """Every check, as its file says it."""
    yield "A finding has a code and a name. An error keeps the article from being published, a warning does not."
    for check in checks().values():
        mended = "`--fix` mends it" if check.fixable else "to be mended by hand"
        yield from ("", f"## {check.code} {check.name}", "", f"*{check.severity.value}, {mended}; {check.source}.*", "")
        yield from check.doc.splitlines()  # its examples are indented, and so code


def profile_pages() -> Iterator[str]:
    """Every article type with its sections in order."""
    yield "An article type is the `profile` of an article. Its sections may have any heading that means the role."
    for profile in load_profiles(None).values():
        yield from ("", f"## {profile.title(LANGUAGE)} (`{profile.name}`)", "")
        if profile.disclaimers:
            yield from (f"Disclaimers that every one needs: {', '.join(profile.disclaimers)}.", "")
        rows = [(f"`{each.id}`", profile.heading(each.id, LANGUAGE), _wanted(each.required)) for each in profile.roles]
        yield from _table(("Role", "Heading of a new section", "Wanted"), rows)
        if limits := list(_limits(profile)):
            yield from ("", *(f"- {limit}" for limit in limits))


def _wanted(required: object) -> str:
    return "yes" if required else "no"


def _limits(profile: Profile) -> Iterator[str]:
    if profile.steps:
        yield f"Each section of steps has {profile.steps[0]} to {profile.steps[1]}."
    if profile.reviewer_required:
        yield "A reviewer with credentials is needed."
    if profile.sources_required:
        yield "It is an error to name no sources."
    if profile.question_title:
        yield "Its title is a question, and its opening answers it."
    if profile.plan_table:
        yield "Each row of its schedule has sets, reps and rest."
    if profile.max_pages:
        yield f"Its PDF has at most {profile.max_pages} pages."
    if profile.min_font_points:
        yield f"Its type is set in {profile.min_font_points:g} points or more."


def disclaimer_pages() -> Iterator[str]:
    """Every approved wording in British English, and its version."""
    yield "An empty `:::disclaimer` block takes the approved wording in the language of the article."
    for name, kind in load_disclaimers(None).items():
        approved = wording(kind, LANGUAGE)
        yield from ("", f"## {approved.title} (`{name}`)", "", f"Version {kind.version}.", "")
        yield from (f"> {line}" if line else ">" for line in approved.text.strip().splitlines())


def command_pages() -> Iterator[str]:
    """Every command, as its own ``--help`` says it."""
    root = click.Context(cli, info_name="pipeline")
    yield "`pipeline --help` lists the commands, `pipeline COMMAND --help` explains one."
    yield from ("", "## Before the command", "")
    yield from _table(("Option", "What it does"), _options(cli, root))
    for name, command in cli.commands.items():
        context = click.Context(command, parent=root, info_name=name)
        yield from (
            "",
            f"## pipeline {name}",
            "",
            f"    {' '.join([context.command_path, *command.collect_usage_pieces(context)])}",
        )
        yield from ("", *_help(command.help or ""))
        if rows := _options(command, context):
            yield from ("", *_table(("Option", "What it does"), rows))


def _help(text: str) -> Iterator[str]:
    """A command's help: what click keeps as it is becomes code, its heading aside."""
    for paragraph in re.split(r"\n[ \t]*\n", text.strip("\n")):
        lines = paragraph.strip("\n").splitlines()
        if lines and lines[0].strip() == "\b":
            heading, *examples = lines[1:]
            yield from (heading.strip(), "", *(f"    {line.strip()}" for line in examples), "")
        else:
            yield from (_literal(" ".join(paragraph.split())), "")


def _options(command: click.Command, context: click.Context) -> list[Row]:
    options = (param for param in command.params if isinstance(param, click.Option))
    records = [record for option in options if (record := option.get_help_record(context))]
    return [(f"`{name}`", _literal(what)) for name, what in records]


def _literal(text: str) -> str:
    """Words as Markdown that says just them; code between backticks stays code."""
    parts = text.split("`")
    return "`".join(
        part if number % 2 else re.sub(r"([\\*_\[\]<>|])", r"\\\1", part) for number, part in enumerate(parts)
    )


def key_pages() -> Iterator[str]:
    """The keys of an article's metadata, and of ``publisher.toml``."""
    yield "Each article starts with its metadata. The settings of the whole tree are in `publisher.toml`."
    yield from ("", "## Metadata of an article", "")
    yield from _table(
        ("Key", "Wanted", "What it says"),
        [(f"`{key}`", _wanted(key in REQUIRED), about) for key, about in ABOUT.items()],
    )
    schema = SCHEMAS["publisher"]()
    for name, table in schema["properties"].items():
        rows = [
            (f"`{key}`", _wanted(key in table["required"]), _form(form)) for key, form in table["properties"].items()
        ]
        yield from ("", f"## [{name}] in publisher.toml", "", *_table(("Key", "Wanted", "Form"), rows))


def _form(form: Mapping[str, Any]) -> str:
    """What a value must be, as its JSON Schema says it."""
    if "enum" in form:
        return "one of " + ", ".join(f"`{each}`" for each in form["enum"])
    if form.get("type") == "array":
        return f"a list; each {_form(form['items'])}"
    if form.get("type") == "object":
        return "a table"
    low, high = form.get("minimum"), form.get("maximum")
    limits = f" from {low:g} to {high:g}" if low is not None and high is not None else ""
    pattern = f" like `{form['pattern']}`" if "pattern" in form else ""
    return (
        {"string": "text", "integer": "a whole number", "number": "a number"}.get(
            str(form.get("type")), json.dumps(form)
        )
        + limits
        + pattern
    )


def _table(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    def line(cells: Row) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") if "\\|" not in cell else cell for cell in cells) + " |"

    yield line(head)
    yield line(("---",) * len(head))
    yield from (line(row) for row in rows)


PAGES: Mapping[str, tuple[str, str, Callable[[], Iterator[str]]]] = {
    "checks": ("Checks", "Every check, why it is made, and an example of each side.", check_pages),
    "article-types": ("Article types", "The kinds of article, and the sections of each.", profile_pages),
    "disclaimers": ("Disclaimers", "The approved wordings.", disclaimer_pages),
    "commands": ("Commands", "Every command with its options.", command_pages),
    "keys": ("Keys", "What metadata and settings may say.", key_pages),
}
"""By slug: title, description, and what makes the text."""


if __name__ == "__main__":
    main(Path(sys.argv[1]))

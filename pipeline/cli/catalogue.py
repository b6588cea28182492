"""``rules``, ``explain``, ``profiles`` and ``disclaimers``: what the pipeline knows, from its own data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import rich_click as click

from pipeline.cli.completion import codes_and_names, kind_names, profile_names
from pipeline.cli.console import Settings

if TYPE_CHECKING:
    from pipeline.profiles import Profile

T = TypeVar("T")


@click.command()
def rules() -> None:
    """List every check: code, name, severity, whether --fix mends it, and what it finds.

    \b
    Examples:
      pipeline rules
      pipeline rules | grep disclaimer
    """  # noqa: D301 -- click reads \b itself
    from pipeline.checks.registry import checks

    width = max(len(check.name) for check in checks().values())
    for check in checks().values():
        fix = "fix" if check.fixable else "   "
        click.echo(f"{check.code}  {check.name:{width}}  {check.severity.value:7}  {fix}  {check.summary}")


@click.command()
@click.argument("code", shell_complete=codes_and_names)
def explain(code: str) -> None:
    """Explain one check: why it matters, where it comes from, and an example of each side.

    CODE is a code or a name.

    \b
    Examples:
      pipeline explain D03
      pipeline explain late-disclaimer
    """  # noqa: D301 -- click reads \b itself
    from pipeline.checks.registry import checks
    from pipeline.errors import UsageError, did_you_mean

    by_name = {check.name: check for check in checks().values()}
    check = checks().get(code.upper()) or by_name.get(code.lower())
    if check is None:
        hint = did_you_mean(code, [*by_name, *checks()]) or "`pipeline rules` lists them all."
        raise UsageError(f"there is no check {code}", help=hint)
    mended = "mended by --fix" if check.fixable else "to be mended by hand"
    click.echo(f"{check.code} {check.name} ({check.severity.value}, {mended}; {check.source})\n\n{check.doc}")


def _content(settings: Settings) -> Path | None:
    return settings.content_path if settings.content_path.is_dir() else None


@click.command()
@click.argument("name", required=False, shell_complete=profile_names)
@click.pass_obj
def profiles(settings: Settings, name: str | None) -> None:
    """List the article types, or show one: its sections in order, and its disclaimers.

    \b
    Examples:
      pipeline profiles
      pipeline profiles exercise-guide
    """  # noqa: D301 -- click reads \b itself
    from pipeline.profiles import load_profiles

    known = load_profiles(_content(settings))
    for profile in [_named(known, name, "profile")] if name else known.values():
        required = ", ".join(profile.required)
        optional = ", ".join(role.id for role in profile.roles if not role.required)
        click.echo(f"{profile.name}: {profile.title('en')}")
        click.echo(f"  sections:    {required}")
        click.echo(f"  optional:    {optional or 'none'}")
        click.echo(f"  disclaimers: {', '.join(profile.disclaimers)}")
        if name:
            _headings(profile)


def _headings(profile: Profile) -> None:
    """What each section may be called."""
    for role in (*profile.roles, *profile.common):
        for language, words in role.synonyms.items():
            called = ", ".join(word.lstrip("=^") for word in words)
            click.echo(f"  {role.id} ({language}): {called}")


@click.command()
@click.argument("kind", required=False, shell_complete=kind_names)
@click.option("--language", default="en-GB", show_default=True, help="Language of the wording (BCP 47).")
@click.pass_obj
def disclaimers(settings: Settings, kind: str | None, language: str) -> None:
    """List the disclaimers, or show the approved wording of one.

    \b
    Examples:
      pipeline disclaimers
      pipeline disclaimers emergency --language es-US
    """  # noqa: D301 -- click reads \b itself
    from pipeline.disclaimers import load_disclaimers, wording

    known = load_disclaimers(_content(settings))
    for row in [_named(known, kind, "disclaimer")] if kind else known.values():
        approved = wording(row, language)
        click.echo(f"{row.kind} {approved.version}: {approved.title}")
        if kind:
            click.echo(f"\n{approved.text}")


def _named(known: Mapping[str, T], name: str, what: str) -> T:
    from pipeline.errors import UsageError, did_you_mean

    if name in known:
        return known[name]
    hint = did_you_mean(name, known) or f"There are: {', '.join(known)}."
    raise UsageError(f"there is no {what} {name}", help=hint)

"""What starts a piece of work: a new content tree, and a new article with everything its type asks for as a prompt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pipeline.config import load_config
from pipeline.errors import ExportError, UsageError, did_you_mean
from pipeline.locales import load_locale
from pipeline.mend import mend
from pipeline.profiles import Profile, load_profiles
from pipeline.source import discover, is_slug
from pipeline.staging import write_atomically
from pipeline.workspace import open_workspace

STARTER = Path(__file__).parent / "starter"
"""A content tree that builds at once."""


def new_tree(content: Path, today: date) -> tuple[Path, ...]:
    """Make a content tree with a first article; returns the files that were written.

    Raises UsageError where there is something already, so that nothing is ever written over.
    """
    if content.exists() and (not content.is_dir() or any(content.iterdir())):
        raise UsageError(f"{content} is there already and not empty", help="Name a folder that does not exist yet.")
    written = []
    for source in sorted(path for path in STARTER.rglob("*") if path.suffix in {".md", ".toml"}):
        target = content / source.relative_to(STARTER)
        _write(target, source.read_text("utf-8").replace("{today}", today.isoformat()))
        written.append(target)
    return tuple(written)


def new_article(content: Path, profile_name: str, slug: str, *, title: str, language: str, today: date) -> Path:
    """Write ``content/articles/<slug>.md`` and return its path.

    It has every section and disclaimer that its article type needs; what a person must write is a prompt, and an error until
    it is written. Raises UsageError for an unknown article type, a wrong slug, or one that is taken.
    """
    config, profiles = load_config(content), load_profiles(content)
    profile = _profile(profile_name, profiles)
    if not is_slug(slug):
        raise UsageError(f"{slug!r} is no slug", help="Use small letters a to z, digits and hyphens: hip-thrusts.")
    taken = next((file for file in discover(content) if file.slug == slug), None)
    if taken is not None:
        raise UsageError(f"there is an article {slug} already: {taken.name}", help="Choose another slug.")
    target = content / "articles" / f"{slug}.md"
    _write(target, _metadata(profile, title, language or config.language, today))
    # the sections and disclaimers are what --fix would add
    for change in mend(open_workspace(content, [target], as_of=today), select=("S01", "D01")):
        change.write()
    if profile.sources_required and "sources" not in profile.required:
        _write(target, target.read_text("utf-8") + _sources(profile, language or config.language))
    return target


def _profile(name: str, profiles: Mapping[str, Profile]) -> Profile:
    written = {key: profile for key, profile in profiles.items() if key != "newsletter"}
    if name not in written:
        hint = did_you_mean(name, written) or f"There are: {', '.join(written)}."
        raise UsageError(f"there is no article type {name}", help=hint)
    return written[name]


def _metadata(profile: Profile, title: str, language: str, today: date) -> str:
    """The metadata with a comment for each key that is still to be filled in; empty ones are errors until they are."""
    say = load_locale(language).text
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    there = {*profile.required, *(["sources"] if profile.sources_required else [])}
    optional = ", ".join(role.id for role in profile.roles if role.id not in there)
    lines = [
        "---",
        f'title: "{quoted}"'
        if title
        else f"title:  # {say('prompt_question' if profile.question_title else 'prompt_title')}",
        f"description:  # {say('prompt_description')}",
        f"profile: {profile.name}",
        "authors:",
        f"  - name:  # {say('prompt_author')}",
        f"    credentials:  # {say('prompt_credentials')}",
        "reviewer:" if profile.reviewer_required else f"reviewer:  # {say('prompt_no_reviewer')}",
        f"  name:  # {say('prompt_reviewer')}",
        f"  credentials:  # {say('prompt_credentials')}",
        f"language: {language}",
        f"published: {today.isoformat()}",
        f"reviewed:  # {say('prompt_reviewed')}",
        *([f"# {say('prompt_sections', sections=optional)}"] if optional else []),
        "---",
        "",
        f"[{say('to_be_written')}: {say('prompt_opening')}]",
        "",
    ]
    return "\n".join(lines)


def _sources(profile: Profile, language: str) -> str:
    """A section for sources, for a type that may give them in footnotes, but must give some."""
    heading = profile.heading("sources", language)
    return f"\n## {heading}\n\n[{load_locale(language).text('to_be_written')}: {heading.lower()}]\n"


def _write(target: Path, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, text.encode())
    except OSError as error:
        raise ExportError(f"cannot be written: {error.strerror}", path=target, help="Choose another folder.") from error

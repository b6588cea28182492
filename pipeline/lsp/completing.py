"""What fits where somebody writes: keys, names of article types, roles, disclaimers, articles, pictures and codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, get_args

from pipeline.checks.registry import checks
from pipeline.disclaimers import wording
from pipeline.frozen import dataclass
from pipeline.lsp.cursor import Cursor, cursor_at, is_item, keys_of
from pipeline.lsp.keys import INSIDE, KEYS, described
from pipeline.lsp.open_file import OpenFile
from pipeline.model.article import Status
from pipeline.source.discover import ARTICLES, discover
from pipeline.source.pictures import MEDIA_TYPES

Sort = Literal["key", "value", "section", "file", "code", "snippet"]
_HEADING = re.compile(r"#{1,6} ?[^{]{0,200}$")
_ROLE = re.compile(r"\{[^{}]{0,200}role=([\w-]*)$")
_DIRECTIVE = re.compile(r":{1,3}\s?(?:d[a-z]{0,9})?$")
_KIND = re.compile(r":::[ \t]?disclaimer[ \t]+([\w-]*)$")
_PICTURE = re.compile(r"!\[[^\[\]]{0,500}\]\(([^()\s]*)$")
_LINK = re.compile(r"\]\(([^()\s#]*)(?:#([^()\s]*))?$")
_NOTE = re.compile(r"\[\^([\w-]*)$")
_WORD = re.compile(r"[^\s,\[\]{}:\"']*")
"""What a word may hold; it is read from its end."""
_MOST_PICTURES = 500


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that fits."""

    text: str
    """What is written in the place of what was begun."""
    label: str
    detail: str = ""
    doc: str = ""
    """In Markdown."""
    sort: Sort = "value"
    begun: int = 0
    """How many characters before the cursor it takes the place of."""


def completions(file: OpenFile, line: int, column: int) -> list[Offer]:
    """What fits at a place of an article, which counts lines and columns (in characters) from 0."""
    if file.folder != ARTICLES:
        return []
    here = cursor_at(file.source, line, column)
    return list(_in_metadata(file, here) if here.in_metadata else _in_text(file, here))


# --- metadata ---------------------------------------------------------------------------------------------------------


def _in_metadata(file: OpenFile, here: Cursor) -> Iterator[Offer]:
    word = _WORD.match(here.before[::-1])
    begun = word.end() if word else 0
    if here.key and not here.parent:
        yield from _with(begun, _values(file, here.key))
    elif here.parent and not here.key:
        if here.parent in {"related", "disclaimers"}:
            yield from _with(begun, _values(file, here.parent))
        elif here.parent == "allow":
            yield from _with(begun, _codes())
        else:
            inside = INSIDE.get(here.parent, {})
            yield from (Offer(f"{key}: ", key, doc=doc, sort="key", begun=begun) for key, doc in inside.items())
    elif not here.parent and not is_item(here.line):
        there = keys_of(file.source)
        for key in KEYS:
            if key not in there or here.line.startswith(key):
                yield Offer(_opened(key), key, doc=described(key), sort="key", begun=begun)


def _opened(key: str) -> str:
    """A key with what its value starts with."""
    if key == "authors":
        return "authors:\n  - name: "
    if key == "reviewer":
        return "reviewer:\n  name: "
    return f"{key}:\n  " if key == "allow" else f"{key}: "


def _values(file: OpenFile, key: str) -> Iterator[Offer]:
    """What may stand behind a key, or in its list."""
    workspace, language = file.workspace, file.article.language
    if key == "profile":
        for profile in workspace.profiles.values():
            if profile.name != "newsletter":
                yield Offer(
                    profile.name, profile.name, profile.title(language), f"Sections: {', '.join(profile.required)}"
                )
    elif key == "status":
        yield from (Offer(status, status) for status in get_args(Status))
    elif key == "language":
        yield from (Offer(tag, tag) for tag in ("en-GB", "en-US", "es", "es-US"))
    elif key == "disclaimers":
        yield from _kinds(file)
    elif key == "related":
        yield from (
            Offer(each.slug, each.slug, each.name, sort="file")
            for each in discover(workspace.content)
            if each.slug != file.path.stem
        )
    elif key == "cover":
        yield from _pictures(workspace.content)


def _kinds(file: OpenFile) -> Iterator[Offer]:
    for kind in file.workspace.kinds.values():
        words = wording(kind, file.article.language)
        yield Offer(kind.kind, kind.kind, words.title, words.text)


def _codes() -> Iterator[Offer]:
    for check in checks().values():
        yield Offer(f"{check.code}: ", check.code, check.name, check.summary, "code")


def _pictures(content: Path) -> Iterator[Offer]:
    """The pictures below ``content/``, by the path that an article gives."""
    found = (path for path in sorted((content / "images").rglob("*")) if path.suffix.lower() in MEDIA_TYPES)
    for path, _ in zip(found, range(_MOST_PICTURES), strict=False):
        name = path.relative_to(content).as_posix()
        yield Offer(name, name, sort="file")


# --- text -------------------------------------------------------------------------------------------------------------


def _in_text(file: OpenFile, here: Cursor) -> Iterator[Offer]:
    if match := _ROLE.search(here.before):
        yield from _with(len(match[1]), _roles(file))
    elif match := _KIND.search(here.before):
        yield from _with(len(match[1]), _kinds(file))
    elif _DIRECTIVE.fullmatch(here.before):
        for kind in _kinds(file):
            yield Offer(
                f":::disclaimer {kind.text}\n:::",
                f":::disclaimer {kind.text}",
                kind.detail,
                kind.doc,
                "snippet",
                len(here.before),
            )
    elif match := _PICTURE.search(here.before):
        yield from _with(len(match[1]), _pictures(file.workspace.content))
    elif match := _LINK.search(here.before):
        yield from _links(file, match)
    elif match := _NOTE.search(here.before):
        labels = (note.label for note in file.article.footnotes)
        yield from (Offer(label, f"[^{label}]", begun=len(match[1])) for label in labels)
    elif _HEADING.fullmatch(here.before):
        begun = len(here.before) - len(here.before.lstrip("#"))
        yield from _with(len(here.before) - begun, _headings(file))


def _links(file: OpenFile, match: re.Match[str]) -> Iterator[Offer]:
    """Articles by their file, and the anchors of one behind ``#``."""
    if match[2] is None:
        begun = len(match[1])
        for each in discover(file.workspace.content):
            yield Offer(f"{each.slug}.md", f"{each.slug}.md", each.name, sort="file", begun=begun)
        return
    slug = match[1].removesuffix(".md")
    other = file.workspace.library.entries.get(slug)
    anchors = _own_anchors(file) if not match[1] else sorted(other.anchors) if other else []
    yield from (Offer(anchor, anchor, begun=len(match[2])) for anchor in anchors)


def _own_anchors(file: OpenFile) -> list[str]:
    from pipeline.model.walk import sections

    return [section.heading.id for section in sections(file.article.body)]


def _roles(file: OpenFile) -> Iterator[Offer]:
    profile = file.workspace.profiles.get(file.article.metadata.profile)
    for role in (*profile.roles, *profile.common) if profile else ():
        what = "required" if role.required else "optional"
        yield Offer(
            role.id, role.id, what, f"Such as “{profile.heading(role.id, file.article.language)}”" if profile else ""
        )


def _headings(file: OpenFile) -> Iterator[Offer]:
    """Headings of the sections that the article does not have yet, required ones first."""
    from pipeline.model.walk import sections

    profile = file.workspace.profiles.get(file.article.metadata.profile)
    if profile is None:
        return
    there = {section.role for section in sections(file.article.body)}
    for role in sorted((role for role in profile.roles if role.id not in there), key=lambda role: not role.required):
        title = profile.heading(role.id, file.article.language)
        yield Offer(f" {title}", title, f"{role.id}, {'required' if role.required else 'optional'}", sort="section")


def _with(begun: int, offers: Iterable[Offer]) -> Iterator[Offer]:
    for offer in offers:
        yield Offer(offer.text, offer.label, offer.detail, offer.doc, offer.sort, begun)

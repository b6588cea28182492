"""What stands behind a word that somebody points at: the rule of a finding, a key, an article type, a disclaimer's wording."""

from __future__ import annotations

import re

from pipeline.checks.registry import Check, checks
from pipeline.disclaimers import wording
from pipeline.lsp.cursor import cursor_at, word_at
from pipeline.lsp.keys import INSIDE, described
from pipeline.lsp.open_file import OpenFile
from pipeline.model.diagnostic import Diagnostic
from pipeline.source.discover import ARTICLES

_DISCLAIMER = re.compile(r":::[ \t]?disclaimer[ \t]+([\w-]+)")
_ROLE = re.compile(r"role=([\w-]+)")


def hover(file: OpenFile, line: int, column: int) -> str:
    """What there is to say of a place, in Markdown; empty where there is nothing. Lines and columns count from 0."""
    parts = [explained(diagnostic) for diagnostic in file.own if _covers(diagnostic, line + 1, column + 1)]
    if file.folder == ARTICLES:
        parts = [*_named(file, line, column), *parts]
    return "\n\n---\n\n".join(dict.fromkeys(part for part in parts if part))


def explained(diagnostic: Diagnostic) -> str:
    """A finding, and the rule that it breaks."""
    check = checks().get(diagnostic.code)
    mend = f"\n\n*{diagnostic.help}*" if diagnostic.help else ""
    head = f"**{diagnostic.code} {diagnostic.name}**: {diagnostic.message}{mend}"
    return f"{head}\n\n{rule(check)}" if check else head


def rule(check: Check) -> str:
    """A rule's explanation: what it finds, why, and examples as code."""
    text = re.sub(r"(?m)^(Bad|Good):$", r"**\1**", check.doc)
    return f"{text}\n\n`pipeline explain {check.code}` · {check.source}"


def _covers(diagnostic: Diagnostic, line: int, column: int) -> bool:
    start, end = (
        (diagnostic.line, diagnostic.column),
        (diagnostic.end_line, max(diagnostic.end_column, diagnostic.column + 1)),
    )
    return start <= (line, column) < end or (
        diagnostic.line == line == diagnostic.end_line and column == diagnostic.column
    )


def _named(file: OpenFile, line: int, column: int) -> list[str]:
    here = cursor_at(file.source, line, column)
    word, start, _ = word_at(here.line, column)
    if here.in_metadata:
        return [_metadata(file, here.parent, here.line, word, start)]
    for pattern, say in ((_DISCLAIMER, _kind), (_ROLE, _role)):
        for match in pattern.finditer(here.line):
            if match.start() <= column <= match.end():
                return [say(file, match[1])]
    return []


def _metadata(file: OpenFile, parent: str, line: str, word: str, start: int) -> str:
    is_key = line[start + len(word) :].startswith(":")
    if parent == "allow" and word in checks():
        return f"**{word} {checks()[word].name}**\n\n{rule(checks()[word])}"
    if is_key and parent:
        return INSIDE.get(parent, {}).get(word, "")
    if is_key:
        return f"**{word}**: {text}" if (text := described(word)) else ""
    if word in file.workspace.profiles:
        return _profile(file, word)
    return (
        _kind(file, word)
        if word in file.workspace.kinds and (parent == "disclaimers" or "disclaimers:" in line)
        else ""
    )


def _profile(file: OpenFile, name: str) -> str:
    profile = file.workspace.profiles[name]
    optional = ", ".join(role.id for role in profile.roles if not role.required)
    return (
        f"**{profile.title(file.article.language)}**\n\n- sections: {', '.join(profile.required)}\n- optional: {optional or 'none'}\n"
        f"- disclaimers: {', '.join(profile.disclaimers)}"
    )


def _kind(file: OpenFile, name: str) -> str:
    kind = file.workspace.kinds.get(name)
    if kind is None:
        return ""
    words = wording(kind, file.article.language)
    return f"**{words.title}** (approved wording {words.version})\n\n{words.text}"


def _role(file: OpenFile, name: str) -> str:
    profile = file.workspace.profiles.get(file.article.metadata.profile)
    role = profile.role(name) if profile else None
    if profile is None or role is None:
        return ""
    return f"**{role.id}**: {'required' if role.required else 'optional'} in {profile.name}; called “{profile.heading(name, file.article.language)}”"

"""Markdown from elsewhere as a draft: read by this project's own parser, its metadata taken as far as it is known here."""

from __future__ import annotations

import re
from typing import Any

import yaml

from pipeline.model.lines import split_lines
from pipeline.model.nodes import Block, Heading, Section
from pipeline.source.findings import Findings
from pipeline.source.importers.dates import find_date
from pipeline.source.importers.draft import Draft
from pipeline.source.markdown import parse_markdown

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_CALLOUT = re.compile(r"^<aside>[ \t]*\n((?:(?!</?aside>).*\n)+?)</aside>[ \t]*$", re.MULTILINE)
"""A box as Notion writes it; its words are text."""
_MOST_METADATA = 64 * 1024


def read_other_markdown(text: str, draft: Draft) -> None:
    """Put Markdown into a draft. Raw HTML in it is left out, as in every article."""
    match = _FRONT_MATTER.match(text)
    body = text
    if match and len(match[1]) <= _MOST_METADATA:
        body = text[match.end() :]
        _read_metadata(match[1], draft)
    body = _CALLOUT.sub(lambda found: "\n" + re.sub(r"(?m)^", "> ", found[1]) + "\n", body)
    findings = Findings()
    parsed = parse_markdown(body, first_line=text[: len(text) - len(body)].count("\n") + 1, findings=findings)
    lines = split_lines(text)
    for finding in findings.all():
        if finding.code == "P02":
            taken = " ".join(line.strip() for line in lines[finding.span.line - 1 : finding.span.end_line])
            draft.drop("raw HTML", taken, finding.span.line)
    draft.blocks += _flat(parsed.body)
    draft.footnotes += parsed.footnotes


def _flat(blocks: tuple[Block, ...]) -> list[Block]:
    """Blocks without sections: headings beside what they govern."""
    flat: list[Block] = []
    stack = list(reversed(blocks))
    while stack:
        block = stack.pop()
        if isinstance(block, Section):
            flat.append(Heading(block.heading.level, block.heading.children, span=block.heading.span))
            stack.extend(reversed(block.blocks))
        else:
            flat.append(block)
    return flat


def _read_metadata(text: str, draft: Draft) -> None:
    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        draft.drop("metadata that is not YAML", text)
        return
    if not isinstance(data, dict):
        return
    known = {str(key).lower(): value for key, value in data.items()}
    draft.title = _one(known.pop("title", ""))
    draft.description = _one(known.pop("description", known.pop("summary", "")))[:160]
    draft.language = _one(known.pop("lang", known.pop("language", "")))
    draft.published = find_date(str(known.pop("date", known.pop("published", ""))))[0]
    draft.add_authors(
        (_one(name), "") for name in _several(known.pop("authors", known.pop("author", ()))) if _one(name)
    )
    draft.keywords += [_one(word) for name in ("tags", "keywords", "topics") for word in _several(known.pop(name, ()))]
    for key, value in known.items():
        draft.drop("metadata", f"{key}: {value}")


def _one(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name", "")
    return "" if value is None else " ".join(str(value).split())


def _several(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    return [part.strip() for part in str(value).split(",") if part.strip()] if value else []

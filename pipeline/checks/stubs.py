"""Stubs for sections that are missing: a heading and a marked line that is itself an error until it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.checks.context import Context
from pipeline.checks.outline import main_sections, missing_roles
from pipeline.model.article import Article
from pipeline.model.diagnostic import Edit
from pipeline.model.lines import line_index
from pipeline.model.nodes import Section
from pipeline.profiles import Profile


def line_end(source: str) -> str:
    """The line end that a file uses: that of its first line."""
    found = re.search(r"\r\n?|\n", source)
    return found.group() if found else "\n"


def stub(role: str, level: int, article: Article, context: Context) -> str:
    """Heading and marked line of a section to be written, followed by a blank line."""
    end = line_end(article.source)
    title = context.profile.heading(role, article.language) if context.profile else role
    marker = f"[{context.locale.text('to_be_written')}: {title.lower()}]"
    return f"{'#' * level} {title}{end}{end}{marker}{end}{end}"


def section_stubs(article: Article, context: Context) -> tuple[Edit, ...]:
    """The edits that add a stub for every required section that is missing, each at its place in the order.

    Stubs for one place are one edit, so that their order is kept; every finding about a missing section carries the
    same edits.
    """
    profile = context.profile
    if profile is None:
        return ()
    places: dict[int, list[str]] = {}
    for role in missing_roles(article, profile):
        places.setdefault(_place(role, article, profile), []).append(role)
    return tuple(insertion(place, roles, article, context) for place, roles in places.items())


def insertion(place: int, roles: Iterable[str], article: Article, context: Context) -> Edit:
    """The edit that puts stubs at an offset of the source."""
    level = next((section.heading.level for section in main_sections(article) if section.heading.level > 1), 2)
    text = "".join(stub(role, level, article, context) for role in roles)
    if place < len(article.source):
        return Edit(place, place, text)
    end = line_end(article.source)
    # at the end of the file: a blank line before, none behind
    ends = len(re.findall(r"\r\n?|\n", article.source[len(article.source.rstrip("\r\n")) :]))
    return Edit(place, place, end * max(0, 2 - ends) + text.removesuffix(end))


def _place(role: str, article: Article, profile: Profile) -> int:
    """Where a missing section belongs: before the next required one that is there, else after the last before it."""
    sections = list(main_sections(article))
    order = profile.required
    number = order.index(role)
    following = _first(sections, order[number + 1 :])
    if following is not None:
        return heading_offset(article, sections[following])
    preceding = _last(sections, order[:number])
    if preceding is not None and preceding + 1 < len(sections):
        return heading_offset(article, sections[preceding + 1])
    return len(article.source)


def heading_offset(article: Article, section: Section) -> int:
    """Offset in the source of the line on which a section starts."""
    return line_index(article.source).offset(section.heading.span.line, 1)


def _first(sections: Sequence[Section], roles: Sequence[str]) -> int | None:
    for role in roles:
        for number, section in enumerate(sections):
            if section.role == role:
                return number
    return None


def _last(sections: Sequence[Section], roles: Sequence[str]) -> int | None:
    numbers = [number for number, section in enumerate(sections) if section.role in roles]
    return max(numbers, default=None)

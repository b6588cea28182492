"""Two sections do the same job.

Readers stop at the first one (PEMAT 10). A role that may stand once, such as technique or risks, has one section;
sub-sections of it do not count.

Bad:

    ## Benefits

    Strong glutes take load off the back when you lift things.

    ## Advantages

    You need no machine for it, only a bench and a bar.

Good:

    ## Benefits

    Strong glutes take load off the back when you lift things.

    ### More benefits

    You need no machine for it, only a bench and a bar.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.outline import heading_text, main_sections
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Section


@check("S13", severity=Severity.WARNING, source="PEMAT 10")
def duplicate_section(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each section after the first of its role."""
    profile = context.profile
    if profile is None:
        return
    seen: dict[str, Section] = {}
    held: dict[str, frozenset[int]] = {}
    for section in main_sections(article):
        role = profile.role(section.role) if section.role else None
        if role is None or role.repeats:
            continue
        if role.id not in seen:
            seen[role.id] = section
            held[role.id] = frozenset(map(id, section.blocks))
            continue
        first = seen[role.id]
        if id(section) not in held[role.id]:
            yield Finding(
                f"“{heading_text(section)}” is a second section on {profile.heading(role.id, article.language).lower()}, "
                f"after “{heading_text(first)}” in line {first.heading.span.line}",
                section.heading.span,
                "Join the two, or make one a sub-section of the other.",
            )

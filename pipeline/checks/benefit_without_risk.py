"""An article says what is gained and not what can go wrong, or, where both are required, the reverse.

DISCERN (items 10 and 11) asks for benefits and risks side by side; a text that gives one alone sells. The reverse counts
only in article types that require both. ``--fix`` adds a marked stub of the missing section.

Bad:

    ## Benefits

    Hip thrusts make your glutes strong. Strong glutes take load off the back.

Good:

    ## Benefits

    Hip thrusts make your glutes strong. Strong glutes take load off the back.

    ## Risks

    Too much weight can strain your back. Start with none.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.outline import missing_roles, sections_by_role
from pipeline.checks.registry import check
from pipeline.checks.stubs import section_stubs
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity

BENEFITS = "benefits"
RISK_ROLES = ("risks", "side-effects", "interactions", "who-should-be-careful", "when-to-get-help")
"""Sections that say what can go wrong; which of them depends on the article type."""


@check("S10", severity=Severity.ERROR, source="DISCERN 10–11", fixable=True)
def benefit_without_risk(article: Article, context: Context) -> Iterator[Finding]:
    """At most one finding, at the section that stands alone."""
    profile = context.profile
    present = sections_by_role(article)
    risky = [role for role in RISK_ROLES if role in present]
    if profile is None or bool(risky) == (BENEFITS in present):
        return
    if BENEFITS in present:
        wanted = next((role for role in RISK_ROLES if profile.role(role) in profile.roles), "")
        told, untold, there = "benefits", "risks", present[BENEFITS][0]
    else:
        wanted = BENEFITS if {BENEFITS, "risks"} <= set(profile.required) else ""
        told, untold, there = "risks", "benefits", present[risky[0]][0]
    if not wanted:
        return
    missing = missing_roles(article, profile)
    if wanted in profile.required and wanted not in missing:
        return
    title = profile.heading(wanted, article.language)
    yield Finding(
        f"the article tells the {told} and not the {untold}",
        there.heading.span,
        f"Add a section “{title}”.",
        edits=section_stubs(article, context) if wanted in missing else (),
    )

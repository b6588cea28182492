"""A section stands out of the article type's order.

All articles of a type run alike, so that readers find their way (PEMAT 10: information in a logical sequence). Only the
required sections count; key points may stand anywhere.

Bad:

    ---
    profile: exercise-qa
    ---
    ## Conclusion

    They help a little, if you do them well.

    ## Benefits

    Strong glutes take load off the back when you lift things.

Good:

    ---
    profile: exercise-qa
    ---
    ## Benefits

    Strong glutes take load off the back when you lift things.

    ## Conclusion

    They help a little, if you do them well.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pipeline.checks.context import Context
from pipeline.checks.outline import heading_text, main_sections
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Section

ANYWHERE = frozenset({"key-points"})


@check("S11", severity=Severity.WARNING, source="PEMAT 10")
def section_order(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each section that would have to move, as few as possible."""
    profile = context.profile
    if profile is None:
        return
    order = {role: number for number, role in enumerate(profile.required) if role not in ANYWHERE}
    firsts: dict[str, Section] = {}
    for section in main_sections(article):
        if section.role in order:
            firsts.setdefault(section.role, section)
    found = list(firsts.values())
    kept = _longest_rise([order[section.role] for section in found])
    for number, section in enumerate(found):
        if number not in kept:
            names = " – ".join(profile.heading(role, article.language) for role in order)
            yield Finding(
                f"the section “{heading_text(section)}” stands out of order",
                section.heading.span,
                f"The order is {names}.",
            )


def _longest_rise(values: Sequence[int]) -> frozenset[int]:
    """The places of a longest rising part of ``values``."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, value in enumerate(values):
        length = bisect_right(tails, value)
        before.append(ends[length - 1] if length else -1)
        tails[length:] = [value, *tails[length + 1 :]]
        ends[length:] = [number, *ends[length + 1 :]]
    chain: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        chain.append(place)
        place = before[place]
    return frozenset(chain)

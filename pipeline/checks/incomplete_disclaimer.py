"""A disclaimer in the article's own words leaves out something that it must say.

An article may say it in its own words, between ``:::disclaimer KIND`` and ``:::`` or in a section called *Disclaimer*,
but a warning that leaves out when to stop or whom to call protects nobody (Health On the Net principle 2; ACSM and ACOG
name the signs). ``pipeline disclaimers`` lists what each kind must say; an empty directive says all of it.

Bad:

    ---
    profile: exercise-guide
    title: How to do a glute bridge
    ---
    :::disclaimer stop
    Stop at once if you feel pain, dizzy or faint.
    :::

Good:

    ---
    profile: exercise-guide
    title: How to do a glute bridge
    ---
    :::disclaimer stop
    Stop at once if you feel pain, dizzy or faint, and seek medical help.
    :::
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.disclaimers import review
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("D02", severity=Severity.ERROR, source="HON 2, ACSM, ACOG")
def incomplete_disclaimer(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each kind whose own words leave something out, naming all of it."""
    for kind in review(article, context.profile, context.disclaimers).kinds.values():
        if kind.missing:
            name = kind.kind.kind
            left_out = "; ".join(element.description("en") for element in kind.missing)
            own = next(statement for statement in kind.statements if statement.form != "approved")
            mend = f"Add it, or leave the directive `:::disclaimer {name}` empty for the approved wording."
            yield Finding(f"the disclaimer `{name}` leaves out: {left_out}", own.span, mend)

"""A section that the article type requires is missing.

Readers look for the same things in the same kind of article: what an exercise is good for, how it is done, what can go
wrong. DISCERN (item 1) asks that a publication says what it covers and covers it. A section is known by its role, which
comes from its heading or from ``{role=risks}`` behind it. The question of an exercise-qa is also met by a question as
title with text before the first heading. ``--fix`` adds a marked stub, which is an error until it is written.

Bad:

    ---
    profile: exercise-qa
    title: Do hip thrusts strengthen the lower back?
    ---
    Yes, a little.

    ## Benefits

    Strong glutes take load off the back when you lift things.

    ## Technique

    1. Sit with your back against a bench.
    2. Push through your heels and lift your hips.

    ## Conclusion

    They help a little, if you do them well.

Good:

    ---
    profile: exercise-qa
    title: Do hip thrusts strengthen the lower back?
    ---
    Yes, a little.

    ## Benefits

    Strong glutes take load off the back when you lift things.

    ## Technique and form: key to a safe back

    1. Sit with your back against a bench.
    2. Push through your heels and lift your hips.

    ## What can go wrong

    An arched back is the most common cause of pain.

    ## The bottom line

    They help a little, if you do them well.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.outline import missing_roles
from pipeline.checks.prose import prose
from pipeline.checks.registry import check
from pipeline.checks.stubs import section_stubs
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("S01", severity=Severity.ERROR, source="DISCERN 1", fixable=True)
def missing_section(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each required role without a section."""
    if context.issue:
        yield from _note(context.issue.newsletter.note)
        return
    profile = context.profile
    missing = missing_roles(article, profile) if profile else ()
    if profile is None or not missing:
        return
    edits = section_stubs(article, context)
    for role in missing:
        title = profile.heading(role, article.language)
        yield Finding(
            f"the section “{title}” ({role}) is missing; every {profile.name} article has one",
            article.metadata.span(),
            f"Add a heading like “{title}”, or mark the section that is meant: `{{role={role}}}`.",
            edits=edits,
        )


def _note(article: Article) -> Iterator[Finding]:
    """A newsletter's note; its items, contact and unsubscribe link come from other places."""
    if not any(passage.text.strip() for passage in prose(article)):
        yield Finding(
            "the editor's note is missing; every newsletter has one",
            article.metadata.span("title"),
            "Write it below the metadata.",
        )

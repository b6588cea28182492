"""A long article has no key points.

Readers remember a few points and skip the rest; PEMAT (item 11) asks for a summary. Over 600 words (``[policy]``
``min_words_key_points``) an article needs one: a section such as “Key points”, “At a glance” or “Takeaways”. ``--fix``
adds a marked stub before the first heading.

Bad:

    +++
    [policy]
    min_words_key_points = 20
    +++
    ## Technique

    Sit on the floor with your back against a bench. Roll the bar over your hips and set your feet flat. Push through your
    heels and lift.

Good:

    +++
    [policy]
    min_words_key_points = 20
    +++
    ## Key points

    - Push through your heels.

    ## Technique

    Sit on the floor with your back against a bench. Roll the bar over your hips and set your feet flat. Push through your
    heels and lift.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.nodes import in_body
from pipeline.checks.outline import count_words, heading_text, main_sections, most_words
from pipeline.checks.prose import prose
from pipeline.checks.registry import check
from pipeline.checks.stubs import heading_offset, insertion
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Section

ROLE = "key-points"
ROLES = frozenset({ROLE, "summary"})


@check("S06", severity=Severity.WARNING, source="PEMAT 11", fixable=True)
def no_key_points(article: Article, context: Context) -> Iterator[Finding]:
    """At most one finding, at the metadata."""
    limit = context.config.policy.min_words_key_points
    if any(section.role in ROLES for section in in_body(article, Section)):
        return
    text = "\n".join([passage.text for passage in prose(article)])
    if most_words(text) <= limit or (words := count_words(text)) <= limit or _sums_up(article, context):
        return
    first = next((section for section in main_sections(article) if section.heading.level > 1), None)
    place = heading_offset(article, first) if first else len(article.source)
    edits = (insertion(place, (ROLE,), article, context),) if context.profile else ()
    yield Finding(
        f"{words} words and no key points; over {limit} words an article needs them",
        article.metadata.span(),
        "Add a section “Key points” with three to five of them.",
        edits=edits,
    )


def _sums_up(article: Article, context: Context) -> bool:
    """Whether a section gives the points by its heading, such as “Takeaways” at the end."""
    headings = map(heading_text, in_body(article, Section))
    return context.profile is not None and context.profile.any_means(headings, ROLE, article.language)

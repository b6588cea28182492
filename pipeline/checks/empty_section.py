"""A heading has nothing under it, too little, or a stub that is still to be written.

A heading is a promise. The least is ten words (``[policy]`` ``min_section_words``) unless the article type says otherwise;
words in lists and tables count, code does not. Sources and key points may be short. Sub-sections need something, but no
number of words. A stub that ``--fix`` or ``pipeline new`` has added stays an error until it is written.

Bad:

    ## Benefits

    ## Technique

    [To be written: technique]

Good:

    ## Benefits

    Strong glutes take load off the back when you lift things.

    ## Technique

    ### Feet

    Flat on the floor, as far apart as your hips. Push through your heels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.checks.context import Context
from pipeline.checks.nodes import in_body
from pipeline.checks.outline import IN_ANY_REGION, IN_SECTION, count_words, heading_text, main_sections
from pipeline.checks.prose import CODE, Passage, prose
from pipeline.checks.registry import check
from pipeline.locales import load_locale
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import CodeBlock, Disclaimer, Figure, Image, Section, Table, ThematicBreak
from pipeline.model.walk import walk

EXEMPT = frozenset({"sources", "key-points"})


@check("S12", severity=Severity.ERROR, source="DISCERN 1")
def empty_section(article: Article, context: Context) -> Iterator[Finding]:
    """One finding for each heading, and one for each stub."""
    main = {id(section): _least(section, context) for section in main_sections(article)}
    words, stubs = _read(article, context, main)
    for stub in stubs:
        yield Finding("a stub that is still to be written", stub.span, "Write it, then delete the brackets.")
    stubbed = {id(section) for stub in stubs for section in stub.sections}
    for section in in_body(article, Section):
        if id(section) in stubbed:
            continue
        least, count = main.get(id(section), 0), words.get(id(section), 0)
        if section.role == "sources" and article.footnotes:
            continue  # footnotes have no place of their own in the text: they may be all the sources there are
        if not _has_anything(section):
            yield Finding(
                f"nothing stands under “{heading_text(section)}”",
                section.heading.span,
                "Write the section, or delete the heading.",
            )
        elif count < least and not _says_without_words(section):
            yield Finding(
                f"“{heading_text(section)}” has {count} {'word' if count == 1 else 'words'}; at least {least} are wanted",
                section.heading.span,
                "Write what readers look for here, or delete the heading.",
            )


def _read(article: Article, context: Context, least: Mapping[int, int]) -> tuple[dict[int, int], list[Passage]]:
    """Words of sections, sub-sections included, counted until there are enough (``least``, by identity), and the stubs."""
    words = dict.fromkeys(least, 0)
    stubs: list[Passage] = []
    enough: set[int] = set()
    marks = {locale.text("to_be_written").casefold() for locale in (context.locale, load_locale("en"))}
    openings = tuple(f"[{mark}" for mark in marks)
    for passage in prose(article, IN_SECTION, IN_ANY_REGION):
        if "[" in passage.text and passage.text.lstrip().casefold().startswith(openings):
            stubs.append(passage)
        if id(passage.sections) in enough:
            continue  # as most are: all passages of a section have the same
        wanting = [key for key in map(id, passage.sections) if words.get(key, 0) < least.get(key, 0)]
        if not wanting:
            enough.add(id(passage.sections))
            continue
        count = count_words(passage.text.replace(CODE, " "))
        for key in wanting:
            words[key] += count
    return words, stubs


def _least(section: Section, context: Context) -> int:
    """Fewest words that the section may have."""
    profile = context.profile
    if profile is None or section.role in EXEMPT:
        return 0  # without an article type nothing tells sources or a contact from other sections
    role = profile.role(section.role) if section.role else None
    if role is not None and role.min_words is not None:
        return role.min_words
    return context.config.policy.min_section_words if profile.min_words is None else profile.min_words


def _has_anything(section: Section) -> bool:
    """Whether a section holds more than code and rules."""
    return any(not isinstance(block, CodeBlock | ThematicBreak) for block in section.blocks)


def _says_without_words(section: Section) -> bool:
    """Whether a picture, a table of figures or approved wording says what the section is for."""
    nodes = list(walk(section.blocks))
    if any(isinstance(node, Disclaimer | Figure | Table) for node in nodes):
        return True
    return any(isinstance(node, Image) and not node.decorative for node in nodes)

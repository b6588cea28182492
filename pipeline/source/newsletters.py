"""One newsletter's source file as a newsletter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from pipeline.files import ContentFolder
from pipeline.limits import OVER, within_limits
from pipeline.model import merge_fields
from pipeline.model.article import Article, ArticleMetadata
from pipeline.model.lines import LineIndex
from pipeline.model.newsletter import PROFILE, Event, Item, Newsletter, Offer
from pipeline.model.nodes import NOWHERE, Code, CodeBlock, Heading, Link, Node, Span, Text
from pipeline.model.walk import walk
from pipeline.source.discover import SourceFile
from pipeline.source.findings import Findings
from pipeline.source.front_matter import read_values
from pipeline.source.headings import RoleOf, role_finder
from pipeline.source.markdown import parse_markdown
from pipeline.source.newsletter_form import NEWSLETTER_FORM, REQUIRED
from pipeline.source.text import Rules, given_up, source_text, unread

EXERCISE_ROLES = frozenset({"technique", "exercises", "warm-up"})
"""What a section of a note can be for by the headings of other article types; a class schedule is no training plan."""


def read_newsletter(file: SourceFile, folder: ContentFolder, rules: Rules) -> Newsletter:
    """Read one newsletter. What is wrong with it is in its note's findings.

    Raises UnreadableError when its bytes cannot be had at all.
    """
    findings = Findings()
    source = source_text(file, folder, findings)
    nothing = ArticleMetadata(profile=PROFILE, language=rules.config.language)
    if source is None:
        return Newsletter(unread(file, nothing, findings))
    try:
        with within_limits():
            return parse_newsletter(file, source, rules, findings)
    except OVER as error:
        return Newsletter(given_up(file, nothing, findings, error))


def parse_newsletter(file: SourceFile, source: str, rules: Rules, findings: Findings) -> Newsletter:
    """The newsletter of a file's text; what is wrong goes to the findings."""
    values = read_values(source, form=NEWSLETTER_FORM, required=REQUIRED, findings=findings)
    found = values.found
    metadata = ArticleMetadata(
        title=found.get("title", ""),
        profile=PROFILE,
        language=found.get("language", rules.config.language),
        published=found.get("published"),
        allow=found.get("allow", {}),
        status=found.get("status", "ready"),
        spans=values.spans,
    )
    body_line, _ = LineIndex(source).place(values.body_start)
    parsed = parse_markdown(
        source[values.body_start :],
        first_line=body_line,
        role_of=_role_of(rules, metadata.language),
        kinds=rules.kinds,
        findings=findings,
    )
    items = _items(found, values.spans, findings)
    _report_fields(found, values.spans, [*parsed.body, *parsed.footnotes], findings)
    note = Article(
        path=file.name,
        slug=file.slug,
        source=source,
        metadata=metadata,
        body=parsed.body,
        footnotes=parsed.footnotes,
        body_line=body_line,
        findings=findings.all(),
        parsed=bool(source.strip()),
        resources=rules.resources.of(metadata, [*parsed.body, *parsed.footnotes], rules.config.logo),
    )
    return Newsletter(
        note=note,
        issue=found.get("issue", 0),
        published=found.get("published"),
        subject=found.get("subject", ""),
        preheader=found.get("preheader", ""),
        items=items,
        events=tuple(Event(**event) for event in found.get("events", ())),
        offers=tuple(Offer(**offer) for offer in found.get("offers", ())),
    )


def _items(found: Mapping[str, Any], spans: Mapping[str, Span], findings: Findings) -> tuple[Item, ...]:
    """The articles that the issue holds; one that stands there twice is reported."""
    items: dict[str, Item] = {}
    for row in found.get("items", ()):
        number = row.pop("number")
        span = next((spans[key] for key in (f"items.{number}.article", f"items.{number}") if key in spans), NOWHERE)
        item = Item(**row, span=span)
        if item.article in items:
            findings.add("M01", f"`items` holds `{item.article}` twice", span, "Keep one of them.")
        items.setdefault(item.article, item)
    return tuple(items.values())


def _report_fields(
    found: Mapping[str, Any], spans: Mapping[str, Span], nodes: Iterable[Node], findings: Findings
) -> None:
    """Report what looks like a merge field and is none, and fields where none is filled in."""
    for key in ("subject", "preheader"):
        for mistake in merge_fields.mistakes(found.get(key, "")):
            findings.add("M01", f"`{key}`: {mistake.message}", spans[key], mistake.help)
    for key in ("title", "events", "offers"):
        if "{{" in str(found.get(key, "")).replace("{'", ""):
            message = f"`{key}` has a merge field, which is filled in only in note, subject and preheader"
            findings.add("M01", message, spans[key], "Write it out.")
    for node in walk(nodes):
        match node:
            case Text():
                for mistake in merge_fields.mistakes(node.value):
                    findings.add("P05", mistake.message, _part(node, mistake), mistake.help)
            case Link() if "{{" in unquote(node.href):
                findings.add("P05", "a link's address has a merge field", node.span, "Write the address out.")
            case Code() if "{{" in node.value:
                findings.add("P05", "a merge field stands in a code span", node.span, "Take the back-ticks away.")
            case CodeBlock() if "{{" in node.text:
                findings.add("P05", "a merge field stands in a code block", node.span, "Take it out.")
            case _:
                pass


def _part(text: Text, mistake: merge_fields.Mistake) -> Span:
    """Where a mistake stands, exact to the column where the source has the same characters."""
    span = text.span
    if span.line != span.end_line or span.end_column - span.column != len(text.value):
        return span
    return Span(span.line, span.column + mistake.start, span.line, span.column + mistake.end)


def _role_of(rules: Rules, language: str) -> RoleOf:
    """A section that tells readers how to move does so whatever article type its heading is from."""
    own, *others = (
        role_finder(profile, language)
        for name, profile in sorted(rules.profiles.items(), key=lambda pair: pair[0] != PROFILE)
    )

    def role_of(heading: Heading) -> str:
        role = own(heading)
        roles = (other(heading) for other in others)
        return role or next((found for found in roles if found in EXERCISE_ROLES), "")

    return role_of

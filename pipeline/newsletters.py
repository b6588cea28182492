"""The newsletters of a content tree, each checked together with the articles that it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.checks.context import Issue
from pipeline.config import Config
from pipeline.disclaimers import stated
from pipeline.errors import PipelineError
from pipeline.held import Held
from pipeline.model.article import Article
from pipeline.model.newsletter import Newsletter
from pipeline.model.nodes import Paragraph, Text
from pipeline.model.publication import Publication
from pipeline.publication import newsletter_publication
from pipeline.source import source_name
from pipeline.workspace import Checked, Workspace, check_article

OF_EVERY_ARTICLE = "info"
"""The kind that articles need for being articles; a note is none."""


class Newsletters:
    """The newsletters that were asked for."""

    def __init__(self, workspace: Workspace, held: Held | None = None) -> None:
        self._workspace = workspace
        self._held = held or Held(workspace)

    def check(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Iterator[Checked]:
        """Run the checks on every newsletter; the article of each result is the editor's note."""
        for newsletter in self._workspace.newsletters:
            found = check_article(self._workspace, _read_by_checks(newsletter), select, ignore, self._issue(newsletter))
            # `--fix` mends articles alone
            diagnostics = tuple(replace(one, fixable=False, edits=()) for one in found.diagnostics)
            yield replace(found, article=newsletter.note, diagnostics=diagnostics)

    def articles(self, newsletter: Newsletter) -> list[Article]:
        """The articles that a newsletter holds, in order; those that can be had."""
        return self._held.articles(item.article for item in newsletter.items)

    def publication(self, newsletter: Newsletter, config: Config) -> Publication:
        """The publication of a newsletter that is sound."""
        workspace = self._workspace
        articles = self.articles(newsletter)
        (note, *chapters), pictures = self._held.read((newsletter.note, *articles), config)
        return newsletter_publication(
            newsletter,
            note=note,
            articles=chapters,
            config=config,
            pictures=pictures,
            sources=[source_name(workspace.content, one.path) for one in (newsletter.note, *articles)],
        )

    def _issue(self, newsletter: Newsletter) -> Issue:
        articles = self.articles(newsletter)
        had = {article.slug for article in articles}
        known = self._workspace.library.entries
        unsound = {
            item.article: "cannot be read"
            for item in newsletter.items
            if item.article not in had and item.article in known
        }
        for article in articles:
            if fault := self._held.fault(article):
                unsound[article.slug] = fault
        kinds = {statement.kind for article in articles for statement in stated(article, self._workspace.kinds)}
        weight = self._weight(newsletter) if len(articles) == len(newsletter.items) and not unsound else None
        return Issue(newsletter, unsound, frozenset(kinds) | {OF_EVERY_ARTICLE}, weight)

    def _weight(self, newsletter: Newsletter) -> int | None:
        """Bytes of its e-mail's HTML; None where it is too unsound for one to be made."""
        from pipeline.export.newsletter import weight

        if newsletter.note.findings or not newsletter.items:
            return None
        try:
            return weight(self.publication(newsletter, self._workspace.config))
        except PipelineError:
            return None


def _read_by_checks(newsletter: Newsletter) -> Article:
    """The note with the words of events and offers in front, which readers see as well."""
    note = newsletter.note
    rows = [(f"offers.{number}", f"{offer.name}. {offer.text}") for number, offer in enumerate(newsletter.offers)]
    rows += [(f"events.{number}", event.name) for number, event in enumerate(newsletter.events)]
    spans = [note.metadata.span(key, key.partition(".")[0]) for key, _ in rows]
    more = [Paragraph((Text(words, span),), span) for (_, words), span in zip(rows, spans, strict=True)]
    return replace(note, body=(*more, *note.body)) if note.parsed else note

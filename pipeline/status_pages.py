"""The pages of the site that say how released editions stand, and the notices in the place of withdrawn articles."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.editions import EDITIONS, with_marks
from pipeline.model.edition import Ledger
from pipeline.model.proof import OutputFile
from pipeline.outputs import Outputs
from pipeline.publication import imprint
from pipeline.workspace import Workspace

STANDARD = frozenset({"html", "pdf", "epub"})
"""Formats that give an article as it is, and so have one edition id."""


def add_status_pages(workspace: Workspace, ledger: Ledger, outputs: Outputs) -> None:
    """Make them anew from the record; none of an earlier build stays."""
    outputs.drop(EDITIONS)
    files = list(_pages(workspace, with_marks(ledger, workspace.library.entries), outputs))
    if files:
        outputs.add(files, format_name="html", sources=(EDITIONS,))


def _pages(workspace: Workspace, ledger: Ledger, outputs: Outputs) -> Iterator[OutputFile]:
    from pipeline.export.html import Site, look, notice_page, status_page

    config = workspace.config
    live = _live(workspace, outputs)
    site = Site(imprint(config), config.theme, live, frozenset(_revised(ledger, live)))
    standings = {id_: standing for id_ in ledger.releases if (standing := ledger.standing(id_))}
    pages = [status_page(standing, site) for _, standing in sorted(standings.items())]
    for slug, withdrawal in sorted(ledger.withdrawals.items()):
        if slug not in live:
            held = [each for each in standings.values() if each.edition.slug == slug and each.withdrawal]
            pages.append(notice_page(withdrawal, held, site))
    if pages:
        yield from pages
        yield from look(config.theme, config.colour)


def _live(workspace: Workspace, outputs: Outputs) -> dict[str, str]:
    """The edition of each article that has a page, by slug."""
    rows = {slug: outputs.rows.get(f"html/{slug}.html") for slug in workspace.library.entries}
    return {slug: row.edition for slug, row in rows.items() if row and row.edition}


def _revised(ledger: Ledger, live: dict[str, str]) -> Iterator[str]:
    """The articles whose page says other words than what was released of them."""
    for slug, edition in live.items():
        formats = ledger.latest.get(("article", slug), {})
        if formats.keys() & STANDARD and edition not in ledger.releases:
            yield slug

"""The pages that are made of all outputs together."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import index_page
from pipeline.model.edition import Ledger
from pipeline.outputs import Outputs
from pipeline.overview import add_contact_sheet, add_overview
from pipeline.report import overview
from pipeline.status_pages import add_status_pages
from pipeline.workspace import Checked, Workspace


def get_ready(workspace: Workspace, *, html: bool) -> None:
    """Read what they are made with, those of web pages only if those are asked for."""
    overview.template()
    if html:
        index_page.get_ready(workspace)


def add_pages(
    workspace: Workspace, ledger: Ledger, checked: Sequence[Checked], outputs: Outputs, *, html: bool
) -> None:
    """Make those anew of which anything has changed; with ``html``, or where there are some already, those of web pages."""
    if html or any(path.startswith("html/") for path in outputs.before):
        index_page.add_index(workspace, outputs)
        add_status_pages(workspace, ledger, outputs)
    add_contact_sheet(workspace, outputs)
    add_overview(workspace, checked, outputs)

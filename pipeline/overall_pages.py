"""The pages that are made of all outputs together."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from pipeline.index_page import add_index
from pipeline.model.edition import Ledger
from pipeline.outputs import Outputs
from pipeline.overview import add_contact_sheet, add_overview
from pipeline.report import overview
from pipeline.status_pages import add_status_pages
from pipeline.workspace import Checked, Workspace


def get_ready(*, html: bool) -> None:
    """Read what they are made with, those of web pages only if those are asked for."""
    overview.template()
    if html:
        import_module("pipeline.export.html")


def add_pages(
    workspace: Workspace, ledger: Ledger, checked: Sequence[Checked], outputs: Outputs, *, html: bool
) -> None:
    """Make those anew of which anything has changed; with ``html``, or where there are some already, those of web pages."""
    if html or any(path.startswith("html/") for path in outputs.before):
        add_index(workspace, outputs)
        add_status_pages(workspace, ledger, outputs)
    add_contact_sheet(workspace, outputs)
    add_overview(workspace, checked, outputs)

"""Web pages: one a publication, with shared style sheet, fonts and pictures beside them, and an index."""

from __future__ import annotations

from pipeline.export.format import Format
from pipeline.export.html.assets import look
from pipeline.export.html.editions import Site, notice_page, status_page, status_path
from pipeline.export.html.index import index
from pipeline.export.html.page import export
from pipeline.export.html.verify import verify

FORMAT = Format("html", ".html", "text/html", export, verify)

__all__ = ["FORMAT", "Site", "index", "look", "notice_page", "status_page", "status_path"]

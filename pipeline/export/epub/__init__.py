"""EPUB 3.3: books for reading apps and shops, and their proof."""

from pipeline.export.epub.export import MEDIA_TYPE, export
from pipeline.export.epub.verify import verify
from pipeline.export.format import Format

FORMAT = Format("epub", ".epub", MEDIA_TYPE, export, verify, pages_of="pdf")

__all__ = ["FORMAT"]

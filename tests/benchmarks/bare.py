"""WeasyPrint by itself: a warmed loop over the same HTML and CSS in one process.

``python bare.py FOLDER`` runs where WeasyPrint is installed and needs nothing of this project; it prints seconds on the clock
and of the processor.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path


def main() -> None:
    """Lay out every page of a folder."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    folder = Path(sys.argv[1])
    fonts = FontConfiguration()
    css = weasyprint.CSS(filename=folder / "style.css", font_config=fonts)
    pages = sorted(folder.glob("*.html"))

    def set_page(page: Path) -> None:
        document = weasyprint.HTML(filename=page)
        document.write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-2a")

    set_page(pages[0])
    wall, processor = time.perf_counter(), time.process_time()
    for page in pages:
        set_page(page)
    print(time.perf_counter() - wall, time.process_time() - processor)  # noqa: T201 -- what it is for


if __name__ == "__main__":
    main()

"""The HTML and CSS that PDFs are set from, as files for WeasyPrint by itself; and how long this project takes for them."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from pathlib import Path

from pipeline import articles
from pipeline.executor import Job, run_job
from pipeline.export.pdf import finish
from pipeline.export.pdf.document import document
from pipeline.export.pdf.engine import PICTURES_AS_THEY_ARE
from pipeline.export.pdf.layouts import look_of
from pipeline.manifest import CheckCounts
from pipeline.model.publication import Publication
from pipeline.render.theme import load_theme
from pipeline.workspace import open_workspace
from tests.articles import TODAY


def publications(content: Path, most: int | None = None) -> list[Publication]:
    """The articles of a tree, by name and ``most`` of them at most, ready to be exported."""
    files = sorted((content / "articles").glob("*.md"))[:most]
    workspace = open_workspace(content, files, as_of=TODAY)
    return [articles.publication(workspace, article, workspace.config) for article in workspace.articles]


def write_pages(publications: Sequence[Publication], folder: Path) -> None:
    """Write what each is set from, with their one style sheet, fonts and pictures."""
    folder.mkdir()
    look = look_of(publications[0])
    theme = load_theme(look.theme)
    css = theme.stylesheet("print", look.colour, faces=theme.print_faces(), paper=look.paper, more=look.more)
    (folder / "style.css").write_text(css + PICTURES_AS_THEY_ARE + finish.STYLE, "utf-8")
    for publication in publications:
        (folder / f"{publication.slug}.html").write_bytes(document(publication))
        for path, picture in publication.pictures.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(picture.data)


def our_loop(publications: Sequence[Publication]) -> float:
    """Seconds of the processor to set, mend and prove the PDF of each in this process, which is warmed first."""
    gc.set_threshold(50_000)  # as the command line and its workers do
    jobs = [Job(each, "pdf", f"pdf/{each.slug}.pdf", "", CheckCounts()) for each in publications]
    run_job(jobs[0])
    start = time.process_time()
    pictured = 0.0
    for job in jobs:
        outcome = run_job(job)
        assert outcome.error is None
        pictured += dict(outcome.seconds)["picturing pages"]
    return time.process_time() - start - pictured

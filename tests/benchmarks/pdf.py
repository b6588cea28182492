"""What a PDF costs beside WeasyPrint alone: ``python -m tests.benchmarks.pdf [ARTICLES [ROUNDS]]``.

WeasyPrint is given the same HTML, style sheet and fonts in the same warm process, in turn with the pipeline, which mends the
tags, proves the finished file and draws its pages for the contact sheet besides; of each article the least processor time of
several rounds counts. Then one article from nothing, each command in a process of its own.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.disclaimers import section_kinds
from pipeline.executor import Job, run_job
from pipeline.export.pdf import FORMAT, engine
from pipeline.export.pdf.document import document
from pipeline.export.pdf.layouts import look_of
from pipeline.export.pdf.startup import weasyprint
from pipeline.manifest import CheckCounts
from pipeline.model.publication import Publication
from pipeline.publication import article_publication
from pipeline.source import read_pictures
from pipeline.verify import prove, requirements
from pipeline.workspace import open_workspace
from tests.articles import TODAY
from tests.benchmarks.articles import make_tree
from tests.benchmarks.book import verdict

ARTICLES, ROUNDS = 12, 5
PROVEN, BUILT = "mended and proven", "with the report's pictures"
WARM, COLD = 1.20, 1.20
"""The most that the pipeline may take, in WeasyPrint's own times."""

VARIANTS: dict[str, dict[str, object]] = {
    "as PDF/A-2a": {"pdf_variant": "pdf/a-2a"},
    "with its own tags": {"pdf_tags": True},
    "without tags": {},
}
"""What WeasyPrint alone is asked to make."""


def publications(content: Path) -> Iterator[Publication]:
    """The articles of a content tree."""
    workspace = open_workspace(content, as_of=TODAY)
    for article in workspace.articles:
        yield article_publication(
            article,
            config=workspace.config,
            kinds=workspace.kinds,
            library=workspace.library,
            pictures=read_pictures(workspace.content, article, workspace.config.logo),
            source=f"articles/{article.slug}.md",
            section_kinds=section_kinds(article, workspace.kinds),
        )


def ours(publication: Publication) -> None:
    """Export, mend and prove, as a build does."""
    outcome = run_job(Job(publication, "pdf", f"pdf/{publication.slug}.pdf", "", CheckCounts(0, 0, 0)))
    if outcome.error:
        raise outcome.error


def proven(publication: Publication) -> None:
    """Export, mend and prove, without the report's pictures of pages and proof."""
    prove(FORMAT.export(publication)[0], FORMAT.name, requirements(publication), lambda _: None)


def bare(publication: Publication, html: bytes, options: dict[str, object]) -> None:
    """WeasyPrint alone, with the style sheet and fonts that are there already."""
    source, style = engine.opened(look_of(publication), publication.pictures, html, ())
    source.write_pdf(font_config=style.fonts, stylesheets=[style.css], **options)


def warm(content: Path, rounds: int) -> dict[str, float]:
    """Seconds of the processor for all articles, by who made them."""
    made = [(each, document(each)) for each in publications(content)]
    best: dict[tuple[str, str], float] = {}
    for _ in range(rounds + 1):  # the first reads fonts and style sheets
        for publication, html in made:
            ways: dict[str, Callable[[], None]] = {
                BUILT: partial(ours, publication),
                PROVEN: partial(proven, publication),
            }
            for name, options in VARIANTS.items():
                ways[name] = partial(bare, publication, html, options)
            for name, way in ways.items():
                start = time.process_time()
                way()
                spent = time.process_time() - start
                best[name, publication.slug] = min(spent, best.get((name, publication.slug), spent))
    return {
        name: sum(each for (whose, _), each in best.items() if whose == name) for name in (BUILT, PROVEN, *VARIANTS)
    }


def cold(folder: Path, content: Path, rounds: int) -> dict[str, float]:
    """Seconds of the processor for one article by each command, start-up included."""
    publication = next(publications(content))
    page = document(publication).decode().replace("content:", f"{content.as_uri()}/")
    style = engine.style_sheet(look_of(publication))
    (folder / "in.html").write_text(page.replace("</head>", f"<style>{style}</style></head>"), "utf-8")
    commands = {
        "pipeline": [
            sys.executable,
            "-m",
            "pipeline",
            "build",
            "pdf",
            f"content/articles/{publication.slug}.md",
            "--force",
        ],
        "weasyprint": [str(Path(sys.executable).with_name("weasyprint")), "in.html", "out.pdf"],
    }
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, command in commands.items():
            shutil.rmtree(folder / "build", ignore_errors=True)
            before = _children()
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
            spent = _children() - before
            best[name] = min(spent, best.get(name, spent))
    return best


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def lines(folder: Path, articles: int, rounds: int) -> Iterator[str]:
    """What was measured, in words."""
    weasyprint()
    content = make_tree(folder, articles)
    times = warm(content, rounds)
    for name, spent in times.items():
        yield f"{name:32s} {spent * 1000 / articles:7.0f} ms an article"
    for name in VARIANTS:
        yield verdict(f"warm, {PROVEN}, against WeasyPrint {name}", times[PROVEN] / times[name], WARM)
        yield verdict(f"warm, {BUILT}, against WeasyPrint {name}", times[BUILT] / times[name], WARM)
    times = cold(folder, content, rounds)
    yield f"one article cold: pipeline {times['pipeline']:.2f} s, weasyprint {times['weasyprint']:.2f} s"
    yield verdict("cold, against the weasyprint command", times["pipeline"] / times["weasyprint"], COLD)


def main() -> None:
    """Measure and print."""
    given = [int(each) for each in sys.argv[1:]]
    articles, rounds = (*given, *(ARTICLES, ROUNDS)[len(given) :])
    with TemporaryDirectory() as folder:
        for line in lines(Path(folder), articles, rounds):
            print(line, flush=True)  # noqa: T201 -- what it is for


if __name__ == "__main__":
    main()

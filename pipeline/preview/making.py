"""PDFs, e-books and messages for the desk: made and proven as a build would, in a process of their own and in the background."""

from __future__ import annotations

import io
import os
import signal
import threading
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Literal

from pipeline.errors import ExportError, PipelineError
from pipeline.executor import Job, run_together
from pipeline.manifest import CheckCounts
from pipeline.model.proof import DisclaimerProof, OutputFile
from pipeline.model.publication import Publication
from pipeline.plan import Wanted, planned

Form = Literal["pdf", "epub", "newsletter"]

KEPT = 24
"""How many finished forms are kept: a PDF with its pages weighs about a megabyte."""
PAGE_SCALE = 1.6
"""Pixels a point of a page's picture: sharp on a phone, and the words of A4 can be read."""
ROOT = "META-INF/container.xml"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished form, or why there is none."""

    files: tuple[OutputFile, ...] = ()
    """The file itself first; then pictures of pages, or what is in an e-book."""
    parts: tuple[tuple[str, str], ...] = ()
    """Titles and paths of an e-book's documents, in reading order."""
    proofs: tuple[DisclaimerProof, ...] = ()
    error: PipelineError | None = None

    def file(self, path: str) -> OutputFile | None:
        """The file at a path below ``build/``; None where there is none."""
        return next((file for file in self.files if file.path == path), None)


class Workshop:
    """Makes forms in the background, one after the other, and keeps the last ones."""

    def __init__(self, finished: Callable[[str], None]) -> None:
        self._finished = finished
        self._made: OrderedDict[tuple[str, str], tuple[str, Future[Made]]] = OrderedDict()
        # A fork server, since a plain fork would share the desk's sockets.
        context = get_context("forkserver")
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_follow_parent)

    def form(self, publication: Publication, form: Form) -> Made | None:
        """A form of a publication; None while it is being made. ``finished`` is called with its source when it is."""
        source = publication.sources[0]
        job = next(planned([(publication, CheckCounts())], Wanted((form,))))
        known = self._made.get((source, form))
        if known is None or known[0] != job.key:
            if known is not None:
                known[1].cancel()
            future = self._pool.submit(make, job)
            self._made[source, form] = known = (job.key, future)
            future.add_done_callback(lambda done: None if done.cancelled() else self._finished(source))
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        self._made.move_to_end((source, form))
        return _result(known[1]) if known[1].done() else None

    def latest(self, source: str, form: Form) -> Made | None:
        """The form of a source that was asked for last, if it is finished."""
        known = self._made.get((source, form))
        return _result(known[1]) if known and known[1].done() else None

    def close(self) -> None:
        """Stop making; what is being made is dropped."""
        processes = list((self._pool._processes or {}).values())  # noqa: SLF001 -- it has no way to stop what runs
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()


def _result(future: Future[Made]) -> Made:
    if future.cancelled():
        return Made(error=ExportError("making it was called off", help="Load the page again."))
    error = future.exception()
    if error is not None:
        message = f"the process that makes it ended: {str(error) or type(error).__name__}"
        return Made(error=ExportError(message, help="Close the desk and open it again."))
    return future.result()


def _follow_parent() -> None:
    """Ctrl-C goes to all processes of a terminal: the desk stops this one itself, which ends with it, however that ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def make(job: Job) -> Made:
    """Make and prove one form, with what a browser needs to show it; runs in the background's process."""
    outcome = next(iter(run_together([job])))
    if outcome.error is not None:
        return Made(error=outcome.error)
    main = outcome.files[0]
    parts: tuple[tuple[str, str], ...] = ()
    shown = outcome.files[1:]
    if job.format == "pdf":
        shown = tuple(_pages(main))
    elif job.format == "epub":
        shown, parts = _unpacked(main)
    return Made((main, *shown), parts, tuple(proof for each in outcome.proofs for proof in each.disclaimers))


def _pages(pdf: OutputFile) -> Iterator[OutputFile]:
    """The pages of a PDF as pictures: ``pdf/deadlift.pdf/1.png``."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf.data)) as document:
        for number, page in enumerate(document, 1):
            out = io.BytesIO()
            page.render(scale=PAGE_SCALE, rev_byteorder=True).to_pil().save(out, "PNG")
            yield OutputFile(f"{pdf.path}/{number}.png", "image/png", out.getvalue())


def _unpacked(epub: OutputFile) -> tuple[tuple[OutputFile, ...], tuple[tuple[str, str], ...]]:
    """What is in an e-book, as ``epub/deadlift.epub/EPUB/text/deadlift.xhtml``, and its documents in reading order."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(epub.data)) as archive:
        (package_path,) = etree.fromstring(archive.read(ROOT)).xpath("//*[local-name()='rootfile']/@full-path")
        package = etree.fromstring(archive.read(package_path))
        folder = package_path.rpartition("/")[0]
        files = {
            each.get("id"): OutputFile(
                f"{epub.path}/{folder}/{each.get('href')}",
                each.get("media-type"),
                archive.read(f"{folder}/{each.get('href')}"),
            )
            for each in package.xpath("//*[local-name()='item']")
        }
    documents = [files[name] for name in package.xpath("//*[local-name()='itemref']/@idref")]
    parts = tuple((_title(each), each.path) for each in documents)
    return tuple(files.values()), parts


def _title(document: OutputFile) -> str:
    from lxml import etree

    return str(etree.fromstring(document.data).xpath("string(//*[local-name()='title'])"))

"""What is shown in the frames: pages as they are on disk now, and what the workshop has finished."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote

from starlette.responses import Response

from pipeline.errors import ExportError, PipelineError, UsageError
from pipeline.model.proof import OutputFile
from pipeline.preview.desk import Desk, Opened
from pipeline.preview.guard import SHOWN_POLICY
from pipeline.preview.making import Form, Made, Workshop


@dataclass(frozen=True, slots=True)
class Tab:
    """A form in which something can be looked at."""

    name: str
    title: str


HTML, PDF, EPUB, MAIL = Tab("html", "Web page"), Tab("pdf", "PDF"), Tab("epub", "EPUB"), Tab("mail", "E-mail")
TABS: Mapping[str, tuple[Tab, ...]] = MappingProxyType(
    {"article": (HTML, PDF, EPUB, MAIL), "newsletter": (MAIL, HTML, PDF), "book": (HTML, PDF, EPUB)}
)
FORMS: Mapping[str, Form] = MappingProxyType({"pdf": "pdf", "epub": "epub", "mail": "newsletter"})
PARTS = MappingProxyType({"text/plain": "plain text", "HTML part": "HTML", "email.html": "web copy"})
"""The parts of a message, by what proofs call them."""
SOURCES = MappingProxyType(
    {"html": ("articles", ".md"), "newsletters": ("newsletters", ".md"), "books": ("books", ".toml")}
)
"""What the pages below each folder of ``build/`` are made from."""


@dataclass(frozen=True, slots=True)
class View:
    """What one tab shows."""

    frame: str = ""
    """Address of the page in the frame, if there is one."""
    pending: bool = False
    """Whether it is still being made."""
    blocked: int = 0
    """Errors that keep it from being made."""
    pictures: tuple[str, ...] = ()
    """Addresses of a PDF's pages."""
    parts: tuple[tuple[str, str], ...] = ()
    """Titles and addresses of an e-book's chapters."""
    file: str = ""
    """Address of the finished file."""
    proofs: tuple[tuple[str, str], ...] = ()
    """Kinds of disclaimers and where they were found, in the words of readers."""
    holders: tuple[tuple[str, str], ...] = ()
    """Newsletters that hold the article: source and title."""
    error: PipelineError | None = None


@dataclass(slots=True)
class Shelf:
    """Knows the files that may be asked for, by their path below ``build/``; none of them is on disk."""

    desk: Desk
    workshop: Workshop
    _files: dict[str, OutputFile] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def view(self, opened: Opened, tab: str) -> View:
        """What a tab shows of a source as it is now."""
        if not opened.checked.article.parsed:
            return View(error=ExportError("there is no text to show", help="See what was found."))
        try:
            if tab == "html":
                return View(frame=self._address(_page_of(opened)))
            if tab == "mail" and opened.facts.kind == "article":
                return View(holders=self._holders(opened))
            if opened.facts.errors:
                return View(blocked=opened.facts.errors)
            made = self.workshop.form(opened.publication(), FORMS[tab])
        except PipelineError as error:
            return View(error=error)
        except Exception as error:  # noqa: BLE001 -- a text that is not sound yet may be of any shape
            message = f"it cannot be shown as it is: {type(error).__name__}: {error}"
            return View(error=ExportError(message, help="Mend what was found; it is shown as soon as it can be."))
        return self._finished(made, tab)

    def file(self, path: str) -> Response:
        """The file at a path, pages as they are now; raises UsageError where there is none."""
        source = _source_of(path)
        if source:
            self._put(self.desk.pages(self.desk.open(source)))
        with self._lock:
            found = self._files.get(path)
        if found is None:
            raise UsageError("there is no such page", help="Go back to the list.")
        headers = {"Content-Security-Policy": SHOWN_POLICY}
        if found.media_type == "application/pdf":  # browsers show PDFs with programs of their own
            headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
        if found.media_type == "application/epub+zip":
            headers["Content-Disposition"] = f'attachment; filename="{found.path.rpartition("/")[2]}"'
        return Response(found.data, media_type=found.media_type, headers=headers)

    def _finished(self, made: Made | None, tab: str) -> View:
        if made is None:
            return View(pending=True)
        if made.error is not None:
            return View(error=made.error)
        self._put(made.files)
        main, *rest = made.files
        address = self._address(main.path)
        proofs = tuple((proof.kind, _place(proof.location, made.parts)) for proof in made.proofs)
        if tab == "pdf":
            pictures = tuple(f"{self._address(each.path)}?{len(each.data)}" for each in rest)
            return View(pictures=pictures, file=address, proofs=proofs)
        if tab == "epub":
            parts = tuple((title, self._address(path)) for title, path in made.parts)
            return View(frame=parts[0][1] if parts else "", parts=parts, file=address, proofs=proofs)
        page = next(each for each in rest if each.path.endswith("email.html"))
        return View(frame=self._address(page.path), file=address, proofs=proofs)

    def _put(self, files: list[OutputFile] | tuple[OutputFile, ...]) -> None:
        with self._lock:
            self._files |= {file.path: file for file in files}

    def _address(self, path: str) -> str:
        return f"/view/{quote(path)}"

    def _holders(self, opened: Opened) -> tuple[tuple[str, str], ...]:
        slug = opened.facts.slug
        letters = (self.desk.open(each.source) for each in tuple(self.desk.facts.values()) if each.kind == "newsletter")
        return tuple(
            (each.facts.source, each.facts.title)
            for each in letters
            if any(item.article == slug for newsletter in each.workspace.newsletters for item in newsletter.items)
        )


def _place(location: str, parts: Iterable[tuple[str, str]]) -> str:
    """Where a disclaimer was found: the chapter of an e-book, the parts of a message, the page of a PDF as it is."""
    places = [place.partition("#")[0].strip() for place in location.split(", ")]
    titles = {place: title for place in places for title, path in parts if path.endswith(f"/{place}")}
    return ", ".join(titles.get(place, PARTS.get(place, place)) for place in places)


def _page_of(opened: Opened) -> str:
    """Path of the web page of a source."""
    slug = opened.facts.slug
    return f"html/{slug}.html" if opened.facts.kind == "article" else f"{opened.facts.kind}s/{slug}/index.html"


def _source_of(path: str) -> str:
    """The source of a page; empty for what is no page that is made when it is asked for."""
    folder, _, name = path.partition("/")
    if folder not in SOURCES or not path.endswith(".html") or name == "index.html":
        return ""
    inside, suffix = SOURCES[folder]
    if folder == "html":
        return f"{inside}/{name.removesuffix('.html')}{suffix}" if "/" not in name else ""
    if name.endswith("email.html"):
        return ""
    return f"{inside}/{name.partition('/')[0]}{suffix}"

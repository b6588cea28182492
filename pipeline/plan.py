"""Which outputs are wanted, and which of them are stale: each has a key, made from everything that goes into it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pipeline.executor import Job
from pipeline.export import FORMATS
from pipeline.export.format import output_paths
from pipeline.manifest import CheckCounts
from pipeline.model.layout import Layout, Line
from pipeline.model.publication import Chapter, Copy, Publication
from pipeline.publication import for_anyone, in_layout
from pipeline.publication.edition import digest
from pipeline.state import Parts
from pipeline.toolchain import toolchain


def key_of(content: str, format_name: str, *, pages_of: str = "") -> str:
    """Key of one output: the same key, the same bytes. ``content`` is the publication's digest in hexadecimal digits.

    ``pages_of`` is the format whose pages it lists, if it does.
    """
    return hashlib.sha256(f"{toolchain()}\n{format_name} {pages_of}\n{content}".encode()).hexdigest()


def keys_of(content: str, format_name: str) -> set[str]:
    """All keys that an output may have: pages are listed where there are any."""
    return {key_of(content, format_name, pages_of=pages) for pages in ("", FORMATS[format_name].pages_of)}


NEWSLETTER = "newsletter"
"""The one format that newsletters are built for, and articles are not."""

COPIES_A_JOB = 250
"""Always so many, whatever the number of workers: the letters of a part's names are one font."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build makes of each publication."""

    formats: tuple[str, ...]
    layout: Layout = "standard"
    """Of PDFs."""
    lines: tuple[Line, ...] = ()
    """To fill in on handouts."""
    copies: tuple[Copy, ...] = ()
    """To make of handouts."""
    standalone: bool = False
    """Whether the web pages of articles are to be one file each."""
    paper: Literal["A4", "Letter", "A5"] | None = None
    """Of PDFs, in place of the publisher's."""
    paged: tuple[str, ...] = ()
    """Formats of which it has files whose pages others list (``Format.pages_of``); without them there is nothing to list."""

    @property
    def of_each(self) -> int:
        """How many outputs there are of an article, mostly."""
        return sum(name != NEWSLETTER for name in self.formats)

    @property
    def id(self) -> str:
        """What tells it from another; empty for personal copies, whose plans are not kept."""
        return "" if self.copies else hashlib.sha256(f"{toolchain()}\n{self!r}".encode()).hexdigest()

    def of(self, there: Callable[[], Iterable[str]]) -> Wanted:
        """What is made of a publication of which files are ``there``, by path, if anybody asks."""
        listed = {FORMATS[name].pages_of for name in self.formats} - {""}
        if not listed:
            return self
        found = listed.intersection(self.formats) or listed.intersection(path.partition("/")[0] for path in there())
        return replace(self, paged=tuple(sorted(found)))


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be there of one publication."""

    edition: str
    sources: tuple[str, ...]
    outputs: tuple[tuple[str, str], ...]
    """Path and key of each publication file."""

    @classmethod
    def of(cls, publication: Publication, jobs: Sequence[Job]) -> Planned:
        """The plan that the jobs of a publication are."""
        outputs = tuple((path, job.key) for job in jobs for path in job.paths)
        return cls(publication.edition, publication.sources, outputs)

    @classmethod
    def from_json(cls, value: Any) -> Planned | None:
        """What ``to_json`` made this of; None for anything else."""
        try:
            edition, sources, outputs = value
            return cls(str(edition), tuple(map(str, sources)), tuple((str(path), str(key)) for path, key in outputs))
        except (TypeError, ValueError):
            return None

    def to_json(self) -> list[Any]:
        """What JSON can say of it."""
        return [self.edition, self.sources, self.outputs]


def parts_of(publication: Publication, texts: Iterable[str]) -> Parts:
    """What a publication is made from, in digests by what each is of, for people; ``texts`` are those of its sources."""
    issue = publication.issue
    chapters = (*publication.chapters, *((issue.note,) if issue else ()))
    sender = (issue.sender, issue.unsubscribe, issue.list_id) if issue else ()
    look = (publication.theme, publication.paper, publication.layout, publication.lines, publication.standalone)
    found = {
        "its text": tuple(texts),
        "articles in it": [] if publication.kind == "article" else [_own_of(each) for each in publication.chapters],
        "its language": publication.language,
        "disclaimers": [chapter.notices for chapter in chapters],
        "related articles": [chapter.related for chapter in chapters],
        "pictures": publication.pictures,
        "the publisher's data": (publication.imprint, sender),
        "theme, paper or layout": look,
        "names on copies": publication.copies,
    }
    return {name: digest(value).hex()[:16] for name, value in found.items()} | {"the pipeline": toolchain()[:16]}


def _own_of(chapter: Chapter) -> Chapter:
    """What an article says by itself, without what has a name of its own among the parts."""
    return replace(chapter, front=(), notices=(), related=())


def planned(publications: Iterable[tuple[Publication, CheckCounts]], wanted: Wanted) -> Iterator[Job]:
    """Every output that is asked for, whether or not it has to be made."""
    for whole, checks in publications:
        # All formats share one publication, which takes long to digest.
        digests: dict[int, tuple[Publication, str]] = {}
        for publication, name, path in _outputs_of(whole, wanted):
            one_file = wanted.standalone and name == "html" and publication.kind == "article"
            made = replace(publication, standalone=True) if one_file else publication
            if id(made) not in digests:
                digests[id(made)] = made, digest(made).hex()
            content = digests[id(made)][1]
            counts = made.kind == "article" and made.layout == "standard"
            pages_of = FORMATS[name].pages_of if counts else ""
            listed = pages_of if pages_of in wanted.paged else ""
            pages_key = key_of(content, listed or name) if counts and listed == pages_of else ""
            yield Job(made, name, path, key_of(content, name, pages_of=listed), checks, content, pages_key)


def _outputs_of(publication: Publication, wanted: Wanted) -> Iterator[tuple[Publication, str, str]]:
    """What a publication gives: what is exported, its format, and where it goes."""
    if publication.issue is None:
        for laid_out in _laid_out(publication, wanted):
            for name in wanted.formats:
                if name != NEWSLETTER:
                    yield laid_out, name, output_paths(laid_out, name, FORMATS[name].suffix)[0]
    elif NEWSLETTER in wanted.formats:
        folder, shown = f"newsletters/{publication.slug}", for_anyone(publication)
        yield publication, NEWSLETTER, f"{folder}/message.eml"
        yield shown, "pdf", f"{folder}/newsletter.pdf"
        yield shown, "html", f"{folder}/index.html"


def _laid_out(publication: Publication, wanted: Wanted) -> Iterator[Publication]:
    """What is to be exported of a publication: articles alone have layouts other than the standard one.

    Personal copies come in parts, so that several workers can make them.
    """
    if wanted.layout == "standard":
        yield publication
    if wanted.layout == "standard" or publication.kind != "article":
        return
    parts = [wanted.copies[at : at + COPIES_A_JOB] for at in range(0, len(wanted.copies), COPIES_A_JOB)]
    for copies in parts or [()]:
        yield in_layout(publication, wanted.layout, lines=wanted.lines, copies=copies)

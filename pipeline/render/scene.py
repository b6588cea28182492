"""What rendering one chapter has to know and to remember."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, urlsplit

from pipeline.errors import ExportError
from pipeline.model.instructions import Instruction
from pipeline.model.publication import Chapter, Issue, Picture, Publication
from pipeline.publication.links import chapter_page, id_in_book
from pipeline.render.elements import written
from pipeline.render.labels import Labels, load_labels

Target = Literal["screen", "print", "epub"]

PICTURES_AT = {"screen": "assets/", "print": "content:", "epub": "../"}
"""What a picture's path follows in a link, unless the caller says otherwise."""

OWN_IDS = re.compile(r"(?:disclaimer|fn|fnref|text|part)-|(?:first-instruction|main|contents|title)$")
"""Ids that the page itself hands out; a heading that has one gets ``text-`` before it."""

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
ARTICLE_LINK = re.compile(r"(?:\./)?(?P<slug>[a-z0-9][a-z0-9-]*)\.md(?:#(?P<anchor>.*))?")


@dataclass(slots=True)
class Scene:
    """One chapter being rendered for one target."""

    publication: Publication
    chapter: Chapter
    target: Target
    pictures_at: str
    labels: Labels
    level: int = 1
    """Of the heading that governs what is being rendered."""
    heading: str = ""
    """Id of that heading."""
    instruction: Instruction | None = None
    """The first instruction, until it has been rendered."""
    ids: set[str] = field(default_factory=set)
    """Ids handed out so far."""
    names: set[str] = field(default_factory=set)
    """Of the sections so far; of two with one name only the first is a landmark, since names tell landmarks apart."""
    apart: str = ""
    """Before the ids that are handed out, where words of the chapter stand outside of it."""

    @property
    def prefix(self) -> str:
        """Before every id, where several chapters may share a file."""
        if self.publication.volume:
            return id_in_book(self.chapter.slug)
        return f"{self.chapter.slug}-" if self.publication.issue or len(self.publication.chapters) > 1 else ""

    def claim(self, wanted: str) -> str:
        """An id made from ``wanted`` that nothing else in the chapter has: numbered from the second on."""
        full = (self.apart or self.prefix) + wanted
        number = 1
        unique = full
        while unique in self.ids:
            number += 1
            unique = f"{full}-{number}"
        self.ids.add(unique)
        return unique

    def anchor(self, id_: str, prefix: str | None = None) -> str:
        """The id under which a heading's own id stands in the finished file."""
        safe = written(f"text-{id_}" if OWN_IDS.match(id_) else id_)
        return (self.prefix if prefix is None else prefix) + safe

    def takes_instruction(self, node: object) -> bool:
        """Whether ``node`` is the first instruction; true only once."""
        if node is not self.instruction or node is None:
            return False
        self.instruction = None
        return True

    def picture(self, path: str) -> Picture:
        """The picture at a path relative to ``content/``; raises ExportError when the publication has none."""
        try:
            return self.publication.pictures[path]
        except KeyError:
            raise ExportError(
                f"{self.chapter.slug}: the picture {path} was not read", help="Check that the file is below content/."
            ) from None

    def picture_url(self, path: str) -> str:
        """Where the finished file finds a picture."""
        return self.pictures_at + quote(path)

    def article_url(self, slug: str, anchor: str = "") -> str:
        """Link to another article: within the publication where it is part of it, else on the publisher's site."""
        anchor = written(anchor)
        suffix = f"#{quote(self.anchor(anchor, prefix=''))}" if anchor else ""
        if self.publication.issue:
            return self._url_from_issue(slug, anchor, suffix, self.publication.issue)
        if self.publication.volume:
            return self._url_from_book(slug, anchor, suffix)
        chapters = {each.slug for each in self.publication.chapters}
        if slug in chapters and len(chapters) > 1:
            inside = f"{slug}-{anchor}" if anchor else f"{slug}-title"
            page = {"screen": f"{slug}.html", "print": "", "epub": f"{slug}.xhtml"}[self.target]
            return f"{page}#{quote(inside)}"
        if slug in chapters and anchor:
            return suffix
        if self.target == "screen":
            return f"{slug}.html{suffix}"
        return f"{self.publication.imprint.url.rstrip('/')}/{slug}.html{suffix}"

    def _url_from_issue(self, slug: str, anchor: str, suffix: str, issue: Issue) -> str:
        """Link to an article from a newsletter: within it where it is given in full, else on the publisher's site."""
        if slug in {each.slug for each in self.publication.chapters}.difference(issue.summaries):
            inside = self.anchor(anchor, prefix=f"{slug}-") if anchor else f"{slug}-title"
            return f"#{quote(inside)}"
        return f"{self.publication.imprint.url.rstrip('/')}/{slug}.html{suffix}"

    def _url_from_book(self, slug: str, anchor: str, suffix: str) -> str:
        """Link to an article from a book: to its chapter where it is one, else on the publisher's site."""
        if slug not in {each.slug for each in self.publication.chapters}:
            return f"{self.publication.imprint.url.rstrip('/')}/{slug}.html{suffix}"
        file = {"screen": chapter_page(slug), "print": "", "epub": f"{slug}.xhtml"}[self.target]
        inside = self.anchor(anchor, id_in_book(slug)) if anchor else id_in_book(slug, "title")
        return f"{file}#{quote(inside)}"

    def href(self, target: str) -> str | None:
        """A link's target in the finished file; None for a scheme that must never reach readers."""
        if target.startswith("#"):
            return "#" + quote(self.anchor(_unquoted(target[1:])))
        if found := ARTICLE_LINK.fullmatch(target):
            return self.article_url(found["slug"], _unquoted(found["anchor"] or ""))
        try:
            scheme = urlsplit(target).scheme.lower()
        except ValueError:
            return None
        if scheme in SAFE_SCHEMES:
            return target
        return None


def _unquoted(text: str) -> str:
    from urllib.parse import unquote

    return unquote(text)


def open_scene(publication: Publication, chapter: Chapter, target: Target, pictures_at: str | None = None) -> Scene:
    """Start rendering a chapter."""
    return Scene(
        publication=publication,
        chapter=chapter,
        target=target,
        pictures_at=PICTURES_AT[target] if pictures_at is None else pictures_at,
        labels=load_labels(chapter.language or publication.language),
        instruction=chapter.first_instruction,
    )

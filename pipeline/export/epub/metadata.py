"""What the package says of the book: Dublin Core, dates, and EPUB Accessibility 1.1 computed from what the book holds."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from pipeline.export.epub.documents import author_names
from pipeline.export.epub.pictures import Gallery
from pipeline.locales import load_locale
from pipeline.model.publication import Publication
from pipeline.publication.links import edition_url
from pipeline.render.colours import WHITE, contrast, parse
from pipeline.render.elements import Element

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""As EPUB Accessibility 1.1, section 2.4.2, has it written."""

READABLE = 4.5
"""Contrast that WCAG 2.2 (1.4.3, level AA) asks of text."""

EPOCH = date(2000, 1, 1)
"""For a publication without any date."""

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "editions.fitness-press.example")


@dataclass(frozen=True, slots=True)
class Statement:
    """One element of the package's metadata."""

    name: str
    """``dc:title`` and its like, or a property of ``<meta>``."""
    value: str
    attributes: dict[str, str] = field(default_factory=dict)


def identifier(publication: Publication) -> str:
    """The edition's own URN: the same for the same slug and edition id (RFC 9562, version 5)."""
    return uuid.uuid5(NAMESPACE, f"{publication.imprint.url} {publication.slug} {publication.edition}").urn


def modified(publication: Publication) -> datetime:
    """When the text was last reviewed or published, at midnight UTC; never the time of the build."""
    days = [day for each in publication.chapters for day in (each.published, each.reviewed) if day]
    if publication.volume and publication.volume.published:
        days.append(publication.volume.published)
    return datetime.combine(max(days, default=EPOCH), time(), UTC)


def statements(publication: Publication, trees: Sequence[Element], gallery: Gallery) -> Iterator[Statement]:
    """All metadata but identifier, title, main language and the time of modification."""
    for language in dict.fromkeys(each.language for each in publication.chapters):
        if language != publication.language:
            yield Statement("dc:language", language)
    yield from _people(publication)
    yield Statement("dc:publisher", publication.imprint.name)
    yield Statement("dc:identifier", edition_url(publication.imprint.url, publication.edition))
    yield Statement("schema:bookEdition", publication.edition)
    volume = publication.volume
    if published := [each.published for each in ([volume] if volume else publication.chapters) if each.published]:
        yield Statement("dc:date", max(published).isoformat())
    single = publication.chapters[0].description if len(publication.chapters) == 1 else ""
    if description := volume.description if volume else single:
        yield Statement("dc:description", description)
    for subject in _once(word for each in publication.chapters for word in (*each.topics, *each.keywords)):
        yield Statement("dc:subject", subject)
    if publication.page_starts:
        # EPUB 3.3, D.4.1.1: older reading systems look for dc:source, later ones for pageBreakSource
        source = f"PDF, {publication.paper}, {edition_url(publication.imprint.url, publication.edition)}"
        yield Statement("dc:source", source, {"id": "pages"})
        yield Statement("source-of", "pagination", {"refines": "#pages"})
        yield Statement("pageBreakSource", source)
    yield from accessibility(publication, trees, gallery)


def _people(publication: Publication) -> Iterator[Statement]:
    """Authors, editors, and those who reviewed it."""
    for number, name in enumerate(author_names(publication), 1):
        edited = publication.volume is not None and not publication.volume.authors
        yield Statement("dc:creator", name, {"id": f"creator-{number}"})
        role = {"refines": f"#creator-{number}", "scheme": "marc:relators"}
        yield Statement("role", "edt" if edited else "aut", role)
    reviewers = [each.reviewer.name for each in publication.chapters if each.reviewer]
    for number, name in enumerate(dict.fromkeys(reviewers), 1):
        yield Statement("dc:contributor", name, {"id": f"reviewer-{number}"})
    if publication.volume and publication.volume.authors:
        for number, person in enumerate(publication.volume.editors, 1):
            yield Statement("dc:contributor", person.name, {"id": f"editor-{number}"})
            yield Statement("role", "edt", {"refines": f"#editor-{number}", "scheme": "marc:relators"})


def _once(words: Iterable[str]) -> list[str]:
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(word.casefold(), word)
    return [word for word in first.values() if word.strip()]


def accessibility(publication: Publication, trees: Sequence[Element], gallery: Gallery) -> Iterator[Statement]:
    """EPUB Accessibility 1.1, section 2.2, and the conformance claim of section 2.4, where it is true."""
    shown = [image for tree in trees for image in tree.iter("img") if not _is_ornament(image)]
    described = all(image.get("alt", "").strip() for image in shown)
    still = not any(_may_move(picture.media_type, picture.data) for _, picture in gallery.used())
    yield Statement("schema:accessMode", "textual")
    if shown:
        yield Statement("schema:accessMode", "visual")
        yield Statement("schema:accessModeSufficient", "textual,visual")
    if described:
        yield Statement("schema:accessModeSufficient", "textual")
    features = ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "unlocked"]
    if shown and described:
        features.append("alternativeText")
    if publication.page_starts:
        features += ["pageBreakMarkers", "pageNavigation"]
    for feature in sorted(features):
        yield Statement("schema:accessibilityFeature", feature)
    yield Statement("schema:accessibilityHazard", "none" if still else "unknown")
    yield Statement("schema:accessibilitySummary", _summary(publication.language, shown, described, still))
    if described and still and contrast(parse(publication.imprint.colour), WHITE) >= READABLE:
        yield Statement("dcterms:conformsTo", CONFORMANCE, {"id": "conformance"})
        yield Statement("a11y:certifiedBy", publication.imprint.name, {"refines": "#conformance"})


def _is_ornament(image: Element) -> bool:
    return image.get("class") in {"decorative", "logo"}


def _may_move(media_type: str, data: bytes) -> bool:
    """Whether a picture could be animated, and so could flash."""
    match media_type:
        case "image/gif":
            return data.count(b"\x21\xf9\x04") > 1
        case "image/svg+xml":
            return b"<animate" in data or b"<set" in data
        case "image/webp":
            return b"ANIM" in data[:64]
        case "image/png":
            return b"acTL" in data[:256]
        case _:
            return False


def _summary(language: str, shown: Sequence[Element], described: bool, still: bool) -> str:
    locale = load_locale(language)
    parts = [locale.text("accessible_text")]
    if shown:
        parts.append(locale.text("accessible_pictures" if described else "unlabelled_pictures"))
    if still:
        parts.append(locale.text("still"))
    return " ".join(parts)

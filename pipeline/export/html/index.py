"""The page that lists all articles, a card each."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from pipeline.export.html.assets import ASSETS, FOLDER, look, pictures, stylesheet_url
from pipeline.export.html.policy import policy
from pipeline.model.article import LibraryEntry
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Imprint, Picture, Publication
from pipeline.profiles import load_profiles
from pipeline.render.document import page as rendered
from pipeline.render.elements import Element, element
from pipeline.render.labels import Labels, load_labels


def index(
    entries: Iterable[LibraryEntry],
    imprint: Imprint,
    *,
    language: str,
    theme: str,
    logo: Picture | None = None,
    page: bytes | None = None,
) -> list[OutputFile]:
    """``html/index.html`` with a card for each article, sorted by title, and what it needs: style sheet, fonts, logo.

    ``page`` is the page itself, where an earlier build has made it of the same.
    """
    data = _page(entries, imprint, language, theme, logo) if page is None else page
    beside = [*look(theme, imprint.colour), *pictures([logo] if logo else [])]
    return [OutputFile(f"{FOLDER}/index.html", "text/html", data), *beside]


def _page(entries: Iterable[LibraryEntry], imprint: Imprint, language: str, theme: str, logo: Picture | None) -> bytes:
    labels = load_labels(language)
    title = labels("all_articles")
    cards = [_card(entry, labels, language) for entry in sorted(entries, key=lambda entry: (entry.title, entry.slug))]
    tree = element("div", _masthead(imprint, title), element("ul", *cards, class_="cards"), class_="cards-page")
    head = [
        *policy(),
        element("link", rel="canonical", href=f"{imprint.url.rstrip('/')}/index.html"),
    ]
    if logo:
        head.append(element("link", rel="icon", href=ASSETS + quote(logo.path), type=logo.media_type))
    publication = Publication(
        kind="book",
        slug="index",
        title=f"{title} – {imprint.name}",
        language=language,
        chapters=(),
        imprint=imprint,
        edition="",
        theme=theme,
    )
    return rendered(publication, [tree], "screen", stylesheets=[stylesheet_url(theme)], head=head)


def _masthead(imprint: Imprint, title: str) -> Element:
    logo = [element("img", src=ASSETS + quote(imprint.logo), alt="", class_="logo")] if imprint.logo else []
    line = element("p", *logo, element("span", imprint.name, class_="publisher-name"), class_="publisher")
    return element("header", line, element("h1", title), class_="masthead")


def _card(entry: LibraryEntry, labels: Labels, language: str) -> Element:
    """Title, description, kind of article and day of review; title and description in the article's own language."""
    own = entry.language if entry.language != language else None
    made = element("li", class_="card")
    if entry.profile in load_profiles(None):
        made.append(element("p", load_profiles(None)[entry.profile].title(language), class_="kind"))
    made.append(element("h2", element("a", entry.title, href=f"{entry.slug}.html", lang=own)))
    if entry.description:
        made.append(element("p", entry.description, lang=own))
    if entry.reviewed:
        before, after = labels.around("reviewed", "date")
        day = element("time", labels.date(entry.reviewed), datetime=entry.reviewed.isoformat())
        made.append(element("p", before, day, after, class_="when"))
    return made

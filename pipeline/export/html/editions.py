"""Pages for readers who hold an edition: how it stands today, and the notice in the place of a withdrawn article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from pipeline.export.html.assets import FOLDER, stylesheet_url
from pipeline.export.html.policy import policy
from pipeline.model.edition import Released, Standing, State, Withdrawn
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Imprint, Publication
from pipeline.publication.links import EDITIONS
from pipeline.render.document import page
from pipeline.render.elements import Content, Element, element, joined
from pipeline.render.labels import Labels, load_labels

ADVICE: Mapping[State, tuple[str, ...]] = {
    "current": ("edition_use",),
    "superseded": ("edition_use_newer", "edition_throw_away"),
    "withdrawn": ("edition_stop", "edition_throw_away", "edition_tell_others", "edition_see_doctor"),
}
"""What readers should do, by the keys of the locales' strings."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages around these are like."""

    imprint: Imprint
    theme: str
    live: Mapping[str, str] = field(default_factory=dict)
    """The edition of each article that has a page of its own, by slug."""
    revised: frozenset[str] = frozenset()
    """Those whose page says other words than any edition that was released."""


def status_path(edition: str) -> str:
    """Where an edition's page lies below ``build/``: a folder of its own, so that its address needs no suffix."""
    return f"{FOLDER}/{EDITIONS}/{edition}/index.html"


def status_page(standing: Standing, site: Site) -> OutputFile:
    """The page that a printed copy's address leads to: current, superseded or withdrawn, and what to do."""
    held = standing.edition
    labels = load_labels(held.language)
    revised = not standing.newer and held.slug in (site.live if standing.withdrawal else site.revised)
    state: State = "superseded" if revised and standing.state == "current" else standing.state
    facts: list[list[Content]] = [
        [labels("edition", edition=held.id)],
        _dated(labels, "edition_released", held.released),
    ]
    if standing.withdrawal and standing.withdrawal.since:
        facts.append(_dated(labels, "edition_since", standing.withdrawal.since))
    text = [*_why(labels, standing.withdrawal), *_advice(labels, state, site.imprint)]
    text += _where(labels, standing, site, revised=revised)
    data = _page(site, labels, f"edition_{state}", held, joined(facts, " · "), text, up="../../")
    return OutputFile(status_path(held.id), "text/html", data)


def notice_page(withdrawal: Withdrawn, standings: Iterable[Standing], site: Site) -> OutputFile:
    """The page in the place of a withdrawn article's; ``standings`` are those of its editions."""
    labels = load_labels(withdrawal.language)
    text = [*_why(labels, withdrawal), *_advice(labels, "withdrawn", site.imprint)]
    held = [element("li", *_named(labels, each.edition)) for each in standings]
    if held:
        text += element("h2", labels("edition_which")), element("ul", *held, class_="tight")
    facts = _dated(labels, "edition_since", withdrawal.since) if withdrawal.since else []
    data = _page(site, labels, "article_withdrawn", withdrawal, facts, text, up="")
    return OutputFile(f"{FOLDER}/{withdrawal.slug}.html", "text/html", data)


def _why(labels: Labels, withdrawal: Withdrawn | None) -> Iterator[Element]:
    if withdrawal:
        yield element("h2", labels("edition_what_was_wrong"))
        yield element("p", withdrawal.reason or labels("edition_no_reason"))


def _advice(labels: Labels, state: State, imprint: Imprint) -> Iterator[Element]:
    yield element("h2", labels("edition_what_to_do"))
    items = [element("li", labels(key)) for key in ADVICE[state]]
    contact: Content = imprint.contact
    if "@" in imprint.contact:
        contact = element("a", imprint.contact, href=f"mailto:{imprint.contact}")
    before, after = labels.around("edition_ask", "contact")
    yield element("ul", *items, element("li", before, contact, after), class_="tight")


def _where(labels: Labels, standing: Standing, site: Site, *, revised: bool) -> Iterator[Element]:
    """What is current instead, or where the same is online; linked as far as it has a page."""
    shown = standing.newer or standing.edition
    title: Content = shown.title
    if shown.kind == "article" and shown.slug in site.live:
        title = element("a", shown.title, href=f"../../{quote(shown.slug)}.html")
    if standing.newer:
        yield element("h2", labels("edition_newer"))
        yield element("p", title, " · ", *_named(labels, standing.newer))
    elif revised:
        yield element("h2", labels("edition_newer"))
        yield element("p", title, " · ", labels("edition", edition=site.live[shown.slug]))
    elif standing.withdrawal:
        yield element("p", labels("edition_none_newer"))
    elif not isinstance(title, str):
        yield element("h2", labels("edition_online"))
        yield element("p", title)


def _named(labels: Labels, entry: Released) -> list[Content]:
    number: list[Content] = [labels("edition", edition=entry.id)]
    return joined([number, _dated(labels, "edition_released", entry.released)], " · ")


def _dated(labels: Labels, key: str, day: date) -> list[Content]:
    before, after = labels.around(key, "date")
    return [before, element("time", labels.date(day), datetime=day.isoformat()), after]


def _page(
    site: Site,
    labels: Labels,
    heading: str,
    held: Released | Withdrawn,
    facts: list[Content],
    text: list[Element],
    *,
    up: str,
) -> bytes:
    """A page ``up`` folders below the site's root; search engines leave it alone."""
    imprint, language = site.imprint, labels.locale.tag
    publisher = element("a", element("span", imprint.name, class_="publisher-name"), href=imprint.url)
    masthead = element(
        "header",
        element("p", publisher, class_="publisher"),
        element("h1", labels(heading), id="title"),
        element("p", held.title, class_="subtitle", lang=held.language if held.language != language else None),
        element("p", *facts, class_="review"),
        class_="masthead",
    )
    article = element(
        "article",
        masthead,
        element("div", *text, class_="text"),
        class_=heading.replace("_", "-"),
        aria_labelledby="title",
    )
    publication = Publication(
        kind="article",
        slug="",
        title=f"{labels(heading)}: {held.title} – {imprint.name}",
        language=language,
        chapters=(),
        imprint=imprint,
        edition="",
        theme=site.theme,
    )
    head = [*policy(), element("meta", name="robots", content="noindex")]
    return page(publication, [article], "screen", stylesheets=[up + stylesheet_url(site.theme)], head=head)

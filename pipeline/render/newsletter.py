"""A newsletter as one tree, and the pieces of it: note, disclaimers, articles, dates, offers, who sends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model.newsletter import Event, Offer
from pipeline.model.nodes import Figure
from pipeline.model.publication import Chapter, Issue, Publication
from pipeline.render.blocks import blocks
from pipeline.render.document import furnish
from pipeline.render.elements import Content, Element, element, joined
from pipeline.render.inlines import image, ornament
from pipeline.render.labels import Labels, load_labels
from pipeline.render.matter import footnotes
from pipeline.render.on_paper import way_to_the_edition, write_addresses
from pipeline.render.scene import Scene, Target, open_scene

TITLE = "newsletter-title"

MOST_SIDE_BY_SIDE = 1200
"""Characters of a disclaimer that may stand beside another: two that do are never parted by a page's end."""


def newsletter_tree(
    publication: Publication, issue: Issue, target: Target, *, pictures_at: str | None = None
) -> Element:
    """The newsletter as an ``<article>``; raises ExportError when it lacks a picture.

    ``pictures_at`` goes before a picture's path, as ``chapter_tree`` says.
    """
    labels = load_labels(publication.language)
    scene = open_scene(publication, issue.note, target, pictures_at)
    made = element("article", masthead(scene, issue), class_="newsletter", aria_labelledby=TITLE)
    if target == "print":
        furnish(made, publication, labels)
    note = element("div", *note_blocks(scene), class_="text note")
    opening = element("div", contents(publication, labels), note, class_="opening")
    made.extend((notices(scene), opening) if issue.warns_first else (opening, notices(scene)))
    rest = [item(publication, issue, chapter, target, pictures_at) for chapter in publication.chapters]
    rest += [*lists(issue, labels), sender(publication, issue, labels)]
    if target == "print":
        rest[-1].append(way_to_the_edition(publication, labels))
        for part in rest:
            write_addresses(part)
    # On paper all of it runs through the same columns, so that no article leaves half a page behind it.
    made.extend([element("div", *rest, class_="columns")] if target == "print" else rest)
    return made


def masthead(scene: Scene, issue: Issue) -> Element:
    """Publisher, title, number and date."""
    imprint = scene.publication.imprint
    logo = [ornament(imprint.logo, scene, "logo")] if imprint.logo in scene.publication.pictures else []
    name = element("span", imprint.name, class_="publisher-name")
    day = element("time", scene.labels.date(issue.published), datetime=issue.published.isoformat())
    return element(
        "header",
        element("p", *logo, name, class_="publisher"),
        element("h1", scene.publication.title, id=TITLE),
        element("p", f"{scene.labels('issue', number=issue.number)} · ", day, class_="review"),
        class_="masthead",
    )


def contents(publication: Publication, labels: Labels) -> Element:
    """A box with a link to each article."""
    links = [
        element("li", element("a", chapter.title, href=f"#{chapter.slug}-title")) for chapter in publication.chapters
    ]
    title = element("h2", labels("in_this_issue"), id="contents")
    return element("nav", title, element("ul", *links, class_="tight"), class_="contents", aria_labelledby="contents")


def note_blocks(scene: Scene) -> list[Element]:
    """The editor's note with its footnotes."""
    return [*blocks(scene.chapter.body, scene), *_notes(scene)]


def notices(scene: Scene) -> Element:
    """The disclaimers that stand once for all articles, under a heading of their own."""
    level, scene.level = scene.level, 2
    title = element("h2", scene.labels("safety_information"), id="safety-information")
    scene.heading = "safety-information"
    boxes = blocks(scene.chapter.front, scene)
    scene.level = level
    if scene.target == "print":
        boxes = list(_pairs(boxes))
    return element("section", title, *boxes, class_="notices", aria_labelledby="safety-information")


def _pairs(boxes: Sequence[Element]) -> Iterator[Element]:
    """The boxes two by two, side by side, in their order; one that is long, or that is left over, stands alone."""
    waiting = list(boxes)
    while waiting:
        box = waiting.pop(0)
        if waiting and all(len("".join(each.itertext())) <= MOST_SIDE_BY_SIDE for each in (box, waiting[0])):
            halves = (element("div", each, class_="half") for each in (box, waiting.pop(0)))
            box = element("div", *halves, class_="pair")
        yield box


def item(
    publication: Publication, issue: Issue, chapter: Chapter, target: Target, pictures_at: str | None = None
) -> Element:
    """An article, in full or as a summary with a link."""
    scene = open_scene(publication, chapter, target, pictures_at)
    scene.level = 2
    title = f"{chapter.slug}-title"
    scene.ids.add(title)
    made = element("section", element("h2", chapter.title, id=title), class_="item full", aria_labelledby=title)
    if chapter.language != publication.language:
        made.set("lang", chapter.language)
    if chapter.slug in issue.summaries:
        made.set("class", "item summary")
        made.extend(_summary(scene, load_labels(publication.language)))
    else:
        made.append(element("p", credit(scene), class_="review"))
        made.extend(blocks(chapter.body, scene))
        made.extend(_notes(scene))
    return made


def credit(scene: Scene) -> str:
    """Who wrote an article, and when it was last looked at."""
    names = ", ".join(author.name for author in scene.chapter.authors)
    parts = [scene.labels("by", names=names)] if names else []
    if scene.chapter.reviewed:
        parts.append(scene.labels("reviewed", date=scene.labels.date(scene.chapter.reviewed)))
    return " · ".join(parts)


def _summary(scene: Scene, labels: Labels) -> list[Element]:
    chapter = scene.chapter
    figures = [block for block in chapter.body if isinstance(block, Figure)]
    shown = [element("figure", image(each.image.src, each.image.alt, scene)) for each in figures]
    words = element("p", chapter.description)
    link = element("a", labels("read_article", title=chapter.title), href=scene.article_url(chapter.slug))
    return [*shown, words, element("p", link, class_="more")]


def lists(issue: Issue, labels: Labels) -> list[Element]:
    """Offers and events, each under a heading."""
    rows = [
        ("offers", [_offer(offer, labels) for offer in issue.offers]),
        ("events", [_event(event, labels) for event in issue.events]),
    ]
    return [
        element(
            "section",
            element("h2", labels(key), id=key),
            element("ul", *items, class_="labelled tight"),
            class_=f"item {key}",
            aria_labelledby=key,
        )
        for key, items in rows
        if items
    ]


def _named(name: str, url: str) -> Element:
    return element("strong", element("a", name, href=url) if url else name, class_="label")


def _event(event: Event, labels: Labels) -> Element:
    made = element("li", _named(event.name, event.url), element("br"), labels.moment(event.when))
    if event.where:
        made[-1].tail = f"{made[-1].tail}\u00a0· {event.where}"
    return made


def _offer(offer: Offer, labels: Labels) -> Element:
    words = [offer.text, labels("until", date=labels.date(offer.until)) + "." if offer.until else ""]
    text = " ".join(word for word in words if word)
    made = element("li", _named(offer.name, offer.url))
    if text:
        made.append(element("br"))
        made[-1].tail = text
    return made


def sender(publication: Publication, issue: Issue, labels: Labels) -> Element:
    """Who sends it, from where, why, and how to leave the list."""
    imprint = publication.imprint
    contact: Content = imprint.contact
    if "@" in imprint.contact:
        contact = element("a", imprint.contact, href=f"mailto:{imprint.contact}")
    site = element("a", imprint.url.partition("://")[2].rstrip("/"), href=imprint.url)
    leave = element("a", labels("unsubscribe"), href=issue.unsubscribe)
    return element(
        "footer",
        element("h2", labels("contact"), id="contact"),
        element("p", element("strong", imprint.name), element("br"), imprint.postal_address, class_="imprint"),
        element("p", *joined([[contact], [site]], " · ")),
        element("p", labels("why_you_get_this", name=imprint.name), " ", leave, class_="leave"),
        element("p", labels("edition", edition=publication.edition)),
        class_="colophon",
    )


def _notes(scene: Scene) -> list[Element]:
    """Footnotes, under a heading that fits its place."""
    level = scene.level
    made = footnotes(scene)
    scene.level = level
    for section in made:
        section[0].tag = f"h{min(level + 1, 6)}"
    return made

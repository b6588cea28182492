"""What stands around the text: masthead, notes, related articles, imprint and colophon."""

from __future__ import annotations

from datetime import date

from pipeline.model.article import Person
from pipeline.model.nodes import Footnote, Link, Paragraph
from pipeline.model.publication import Imprint
from pipeline.model.walk import find
from pipeline.publication.book import own_front
from pipeline.render.blocks import blocks
from pipeline.render.elements import EPUB_TYPE, Content, Element, element, joined
from pipeline.render.inlines import inlines, ornament
from pipeline.render.scene import Scene
from pipeline.render.semantics import mark
from pipeline.render.theme import load_theme


def masthead(scene: Scene) -> Element:
    """Publisher, or in a book the chapter's number; title, authors and review record."""
    chapter = scene.chapter
    line = publisher_line(scene) if scene.publication.volume is None else _number_line(scene)
    made = element("header", line, class_="masthead")
    title = scene.claim("title")
    made.append(element("h1", chapter.title, id=title))
    if chapter.subtitle:
        subtitle = element("p", chapter.subtitle, class_="subtitle", role="doc-subtitle")
        made.append(subtitle)
    if chapter.authors:
        names = joined([named(each) for each in chapter.authors], "; ")
        before, after = scene.labels.around("by", "names")
        made.append(element("p", before, *names, after, class_="byline"))
    review = _review(scene)
    if review:
        made.append(element("p", *review, class_="review"))
    return made


def _number_line(scene: Scene) -> Element:
    """The chapter's number in a book; on the web with the book's title, which leads to its contents."""
    number = [each.slug for each in scene.publication.chapters].index(scene.chapter.slug) + 1
    words: list[Content] = [scene.labels("chapter", number=number)]
    if scene.target == "screen":
        words = [element("a", scene.publication.title, href="index.html"), " · ", *words]
    return element("p", *words, class_="number")


def publisher_line(scene: Scene) -> Element:
    """The publisher's logo and name."""
    imprint = scene.publication.imprint
    name: Content = imprint.name
    if scene.target == "screen":
        name = element("a", imprint.name, href=imprint.url if scene.publication.volume else "index.html")
    logo = [ornament(imprint.logo, scene, "logo")] if imprint.logo else []
    return element("p", *logo, element("span", name, class_="publisher-name"), class_="publisher")


def named(person: Person) -> list[Content]:
    """A person's name with what stands behind it."""
    out: list[Content] = [element("span", person.name, class_="name")]
    if person.credentials:
        out.append(f", {person.credentials}")
    return out


def _review(scene: Scene) -> list[Content]:
    """Who reviewed the article, and on a line of its own when."""
    chapter = scene.chapter
    reviewer: list[Content] = []
    groups: list[list[Content]] = []
    if chapter.reviewer:
        before, after = scene.labels.around("reviewed_by", "name")
        reviewer = [before, *named(chapter.reviewer), after]
    for key, day in (
        ("published", chapter.published),
        ("reviewed", chapter.reviewed),
        ("next_review", chapter.next_review),
    ):
        if day:
            groups.append(dated(scene, key, day))
    dates = joined(groups, " · ")
    return [*reviewer, element("br"), *dates] if reviewer and dates else [*reviewer, *dates]


def dated(scene: Scene, key: str, day: date) -> list[Content]:
    """A date and what happened on it, as ``Reviewed 2 March 2026``."""
    before, after = scene.labels.around(key, "date")
    when = element("time", scene.labels.date(day), datetime=day.isoformat())
    # a date and what it is of stay on one line
    return [element("span", before, when, after, class_="fact")]


def front(scene: Scene) -> list[Element]:
    """The disclaimers that come before the text."""
    volume, boxes = scene.publication.volume, scene.chapter.front
    if volume and scene.target != "screen":
        # pages of the web are found one by one, so there each chapter says it all
        boxes = own_front(scene.chapter, volume)
    return [element("div", *blocks(boxes, scene), class_="notices")] if boxes else []


def footnotes(scene: Scene) -> list[Element]:
    """The notes that the text refers to, each with a link back."""
    notes = [note for note in scene.chapter.footnotes if note.number]
    if not notes:
        return []
    tight = all(len(note.blocks) == 1 and isinstance(note.blocks[0], Paragraph) for note in notes)
    scene.level = 2
    items = [_note(note, tight, scene) for note in notes]
    scene.level = 1
    listed = element("ol", *items, class_="tight" if tight else "loose")
    return [_section(scene, "notes", listed, epub_type="endnotes", role="doc-endnotes")]


def _note(note: Footnote, tight: bool, scene: Scene) -> Element:
    back = element(
        "a",
        "↩",
        href=f"#{scene.prefix}fnref-{note.number}",
        role="doc-backlink",
        aria_label=scene.labels("back_to_text", number=note.number),
        class_="backlink",
    )
    first = note.blocks[0]
    content = inlines(first.children, scene) if tight and isinstance(first, Paragraph) else blocks(note.blocks, scene)
    made = element("li", *content, id=f"{scene.prefix}fn-{note.number}")
    _follow(made[-1] if len(made) and made[-1].tag == "p" else made, back)
    # no epub:type here: Ace wants a role beside it, and an item of a list can have none but its own
    return made


def _follow(parent: Element, link: Element) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + " "
    else:
        parent.text = (parent.text or "") + " "
    parent.append(link)


def related(scene: Scene) -> list[Element]:
    """Links to related articles, apart from those that the text's own section on them has."""
    linked = {
        link.href.split("#")[0].removesuffix(".md")
        for block in scene.chapter.body
        if getattr(block, "role", "") == "related"
        for link in find([block], Link)
    }
    items = [
        element("li", element("a", each.title, href=scene.article_url(each.slug)))
        for each in scene.chapter.related
        if each.slug not in linked
    ]
    return [_section(scene, "related", element("ul", *items, class_="tight"))] if items else []


def _section(scene: Scene, label: str, *content: Element, epub_type: str = "", role: str = "") -> Element:
    id_ = scene.claim(f"part-{label}")
    heading = element("h2", scene.labels(label), id=id_)
    made = element("section", heading, *content, class_=f"matter {label}", aria_labelledby=id_)
    if role:
        mark(made, epub_type, role, scene.target)
    return made


def imprint_lines(imprint: Imprint) -> list[Element]:
    """Who publishes, where, and how to reach them: a paragraph each."""
    lines: list[Element] = [element("p", element("strong", imprint.name), class_="imprint-name")]
    if imprint.postal_address:
        lines.append(element("p", imprint.postal_address))
    reach = joined(
        [
            [element("a", imprint.contact, href=f"mailto:{imprint.contact}")]
            if "@" in imprint.contact
            else [imprint.contact],
            [element("a", imprint.url.partition("://")[2] or imprint.url, href=imprint.url)],
        ],
        " · ",
    )
    lines.append(element("p", *reach))
    return lines


def back(scene: Scene) -> Element:
    """Imprint and colophon: who publishes, who paid, which edition this is and how it was made."""
    imprint = scene.publication.imprint
    lines = imprint_lines(imprint)
    about = [scene.labels("edition", edition=scene.publication.edition) + "."]
    if scene.publication.sources:
        about.append(scene.labels("made_from", sources=", ".join(scene.publication.sources)))
    about.append(scene.labels("set_in", fonts=", ".join(load_theme(scene.publication.theme).families())))
    colophon = element("div", element("p", " ".join(about)), class_="colophon-text")
    if scene.chapter.funding:
        colophon.append(element("p", scene.labels("funding", funding=scene.chapter.funding)))
    made = element("footer", element("div", *lines, class_="imprint"), colophon, class_="colophon")
    if scene.target == "epub":
        made.set(EPUB_TYPE, "colophon")
    return made

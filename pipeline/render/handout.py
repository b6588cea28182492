"""A handout as one tree: a slim masthead, lines to fill in, safety text, what to do, and the way to the whole article."""

from __future__ import annotations

from pipeline.model.layout import Line
from pipeline.model.publication import Chapter, Publication
from pipeline.publication.links import edition_url
from pipeline.render.blocks import blocks
from pipeline.render.document import furnish
from pipeline.render.elements import Content, Element, element
from pipeline.render.labels import LINE_LABELS
from pipeline.render.matter import dated, front, imprint_lines, publisher_line
from pipeline.render.scene import Scene, open_scene


def handout_tree(publication: Publication, chapter: Chapter) -> Element:
    """The handout for print as an ``<article>``; raises ExportError when the publication lacks a picture."""
    scene = open_scene(publication, chapter, "print")
    made = element("article", _masthead(scene), class_=f"handout profile-{chapter.profile}")
    if chapter.language != publication.language:
        made.set("lang", chapter.language)
    made.set("aria-labelledby", f"{scene.prefix}title")
    furnish(made, publication, scene.labels)
    made.extend(front(scene))
    made.append(element("div", *blocks(chapter.body, scene), class_="text"))
    made.append(_back(scene))
    return made


def _masthead(scene: Scene) -> Element:
    made = element("header", publisher_line(scene), class_="masthead")
    made.append(element("h1", scene.chapter.title, id=scene.claim("title")))
    if scene.publication.lines:
        lines = [_line(line, scene) for line in scene.publication.lines]
        made.append(element("div", *lines, class_="form"))
    return made


def _line(line: Line, scene: Scene) -> Element:
    """A label with a rule to write on; personal copies are stamped there."""
    label = element("span", f"{scene.labels(LINE_LABELS[line])}:", class_="form-label")
    return element("p", label, class_=f"form-line form-{line}", data_line=line)


def _back(scene: Scene) -> Element:
    """Who publishes, which edition this is, and where the whole article is."""
    publication = scene.publication
    url = edition_url(publication.imprint.url, publication.edition)
    about: list[Content] = [scene.labels("edition", edition=publication.edition)]
    if scene.chapter.reviewed:
        about += [" · ", *dated(scene, "reviewed", scene.chapter.reviewed)]
    way = element(
        "div",
        element("p", qr_code(url), class_="qr"),
        element("p", scene.labels("full_article"), class_="way-words"),
        element("p", element("a", url.partition("://")[2], href=url), class_="way-link"),
        class_="way",
    )
    lines = [*imprint_lines(scene.publication.imprint), element("p", *about, class_="about")]
    return element("footer", way, element("div", *lines, class_="imprint"), class_="colophon")


def qr_code(url: str) -> Element:
    """The address as a drawing, with the margin of four modules and error correction M; ISO/IEC 18004, 6.3.8 and 7.5.

    It has no text alternative: the link that stands beside it is one.
    """
    import segno

    code = segno.make(url, error="m", micro=False)
    drawing = code.svg_data_uri(border=4, dark="#000", light="#fff", xmldecl=False, nl=False, encode_minimal=False)
    return element("img", src=drawing, alt="")

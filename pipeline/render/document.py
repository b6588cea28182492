"""A chapter as one tree, and trees as a complete document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from lxml import etree

from pipeline.model.publication import Chapter, Publication
from pipeline.render.blocks import blocks
from pipeline.render.book import BookMatter
from pipeline.render.elements import EPUB_TYPE, XHTML, Element, element, written
from pipeline.render.labels import load_labels
from pipeline.render.matter import back, footnotes, front, masthead, related
from pipeline.render.navigation import contents
from pipeline.render.scene import Target, open_scene
from pipeline.render.theme import load_theme
from pipeline.render.whole_words import keep_words_whole, let_words_break

OPS = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages written from right to left."""


def chapter_tree(
    publication: Publication,
    chapter: Chapter,
    target: Target,
    *,
    pictures_at: str | None = None,
) -> Element:
    """The chapter as an ``<article>``, in an e-book a ``<section>``: masthead, front matter, text, notes, related articles, imprint and colophon.

    ``pictures_at`` goes before a picture's path to make its address: ``assets/`` on screen, ``content:`` on paper and
    ``../`` in an e-book unless told otherwise. Raises ExportError when the publication lacks a picture.
    """
    scene = open_scene(publication, chapter, target, pictures_at)
    # ARIA in HTML allows the role doc-chapter on <section> alone.
    tag = "section" if target == "epub" else "article"
    article = element(tag, masthead(scene), class_=f"profile-{chapter.profile}")
    if chapter.language != publication.language:
        article.set("lang", chapter.language)
    article.set("aria-labelledby", f"{scene.prefix}title")
    if target == "print":
        furnish(article, publication, scene.labels)
    volume = publication.volume
    if volume:
        article.extend(BookMatter(publication, volume, target, pictures_at).pointer(chapter))
    article.extend(front(scene))
    text = element("div", *blocks(chapter.body, scene), class_="text")
    if target == "screen":
        article.extend(contents(text, scene))
    article.append(text)
    article.extend((*footnotes(scene), *related(scene)))
    if not volume or target == "screen":
        article.append(back(scene))
    if target == "print":
        keep_words_whole(article)
    if target == "epub":
        let_words_break(article)
        article.set(EPUB_TYPE, "chapter")
        article.set("role", "doc-chapter")
    return article


def furnish(article: Element, publication: Publication, labels: Any) -> None:
    """What the style sheet puts into page margins: words of the page's number, the edition, and a book's title."""
    before, _, rest = labels("page_of", page="\0", pages="\1").partition("\0")
    between, _, after = rest.partition("\1")
    article.set("data-edition", labels("edition", edition=publication.edition))
    if publication.kind == "book":
        article.set("data-book", publication.title)
    for name, words in (("before", before), ("of", between), ("after", after)):
        article.set(f"data-page-{name}", words)


def page(
    publication: Publication,
    trees: Iterable[Element],
    target: Target,
    *,
    stylesheets: Sequence[str] = (),
    title: str = "",
    language: str = "",
    head: Iterable[Element] = (),
    body_class: str = "",
) -> bytes:
    """A complete document in UTF-8: HTML5 for screen and print, well-formed XHTML for e-books.

    The shell is the theme's. ``stylesheets`` are addresses, ``head`` holds further elements for ``<head>``. The trees are
    taken over: they become part of the document.
    """
    language = language or publication.language
    rtl = language.split("-")[0].lower() in RIGHT_TO_LEFT
    markup = _shell(publication.theme, target).render(
        language=language,
        direction="rtl" if rtl else "",
        title=title or publication.title,
        labels=load_labels(language),
        publication=publication,
    )
    root = etree.fromstring(markup.encode(), etree.XMLParser(resolve_entities=False, remove_comments=True))
    links = [element("link", rel="stylesheet", href=each, type="text/css") for each in stylesheets]
    _fill(root, "head", [*head, *links])
    _fill(root, "text", list(trees))
    body = root.find("body")
    if body_class and body is not None:
        body.set("class", body_class)
    return _serialise(root, target)


@cache
def _shell(theme: str, target: Target) -> Any:
    """The theme's shell of a target as a Jinja2 template that escapes every value."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, finalize=_written)
    return environment.from_string(load_theme(theme).read(f"shells/{target}.xhtml"))


def _written(value: object) -> object:
    return written(value) if type(value) is str else value


def _fill(root: Element, name: str, content: list[Element]) -> None:
    """Put content where the shell has its ``<slot>``."""
    for slot in root.iter("slot"):
        parent = slot.getparent()
        if slot.get("name") == name and parent is not None:
            at = parent.index(slot)
            for made in content:
                made.tail = "\n"
            parent[at : at + 1] = content
            return


def _serialise(root: Element, target: Target) -> bytes:
    if target == "epub":
        return etree.tostring(_xhtml(root), encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>") + b"\n"
    markup = etree.tostring(root, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
    return markup.encode() + b"\n"


def _xhtml(root: Element) -> Element:
    """The tree in the XHTML namespace, with ``xml:lang`` beside ``lang`` as reading systems want it."""
    outer = etree.Element(f"{{{XHTML}}}html", dict(root.attrib), nsmap={None: XHTML, "epub": OPS})
    outer.text = root.text
    outer.extend(list(root))
    for each in outer.iter():
        if isinstance(each.tag, str) and not each.tag.startswith("{"):
            each.tag = f"{{{XHTML}}}{each.tag}"
        if lang := each.get("lang"):
            each.set(XML_LANG, lang)
    return outer

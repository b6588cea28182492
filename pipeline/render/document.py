"""A chapter as one tree, and a tree as a complete document."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pipeline.model.publication import Chapter, Publication
from pipeline.render.blocks import blocks
from pipeline.render.elements import EPUB_TYPE, XHTML, Element, element
from pipeline.render.matter import back, footnotes, front, masthead, related
from pipeline.render.scene import Target, open_scene

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def chapter_tree(
    publication: Publication,
    chapter: Chapter,
    target: Target,
    *,
    pictures_at: str | None = None,
) -> Element:
    """The chapter as an ``<article>``: masthead, front matter, text, notes, related articles, imprint and colophon.

    ``pictures_at`` goes before a picture's path to make its address. Raises ExportError when a picture is missing.
    """
    scene = open_scene(publication, chapter, target, pictures_at)
    head = masthead(scene)
    article = element("article", head, *front(scene), lang=chapter.language, class_=f"profile-{chapter.profile}")
    article.set("aria-labelledby", f"{scene.prefix}title")
    article.append(element("div", *blocks(chapter.body, scene), class_="text"))
    for made in (*footnotes(scene), *related(scene), back(scene)):
        article.append(made)
    if target == "epub":
        article.set(EPUB_TYPE, "chapter")
        article.set("role", "doc-chapter")
    return article


def page(
    publication: Publication,
    trees: Sequence[Element],
    target: Target,
    *,
    stylesheets: Sequence[str] = (),
    title: str = "",
    language: str = "",
    head: Sequence[Element] = (),
    body_class: str = "",
) -> bytes:
    """A complete document in UTF-8: HTML5 for screen and print, well-formed XHTML for e-books.

    ``head`` holds further elements for ``<head>``. The trees are taken over: they become part of the document.
    """
    language = language or publication.language
    top = element("head")
    if target == "epub":
        top.append(element("meta", charset="utf-8"))
    else:
        top.append(element("meta", charset="utf-8"))
        top.append(element("meta", name="viewport", content="width=device-width, initial-scale=1"))
    top.append(element("title", title or publication.title))
    top.extend(head)
    top.extend(
        element("link", rel="stylesheet", href=each, type="text/css" if target == "epub" else None)
        for each in stylesheets
    )
    body: Element = element("body", *trees, class_=body_class)
    root = element("html", top, body, lang=language)
    if language.split("-")[0].lower() in RIGHT_TO_LEFT:
        root.set("dir", "rtl")
    return serialise(root, target)


def serialise(root: Element, target: Target) -> bytes:
    """The document's bytes, the same for the same tree."""
    if target == "epub":
        return etree.tostring(_xhtml(root), encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>") + b"\n"
    markup = etree.tostring(root, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
    return markup.encode() + b"\n"


def _xhtml(root: Element) -> Element:
    """The tree in the XHTML namespace, with ``xml:lang`` beside ``lang`` as reading systems want it."""
    outer = etree.Element(
        f"{{{XHTML}}}html", dict(root.attrib), nsmap={None: XHTML, "epub": "http://www.idpf.org/2007/ops"}
    )
    outer.extend(list(root))
    for each in outer.iter():
        if isinstance(each.tag, str) and not each.tag.startswith("{"):
            each.tag = f"{{{XHTML}}}{each.tag}"
        if lang := each.get("lang"):
            each.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
    return outer

"""A publication as an EPUB 3.3 book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.export.epub import fonts
from pipeline.export.epub.archive import repack
from pipeline.export.epub.cover import Cover, cover_of, own_cover, picture
from pipeline.export.epub.documents import Document, documents
from pipeline.export.epub.links import connect
from pipeline.export.epub.metadata import identifier, modified, statements
from pipeline.export.epub.names import tell_apart
from pipeline.export.epub.navigation import HREF, navigation
from pipeline.export.epub.package import Item, Package, write
from pipeline.export.epub.page_breaks import mark_pages
from pipeline.export.epub.pictures import Gallery, hang
from pipeline.export.format import output_path
from pipeline.locales import load_locale
from pipeline.model.proof import OutputFile
from pipeline.model.publication import Publication
from pipeline.render.document import RIGHT_TO_LEFT, page
from pipeline.render.theme import load_theme

MEDIA_TYPE = "application/epub+zip"
XHTML = "application/xhtml+xml"
STYLE = "style/book.css"
COVER = "cover-image"


def export(publication: Publication) -> list[OutputFile]:
    """The book as one file; raises ExportError when a picture or a font is missing."""
    cover = cover_of(publication)
    made = documents(publication, cover)
    gallery = Gallery(publication.pictures)
    hang([document.tree for document in made], gallery)
    connect(made)
    trees = [document.tree for document in made]
    for tree in trees:
        tell_apart(tree)
    pages = mark_pages(made, publication.page_starts)
    described = list(statements(publication, trees, gallery))
    nav = navigation(made, publication.language, pages)
    text = "".join(piece for tree in (*trees, *nav) for piece in tree.itertext())
    items = [
        *_texts(publication, made),
        Item(
            "nav", HREF, XHTML, page(publication, nav, "epub", stylesheets=[STYLE], title=_contents(publication)), "nav"
        ),
        *_looks(publication, text),
        *_pictures(publication, cover, gallery),
    ]
    spine = [item.id for item in items if item.id.startswith("text-")]
    package = Package(
        identifier=identifier(publication),
        title=publication.title,
        language=publication.language,
        right_to_left=publication.language.split("-")[0].lower() in RIGHT_TO_LEFT,
        modified=modified(publication),
        statements=described,
        items=items,
        # contents follow the title page
        spine=[*spine[:2], "nav", *spine[2:]],
    )
    return [OutputFile(output_path(publication, "epub", ".epub"), MEDIA_TYPE, repack(write(package)))]


def _contents(publication: Publication) -> str:
    return load_locale(publication.language).text("contents")


def _texts(publication: Publication, made: Sequence[Document]) -> list[Item]:
    items = []
    for number, document in enumerate(made, 1):
        properties = "svg" if document.tree.find(".//{http://www.w3.org/2000/svg}svg") is not None else ""
        data = page(
            publication,
            [document.tree],
            "epub",
            stylesheets=[f"../{STYLE}"],
            title=document.title,
            language=document.language,
        )
        items.append(Item(f"text-{number}", document.href, XHTML, data, properties))
    return items


def _pictures(publication: Publication, cover: Cover, gallery: Gallery) -> Iterator[Item]:
    own = own_cover(publication)
    if own is None:
        yield Item(COVER, "images/cover.png", "image/png", picture(cover), "cover-image")
    for number, (name, each) in enumerate(gallery.used(), 1):
        if own is not None and each.path == own.path:
            yield Item(COVER, name, each.media_type, each.data, "cover-image")
        else:
            yield Item(f"picture-{number}", name, each.media_type, each.data)


def _looks(publication: Publication, text: str) -> list[Item]:
    """The style sheet, and the theme's fonts cut down to the characters of the text and of the style sheet's own words."""
    theme = load_theme(publication.theme)
    more = ["book-epub.css"] if publication.volume else []
    css = theme.stylesheet("epub", publication.imprint.colour, faces=theme.embedded_faces("../fonts/"), more=more)
    points = {*map(ord, {*text, *css})}
    return [
        Item("style", STYLE, "text/css", css.encode()),
        *(
            Item(f"font-{at}", f"fonts/{face.file}", "font/ttf", fonts.subset(face.path, points))
            for at, face in enumerate(theme.faces, 1)
        ),
    ]

"""Set a publication with WeasyPrint: fonts and style sheets are read once in a process and used for every document."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.errors import ExportError
from pipeline.export.pdf import emoji, finish
from pipeline.export.pdf.complaints import collected, missing_characters, raise_for
from pipeline.export.pdf.document import document
from pipeline.export.pdf.fallback import fallback_fonts, foreign_characters
from pipeline.export.pdf.fetcher import fetcher
from pipeline.export.pdf.finish import edition
from pipeline.export.pdf.fitting import fit, settle
from pipeline.export.pdf.imposition import impose
from pipeline.export.pdf.layouts import IMPOSITIONS, Look, look_of, sheet
from pipeline.export.pdf.startup import own_fonts_only, weasyprint
from pipeline.export.pdf.writing import plainly
from pipeline.model.publication import Picture, Publication
from pipeline.render.theme import load_theme

VARIANT = {"pdf_variant": "pdf/a-2a"}
NO_OPTIONS: Mapping[str, object] = MappingProxyType({})

SETTLED = frozenset({"standard", "booklet"})
"""Layouts whose first and last pages are looked at; large print and cards have their own measures."""

PICTURES_AS_THEY_ARE = "*{image-rendering:crisp-edges}"
"""PDF/A forbids smoothed pictures, also in backgrounds; ISO 19005-2, 6.2.8."""

MOST_RULES = 20
"""Sets of rules that are kept, once read, to be laid over a style sheet again."""

Watch = Callable[[Any], None]
"""Is shown WeasyPrint's document once it is laid out."""

Written = tuple[bytes, list[str]]
"""A document as WeasyPrint writes it, not yet finished, and what was logged of it."""


def typeset(publication: Publication, watch: Watch = lambda _laid_out: None) -> tuple[bytes, int]:
    """The publication as a finished PDF, and its number of pages; raises ExportError for whatever goes wrong."""
    data, pages = finish.finish(unfinished(publication, watch), edition.statement(publication))
    if publication.layout in IMPOSITIONS:
        return impose(data, publication.layout, sheet(publication))
    return data, pages


def unfinished(publication: Publication, watch: Watch = lambda _laid_out: None, *, packed: bool = True) -> bytes:
    """The publication as WeasyPrint writes it, with this pipeline's tags; ``packed`` to be kept. Raises ExportError."""
    html = document(publication)
    look = look_of(publication)
    data, messages = with_fallbacks(look, html, lambda fonts: write(publication, html, fonts, watch, packed=packed))
    raise_for(messages, publication, html.decode())
    return data


def with_fallbacks(look: Look, html: bytes, write_with: Callable[[tuple[Path, ...]], Written]) -> Written:
    """What ``write_with`` gives of a document with the fonts for the characters that the look's theme lacks."""
    characters = foreign_characters(html.decode(), load_theme(look.theme))
    fonts = fallback_fonts(characters)
    data, messages = write_with(fonts)
    more = fallback_fonts(characters | set(missing_characters(messages)))
    return write_with(more) if more != fonts else (data, messages)


def write(
    publication: Publication,
    html: bytes,
    fallbacks: tuple[Path, ...],
    watch: Watch = lambda _laid_out: None,
    rules: str = "",
    *,
    packed: bool = True,
) -> Written:
    """A document in the look of a publication; ``rules`` are laid over its style sheet, and it is not fitted then."""

    def fitted(lay_out: Callable[[str], Any]) -> Any:
        if publication.layout == "handout" and not rules:
            return fit(lambda setting: lay_out(setting.css), publication)
        if publication.layout in SETTLED and not (rules or publication.volume or publication.issue):
            return settle(lay_out, load_theme(publication.theme).rules)
        return lay_out(rules)

    options = {"pdf_identifier": publication.edition.encode() or None, "uncompressed_pdf": not packed}
    return written(look_of(publication), publication.pictures, html, fallbacks, watch, options, fitted=fitted)


def written(
    look: Look,
    pictures: Mapping[str, Picture],
    html: bytes,
    fallbacks: tuple[Path, ...],
    watch: Watch = lambda _laid_out: None,
    options: Mapping[str, object] = NO_OPTIONS,
    add_tags: Callable[[Any, Any, list[Any]], None] = finish.add_tags,
    fitted: Callable[[Callable[[str], Any]], Any] = lambda lay_out: lay_out(""),
) -> Written:
    """A document as WeasyPrint writes it with some ``options``; ``fitted`` is given what lays it out with some more rules, and gives it so."""
    with collected() as messages, _clock_stopped():
        source, style = opened(look, pictures, html, fallbacks)

        def lay_out(rules: str) -> Any:
            sheets = [style.css, style.rules(rules)] if rules else [style.css]
            return source.render(font_config=style.fonts, stylesheets=sheets, **VARIANT)

        laid_out = fitted(lay_out)
        watch(laid_out)
        laid_out.pipeline_add_tags = add_tags
        return laid_out.write_pdf(finisher=plainly, **VARIANT, **options), messages


def opened(look: Look, pictures: Mapping[str, Picture], html: bytes, fallbacks: tuple[Path, ...]) -> tuple[Any, _Style]:
    """A document as WeasyPrint reads it, and the style of a look."""
    module = weasyprint()
    source = module.HTML(string=html.decode(), base_url="content:/", url_fetcher=fetcher(module, pictures))
    return source, _style(look, fallbacks)


class _Style:
    """Style sheet and fonts of a look."""

    def __init__(self, look: Look, fallbacks: tuple[Path, ...]) -> None:
        module = weasyprint()
        theme = load_theme(look.theme)
        css = style_sheet(look, fallbacks)
        readable = (*theme.font_paths(), *fallbacks)
        with own_fonts_only():
            self.fonts = module.text.fonts.FontConfiguration()
        with collected() as messages:
            self.css = module.CSS(string=css, font_config=self.fonts, url_fetcher=fetcher(module, {}, readable))
        if messages:
            raise ExportError(f"WeasyPrint reports of the theme {look.theme}: {messages[0]}")
        self._rules: dict[str, Any] = {}

    def rules(self, css: str) -> Any:
        """A few more rules, for the same fonts."""
        if css not in self._rules:
            if len(self._rules) >= MOST_RULES:
                self._rules.clear()
            self._rules[css] = weasyprint().CSS(string=css, font_config=self.fonts)
        return self._rules[css]


def style_sheet(look: Look, fallbacks: tuple[Path, ...] = ()) -> str:
    """All rules of a look, those of its fonts among them."""
    theme = load_theme(look.theme)
    faces = theme.print_faces() + "".join(
        f'@font-face{{font-family:"fallback {number}";src:url("{path.as_uri()}")}}'
        for number, path in enumerate(fallbacks)
    )
    css = theme.stylesheet("print", look.colour, faces=faces, paper=look.paper, more=look.more)
    size = f"@page{{size:{look.size}}}" if look.size else ""
    return css + emoji.face(fallbacks) + size + PICTURES_AS_THEY_ARE + finish.STYLE


@cache
def _style(look: Look, fallbacks: tuple[Path, ...]) -> _Style:
    return _Style(look, fallbacks)


@contextlib.contextmanager
def _clock_stopped() -> Iterator[None]:
    """Keep the time of day out: fontTools writes it into each font that it makes of a variable one, but for this setting."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before

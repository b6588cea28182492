"""A newsletter as HTML that works in mail programs: MJML for the frame, styles written into each element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from lxml import etree

from pipeline.errors import ExportError
from pipeline.export.newsletter import style
from pipeline.export.newsletter.pictures import MailPicture
from pipeline.export.newsletter.simple import simplify
from pipeline.model.merge_fields import ADDRESS
from pipeline.model.publication import Chapter, Issue, Publication
from pipeline.render import newsletter as pieces
from pipeline.render.colours import brand_tokens
from pipeline.render.document import RIGHT_TO_LEFT
from pipeline.render.elements import Element, element
from pipeline.render.labels import Labels, load_labels
from pipeline.render.scene import open_scene

WIDTH = "640px"
FILLER = "\u034f\u200c\u00a0" * 40
"""Nothing to see: it keeps the text below from standing behind the preheader in a list of messages."""


class _Mail:
    """One newsletter being made into HTML."""

    def __init__(
        self, publication: Publication, issue: Issue, pictures: Mapping[str, MailPicture], address: str
    ) -> None:
        self.publication = publication
        self.issue = issue
        self.pictures = pictures
        self.address = address
        self.labels: Labels = load_labels(publication.language)
        self.brand = brand_tokens(publication.imprint.colour)

    def mjml(self) -> Element:
        """The whole message in MJML 4."""
        language = self.publication.language
        rtl = language.split("-")[0].lower() in RIGHT_TO_LEFT
        body = element("mj-body", *self._sections(), width=WIDTH, background_color=style.GROUND, css_class="ground")
        return element("mjml", self._head(), body, lang=language, dir="rtl" if rtl else "ltr")

    def _head(self) -> Element:
        schemes = [
            element("meta", name=name, content="light dark") for name in ("color-scheme", "supported-color-schemes")
        ]
        attributes = element(
            "mj-attributes",
            element("mj-all", font_family=style.TEXT_FACE),
            element("mj-text", font_size="16px", line_height="24px", color=style.INK, padding="0"),
            element("mj-section", background_color=style.PAPER, padding="12px 40px 8px"),
        )
        return element(
            "mj-head",
            element("mj-title", self.issue.subject),
            element("mj-preview", f"{self.issue.preheader} {FILLER}"),
            element("mj-raw", *schemes),
            attributes,
        )

    def _sections(self) -> Iterable[Element]:
        issue, scene = self.issue, open_scene(self.publication, self.issue.note, "screen", "")
        note = self._section([*self._browser(), *pieces.note_blocks(scene)])
        notices = self._section([pieces.notices(scene)])
        yield self._masthead(scene)
        yield from (notices, note) if issue.warns_first else (note, notices)
        for chapter in self.publication.chapters:
            yield self._item(chapter)
        for part in pieces.lists(issue, self.labels):
            yield self._section([part])
        foot = pieces.sender(self.publication, issue, self.labels)
        foot.set("class", "review")
        yield self._section([foot])

    def _browser(self) -> list[Element]:
        url = f"{self.publication.imprint.url.rstrip('/')}/newsletters/{self.publication.slug}/"
        return [element("p", element("a", self.labels("read_in_browser"), href=url), class_="review")]

    def _masthead(self, scene: Any) -> Element:
        head = pieces.masthead(scene, self.issue)
        publisher, title, day = head
        colour = self.brand["on-brand"]
        made = element("div", *(self._plain(each) for each in (publisher, title, day)))
        for each in made.iter("p", "h1", "span"):
            each.attrib.pop("class", None)
            each.set("style", f"margin:0;color:{colour}")
        made[0].set("style", f"margin:0 0 12px;font-weight:bold;color:{colour}")
        made[1].set("style", f"margin:0 0 4px;font:bold 32px/38px {style.HEAD_FACE};color:{colour}")
        for image in made.iter("img"):
            image.set("style", "display:inline-block;vertical-align:middle;margin:0 8px 0 0")
        words = element("mj-text", made, color=colour)
        return element(
            "mj-section",
            element("mj-column", words),
            background_color=self.brand["brand"],
            padding="24px 40px 20px",
            css_class="pad",
        )

    def _item(self, chapter: Chapter) -> Element:
        made = pieces.item(self.publication, self.issue, chapter, "screen", "")
        if chapter.slug not in self.issue.summaries:
            return self._section([made])
        more = made[-1]
        made.remove(more)
        button = element(
            "mj-button",
            "".join(str(words) for words in more[0].itertext()),
            href=more[0].get("href"),
            background_color=self.brand["brand"],
            color=self.brand["on-brand"],
            font_size="16px",
            font_weight="bold",
            line_height="22px",
            border_radius="4px",
            inner_padding="12px 20px",
            padding="4px 0 16px",
            align="left",
            css_class="button",
        )
        return self._section([made], [button])

    def _section(self, content: Iterable[Element], more: Iterable[Element] = ()) -> Element:
        words = element("mj-text", *(self._plain(each) for each in content))
        return element("mj-section", element("mj-column", words, *more), css_class="paper pad")

    def _plain(self, tree: Element) -> Element:
        return simplify(tree, self.pictures, self.address)


def mail_html(publication: Publication, issue: Issue, pictures: Mapping[str, MailPicture], address: str) -> str:
    """The HTML of a message; a picture's address is ``address`` with its name in the place of ``*``. Raises ExportError."""
    import css_inline
    from mjml import mjml2html

    source = etree.tostring(_Mail(publication, issue, pictures, address).mjml(), encoding="unicode")
    try:
        # MJML would write `>` in a style as a reference, which a style has not (HTML, 13.1.2.6)
        rules = f"<style>{style.dark_rules(publication.imprint.colour)}{style.NARROW}</style>"
        framed = _tidy(mjml2html(source)).replace("</head>", f"{rules}{OUTLOOK}</head>", 1)
        inliner = css_inline.CSSInliner(
            inline_style_tags=False,
            keep_style_tags=True,
            load_remote_stylesheets=False,
            extra_css=style.inlined_rules(publication.imprint.colour),
        )
        return inliner.inline(framed).replace(ADDRESS, quote(ADDRESS))
    except (ValueError, css_inline.InlineError) as error:
        raise ExportError(f"the e-mail cannot be made: {error}", help="Please report it.") from error


OUTLOOK = "<!--[if mso]><style>table,td{mso-table-lspace:0pt;mso-table-rspace:0pt;}</style><![endif]-->"
"""What Outlook wants of every table, where no other program reads it."""
NOT_CSS = re.compile(r"(?<!\s)\s*+mso-(?:table-[lr]space|padding-alt):[^;\"}]*;?")
OFFICE = ' xmlns:v="urn:schemas-microsoft-com:vml"', ' xmlns:o="urn:schemas-microsoft-com:office:office"'


def _tidy(markup: str) -> str:
    """Without what MJML writes for several columns a row, which this has not, and what HTML has no place for."""
    for unwanted in ("font-size:0px;", "line-height:0px;", ' vertical-align="middle"', OFFICE[0]):
        markup = markup.replace(unwanted, "")
    # what is Outlook's alone belongs where no other program reads it
    markup = markup.replace(OFFICE[1], "", 1).replace("<xml>", f"<xml{OFFICE[1]}>", 1)
    markup = NOT_CSS.sub("", markup)
    return re.sub(r"(?<![ \t])[ \t]*+\n[ \t\n]*+", "\n", markup)

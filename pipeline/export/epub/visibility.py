"""Whether a reader sees a piece of text: markup, style sheets and inline style together, in every state a page can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pipeline.export.epub.container import Book, Page
from pipeline.export.epub.hiding import BOX, COLOURS, INHERITED, unknown
from pipeline.export.epub.style import Declaration, Rule, conditions, declarations, sheets
from pipeline.export.passages import INLINE
from pipeline.render.colours import Rgb, contrast
from pipeline.render.elements import EPUB_TYPE, Element

NOT_SHOWN = frozenset(
    [
        "audio",
        "canvas",
        "datalist",
        "details",
        "head",
        "iframe",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
"""Elements whose text a reader does not see, or not before doing something."""

NOTES = frozenset({"endnote", "endnotes", "footnote", "footnotes", "rearnote", "rearnotes"})
"""``epub:type`` of text that reading systems move out of the page."""

LEAST_CONTRAST = 2.0
"""Contrast ratio of text and its ground under which the text cannot be made out."""

Tokens = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What holds for an element's own text and passes to what is in it."""

    gone: bool = False
    """The box or one around it is not shown."""
    inherited: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    """Inherited property -> whether it hides the text."""
    clear: bool = False
    """The text's colour lets all of the ground through."""
    ink: Rgb | None = (0, 0, 0)
    """None where it cannot be told."""
    ground: Rgb | None = (255, 255, 255)

    @property
    def hidden(self) -> bool:
        """Whether text with this look cannot be seen."""
        if self.gone or self.clear or any(self.inherited.values()):
            return True
        return self.ink is not None and self.ground is not None and contrast(self.ink, self.ground) < LEAST_CONTRAST


class Sight:
    """Looks of a document's elements in one state: plain, or with the rules of one condition added."""

    def __init__(self, page: Page, rules: Sequence[Rule], condition: str) -> None:
        import cssselect2

        self._matcher = cssselect2.Matcher()
        for rule in rules:
            if rule.condition in {"", condition}:
                for selector in rule.selectors:
                    self._matcher.add_selector(selector, rule.declarations)
        wrapped = cssselect2.ElementWrapper.from_xml_root(page.root)
        self._wrappers = {each.etree_element: each for each in wrapped.iter_subtree()}
        self._looks: dict[Element, Look] = {}
        self._first = Look()
        self._alike: dict[tuple[object, ...], Look] = {}
        """Looks by what makes them."""

    def look(self, element: Element) -> Look:
        """The element's look, those around it included."""
        if element in self._looks:
            return self._looks[element]
        chain = [element, *element.iterancestors()]
        look = self._first
        for each in reversed(chain):
            if each not in self._looks:
                self._looks[each] = self._next(each, look)
            look = self._looks[each]
        return look

    def _next(self, element: Element, outer: Look) -> Look:
        """The look of an element in one with the look ``outer``; elements of which the same is said share theirs."""
        payloads = [payload for *_, payload in self._matcher.match(self._wrappers[element])]
        style, hidden = element.get("style", ""), not_shown(element)
        # all of these live as long as this object
        key = (*map(id, payloads), style, hidden, id(outer))
        if key not in self._alike:
            self._alike[key] = _look(_declared(payloads, style), outer, hidden=hidden)
        return self._alike[key]


def _look(declared: Mapping[str, Tokens], outer: Look, *, hidden: bool) -> Look:
    inherited = dict(outer.inherited)
    for name, hides in INHERITED.items():
        if name in declared and not _takes_over(declared[name]):
            inherited[name] = unknown(declared[name]) or hides(declared[name])
    gone = outer.gone or hidden
    gone = gone or any(
        name in declared and (unknown(declared[name]) or hides(declared[name])) for name, hides in BOX.items()
    )
    ink, clear = _ink(declared, outer)
    return Look(gone, inherited, clear, ink, _ground(declared, outer))


def _declared(payloads: Iterable[Iterable[Declaration]], style: str) -> dict[str, Tokens]:
    """Winning declarations by property; ``background`` counts as ``background-color``."""
    found = [each for payload in payloads for each in payload]
    found += declarations(style)
    found.sort(key=lambda each: each.important)
    return {"background-color" if each.name == "background" else each.name: each.tokens for each in found}


def _takes_over(tokens: Tokens) -> bool:
    return any(token.type == "ident" and token.lower_value in {"inherit", "unset", "revert"} for token in tokens)


def _ink(declared: Mapping[str, Tokens], outer: Look) -> tuple[Rgb | None, bool]:
    name = COLOURS[1] if COLOURS[1] in declared else COLOURS[0]
    if name not in declared or _takes_over(declared[name]):
        return outer.ink, outer.clear
    colour, alpha = _colour(declared[name])
    return colour, alpha < 1 / 4


def _ground(declared: Mapping[str, Tokens], outer: Look) -> Rgb | None:
    tokens = declared.get("background-color")
    if tokens is None:
        return outer.ground
    if any(token.type in {"url", "function"} and not _colour((token,))[0] for token in tokens):
        return None
    colour, alpha = _colour(tokens)
    return outer.ground if colour is None or alpha < 1 / 2 else colour


def _colour(tokens: Iterable[Any]) -> tuple[Rgb | None, float]:
    """The first colour among tokens, and how much it covers; (None, 1) where there is none that can be told."""
    from tinycss2.color3 import parse_color

    for token in tokens:
        colour = parse_color(token)
        if colour is not None and not isinstance(colour, str):
            return (round(colour.red * 255), round(colour.green * 255), round(colour.blue * 255)), colour.alpha
    return None, 1


def not_shown(element: Element) -> bool:
    """Whether the markup alone keeps the element from readers, or from readers with assistive technology."""
    tag = str(element.tag).rpartition("}")[2]
    if tag in NOT_SHOWN or (tag == "dialog" and element.get("open") is None):
        return True
    if element.get("hidden") is not None or element.get("inert") is not None or element.get("popover") is not None:
        return True
    return element.get("aria-hidden") == "true" or bool(NOTES & set((element.get(EPUB_TYPE) or "").split()))


def sights(book: Book, page: Page) -> list[Sight]:
    """The document in each state that a reading system may show it in."""
    rules = sheets(book, page)
    return [Sight(page, rules, condition) for condition in conditions(rules)]


def visible_words(element: Element, seen: Sequence[Sight]) -> list[str]:
    """The words below ``element`` that can be seen in every state, in order; marks of notes are no words of the text."""
    pieces: list[str] = []
    for owner, text in _pieces(element):
        if text.strip() and not any(sight.look(owner).hidden for sight in seen):
            pieces.append(text)
        else:
            pieces.append(" " if text.isspace() else "")
    return "".join(pieces).split()


def _pieces(element: Element) -> Iterator[tuple[Element, str]]:
    """Each run of text with the element that it stands in; blocks are kept apart by a space."""
    if (element.get(EPUB_TYPE) or "") == "noteref" or "doc-noteref" in element.get("role", ""):
        return
    block = str(element.tag).rpartition("}")[2] not in INLINE
    if block:
        yield element, " "
    yield element, element.text or ""
    for child in element:
        yield from _pieces(child)
        yield element, child.tail or ""
    if block:
        yield element, " "

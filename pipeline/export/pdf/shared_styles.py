"""Styles that documents of one look have in common are computed once in a process.

WeasyPrint computes each property of each style anew for every document, though the articles of a house have the same elements
below each other, and match the same rules. What hangs on nothing but rules is computed in a twin of the style here, which
stays. A document's own styles start with what their twins know, since layout changes some of them.

What hangs on the document stays out of it: ``style`` attributes, anchors, and sizes by the page's. A look that WeasyPrint
complains of is not remembered, so that each document hears of it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from math import inf
from types import MappingProxyType
from typing import Any

from pipeline.export.pdf.twins import Cascaded, Look, Styles, Twin, look_of, shared_style

OF_ATTRIBUTES = frozenset({"anchor", "lang"})
"""What attributes other than ``style`` set."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


def share_styles() -> None:
    """Let WeasyPrint, which is imported, remember styles."""
    css: Any = importlib.import_module("weasyprint.css")
    styles = css.StyleFor
    ways = _Ways(css)
    styles.__init__ = ways.initialise(styles.__init__)
    styles.set_computed_styles = ways.compute(styles.set_computed_styles)
    styles.add_page_declarations = ways.declare(styles.add_page_declarations)


class _Document:
    """The styles of a document, for WeasyPrint's ``StyleFor``."""

    def __init__(self, ways: _Ways, look: Look, html: Any, fonts: Any, targets: Any) -> None:
        self.look, self.computed = look, Styles(self._pseudo_style)
        self.page_keys: dict[Any, Any] = {}
        self.sizes: dict[str, Any] = {"box": None, "area": None}
        self._css, self._ways, self._html, self._fonts, self._targets = ways.css, ways, html, fonts, targets
        self._twins: dict[Any, Twin] = {}
        self._local: dict[Any, Twin] = {}

    def set_elements(self, declared: Mapping[Any, Cascaded]) -> None:
        """Set the styles of all elements, parents first; ``declared`` is what their attributes say."""
        alike: dict[Any, Any] = {}
        for element in self._html.wrapper_element.iter_subtree():
            etree, parent = element.etree_element, element.parent.etree_element if element.parent else None
            own = declared.get(etree, {})
            twin = self._twins[etree] = self._element_twin(element, parent, own)
            key = id(self.computed[parent, None]) if element.parent else None, id(twin)
            style = None if own else alike.get(key)
            if style is None:
                style = self._collected(self._style(twin, parent, None, own))
            if not own:
                alike[key] = style
            self.computed[etree, None] = style
            for pseudo in twin.anchored:
                self.computed.get((etree, pseudo))

    def set_page(self, page_type: Any) -> None:
        """Set the style of a page."""
        root = self._html.etree_element
        above, matched = self._twins[root], self.page_keys[page_type]
        place = self._local if above.local else self.look.twins
        key = "@page", id(above), self._html.base_url, matched
        twin = place.get(key)
        if twin is None:
            twin = place[key] = self._twin(above.style, self.look.pages[matched], None, local=above.local)
        self._twins[page_type] = twin
        self.computed[page_type, None] = self._style(twin, root, None, unasked=True)

    def _pseudo_style(self, element: Any, pseudo: str) -> Any:
        """The style of a pseudo-element; None if no rule makes one."""
        above = self._twins.get(element)
        if above is None or pseudo not in above.cascades:
            return None
        twin = above.pseudo.get(pseudo)
        if twin is None:
            cascades: dict[str | None, Cascaded] = {None: above.cascades[pseudo]}
            twin = above.pseudo[pseudo] = self._twin(above.style, cascades, pseudo, local=above.local)
        if element in self.page_keys:
            return self._style(twin, element, pseudo, unasked=True)
        return self._collected(self._style(twin, element, pseudo))

    def _collected(self, style: Any) -> Any:
        """A style whose anchor is known; WeasyPrint does not look at a style of which nothing has been asked."""
        if self._targets and style["anchor"]:
            self._targets.collect_anchor(style["anchor"])
        return style

    def _element_twin(self, element: Any, parent: Any, own: Cascaded) -> Twin:
        above = None if parent is None else self._twins[parent]
        matches = [sheet.matcher.match(element) for sheet, _, _ in self.look.sheets]
        odd = not own.keys() <= OF_ATTRIBUTES
        local = odd or (above is not None and above.local)
        place = self._local if local else self.look.twins
        key = (
            id(above),
            self._html.base_url,
            element.etree_element if odd else own["lang"][0] if "lang" in own else None,
            *(tuple(order for _, order, _, _ in match) for match in matches),
        )
        twin = place.get(key)
        if twin is None:
            said = own if odd else {name: value for name, value in own.items() if name != "anchor"}
            cascades = self._ways.cascades(self.look.sheets, matches, said)
            twin = place[key] = self._twin(above and above.style, cascades, None, local=local)
        return twin

    def _twin(self, above: Any, cascades: Mapping[str | None, Cascaded], pseudo: str | None, *, local: bool) -> Twin:
        root = self._css.InitialStyle(self._fonts) if above is None else self._twins[self._html.etree_element].style
        given = above, cascades.get(None, {}), pseudo, root, self._html.base_url, self._fonts, self.look
        return Twin(self._css.ComputedStyle(*given), cascades, self._css.INHERITED, local=local)

    def _style(
        self,
        twin: Twin,
        parent: Any,
        pseudo: str | None,
        own: Mapping[str, Any] = NOTHING,
        *,
        unasked: bool = False,
    ) -> Any:
        """A style of the document itself; ``unasked`` where WeasyPrint looks for a table's at first, and does not see it."""
        root, cascaded = self._html.etree_element, twin.style.cascaded
        anchor = own.get("anchor")
        if anchor and ("anchor" not in cascaded or anchor[1] > cascaded["anchor"][1]):
            cascaded = {**cascaded, "anchor": anchor}
        above = None if parent is None else self.computed[parent, None]
        above_all = self._css.InitialStyle(self._fonts) if above is None else self.computed[root, None]
        given = above, cascaded, pseudo, above_all, self._html.base_url, self._fonts, self.sizes
        if self.look.apart or (unasked and "display" in cascaded):
            return self._css.ComputedStyle(*given)
        return self._ways.style(twin, self.look, *given)


class _Ways:
    """The methods of ``StyleFor``; each is given the one that it stands in for, which does what cannot be shared."""

    def __init__(self, css: Any) -> None:
        self.css, self.style = css, shared_style(css)

    def initialise(self, whole: Callable[..., None]) -> Callable[..., None]:
        @wraps(whole)
        def init(styles: Any, html: Any, sheets: list[Any], hints: bool, fonts: Any, targets: Any) -> None:
            look = look_of(fonts, sheets)
            styles.shared = None
            if look.apart:
                return whole(styles, html, sheets, hints, fonts, targets)
            self.css.PROGRESS_LOGGER.info("Step 3 - Applying CSS")
            styles.shared = document = _Document(self, look, html, fonts, targets)
            styles.font_config, styles.initial_page_sizes = fonts, document.sizes
            styles._sheets, styles._cascaded_styles, styles._computed_styles = sheets, {}, document.computed  # noqa: SLF001
            document.set_elements(self._declared(html, hints))
            return None

        return init

    def compute(self, whole: Callable[..., None]) -> Callable[..., None]:
        @wraps(whole)
        def compute(styles: Any, element: Any, parent: Any, **given: Any) -> None:
            if styles.shared is None:
                whole(styles, element, parent, **given)
            elif pseudo := given.get("pseudo_type"):
                styles.shared.computed.pop((element, pseudo), None)  # that of the page when it was laid out before
            else:
                styles.shared.set_page(element)

        return compute

    def declare(self, whole: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        @wraps(whole)
        def declare(styles: Any, page_type: Any) -> None:
            if styles.shared is None:
                return whole(styles, page_type)
            document = styles.shared
            pages = document.look.pages
            matched = document.page_keys[page_type] = tuple(_matched(styles, page_type))
            if matched not in pages:
                styles._cascaded_styles = {}  # noqa: SLF001
                whole(styles, page_type)
                pages[matched] = {pseudo: cascaded for (_, pseudo), cascaded in styles._cascaded_styles.items()}  # noqa: SLF001
            styles._cascaded_styles = {(page_type, pseudo): cascaded for pseudo, cascaded in pages[matched].items()}  # noqa: SLF001
            return None

        return declare

    def cascades(self, sheets: list[Any], matches: list[Any], own: Cascaded) -> dict[str | None, Cascaded]:
        """What rules and attributes give to an element, and to each of its pseudo-elements."""
        found: dict[str | None, Cascaded] = {None: dict(own)}
        for (sheet, origin, sheet_specificity), match in zip(sheets, matches, strict=True):
            for specificity, _, pseudo, (declarations, layer) in match:
                order = inf if layer is None else sheet.layers.index(layer)
                style = found.setdefault(pseudo, {})
                for name, values, important in declarations:
                    precedence = self.css.declaration_precedence(origin, important)
                    _lay_over(style, name, values, (precedence, order, sheet_specificity or specificity))
        return found

    def _declared(self, html: Any, hints: bool) -> dict[Any, Cascaded]:
        """What the attributes of each element say."""
        css = self.css
        found: dict[Any, Cascaded] = {}
        for specificity, element, declarations, base_url in css.find_style_attributes(
            html.etree_element, hints, html.base_url
        ):
            style = found.setdefault(element, {})
            for name, values, important in css.preprocess_declarations(base_url, declarations):
                _lay_over(style, name, values, (css.declaration_precedence("author", important), inf, specificity))
        return found


def _lay_over(style: Cascaded, name: str, values: Any, weight: tuple[Any, ...]) -> None:
    if name not in style or style[name][1] <= weight:
        style[name] = values, weight


def _matched(styles: Any, page_type: Any) -> Iterator[tuple[int, int, int]]:
    """Which selectors of pages match one."""
    for sheet, (each, _, _) in enumerate(styles._sheets):  # noqa: SLF001
        for rule, (_, selectors, _) in enumerate(each.page_rules):
            for place, (_, _, selector) in enumerate(selectors):
                if styles._page_type_match(selector, page_type):  # noqa: SLF001
                    yield sheet, rule, place

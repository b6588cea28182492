"""What is remembered of styles from one document to the next, and styles that start with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

MOST_LOOKS = 6
"""Lists of style sheets that are remembered with one configuration of fonts: a handout is laid out with several."""

MOST_TWINS = 2_000
"""Styles of a look, some 10 KB each, of which an article has a hundred or two."""

LATER = frozenset({"anchor", "white_space"})
"""Properties that layout changes in a style of which others inherit, and what is an element's own."""

SPECIFIED = frozenset({"display", "float", "position"})
"""Properties that are remembered as they were written, too."""

Cascaded = dict[str, Any]


class Look:
    """What is remembered of a list of style sheets."""

    def __init__(self, sheets: list[Any]) -> None:
        self.sheets = sheets
        self.twins: dict[Any, Twin] = {}
        self.pages: dict[Any, dict[str | None, Cascaded]] = {}
        self.apart = False
        """Whether documents are to compute their styles themselves."""

    def __getitem__(self, name: str) -> tuple[float, float]:
        """Any size of the first page, as a twin asks for it: what comes of it is not taken, since documents differ in it."""
        self.apart = True
        return 0, 0


class Twin:
    """A style that stays, and what rules give to its pseudo-elements."""

    def __init__(
        self, style: Any, cascades: Mapping[str | None, Cascaded], inherited: frozenset[str], *, local: bool
    ) -> None:
        self.style, self.local = style, local
        self.cascades = cascades
        self.pseudo: dict[str, Twin] = {}
        self.anchored = tuple(pseudo for pseudo, cascaded in cascades.items() if pseudo and "anchor" in cascaded)
        """Pseudo-elements that links may go to, and so are not made only when they are asked for."""
        said = (name for name, (value, _) in style.cascaded.items() if value == "inherit" and name not in inherited)
        self.later = LATER.union(said)  # what layout changes in the parent is inherited then


class Styles(dict[Any, Any]):
    """Styles by element; those of pseudo-elements are made when they are asked for, which most never are."""

    def __init__(self, make: Callable[[Any, str], Any]) -> None:
        super().__init__()
        self._make = make

    def get(self, key: Any, default: Any = None) -> Any:
        """A style that is there, or can be made."""
        if key not in self and key[1] and (made := self._make(*key)) is not None:
            self[key] = made
        return super().get(key, default)


def look_of(fonts: Any, sheets: list[Any]) -> Look:
    """What is remembered of style sheets, the last few lists of them as long as a configuration of fonts is there."""
    looks: dict[Any, Look] = fonts.__dict__.setdefault("pipeline_looks", {})
    key = tuple((id(sheet), origin, specificity) for sheet, origin, specificity in sheets)
    look = looks.pop(key, None)
    if look is None or len(look.twins) > MOST_TWINS:
        look = Look(sheets)
    looks[key] = look
    if len(looks) > MOST_LOOKS:
        del looks[next(iter(looks))]
    return look


def shared_style(css: Any) -> Any:
    """The class of a document's own style."""
    heard = _Heard()
    css.LOGGER.addFilter(heard)

    def ask(style: Any, name: str, whole: Callable[[Any, str], Any], later: frozenset[str]) -> Any:
        look = style.twin_look
        if name in later or look.apart:
            return whole(style, name)
        before = heard.count
        value = style.twin[name]
        if look.apart:
            return whole(style, name)
        look.apart = heard.count != before
        style[name] = value
        return value

    class AnonymousStyle(css.AnonymousStyle):  # type: ignore[misc]
        def __init__(self, above: Any) -> None:
            super().__init__(above)
            self.twin, self.twin_look = above.twin.anonymous_style, above.twin_look
            if not self.twin_look.apart:
                self.update(self.twin)

        def __missing__(self, name: str) -> Any:
            return ask(self, name, css.AnonymousStyle.__missing__, LATER)

        @cached_property
        def anonymous_style(self) -> Any:
            return AnonymousStyle(self)

    class Style(css.ComputedStyle):  # type: ignore[misc]
        def __init__(self, twin: Twin, look: Look, *given: Any) -> None:
            super().__init__(*given)
            self.twin, self.twin_look, self.twin_later = twin.style, look, twin.later
            self.cache = twin.style.cache
            self.update(twin.style)
            for name in twin.later:
                self.pop(name, None)
            self.specified.update(twin.style.specified)

        def __missing__(self, name: str) -> Any:
            value = ask(self, name, css.ComputedStyle.__missing__, self.twin_later)
            if name in SPECIFIED and name not in self.specified:
                self.specified.update(self.twin.specified)
            return value

        @cached_property
        def anonymous_style(self) -> Any:
            return AnonymousStyle(self)

    return Style


class _Heard:
    """Counts what WeasyPrint complains of."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _record: object) -> bool:
        self.count += 1
        return True

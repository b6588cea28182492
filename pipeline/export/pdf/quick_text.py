"""Shorter ways to lines of text; they come out the same.

For each line WeasyPrint makes what Pango wants to know of its style some four times over: a context, a description of fonts,
a language, attributes. It is made once for a style here. And a line that is laid out is shaped again to be drawn, since
WeasyPrint lets go of what Pango holds of it; of the last thousand lines that is kept.
"""

from __future__ import annotations

import importlib
import re
from collections import deque
from collections.abc import Callable
from functools import wraps
from operator import itemgetter
from typing import Any
from weakref import ref

KEPT = 1_000
"""Lines of which what Pango holds is kept, some 5 KB each."""

MOST_STYLES = 2_000
"""Styles of which something is remembered; whoever gives more of them than any publication has starts anew."""

SEPARATORS = re.compile("[\n\r\u2028\u2029]")
"""What ends a line or a paragraph for Pango."""

_of_text = itemgetter(
    "direction", "lang", "font_language_override", "font_style", "font_stretch", "font_weight", "font_size",
    "font_variant_caps", "font_variation_settings", "font_kerning", "font_variant_ligatures", "font_variant_position",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
    "overflow_wrap", "font_family",
)  # fmt: skip

_of_strut = itemgetter(
    "font_family", "font_style", "font_stretch", "font_weight", "font_variant_ligatures", "font_variant_position",
    "font_variant_caps", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings", "font_variation_settings", "font_language_override", "lang", "font_size", "line_height",
)  # fmt: skip


def quicken_text() -> None:
    """Let WeasyPrint, which is imported, take the shorter ways."""
    lines: Any = importlib.import_module("weasyprint.text.line_break")
    layout = lines.Layout
    ways = _Ways(lines)
    layout.setup, layout.set_text = ways.set_up(layout.setup), ways.set_text(layout.set_text)
    layout.common = layout.alone = False
    layout.deactivate, layout.reactivate = ways.let_go(layout.deactivate), ways.take_up(layout.reactivate)
    lines.strut = _strut(lines.strut)
    for user in ("css.computed_values", "css.units", "layout.inline"):
        importlib.import_module(f"weasyprint.{user}").strut = lines.strut  # type: ignore[attr-defined]


class _Ready:
    """What Pango wants to know of a style."""

    __slots__ = ("_decoration", "attributes", "context", "description", "language")

    def __init__(self, lines: Any, style: Any) -> None:
        ffi, pango = lines.ffi, lines.pango
        self.context = ffi.gc(
            pango.pango_font_map_create_context(style.font_config.font_map), lines.gobject.g_object_unref
        )
        pango.pango_context_set_round_glyph_positions(self.context, 0)
        pango.pango_context_set_base_dir(self.context, lines.PANGO_DIRECTION[style["direction"]])
        override = style["font_language_override"]
        name = style["lang"] if override == "normal" else lines.LST_TO_ISO.get(override.lower(), override)
        if name:
            self.language = pango.pango_language_from_string(lines.unicode_to_char_p(name)[0])
            pango.pango_context_set_language(self.context, self.language)
        else:
            self.language = pango.pango_language_get_default()
        self.description = lines.get_font_description(style)
        self.attributes = self._attributes(lines, style)
        self._decoration: dict[str, float] = {}

    def decoration(self, lines: Any, style: Any) -> dict[str, Any]:
        """Where lines go under, over and through the text, if any do."""
        if style["text_decoration_line"] == "none":
            return _UNDECORATED
        if not self._decoration:
            pango, unit = lines.pango, lines.FROM_UNITS
            metrics = lines.ffi.gc(
                pango.pango_context_get_metrics(self.context, self.description, self.language),
                pango.pango_font_metrics_unref,
            )
            self._decoration = {
                name: unit * getattr(pango, f"pango_font_metrics_get_{name}")(metrics) for name in _MEASURES
            }
        return self._decoration

    def _attributes(self, lines: Any, style: Any) -> Any:
        ffi, pango = lines.ffi, lines.pango
        features = lines.font_features(
            style["font_kerning"], style["font_variant_ligatures"], style["font_variant_position"],
            style["font_variant_caps"], style["font_variant_numeric"], style["font_variant_alternates"],
            style["font_variant_east_asian"], style["font_feature_settings"],
        )  # fmt: skip
        breaking = style["overflow_wrap"] in ("anywhere", "break-word")
        if not features and not breaking:
            return None
        made = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        if features:
            said = ",".join(f"{key} {value}" for key, value in features.items()).encode()
            pango.pango_attr_list_insert(made, pango.pango_attr_font_features_new(said))
        if breaking:  # from the first byte of a text to its last, however long it is: so attributes are made
            pango.pango_attr_list_change(made, pango.pango_attr_insert_hyphens_new(0))
        return made


_MEASURES = ("ascent", "underline_position", "strikethrough_position", "underline_thickness", "strikethrough_thickness")
_UNDECORATED: dict[str, Any] = {"ascent": None, "underline_position": None, "strikethrough_position": None}


def _remembered(font_config: Any, name: str) -> dict[Any, Any]:
    """What is remembered as long as a configuration of fonts is there."""
    found: dict[Any, Any] = font_config.__dict__.setdefault(name, {})
    if len(found) >= MOST_STYLES:
        found.clear()
    return found


class _Ways:
    """The methods of ``Layout``; each is given the one that it stands in for, which does what is not common."""

    def __init__(self, lines: Any) -> None:
        self._lines = lines
        self._kept: deque[Any] = deque()

    def set_up(self, whole: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        lines = self._lines
        ffi, pango, unref = lines.ffi, lines.pango, lines.gobject.g_object_unref

        @wraps(whole)
        def setup(layout: Any, style: Any) -> None:
            try:
                remembered = _remembered(style.font_config, "pipeline_text")
                ready = remembered.get(key := _of_text(style))
            except TypeError:  # the styles of text in pictures have lists
                layout.common = False
                return whole(layout, style)
            layout.common = not (
                layout.justification_spacing or style["word_spacing"] or style["letter_spacing"] not in ("normal", 0)
            )
            if not layout.common:
                return whole(layout, style)
            if ready is None:
                ready = remembered[key] = _Ready(lines, style)
            layout.style, layout.first_line_direction, layout.language = style, 0, ready.language
            layout.layout = made = ffi.gc(pango.pango_layout_new(ready.context), unref)
            pango.pango_layout_set_auto_dir(made, 0)
            pango.pango_layout_set_font_description(made, ready.description)
            layout.__dict__.update(ready.decoration(lines, style))
            if ready.attributes is not None:
                pango.pango_layout_set_attributes(made, ready.attributes)
            return None

        return setup

    def set_text(self, whole: Callable[..., None]) -> Callable[..., None]:
        pango = self._lines.pango

        @wraps(whole)
        def set_text(layout: Any, text: str, justify: bool = False) -> None:
            if not layout.common or "\t" in text or SEPARATORS.search(text):
                layout.alone = False
                pango.pango_layout_set_single_paragraph_mode(layout.layout, 0)
                return whole(layout, text, justify)
            layout.text, layout.alone = text, True
            said = text.encode().replace(b"\x00", b"")
            # It is drawn in this mode, which changes nothing where no paragraph ends, but would have Pango shape it again.
            pango.pango_layout_set_single_paragraph_mode(layout.layout, 1)
            pango.pango_layout_set_text(layout.layout, said, len(said))
            return None

        return set_text

    def let_go(self, whole: Callable[[Any], None]) -> Callable[[Any], None]:
        lines, kept = self._lines, self._kept

        @wraps(whole)
        def deactivate(layout: Any) -> None:
            to_be_drawn = layout.common and layout.alone and layout.__dict__.pop("drawn", None) is None
            if to_be_drawn and lines.pango.pango_layout_get_line_readonly(layout.layout, 1) == lines.ffi.NULL:
                layout.kept = layout.layout, layout.language, layout.style
                kept.append(ref(layout))
                if len(kept) > KEPT and (oldest := kept.popleft()()) is not None:
                    oldest.__dict__.pop("kept", None)
            whole(layout)

        return deactivate

    def take_up(self, whole: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        @wraps(whole)
        def reactivate(layout: Any, style: Any) -> None:
            kept = layout.__dict__.pop("kept", None)
            if kept is not None and kept[2] is style:
                layout.layout, layout.language, layout.style = kept
                layout.first_line_direction = 0
            else:
                whole(layout, style)
            layout.drawn = True

        return reactivate


def _strut(whole: Callable[[Any], tuple[float, float]]) -> Callable[[Any], tuple[float, float]]:
    @wraps(whole)
    def strut(style: Any) -> tuple[float, float]:
        try:
            remembered = _remembered(style.font_config, "pipeline_struts")
            found: tuple[float, float] | None = remembered.get(key := _of_strut(style))
        except TypeError:
            return whole(style)
        if found is None:
            found = remembered[key] = whole(style)
        return found

    return strut

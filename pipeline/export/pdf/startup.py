"""WeasyPrint as this pipeline starts it: once in a process, in little time, with no fonts but those of the themes."""

from __future__ import annotations

import contextlib
import ctypes.util
import importlib
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline.errors import ExportError
from pipeline.export.pdf.declarations import declare
from pipeline.export.pdf.ellipses import name_ellipses
from pipeline.export.pdf.quick_boxes import quicken_boxes
from pipeline.export.pdf.quick_drawing import quicken_drawing
from pipeline.export.pdf.quick_marks import quicken_marks
from pipeline.export.pdf.quick_styles import quicken
from pipeline.export.pdf.quick_text import quicken_text
from pipeline.export.pdf.shared_styles import share_styles

NO_SYSTEM_FONTS = Path(__file__).with_name("fonts.conf")
"""A configuration of Fontconfig that knows no fonts: pages look the same on every machine."""

SELDOM_NEEDED = ("fontTools.subset", "fontTools.varLib.instancer")
"""What WeasyPrint imports for old versions of HarfBuzz and for variable fonts; a fifth of all its imports."""

KNOWN = frozenset({"70.0"})
"""Versions whose ways through styles and text are known so well that shorter ones can stand in for them; others go their own."""


@cache
def weasyprint() -> ModuleType:
    """The module, with this pipeline's tags in place of its own; raises ExportError where a library is missing."""
    try:
        with _without_library_search(), own_fonts_only(), _when_called(SELDOM_NEEDED):
            declare()
            module = importlib.import_module("weasyprint")
    except OSError as error:
        raise ExportError(
            f"WeasyPrint cannot start: {error}",
            help="Install Pango: 'make pdf' does it on Debian, 'brew install pango' on macOS.",
        ) from error
    _take_over_tagging(importlib.import_module("weasyprint.pdf"))
    quicken()
    if module.__version__ in KNOWN:
        share_styles()
        quicken_boxes()
        quicken_text()
        quicken_drawing()
        quicken_marks()
    name_ellipses()
    return module


@contextlib.contextmanager
def _without_library_search() -> Iterator[None]:
    """Load libraries by their file names alone.

    On Linux ``find_library`` starts ldconfig and gcc for every name that is not a file's, which costs as much as a third
    of the whole import; WeasyPrint names the files as well.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = search


@contextlib.contextmanager
def own_fonts_only() -> Iterator[None]:
    """Keep the machine's fonts out: Fontconfig reads its configuration when WeasyPrint starts or makes a font map."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(NO_SYSTEM_FONTS)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "No fonts configured")
            yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


class _Called(ModuleType):
    """Stands for a module of which nothing but functions and classes are asked for: it is imported when one is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*given: Any, **named: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*given, **named)

        return call


@contextlib.contextmanager
def _when_called(names: tuple[str, ...]) -> Iterator[None]:
    """Let what is imported meanwhile take stand-ins for modules that are not there yet."""
    waiting = {name: _Called(name) for name in names if name not in sys.modules}
    sys.modules.update(waiting)
    try:
        yield
    finally:
        for name, stand_in in waiting.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


def _take_over_tagging(module: Any) -> None:
    """Let documents that this package renders have their tags from ``finish``, and all others WeasyPrint's own."""
    own = module.add_tags

    def add_tags(pdf: Any, laid_out: Any, version: Any, streams: list[Any]) -> None:
        taken_over = getattr(laid_out, "pipeline_add_tags", None)
        if taken_over is None:
            own(pdf, laid_out, version, streams)
        else:
            taken_over(pdf, laid_out, streams)

    module.add_tags = add_tags

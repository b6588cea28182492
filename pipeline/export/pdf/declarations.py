"""What WeasyPrint declares of its libraries in C, read once and kept.

WeasyPrint gives CFFI five hundred lines of C. CFFI reads them whenever WeasyPrint starts, and the better part of them again for
each type that is asked for later. What it read has a form of its own, which is meant for modules (CFFI's "out-of-line ABI mode")
and is what is kept here; types that are asked for later are then read without the rest.
"""

from __future__ import annotations

import ast
import io
import json
import sys
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from pipeline.bundled import Kept

MODULE = "weasyprint.text.ffi"

MORE = "int hb_font_get_nominal_glyph(hb_font_t *font, uint32_t unicode, uint32_t *glyph);"
"""What this package calls besides."""

Form = dict[str, Any]
"""Bytes and numbers, in tuples, by name: what CFFI's backend makes declarations of."""


def declare() -> None:
    """Import the part of WeasyPrint that holds its declarations, before the rest of it; raises OSError where a library is missing."""
    package = find_spec("weasyprint")
    path = Path(package.origin or "").parent / "text" / "ffi.py" if package else Path()
    spec = spec_from_file_location(MODULE, path)
    if MODULE in sys.modules or not path.is_file() or spec is None or spec.loader is None:
        return
    cffi: Any = import_module("cffi")
    module: Any = module_from_spec(spec)
    kept = Kept(Path(__file__).with_name("declared"), [path, Path(__file__), Path(cffi.__file__)])
    usual, cffi.FFI = cffi.FFI, lambda: _Declared(kept, MORE)
    try:
        spec.loader.exec_module(module)
    finally:
        cffi.FFI = usual
    module.ffi = module.ffi.read
    sys.modules[MODULE] = module


class _Declared:
    """Stands for CFFI while a module says what it will call, and loads libraries."""

    def __init__(self, kept: Kept, more: str = "") -> None:
        self._kept, self._more = kept, more
        self._said = ""

    def cdef(self, declarations: str) -> None:
        """Take declarations in C."""
        self._said += declarations

    @cached_property
    def read(self) -> Any:
        """What was declared, as CFFI's backend has it."""
        ffi: Any = import_module("_cffi_backend").FFI
        data = self._kept.load()
        if data is not None:
            return ffi(MODULE, **_unpacked(data))
        form = _form(self._said + self._more)
        self._kept.save(_packed(form))
        return ffi(MODULE, **form)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.read, name)


def _form(declarations: str) -> Form:
    """What CFFI reads in them, by the Python that it writes of that: one call, with bytes and numbers in it."""
    read, text = import_module("cffi.api").FFI(), io.StringIO()
    read.cdef(declarations)
    import_module("cffi.recompiler").make_py_source(read, MODULE, text)
    call = next(each for each in ast.walk(ast.parse(text.getvalue())) if isinstance(each, ast.Call))
    return {str(each.arg): ast.literal_eval(each.value) for each in call.keywords}


def _packed(form: Form) -> bytes:
    return json.dumps(form, default=lambda data: data.decode("latin-1"), separators=(",", ":")).encode()


def _unpacked(data: bytes) -> Form:
    return {name: _bytes(value) for name, value in json.loads(data).items()}


def _bytes(value: Any) -> Any:
    """Texts as the bytes that they stand for, lists as tuples."""
    if isinstance(value, list):
        return tuple(map(_bytes, value))
    return value.encode("latin-1") if isinstance(value, str) else value

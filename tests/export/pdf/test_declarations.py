"""What WeasyPrint declares in C is the same once it was kept, and calls what it called."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from pipeline.bundled import Kept
from pipeline.export.pdf.declarations import MODULE, MORE, _Declared, _form, _packed, _unpacked
from pipeline.export.pdf.startup import weasyprint

LINES = """
    typedef struct { unsigned int first : 1; unsigned int second : 3; int count; } Marks;
    typedef enum { LEFT, RIGHT = 7 } Side;
    typedef ... Font;
    #define LARGEST 0x0FFFFFFF
    int atoi(const char *text);
    Side side_of(Font *font, Marks marks[2]);
"""


def test_what_is_kept_is_what_was_read():
    form = _form(LINES)
    assert _unpacked(_packed(form)) == form
    assert set(form) >= {"_version", "_types", "_globals", "_struct_unions", "_enums", "_typenames"}


@pytest.mark.parametrize("times", [1, 2], ids=["read", "kept"])
def test_declarations_can_be_called_and_asked_for_types(tmp_path: Path, times: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    kept = Kept(tmp_path / "declared", [Path(__file__)])
    for _ in range(times):
        declared: Any = _Declared(kept)
        declared.cdef(LINES)
        declared.cdef("typedef char Letter;")
        assert declared.dlopen(None).atoi(b"42") == 42
    marks = declared.new("Marks *", {"second": 5, "count": 3})
    assert (marks.first, marks.second, marks.count, declared.sizeof("Letter[9]")) == (0, 5, 3, 9)
    library = declared.dlopen(None)
    assert (library.RIGHT, library.LARGEST, int(declared.cast("Side", -1))) == (7, 0x0FFFFFFF, 0xFFFFFFFF)
    assert kept.load() is not None


def test_weasyprint_and_this_package_call_by_them():
    weasyprint()
    libraries: Any = importlib.import_module(MODULE)
    assert type(libraries.ffi).__module__ == "_cffi_backend"
    assert MORE.partition("(")[0].rpartition(" ")[2] in dir(libraries.harfbuzz)

"""The watch within the tests' own process."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.guard.watch import MACHINE, PYTHON, Watch

ROOT = Path(__file__).parents[2]


@cache
def _installed() -> tuple[Watch, list[str]]:
    """An audit hook cannot be taken away again, so there is one, which is off but within ``watched``."""
    seen: list[str] = []
    watch = Watch((), (), seen.append, on=False)
    sys.addaudithook(watch.hook)
    return watch, seen


def caches() -> tuple[str, ...]:
    """Where the pipeline keeps what it has found between runs."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    beside_code = {str(path.parent / "__pycache__") for path in (ROOT / "pipeline").rglob("*") if path.is_file()}
    return home, os.environ.get("PIPELINE_CACHE") or home, *beside_code


@contextmanager
def watched(project: Path) -> Iterator[list[str]]:
    """What is done meanwhile that touches the network, a program, or a file outside the project and the packages."""
    watch, seen = _installed()
    seen.clear()
    scratch, before = tempfile.mkdtemp(), tempfile.tempdir
    tempfile.tempdir = scratch
    watch.writable = (*(os.path.realpath(path) for path in (str(project), scratch, *caches())), "/dev/null")
    watch.readable = (*MACHINE, *PYTHON, str(ROOT), "/etc/mime.types", "/etc/apache2/mime.types")
    watch.on = True
    try:
        yield seen
    finally:
        watch.on = False
        tempfile.tempdir = before
        shutil.rmtree(scratch)

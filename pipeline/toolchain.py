"""What made a result: the pipeline's own files, and the versions of what it stands on. Results of another are not used."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pipeline.bundled import Kept

READING = (
    "babel",
    "lxml",
    "markdown-it-py",
    "mdit-py-plugins",
    "pydantic",
    "pyphen",
    "pystemmer",
    "pyyaml",
    "snowballstemmer",
    "tinycss2",
)
"""The distributions whose version can change what is read of a source, or found in it."""

SHAPING = (
    "css-inline",
    "ebooklib",
    "fontpkg-atkinson-hyperlegible",
    "fontpkg-barlow-condensed",
    "fontpkg-ibm-plex-serif",
    "fonttools",
    "jinja2",
    "manimgx-fonts",
    "mjml-python",
    "noto-cjk-sans-jp-regular",
    "pikepdf",
    "pillow",
    "pydyf",
    "segno",
    "resvg-py",
    "tinyhtml5",
    "weasyprint",
    "ziafont",
    "ziamath",
)
"""The distributions, beside those, whose version can change an output's bytes."""


@cache
def reading() -> str:
    """Digest of the pipeline's own files, of Python, and of the versions of what sources are read and checked with."""
    return _digest(READING, [_own_files()])


@cache
def toolchain() -> str:
    """Digest of all that, and of the versions of what shapes outputs."""
    return _digest(SHAPING, [reading().encode()])


def versions() -> dict[str, str]:
    """The versions of all these distributions, by name, sorted."""
    return {name: _version(name) for name in sorted((*READING, *SHAPING))}


def _digest(distributions: Iterable[str], parts: Iterable[bytes]) -> str:
    total = hashlib.sha256(f"{sys.implementation.name} {sys.version_info[:2]}\n".encode())
    for name in distributions:
        total.update(f"{name} {_version(name)}\n".encode())
    for part in parts:
        total.update(part)
    return total.hexdigest()


def _own_files() -> bytes:
    """Digest of the pipeline's own files, which is kept as byte code is: until the name, size or time of one of them differs."""
    root = str(Path(__file__).parent)
    stamps = hashlib.sha256()
    places = sorted(_places(root, ""))
    for name, place in places:
        state = os.stat(place)  # noqa: PTH116 -- hundreds of files at each start
        stamps.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    kept = Kept(Path(__file__), ())
    stamp, _, known = (kept.load() or b"").partition(b" ")
    if stamp == stamps.hexdigest().encode():
        return known
    total = hashlib.sha256()
    for name, place in places:
        total.update(name.encode("utf-8", "surrogateescape") + b"\0" + Path(place).read_bytes())
    kept.save(f"{stamps.hexdigest()} {total.hexdigest()}".encode())
    return total.hexdigest().encode()


def _places(folder: str, name: str) -> Iterator[tuple[str, str]]:
    """The files in a folder and those below it, by their names from there on; what Python keeps beside them is none of them."""
    for entry in os.scandir(folder):
        if not entry.is_dir(follow_symlinks=False):
            yield f"{name}/{entry.name}", entry.path
        elif entry.name != "__pycache__":
            yield from _places(entry.path, f"{name}/{entry.name}")


def _version(distribution: str) -> str:
    known = _installed().get(distribution)
    if known is None:
        from importlib.metadata import PackageNotFoundError, version  # slow, and hardly ever wanted

        try:
            return version(distribution)
        except PackageNotFoundError:
            return "none"
    return known


@cache
def _installed() -> dict[str, str]:
    """Versions by normalised name, from the names of the folders that installers leave (PEP 376, PEP 427)."""
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            names = os.listdir(place or ".")  # noqa: PTH208 -- names are all that is wanted
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                distribution, _, number = name.removesuffix(".dist-info").rpartition("-")
                found.setdefault(distribution.lower().replace("_", "-").replace(".", "-"), number)
    return found

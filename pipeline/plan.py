"""Which outputs are stale: each has a key, made from everything that goes into it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.model.publication import Publication
from pipeline.publication.edition import digest
from pipeline.staging import WORK

STATE = f"{WORK}/state.json"
"""Path below ``build/`` of the keys with which its outputs were made. It can be deleted at any time."""

SHAPING = (
    "babel",
    "css-inline",
    "ebooklib",
    "fontpkg-atkinson-hyperlegible",
    "fontpkg-barlow-condensed",
    "fontpkg-ibm-plex-serif",
    "fonttools",
    "jinja2",
    "lxml",
    "manimgx-fonts",
    "mjml-python",
    "noto-cjk-sans-jp-regular",
    "pikepdf",
    "pillow",
    "pydyf",
    "pyphen",
    "resvg-py",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
    "ziafont",
    "ziamath",
)
"""The distributions whose version can change an output's bytes."""


@cache
def toolchain() -> str:
    """Digest of the pipeline's own files and of the versions of what shapes its outputs."""
    total = hashlib.sha256()
    for name in SHAPING:
        total.update(f"{name} {_version(name)}\n".encode())
    root = Path(__file__).parent
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.parent.name != "__pycache__"):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "none"


def output_key(publication: Publication, format_name: str) -> str:
    """Key of one output: the same key, the same bytes."""
    return hashlib.sha256(f"{toolchain()}\n{format_name}\n{digest(publication).hex()}".encode()).hexdigest()


def load_keys(out: Path) -> Mapping[str, str]:
    """Keys of the outputs below ``out`` by path; none when they cannot be told, so that all is built."""
    try:
        keys = json.loads((out / STATE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return keys if isinstance(keys, dict) else {}


def dump_keys(keys: Mapping[str, str]) -> bytes:
    """The bytes of the state file."""
    return (json.dumps(keys, indent=0, sort_keys=True) + "\n").encode()

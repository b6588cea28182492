"""The locked packages: what constraints.txt says of them, and what they say of themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "constraints.txt"
NAMES = {
    "MIT": "MIT",
    "BSD": "BSD",
    "Apache": "Apache-2.0",
    "Python Software Foundation": "PSF-2.0",
    "Mozilla": "MPL-2.0",
    "ISC": "ISC",
    "SIL": "OFL-1.1",
    "AGPL": "AGPL-3.0",
    "Affero": "AGPL-3.0",
    "Lesser": "LGPL",
    "LGPL": "LGPL",
    "HPND": "HPND",
    "zlib": "Zlib",
    "Unlicense": "Unlicense",
    "CC0": "CC0-1.0",
}
"""What licences are called in the older forms of metadata, as SPDX names them."""
UNSAID = {"resvg-py": "MIT"}
"""Licences that stand in a package's LICENSE alone."""
_PACKAGE = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;]+)( ; [^\\\n]*)?((?: ?\\\n *--hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Package:
    """One package at its locked version."""

    name: str
    version: str
    section: str
    """Of the lock: build, pipeline, preview or development."""
    marker: str
    """Where it is wanted (PEP 508); empty for everywhere."""
    hashes: tuple[str, ...]
    """SHA-256 of each file that it is published as."""

    @property
    def licence(self) -> str:
        """Its licence, by SPDX where that can be told; empty where it is not installed, or says none."""
        try:
            said: Any = metadata(self.name)
        except PackageNotFoundError:
            return ""
        expression = said.get("License-Expression")
        if expression:
            return str(expression)
        if self.name in UNSAID:
            return UNSAID[self.name]
        told = [line.rpartition("::")[2] for line in said.get_all("Classifier", []) if line.startswith("License ::")]
        told.append((said.get("License") or "").partition("\n")[0])
        known = [spdx for words in told for name, spdx in NAMES.items() if name.casefold() in words.casefold()]
        return known[0] if known else " ".join(word.strip() for word in told if word.strip())[:80]


def locked_packages() -> list[Package]:
    """Every package of the lock, in its order."""
    text = LOCK.read_text("utf-8")
    found = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        section, _, body = part.partition("\n")
        for name, version, marker, hashes in _PACKAGE.findall(body):
            digests = tuple(re.findall(r"[0-9a-f]{64}", hashes))
            found.append(Package(name, version, section, marker.removeprefix(" ; ").strip(), digests))
    return found

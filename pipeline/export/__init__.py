"""The export formats, one folder each. A format is imported when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping

from pipeline.export.format import Format

NAMES = ("html", "pdf", "epub", "newsletter")
"""In the order in which they are built."""


class _Formats(Mapping[str, Format]):
    """Formats by name; a look-up imports the format's own folder and no other."""

    def __getitem__(self, name: str) -> Format:
        if name not in NAMES:
            raise KeyError(name)
        row: Format = importlib.import_module(f"pipeline.export.{name}").FORMAT
        return row

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


FORMATS: Mapping[str, Format] = _Formats()

"""One font for all sheets."""

from __future__ import annotations

from typing import Any


def share_fonts(book: Any, pages: list[Any]) -> None:
    """Nothing yet."""

"""Sees what is saved below the content tree."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

STEP = 10
SETTLED = 30
"""Milliseconds between looks, and the most that changes are gathered before they are told."""
AGAIN = 1.0
"""Seconds until a folder that is gone is looked for again."""


async def changes(content: Path, stop: asyncio.Event) -> AsyncIterator[frozenset[Path]]:
    """The files that changed, as often as some do, until ``stop`` is set; editors' own files and hidden ones are passed over."""
    from watchfiles import awatch

    while not stop.is_set():
        if not _there(content):
            await asyncio.sleep(AGAIN)
            if _there(content):
                yield frozenset({content})
            continue
        try:
            async for found in awatch(content, watch_filter=None, step=STEP, debounce=SETTLED, stop_event=stop):
                seen = frozenset(path for _, name in found if not _passed_over(path := Path(name)))
                if seen:
                    yield seen
        except OSError:  # it went away just now
            await asyncio.sleep(AGAIN)
        if not _there(content):
            yield frozenset({content})


def _there(content: Path) -> bool:
    return content.is_dir()


def _passed_over(path: Path) -> bool:
    return path.name.startswith(".") or path.name.endswith(("~", ".tmp", ".swp"))

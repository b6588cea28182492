"""Tells open pages what has changed, by server-sent events (HTML Living Standard, section 9.2)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

ALIVE = 15.0
"""Seconds of silence after which a page is told that the desk is still there."""


class Hub:
    """The open pages. Belongs to the event loop that made it; ``tell`` may be called from any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._pages: set[asyncio.Queue[str | None]] = set()
        self._closed = False

    def tell(self, event: str, **data: Any) -> None:
        """Send an event to all pages; once the loop has closed there are none."""
        text = f"event: {event}\ndata: {json.dumps(data)}\n\n"
        with suppress(
            RuntimeError
        ):  # the loop may close at any moment, and its closing is the only thing that is refused
            self._loop.call_soon_threadsafe(self._put, text)

    def close(self) -> None:
        """Say goodbye to all pages, so that none keeps the desk from closing."""
        self._closed = True
        self._loop.call_soon_threadsafe(self._put, None)

    def _put(self, text: str | None) -> None:
        for page in self._pages:
            page.put_nowait(text)

    async def events(self) -> AsyncIterator[str]:
        """What one page is sent, until it leaves or the desk closes."""
        page: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages.add(page)
        try:
            yield "retry: 1000\n\n"
            while not self._closed:
                try:
                    text = await asyncio.wait_for(page.get(), ALIVE)
                except TimeoutError:
                    text = ": still here\n\n"
                if text is None:
                    return
                yield text
        finally:
            self._pages.discard(page)

"""Tells open pages what has changed, by server-sent events (HTML Living Standard, section 9.2).

A page is made some time before it listens, and may lose its line; so each event has an id, a page knows the last one that was
told before it was made, and whoever comes with another than the latest is told that something was missed.
"""

from __future__ import annotations

import asyncio
import json
import secrets
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
        self._name = secrets.token_hex(4)
        self._told = 0

    @property
    def moment(self) -> str:
        """Id of the last event that was told; no other desk has the same."""
        return f"{self._name}-{self._told}"

    def tell(self, event: str, **data: Any) -> None:
        """Send an event to all pages; once the loop has closed there are none."""
        text = f"event: {event}\ndata: {json.dumps(data)}\n"
        with suppress(
            RuntimeError
        ):  # the loop may close at any moment, and its closing is the only thing that is refused
            self._loop.call_soon_threadsafe(self._number, text)

    def close(self) -> None:
        """Say goodbye to all pages, so that none keeps the desk from closing."""
        self._closed = True
        self._loop.call_soon_threadsafe(self._put, None)

    def _number(self, text: str) -> None:
        self._told += 1
        self._put(f"{text}id: {self.moment}\n\n")

    def _put(self, text: str | None) -> None:
        for page in self._pages:
            page.put_nowait(text)

    async def events(self, since: str) -> AsyncIterator[str]:
        """What one page is sent, until it leaves or the desk closes; ``since`` is the moment that it knows of."""
        page: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages.add(page)
        try:
            yield "retry: 1000\n\n"
            if since != self.moment:
                yield f"event: missed\ndata: {{}}\nid: {self.moment}\n\n"
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

"""What is told to open pages."""

from __future__ import annotations

import asyncio

from pipeline.preview.hub import Hub


def test_what_is_finished_after_the_desk_has_closed_is_told_to_nobody():
    async def opened() -> Hub:
        return Hub()

    hub = asyncio.run(opened())
    hub.tell("made", source="articles/beans.md")


def test_an_open_page_hears_what_is_told_and_then_goodbye():
    async def heard() -> list[str]:
        hub = Hub()
        pages = hub.events()
        first = await anext(pages)
        hub.tell("scanned")
        second = await anext(pages)
        hub.close()
        return [first, second, *[text async for text in pages]]

    assert asyncio.run(heard()) == ["retry: 1000\n\n", "event: scanned\ndata: {}\n\n"]

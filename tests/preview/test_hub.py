"""What is told to open pages."""

from __future__ import annotations

import asyncio

from pipeline.preview.hub import Hub


def test_what_is_finished_after_the_desk_has_closed_is_told_to_nobody():
    async def opened() -> Hub:
        return Hub()

    hub = asyncio.run(opened())
    hub.tell("made", source="articles/beans.md")


def heard(since: str | None) -> tuple[str, list[str]]:
    """The hub's moment before anything was told, and what a page hears that knows of a moment, or of this one."""

    async def listen() -> tuple[str, list[str]]:
        hub = Hub()
        moment = hub.moment
        pages = hub.events(since or moment)
        texts = [await anext(pages)]
        hub.tell("scanned")
        texts.append(await anext(pages))
        hub.close()
        return moment, [*texts, *[text async for text in pages]]

    return asyncio.run(listen())


def test_an_open_page_hears_what_is_told_and_then_goodbye():
    moment, texts = heard(None)
    assert texts == ["retry: 1000\n\n", f"event: scanned\ndata: {{}}\nid: {moment.removesuffix('0')}1\n\n"]


def test_a_page_that_was_made_before_something_was_told_hears_that_it_missed_something():
    moment, texts = heard("another-7")
    assert texts[1] == f"event: missed\ndata: {{}}\nid: {moment}\n\n"

"""The desk as a web application (ASGI)."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.errors import ExportError, PipelineError, UsageError
from pipeline.preview import pages
from pipeline.preview.desk import Desk
from pipeline.preview.hub import Hub
from pipeline.preview.making import Workshop
from pipeline.preview.shelf import Shelf
from pipeline.preview.watching import changes

SETTLE = 1.0
"""Seconds without a change after which the whole tree is looked at again."""


def create_app(desk: Desk) -> Starlette:
    """The application for one content tree; whoever serves it puts a ``Guard`` around it."""
    routes = [
        Route("/", pages.listing),
        Route("/work/{source:path}", pages.work),
        Route("/fix/{key}/{source:path}", pages.show_fix, methods=["GET"]),
        Route("/fix/{key}/{source:path}", pages.apply_fix, methods=["POST"]),
        Route("/view/{path:path}", pages.view),
        Route("/events", pages.events),
        Route("/static/{name}", pages.static),
        Route("/favicon.ico", pages.icon),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(_Dated)],
        lifespan=_lifespan,
        exception_handlers={PipelineError: _trouble, HTTPException: _unknown, Exception: _failure},
    )
    app.state.desk = desk
    app.state.form_token = secrets.token_urlsafe(32)
    app.state.leave = partial(_leave, app)
    return app


class _Dated:
    """Notes what had been told when a request came, before anything is read for it: its page asks what came since."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["moment"] = scope["app"].state.hub.moment
        await self._app(scope, receive, send)


def _leave(app: Starlette) -> None:
    """Let go of the open pages, which would keep a server from closing."""
    hub: Hub | None = getattr(app.state, "hub", None)
    if hub is not None:
        hub.close()


async def _trouble(request: Request, error: Exception) -> Response:
    return pages.trouble(request, error)


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = UsageError("the desk has no such page", help="Go back to the list.")
    return pages.trouble(request, problem, HTTPStatus(error.status_code))


async def _failure(request: Request, error: Exception) -> Response:
    """What the desk did not foresee, such as a file that may not be read, is a page as well."""
    problem = ExportError(
        f"this cannot be shown: {type(error).__name__}: {error}", help="Mend that, then load it again."
    )
    return pages.trouble(request, problem, HTTPStatus.INTERNAL_SERVER_ERROR)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    desk: Desk = app.state.desk
    hub = app.state.hub = Hub()
    workshop = Workshop(lambda source: hub.tell("made", source=source))
    app.state.shelf = Shelf(desk, workshop)
    stop = asyncio.Event()
    rescan = asyncio.Event()
    rescan.set()
    tasks = [asyncio.create_task(_watch(desk, hub, stop, rescan)), asyncio.create_task(_scan(desk, hub, rescan))]
    warm = asyncio.create_task(asyncio.to_thread(_warm, app.state.shelf))
    try:
        yield
    finally:
        stop.set()
        hub.close()
        workshop.close()
        for task in (*tasks, warm):
            task.cancel()
        await asyncio.gather(*tasks, warm, return_exceptions=True)


async def _watch(desk: Desk, hub: Hub, stop: asyncio.Event, rescan: asyncio.Event) -> None:
    """Tell the pages at once what was saved; the list follows."""
    async for found in changes(desk.content, stop):
        desk.changed()
        hub.tell("saved", sources=sorted(filter(None, (_source(desk.content, path) for path in found))))
        rescan.set()


def _source(content: Path, path: Path) -> str:
    try:
        return Path(os.path.realpath(path)).relative_to(os.path.realpath(content)).as_posix()
    except ValueError:
        return ""


async def _scan(desk: Desk, hub: Hub, rescan: asyncio.Event) -> None:
    """Look at the whole tree, and again when something in it has changed; the page that is open comes first."""
    while True:
        await rescan.wait()
        rescan.clear()
        await asyncio.to_thread(_scan_once, desk, rescan)
        hub.tell("scanned")
        await rescan.wait()
        await asyncio.sleep(SETTLE)


def _scan_once(desk: Desk, rescan: asyncio.Event) -> None:
    for _ in desk.scan():
        if rescan.is_set():  # it has changed again; all that is told now would be old
            return


def _warm(shelf: Shelf) -> None:
    """Make one page, so that fonts and patterns are there when somebody looks."""
    for source in sorted(shelf.desk.facts)[:1]:
        try:
            shelf.desk.pages(shelf.desk.open(source))
        except PipelineError:
            return

"""The desk's pages: what each address answers. All of them read; ``apply_fix`` alone writes."""

from __future__ import annotations

import secrets
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response, StreamingResponse

from pipeline.errors import PipelineError, UsageError
from pipeline.preview import findings
from pipeline.preview.guard import SHOWN_POLICY
from pipeline.preview.listing import rows
from pipeline.preview.shelf import TABS, Shelf
from pipeline.preview.templating import render

STATIC = Path(__file__).parent / "static"
FILES = {"desk.css": "text/css", "desk.js": "text/javascript"}
MOST_SENT = 4096
"""Bytes of a form, which holds two short values."""


def listing(request: Request) -> Response:
    """All articles, newsletters and books."""
    desk = request.app.state.desk
    if desk.trouble is not None:
        return trouble(request, desk.trouble)
    today = desk.as_of or date.today()  # noqa: DTZ011 -- the day on the editor's own calendar
    found = rows(list(desk.facts.values()), today)
    return _page(request, "list.html", rows=found, left=desk.left, unreadable=desk.unreadable)


def work(request: Request) -> Response:
    """One of them: findings, source, and how it looks in the form that was chosen."""
    desk, shelf = request.app.state.desk, _shelf(request)
    source, tab = request.path_params["source"], request.query_params.get("tab", "")
    opened = desk.open(source)
    tabs = TABS[opened.facts.kind]
    chosen = next((each for each in tabs if each.name == tab), tabs[0])
    return _page(
        request,
        "work.html",
        opened=opened,
        facts=opened.facts,
        findings=findings.shown(opened),
        lines=findings.lines(opened),
        fixable=sum(each.fixable for each in opened.checked.diagnostics),
        tabs=tabs,
        tab=chosen,
        view=shelf.view(opened, chosen.name),
        fixed=request.query_params.get("fixed", "") == "yes",
    )


def show_fix(request: Request) -> Response:
    """What a fix would change, and the button that applies it."""
    opened = request.app.state.desk.open(request.path_params["source"])
    fix = findings.fix(opened, request.path_params["key"])
    if fix is None:
        raise UsageError(
            "there is nothing to mend here any more", path=opened.path, help="The text has changed; look again."
        )
    return _page(request, "fix.html", facts=opened.facts, fix=fix, path=opened.path)


async def apply_fix(request: Request) -> Response:
    """Apply the fix that was shown; the file is as it was when it has changed since."""
    from starlette.concurrency import run_in_threadpool

    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_SENT:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    form = {name: values[0] for name, values in parse_qs(body.decode("ascii", "replace")).items()}
    return await run_in_threadpool(_apply, request, form)


def _apply(request: Request, form: dict[str, str]) -> Response:
    state, source = request.app.state, request.path_params["source"]
    if not secrets.compare_digest(form.get("token", "").encode(), state.form_token.encode()):
        raise UsageError("the form is not of this desk", help="Load the page again, then apply the fix.")
    opened = state.desk.open(source)
    fix = findings.fix(opened, request.path_params["key"])
    if fix is None or fix.digest != form.get("digest"):
        error = UsageError(
            "the file has changed since its fix was shown, and is as it was", path=opened.path, help="Look again."
        )
        return trouble(request, error, HTTPStatus.CONFLICT)
    fix.mended.write(state.desk.content)
    state.desk.changed()
    return RedirectResponse(f"/work/{quote(source)}?fixed=yes", HTTPStatus.SEE_OTHER)


def view(request: Request) -> Response:
    """A file of what would be made, for a frame or a picture."""
    return _shelf(request).file(request.path_params["path"])


async def events(request: Request) -> Response:
    """What changes, as it does."""
    since = request.headers.get("last-event-id") or request.query_params.get("since", "")
    return StreamingResponse(request.app.state.hub.events(since), media_type="text/event-stream")


def static(request: Request) -> Response:
    """The desk's own style and script."""
    name = request.path_params["name"]
    if name not in FILES:
        raise UsageError(f"there is no {name}")
    return FileResponse(STATIC / name, media_type=FILES[name])


def icon(_request: Request) -> Response:
    """There is none, and no error either."""
    return Response(status_code=HTTPStatus.NO_CONTENT)


def trouble(request: Request, error: Exception, status: HTTPStatus | None = None) -> Response:
    """A page that says what is wrong, where, and what to do."""
    wrong = status or (HTTPStatus.NOT_FOUND if isinstance(error, UsageError) else HTTPStatus.UNPROCESSABLE_ENTITY)
    # in a frame it is shown as what it stands for would be
    shown = {"Content-Security-Policy": SHOWN_POLICY} if request.url.path.startswith("/view/") else None
    errors = [error, *getattr(error, "others", ())] if isinstance(error, PipelineError) else []
    return _page(request, "trouble.html", wrong, errors=errors, phrase=wrong.phrase, headers=shown)


def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def _page(
    request: Request,
    template: str,
    status: HTTPStatus = HTTPStatus.OK,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> Response:
    state = request.app.state
    known = {"publisher": state.desk.name, "form_token": state.form_token, "moment": request.state.moment}
    text = render(template, **known, **values)
    return HTMLResponse(text, status, headers)

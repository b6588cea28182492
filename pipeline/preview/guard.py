"""Keeps the desk to whoever opened it: this machine's browser, from the desk's own pages, with the token that was printed.

A page elsewhere on the web can make a browser ask this server (cross-site requests), or give itself this server's address
(DNS rebinding). So the Host must be this one (RFC 9110, 7.2), an Origin the desk's own (RFC 6454), and the token a cookie
that no other site's request carries (RFC 6265bis, SameSite=Strict).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Of the desk's own pages (Content Security Policy, level 3)."""
SHOWN_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
"""Of what is shown in a frame: it looks as it will, and runs nothing."""
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Lets through what comes from the desk's own pages, and answers the rest itself."""

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self._app = app
        self._token = token
        self._cookie = f"desk-{port}"
        self._hosts = {f"{name}:{port}" for name in NAMES}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", POLICY)
            await send(message)

        answer = self._answer(Request(scope)) or self._app
        await answer(scope, receive, send_safely)

    def _answer(self, request: Request) -> Response | None:
        """What to say instead of the page; None where nothing is wrong."""
        if request.headers.get("host", "").lower() not in self._hosts:
            return _refusal("This address is not the desk's.", HTTPStatus.MISDIRECTED_REQUEST)
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site", "none")
        if (origin is not None and origin not in self._origins) or site not in {"none", "same-origin"}:
            return _refusal("The desk answers its own pages only.")
        given = parse_qs(request.url.query).get("token", [""])[0]
        if given and request.method == "GET" and secrets.compare_digest(given.encode(), self._token.encode()):
            answer = RedirectResponse(request.url.path, HTTPStatus.SEE_OTHER)
            answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict")
            return answer
        held = request.cookies.get(self._cookie, "")
        if not secrets.compare_digest(held.encode(), self._token.encode()):
            return _refusal("Open the desk with the address that it printed where it was started.")
        if request.method not in {"GET", "HEAD"} and origin is None:
            return _refusal("The desk answers its own pages only.")
        return None


def _refusal(text: str, status: HTTPStatus = HTTPStatus.FORBIDDEN) -> Response:
    return PlainTextResponse(f"{text}\n", status)

"""Opens the desk: a port on this machine, a server, a browser; and closes it."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import closing, suppress
from types import FrameType

import uvicorn

from pipeline.errors import UsageError
from pipeline.preview.app import create_app
from pipeline.preview.desk import Desk
from pipeline.preview.guard import Guard

HOST = "127.0.0.1"
PORT = 8765
TRIES = 20
"""So many ports are tried, from the first on, where none was asked for."""


class _Server(uvicorn.Server):
    """A server that lets go of its open pages before it waits for them."""

    def __init__(self, config: uvicorn.Config, leave: Callable[[], None]) -> None:
        super().__init__(config)
        self._leave = leave

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._leave()
        super().handle_exit(sig, frame)


def serve(desk: Desk, *, port: int | None, browser: bool, say: Callable[[str], None]) -> None:
    """Run until Ctrl-C. ``say`` is told the address. Raises UsageError when the port cannot be had."""
    with closing(_listen(port)) as listener, suppress(KeyboardInterrupt):
        taken = listener.getsockname()[1]
        token = secrets.token_urlsafe(32)
        app = create_app(desk)
        config = uvicorn.Config(
            Guard(app, taken, token),
            log_level="critical",  # what goes wrong is said on the page
            access_log=False,
            server_header=False,
            lifespan="on",
            timeout_graceful_shutdown=3,
            proxy_headers=False,
        )
        server = _Server(config, app.state.leave)
        address = f"http://{HOST}:{taken}/?token={token}"
        say(f"The desk is open at {address}")
        say("Press Ctrl-C to close it.")
        if browser:
            opening = threading.Timer(0.5, webbrowser.open, (address,))
            opening.daemon = True
            opening.start()
        server.run(sockets=[listener])
    say("The desk is closed.")


def _listen(port: int | None) -> socket.socket:
    """A socket on the port that was asked for, else on the first that is free."""
    for number in [port] if port is not None else range(PORT, PORT + TRIES):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, number))
            listener.listen()
        except OSError as error:
            listener.close()
            reason = error.strerror or str(error)
        else:
            return listener
    wanted = f"port {port}" if port is not None else f"any of the ports {PORT} to {PORT + TRIES - 1}"
    raise UsageError(f"cannot listen on {wanted}: {reason}", help="Name another with --port, for example --port 9000.")

"""Watches a process from inside (PEP 578): no socket, no program, and no file outside the folders that it may use.

Only the standard library is imported, so that ``sitecustomize`` can start it before anything else runs.
"""

from __future__ import annotations

import os
import socket
import sys
import sysconfig
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

PYTHON = tuple(
    dict.fromkeys(
        os.path.realpath(path)
        for path in (sys.prefix, sys.base_prefix, sysconfig.get_paths()["purelib"], *sys.path)
        if path and path != os.curdir
    )
)
"""Where Python and the packages lie."""
MACHINE = (
    "/usr/lib",
    "/usr/share/zoneinfo",
    "/lib",
    "/lib64",
    "/proc/self",
    "/proc/meminfo",
    "/dev/null",
    "/dev/urandom",
    "/etc/localtime",
)
"""What Python itself reads of the machine."""
NETWORK = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "urllib.Request",
)
PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")
WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
"""Flags of a call that may change a file."""


@dataclass(slots=True)
class Watch:
    """Tells what happens that may not; nothing is forbidden, so that what is tested goes on as it would."""

    readable: tuple[str, ...]
    writable: tuple[str, ...]
    tell: Callable[[str], object]
    on: bool = True

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take one event of the interpreter."""
        if not self.on:
            return
        self.on = False  # what this does itself does not count
        try:
            self._take(event, arguments)
        finally:
            self.on = True

    def _take(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            self._open(*arguments)
        elif event == "socket.__new__" and arguments[1] != socket.AF_UNIX:
            self.tell(f"socket of family {arguments[1]}")
        elif event in NETWORK and not (event in {"socket.connect", "socket.bind"} and _is_local(arguments)):
            self.tell(f"{event} {arguments[1:]}")
        elif event in PROGRAMS:
            self.tell(f"{event} {arguments[0]}")

    def _open(self, path: object, _mode: object, flags: object) -> None:
        if not isinstance(path, str | bytes | os.PathLike):
            return  # a file that is open already
        real = os.path.realpath(os.fsdecode(path)).replace(f"/proc/{os.getpid()}/", "/proc/self/")
        writes = isinstance(flags, int) and bool(flags & WRITE)
        if not is_below(real, self.writable if writes else (*self.readable, *self.writable)):
            self.tell(f"{'write' if writes else 'read'} {real}")


def _is_local(arguments: tuple[Any, ...]) -> bool:
    """Whether an address is a path: workers and their parent talk through such sockets."""
    return isinstance(arguments[1], str | bytes)


def is_below(path: str, folders: Iterable[str]) -> bool:
    """Whether a real path is one of some, or lies below one."""
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)

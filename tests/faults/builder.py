"""Builds on request, each in a process of its own that may be killed: started once, so that a build is all that it takes.

A line of JSON, the folder, starts a build and is answered with the number of its process; an empty line waits for its end and is
answered with its exit code, negative for a signal. The first line is built here, so that those after it have all that it read.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from datetime import date
from pathlib import Path

from pipeline.build import Request, build

AS_OF = date(2026, 11, 22)


def run(folder: Path) -> int:
    """Build a folder's content into its ``build/``; returns the exit code."""
    request = Request(content=folder / "content", out=folder / "build", formats=("html",), as_of=AS_OF, jobs=1)
    return build(request).exit_code


def main() -> None:
    """Serve until the input ends."""
    child = 0
    sys.stdout.write(f"{run(Path(json.loads(sys.stdin.readline())))}\n")
    sys.stdout.flush()
    gc.freeze()  # else each build looks through all that was read for garbage, and copies it for that
    for line in sys.stdin:
        if line.strip():
            child = os.fork()
            if child == 0:
                os._exit(run(Path(json.loads(line))))
            sys.stdout.write(f"{child}\n")
        else:
            sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

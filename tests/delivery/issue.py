"""A built issue as ``pipeline build`` leaves it, and members' lists to send it to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.delivery.connection import Patience
from pipeline.delivery.dispatch import Pace, Stop
from pipeline.delivery.send import Decision, Request, Result, send
from pipeline.delivery.server import Server
from pipeline.manifest import dump, record
from pipeline.model.proof import OutputFile

MESSAGE = (Path(__file__).parent / "message.eml").read_bytes().replace(b"\n", b"\r\n")
EDITION = "k3x9q2m4"
HEADER = "email,name,consent\n"
TODAY = date(2026, 6, 2)
PACE = Pace(retries=3, backoff=0.01)
PATIENCE = Patience(command=5, acceptance=5)


def build(
    out: Path, data: bytes = MESSAGE, *, edition: str | None = EDITION, slug: str = "june", sources: Iterable[str] = ()
) -> None:
    """Write an issue and the manifest that proves it."""
    name = f"newsletters/{slug}/message.eml"
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).write_bytes(data)
    row = record(OutputFile(name, "message/rfc822", data), format="newsletter", sources=sources, edition=edition)
    (out / "manifest.json").write_bytes(dump([row], "test", {}))


def members(path: Path, names: Iterable[str]) -> Path:
    """Write a list with a row for each name, all with consent."""
    rows = [f"{name}@members.example,{name.capitalize()},2026-01-05\n" for name in names]
    path.write_text(HEADER + "".join(rows), "utf-8")
    return path


def request(project: Path, port: int, **changes: Any) -> Request:
    """A request to send the issue in ``project`` to its list, at a server on this computer."""
    settings: dict[str, Any] = {
        "issue": "june",
        "content": project / "content",
        "out": project / "build",
        "members": project / "members.csv",
        "ledger": project / "sent" / "june.sqlite",
        "today": TODAY,
        "server": Server("127.0.0.1", port, "none"),
        "pace": PACE,
        "patience": PATIENCE,
    }
    return Request(**{**settings, **changes})


def deliver(asked: Request, decision: Decision = "leave", stop: Stop | None = None) -> Result:
    """Send, with one answer to all questions."""
    return send(asked, lambda _unknown: decision, stop=stop or Stop(), progress=lambda _total: lambda _done: None)

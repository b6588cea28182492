"""``content/publisher.toml`` as a Config."""

from __future__ import annotations

from pathlib import Path

from pipeline.config.publisher import read_publisher
from pipeline.config.settings import Config, Paper, Policy

__all__ = ["Config", "Paper", "Policy", "load_config"]


def load_config(content: Path) -> Config:
    """Read ``content/publisher.toml``.

    Raises UsageError when there is none, ContentError with every mistake (see ``ContentError.others``) and the line of each
    when it is wrong, UnreadableError when its bytes cannot be had.
    """
    return read_publisher(content)

"""What is worked out once for each word: a text has few words that no text before it had."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST = 65_536
"""Words that are remembered; what comes to others is worked out each time."""

Value = TypeVar("Value")


class Remembered(dict[str, Value]):
    """What a function says of words, asked once for each; looking up a word again runs no Python."""

    def __init__(self, of: Callable[[str], Value]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, word: str) -> Value:
        """Ask for a word that is new."""
        value = self._of(word)
        if len(self) < MOST:
            self[word] = value
        return value

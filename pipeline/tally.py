"""How far a build has come, over all its stages: what is done, and what is still ahead as far as is known by now."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Called with how many outputs are done, of how many, and the last one's path."""


class Tally:
    """Counts outputs, and tells after each; what was counted is never counted again, so that rate and time left hold."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self._done = self._ahead = 0

    def begin(self, ahead: int) -> None:
        """A stage begins that will make so many; what an earlier one did not make, it has left to this one."""
        self._ahead = ahead

    def correct(self, more: int) -> None:
        """So many more are ahead than was thought, or fewer."""
        self._ahead += more

    def done(self, path: str) -> None:
        """One is made, or has failed."""
        self._done += 1
        self._ahead = max(self._ahead - 1, 0)
        self._tell(self._done, self._done + self._ahead, path)

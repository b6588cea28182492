"""The small project that the command line is tested in."""

from tests.cli.conftest import project, run

__all__ = ["project", "run"]

"""How the files that keep track of editions are read: within ``content/`` alone, and as plain files alone."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ContentError, UnreadableError
from pipeline.files import ContentFolder, MissingFileError, NotPlainFileError, Opened, display_path


def read_plain(content: Path, path: Path, name: str, limit: int) -> Opened | None:
    """A file of the tree with at most ``limit`` bytes; None where there is none. ``name`` is what messages call it.

    Raises ContentError for what is no plain file, UnreadableError for what cannot be read.
    """
    try:
        return ContentFolder(content).read(path, limit)
    except MissingFileError:
        return None
    except NotPlainFileError as error:
        raise ContentError(f"{name} {error}", path=display_path(path), help="Put a plain file in its place.") from None
    except OSError as error:
        raise UnreadableError(
            f"cannot be read: {error.strerror or error}", path=display_path(path), help="Check that you may read it."
        ) from error

"""``content/editions.head``: how many lines the record has, and the hash of the last.

A chain shows what was changed, moved or taken out before its last line, but not that lines are missing after it: a withdrawal
cut off there would make what it called back look safe again. The record may have more lines than are known here, since a
process can be killed between writing the one and the other; it never has fewer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.editions.reading import read_plain
from pipeline.errors import ContentError, ExportError
from pipeline.files import display_path
from pipeline.staging import write_atomically

HEAD = "editions.head"
"""Its name below ``content/``, beside the record."""
MAX_BYTES = 4096

TOGETHER = (
    f"Put both back as version control has them: `git checkout -- content/editions.jsonl content/{HEAD}`; after a merge keep "
    f"the same side of both. If you are sure that the record is right as it is, delete content/{HEAD}: it is made anew."
)

_WRITTEN = re.compile(rb"([1-9][0-9]{0,8}) ([0-9a-f]{64})\s*")


def refuse_cut_off(content: Path, record: Path, hashes: Sequence[str]) -> None:
    """Raise ContentError when a record with these hashes is not the one, or its continuation, that was last written."""
    known = _read(content)
    if known is None:
        return
    count, last = known
    path = display_path(record)
    if len(hashes) < count:
        missing = count - len(hashes)
        lines = "1 line is" if missing == 1 else f"{missing:,} lines are"
        message = f"{lines} missing at the end of the record: {HEAD} knows of {count:,}"
        raise ContentError(message, path=path, line=len(hashes) or None, help=TOGETHER)
    if hashes[count - 1] != last:
        message = f"this line is not the one that was written here: its hash is not that in {HEAD}"
        raise ContentError(message, path=path, line=count, help=TOGETHER)


def write_head(content: Path, count: int, last: str) -> None:
    """Note how many lines the record has and the hash of the last. Raises ExportError."""
    path = content / HEAD
    try:
        write_atomically(path, f"{count} {last}\n".encode())
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        help_ = "Make room or give write permission. The record itself is whole; this is made anew when it next grows."
        raise ExportError(message, path=display_path(path), help=help_) from error


def _read(content: Path) -> tuple[int, str] | None:
    """How many lines were there and the hash of the last; None where nobody has noted it."""
    path = content / HEAD
    opened = read_plain(content, path, "the record's last hash", MAX_BYTES)
    if opened is None:
        return None
    found = _WRITTEN.fullmatch(opened.data or b"")
    if found is None:
        raise ContentError(
            "this is not a number of lines and a hash: it was changed", path=display_path(path), line=1, help=TOGETHER
        )
    return int(found[1]), found[2].decode()

"""Values that an import has guessed: each is an error until somebody has looked at it and deleted the mark behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.model.nodes import Span
from pipeline.source.findings import Findings

_COMMENT = re.compile(r"[ \t]#([^#\n]*+)$")


def report_unconfirmed(metadata: str, first_line: int, spans: Mapping[str, Span], findings: Findings) -> None:
    """Report each value of the metadata, which starts on ``first_line`` of its file, that has a mark behind it (M01)."""
    if "#" not in metadata:
        return
    from pipeline.locales import languages, load_locale

    marks = tuple(load_locale(language).text("to_be_confirmed").casefold() for language in languages())
    for number, line in enumerate(metadata.splitlines(), first_line):
        comment = _COMMENT.search(line)
        if comment is None or comment[1].strip().casefold() not in marks:
            continue
        keys = [key for key, span in spans.items() if span.line == number]
        if keys:
            key = max(keys, key=len)
            mend = "Correct it where it is wrong, then delete the comment behind it."
            findings.add("M01", f"`{key}` was guessed and is still to be confirmed", spans[key], mend)

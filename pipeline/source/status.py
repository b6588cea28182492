"""Change the status in an article's metadata, and no other byte."""

from __future__ import annotations

import re

from pipeline.model.article import Article, Status
from pipeline.model.lines import LINE_END, LineIndex

_PAIR = re.compile(r"""(["']?status["']?[ \t]*:[ \t]+)(\S(?:.*\S)?)""")
"""The key and what is between it and its value; the value as written."""


def with_status(article: Article, status: Status) -> tuple[str, str]:
    """The article's source with another status, and what the metadata said of it before, as written (empty: nothing).

    A line is added at the end of the metadata where there is none. Raises ValueError where the metadata is not written
    so that one line can be changed; the caller has to make sure that the result says what it should.
    """
    source, index = article.source, LineIndex(article.source)
    if "status" not in article.metadata.spans:
        line_end = LINE_END.search(source)
        if line_end is None or article.body_line < 3:  # noqa: PLR2004 -- two lines of --- and one between
            raise ValueError
        at = index.offset(article.body_line - 1, 1)
        return f"{source[:at]}status: {status}{line_end.group()}{source[at:]}", ""
    start, end = index.offsets(article.metadata.spans["status"])
    pair = _PAIR.fullmatch(source, start, end)
    if pair is None:
        raise ValueError
    return f"{source[:start]}{pair[1]}{status}{source[end:]}", pair[2]


def with_status_put_back(article: Article, before: str) -> str:
    """The article's source with the status as it was ``before``; the line goes where that is empty.

    Raises ValueError as ``with_status`` does.
    """
    source, index = article.source, LineIndex(article.source)
    if "status" not in article.metadata.spans:
        return source
    start, end = index.offsets(article.metadata.spans["status"])
    pair = _PAIR.fullmatch(source, start, end)
    if pair is None:
        raise ValueError
    if before:
        return f"{source[:start]}{pair[1]}{before}{source[end:]}"
    _, column = index.place(start)
    line_end = LINE_END.match(source, end)
    if column == 1 and line_end:
        return source[:start] + source[line_end.end() :]
    return f"{source[:start]}{pair[1]}ready{source[end:]}"

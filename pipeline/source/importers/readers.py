"""What reads each kind of file: text, HTML, Word, Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.source.importers.decoding import decode_text
from pipeline.source.importers.draft import Draft
from pipeline.source.importers.file_kinds import Kind

Read = Callable[[bytes, Draft, str], None]
"""Puts what a file's bytes hold into a draft; the last argument is the encoding that the user has named."""


def _text(data: bytes, draft: Draft, encoding: str) -> None:
    from pipeline.source.importers.plain_text import read_plain_text

    read_plain_text(decode_text(data, draft, encoding=encoding), draft)


def _html(data: bytes, draft: Draft, encoding: str) -> None:
    from pipeline.source.importers.html import read_html

    read_html(decode_text(data, draft, encoding=encoding, markup=True), draft)


def _word(data: bytes, draft: Draft, _encoding: str) -> None:
    from pipeline.source.importers.word import read_word

    read_word(data, draft)


def _markdown(data: bytes, draft: Draft, encoding: str) -> None:
    from pipeline.source.importers.other_markdown import read_other_markdown

    read_other_markdown(decode_text(data, draft, encoding=encoding), draft)


READERS: Mapping[Kind, Read] = {"text": _text, "html": _html, "word": _word, "markdown": _markdown}

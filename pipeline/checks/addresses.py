"""What an address in an article leads to."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:\./)?([^/\\]+)\.md")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


def scheme(address: str) -> str:
    r"""The scheme of an address in lower case, as a browser would take it; empty for a local one.

    Browsers leave out tabs and line ends (WHATWG URL, 4.4), so ``java\tscript:`` is ``javascript:``; percent signs and
    character references are read too, since writers use them to hide one.
    """
    plain = _IGNORED.sub("", html.unescape(unquote(html.unescape(address))))
    found = _SCHEME.match(plain)
    return found[1].lower() if found else ""


def is_remote(address: str) -> bool:
    """Whether an address leads to another host, with a scheme or as ``//host``."""
    plain = _IGNORED.sub("", address)
    return bool(scheme(address)) or plain.replace("\\", "/").startswith("//")


def is_local(address: str) -> bool:
    """Whether an address is one of this content tree: a file, an article or an anchor."""
    return bool(address) and not is_remote(address)


def split_address(address: str) -> tuple[str, str]:
    """Path and anchor of a local address; a query belongs to neither."""
    path, _, anchor = address.partition("#")
    return unquote(path.partition("?")[0]), anchor


def article_slug(path: str) -> str:
    """The slug that a link's path names; empty when it is no article."""
    found = _ARTICLE.fullmatch(path)
    return found[1] if found else ""

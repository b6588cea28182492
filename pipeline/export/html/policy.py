"""What a page lets a browser load: its own files and nothing else, and no script."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from pipeline.render.elements import Element, element

OWN = "'self' file:"
"""Where a page's own files lie; ``file:`` is for pages opened from a folder, which some browsers give no origin."""


def policy(*blocks: Element) -> list[Element]:
    """Content Security Policy level 3 of a page with its files beside it; ``blocks`` are its own data blocks.

    Pictures may be ``data:`` as well, since the symbols of boxes lie in the style sheet.
    """
    return _policies(f"style-src {OWN}", f"img-src {OWN} data:", f"font-src {OWN}", f"script-src {_hashes(*blocks)}")


def standalone_policy(data: Element, style: Element) -> list[Element]:
    """The same for a page that is one file: its one style sheet counts and no other, and all else comes from within it."""
    return _policies(f"style-src {_hashes(style)}", "img-src data:", "font-src data:", f"script-src {_hashes(data)}")


def _policies(*rules: str) -> list[Element]:
    """Two policies, of which browsers enforce both (CSP 3, 8.1).

    The first says all. The second repeats its last rule, about scripts: the Nu checker holds a page against the last policy
    alone, cannot resolve relative addresses and calls them blocked, even by ``*``, and knows neither hashes of styles nor
    pictures in ``data:``.
    """
    whole = ("default-src 'none'", *rules, "base-uri 'none'", "form-action 'none'")
    return [_meta("; ".join(whole)), _meta(rules[-1])]


def _meta(content: str) -> Element:
    return element("meta", http_equiv="Content-Security-Policy", content=content)


def _hashes(*blocks: Element) -> str:
    digests = (b64encode(sha256((each.text or "").encode()).digest()).decode() for each in blocks)
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"

"""What no output may hold, told by other code than the pipeline's own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

import pikepdf

from pipeline.export.html.reading import open_page

RUNNING = frozenset({"iframe", "object", "embed", "applet", "base", "frame", "portal", "form", "button", "input"})
"""Elements that run, load or send something; a newsletter's unsubscribing is a link."""
LOADING = frozenset({"src", "srcset", "poster", "background", "data", "action", "formaction", "ping", "manifest"})
LEADING = frozenset({"href", "cite", "longdesc"})
SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
"""Of links; policy L02."""
OUTSIDE_STYLE = re.compile(
    r"@import|expression\(|(?:url|src|image-set)\(\s*+[\"']?\s*+(?:https?:|file:|ftp:|//|javascript:)", re.IGNORECASE
)
INLINE_PICTURE = re.compile(r"data:(?:image|font)/[a-z0-9.+-]+;base64,")


def unsafe_parts(page: bytes, *, links: bool = True) -> list[str]:
    """What of a web page runs, or loads something from elsewhere; with ``links``, also what leads where no link may lead."""
    return list(_unsafe(open_page(page), links=links))


def _unsafe(root: Any, *, links: bool) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2].lower()
        if name in RUNNING or (name == "script" and element.get("type") != "application/ld+json"):
            yield f"<{name}>"
        if name == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield "<meta refresh>"
        if name == "style" and OUTSIDE_STYLE.search(element.text or ""):
            yield "style from outside"
        for key, value in element.attrib.items():
            yield from _unsafe_attribute(name, re.split("[}:]", key)[-1].lower(), value, links=links)


def _unsafe_attribute(element: str, key: str, value: str, *, links: bool) -> Iterator[str]:
    address = re.sub(r"[\x00-\x20]", "", value)
    scheme = _scheme(address)
    if key.startswith("on"):
        yield f"<{element} {key}>"
    elif key == "style" and OUTSIDE_STYLE.search(value):
        yield f"<{element} style={value}>"
    elif key in LOADING or (key == "href" and element in {"link", "image", "use", "feimage"}):
        known = element == "link" and scheme in {"http", "https"}  # a canonical address loads nothing
        if not known and (address.startswith("//") or (scheme and not INLINE_PICTURE.match(address))):
            yield f"<{element} {key}={value[:80]}>"
    elif links and key in LEADING and scheme not in SCHEMES:
        yield f"<{element} {key}={value[:80]}>"


def _scheme(address: str) -> str:
    """The scheme of an address as a browser reads it, which passes over control characters (URL Standard, 4.4)."""
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", address)
        return found[1].lower() if found else ""


def unsafe_in(name: str, data: bytes) -> list[str]:
    """What a finished file holds that it may not, by its name's ending."""
    if name.endswith((".html", ".xhtml")):
        return unsafe_parts(data)
    if name.endswith(".svg"):
        return [each for each in unsafe_parts(data) if each]
    if name.endswith(".css"):
        return [found[0] for found in [OUTSIDE_STYLE.search(data.decode())] if found]
    if name.endswith(".epub"):
        with ZipFile(io.BytesIO(data)) as book:
            return [f"{part}: {what}" for part in book.namelist() for what in unsafe_in(part, book.read(part))]
    if name.endswith(".pdf"):
        return list(_unsafe_pdf(data))
    return []


FORBIDDEN_IN_PDF: Sequence[str] = (
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/RichMedia",
    "/OpenAction",
    "/AA",
    "/SubmitForm",
)
"""Keys and values; ISO 32000-1, 12.6."""


def _unsafe_pdf(data: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                continue
            held = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
            for key, value in held.items():
                if key in FORBIDDEN_IN_PDF or (key in {"/S", "/Type"} and str(value) in FORBIDDEN_IN_PDF):
                    yield f"{key} {value!r}"
                if key == "/URI" and _scheme(str(value)) not in SCHEMES:
                    yield f"/URI {value}"

"""The local files that an article refers to: pictures, its cover, linked files."""

from __future__ import annotations

import mimetypes
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from pipeline.files import ContentFolder, LeavesContentError, MissingFileError, NotPlainFileError
from pipeline.model.article import Article, ArticleMetadata, Resource
from pipeline.model.nodes import Image, Link, Node
from pipeline.model.publication import Picture
from pipeline.model.walk import anchored
from pipeline.source.pictures import MAX_PIXELS, MEDIA_TYPES, DamagedError, ReadPicture, media_type_of, read_picture

MAX_BYTES = 20 * 1024 * 1024
MAX_SVG_BYTES = 5 * 1024 * 1024
PAINTED = 2_000
"""Pixels that a drawing is wide, at most, where it has to be painted."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ARTICLE = re.compile(r"[^/\\]+\.md")


def is_local(reference: str) -> bool:
    """Whether a reference names a file rather than an address on the web or a place in the same text."""
    return bool(reference) and not _SCHEME.match(reference) and not reference.startswith(("//", "#", "?"))


def file_path(href: str) -> str:
    """The file that a link names, without query and anchor, its percent signs read."""
    return unquote(re.split(r"[?#]", href, maxsplit=1)[0])


class Resources:
    """Looks up what articles refer to; each file is read once, however many articles show it."""

    def __init__(self, folder: ContentFolder) -> None:
        self._folder = folder
        self._facts: dict[str, Resource] = {}
        self._marks: dict[str, str] = {}

    def of(self, metadata: ArticleMetadata, nodes: Iterable[Node], logo: str) -> dict[str, Resource]:
        """Everything local that an article refers to, by reference as written, the publisher's logo included.

        Links to articles (``slug.md``) are none: the library knows those.
        """
        found: dict[str, Resource] = {}
        for reference in filter(is_local, (logo, metadata.cover)):
            found[reference] = self._of_picture(reference)
        for node in anchored(nodes):
            if isinstance(node, Image) and is_local(node.src):
                found[node.src] = self._of_picture(node.src)
            elif isinstance(node, Link) and is_local(node.href) and node.href not in found:
                path = file_path(node.href)
                if not _ARTICLE.fullmatch(path):
                    found[node.href] = self._file(node.href, path)
        return found

    def picture(self, reference: str) -> tuple[Resource, ReadPicture | None]:
        """A picture's facts, and the picture itself where it is sound."""
        facts, picture = self._read_picture(reference)
        self._facts[reference] = facts
        return facts, picture

    def mark(self, reference: str) -> str:
        """What changes when the file does that a reference names, or when it may no longer be read."""
        if reference not in self._marks:
            found = [self._read(reference, path) for path in dict.fromkeys((reference, file_path(reference)))]
            marks = [
                each.state + each.detail if isinstance(each, Resource) else sha256(each).hexdigest() for each in found
            ]
            self._marks[reference] = "\n".join(marks)
        return self._marks[reference]

    def _of_picture(self, reference: str) -> Resource:
        """A picture's facts; the pictures of thousands of articles are not kept for them."""
        return self._facts.get(reference) or self.picture(reference)[0]

    def _read(self, reference: str, path: str) -> bytes | Resource:
        """The bytes of a file, or what keeps them from being read."""
        if _leaves(path):
            return Resource(reference, "outside", detail="the path leads out of the content folder")
        try:
            opened = self._folder.read(self._folder.path / path, MAX_BYTES)
        except MissingFileError:
            return Resource(reference, "missing", detail="there is no such file")
        except LeavesContentError as error:
            return Resource(reference, "outside", detail=f"it {error}")
        except NotPlainFileError as error:
            return Resource(reference, "wrong-kind", detail=f"it {error}")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            return Resource(reference, "damaged", detail=f"it cannot be read: {reason}")
        if opened.data is None:
            return Resource(reference, "too-large", detail=_too_many_bytes(opened.size, MAX_BYTES))
        return opened.data

    def _file(self, reference: str, path: str) -> Resource:
        data = self._read(reference, path)
        if isinstance(data, Resource):
            return data
        return Resource(reference, "ok", media_type=mimetypes.guess_type(path)[0] or "application/octet-stream")

    def _read_picture(self, reference: str) -> tuple[Resource, ReadPicture | None]:
        data = self._read(reference, reference)
        if isinstance(data, Resource):
            return data, None
        wanted = MEDIA_TYPES.get(posixpath.splitext(reference)[1].lower(), "")
        kind = media_type_of(data)
        if not wanted or kind != wanted:
            return Resource(reference, "wrong-kind", kind, detail=_wrong_kind(wanted, kind)), None
        if kind == "image/svg+xml" and len(data) > MAX_SVG_BYTES:
            return Resource(reference, "too-large", kind, detail=_too_many_bytes(len(data), MAX_SVG_BYTES)), None
        try:
            picture = read_picture(data, kind)
        except DamagedError as error:
            return Resource(reference, "damaged", kind, detail=str(error)), None
        width, height = picture.width, picture.height
        scale = min(1, PAINTED / width) if kind == "image/svg+xml" and width else 1
        if width * height * scale**2 > MAX_PIXELS:
            detail = f"it has {width} × {height} pixels, more than {MAX_PIXELS // 1_000_000} million"
            return Resource(reference, "too-large", kind, width, height, detail), None
        return Resource(reference, "ok", kind, width, height), picture


def _leaves(path: str) -> bool:
    return path.startswith("/") or "\\" in path or "\0" in path or ".." in path.split("/") or bool(_SCHEME.match(path))


def _too_many_bytes(size: int, limit: int) -> str:
    return f"it has {size / 1024 / 1024:.1f} MB, more than {limit // 1024 // 1024}"


def _wrong_kind(wanted: str, kind: str) -> str:
    names = {media_type: suffix[1:].upper() for suffix, media_type in MEDIA_TYPES.items()}
    if not wanted:
        return f"its name does not end in one of {', '.join(MEDIA_TYPES)}"
    if not kind:
        return f"it is no {names[wanted]} picture"
    return f"it is a {names[kind]} picture, not {names[wanted]}"


def content_resources(content: Path) -> Resources:
    """The files below ``content`` that articles may refer to."""
    return Resources(ContentFolder(content))


def read_pictures(content: Path, article: Article, *references: str) -> Mapping[str, Picture]:
    """The sound pictures of an article, its cover and ``references``, cleaned of metadata, by reference as written."""
    resources = content_resources(content)
    found = ((each, _picture(resources, each)) for each in dict.fromkeys(_shown(article, references)))
    return {reference: picture for reference, picture in found if picture is not None}


def picture_at(content: Path, reference: str) -> Picture | None:
    """One picture below ``content``, cleaned of metadata; None when it is not sound."""
    return _picture(content_resources(content), reference)


def _picture(resources: Resources, reference: str) -> Picture | None:
    facts, picture = resources.picture(reference)
    if picture is None:
        return None
    return Picture(reference, facts.media_type, picture.data, facts.width, facts.height)


def _shown(article: Article, references: Iterable[str]) -> Iterator[str]:
    yield from filter(is_local, (*references, article.metadata.cover))
    for node in anchored([*article.body, *article.footnotes]):
        if isinstance(node, Image) and is_local(node.src):
            yield node.src

"""``build/manifest.json``: what was built, from what, and what was proven of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, fields
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.errors import ProofError
from pipeline.files import plain_bytes
from pipeline.frozen import dataclass
from pipeline.model.proof import DisclaimerProof, KnownFile, OutputFile

MANIFEST = "manifest.json"
SCHEMA_VERSION = 1
ARTICLES = "articles/"
"""What the sources of articles start with."""


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """How many findings the sources of an output had."""

    errors: int = 0
    warnings: int = 0
    suppressed: int = 0


@dataclass(frozen=True, slots=True)
class Output:
    """One file below ``build/`` as the manifest records it."""

    path: str
    media_type: str
    format: str
    sources: tuple[str, ...]
    edition: str | None
    sha256: str
    bytes: int
    pages: int | None
    disclaimers: tuple[DisclaimerProof, ...]
    checks: CheckCounts
    content: str | None = None
    """SHA-256 over all that a publication file was made from: text, pictures, wording, publisher, look; tools are beside it."""

    @property
    def owner(self) -> str:
        """The source whose output a publication file is: of several the one that is no article, since that holds the others."""
        return next((source for source in self.sources if not source.startswith(ARTICLES)), self.sources[0])


_NAMES = tuple(each.name for each in fields(Output))
_OF_PROOF = tuple(each.name for each in fields(DisclaimerProof))
_NOTHING: Mapping[Output, bytes] = MappingProxyType({})
_FIRST, _BETWEEN = b'"outputs": [\n  ', re.compile(rb",\n  (?=\{)")
"""What stands before the first row and between two; lines within a row have more spaces, and texts no line ends."""


def record(
    file: OutputFile,
    *,
    format: str,
    sources: Iterable[str],
    edition: str | None = None,
    disclaimers: Iterable[DisclaimerProof] = (),
    checks: CheckCounts | None = None,
    content: str | None = None,
) -> Output:
    """The manifest's row for a finished file; raises nothing."""
    return Output(
        path=file.path,
        media_type=file.media_type,
        format=format,
        sources=tuple(sorted(sources)),
        edition=edition,
        sha256=hashlib.sha256(file.data).hexdigest(),
        bytes=len(file.data),
        pages=file.pages,
        disclaimers=tuple(disclaimers),
        checks=checks or CheckCounts(),
        content=content,
    )


def record_known(file: KnownFile, *, format: str, sources: tuple[str, ...]) -> Output:
    """The row of a file beside a publication file that was not sent."""
    return Output(file.path, file.media_type, format, sources, None, file.sha256, file.size, None, (), CheckCounts())


def to_json(outputs: Iterable[Output], generator: str, tools: Mapping[str, str]) -> dict[str, Any]:
    """The manifest's JSON document: sorted by path, without times or absolute paths.

    ``tools`` are the versions, by distribution, of what the last build read its sources and made its outputs with.
    """
    rows = [_row(output) for output in sorted(outputs, key=lambda output: output.path)]
    return {"schema_version": SCHEMA_VERSION, "generator": generator, "tools": dict(tools), "outputs": rows}


def _row(output: Output) -> dict[str, Any]:
    made = {name: getattr(output, name) for name in _NAMES}
    proofs = [{name: getattr(proof, name) for name in _OF_PROOF} for proof in output.disclaimers]
    return {**made, "disclaimers": proofs, "checks": asdict(output.checks)}


def dump(
    outputs: Iterable[Output], generator: str, tools: Mapping[str, str], known: Mapping[Output, bytes] = _NOTHING
) -> bytes:
    """The manifest's bytes: ``to_json``, indented, but made row by row, since there may be thousands.

    ``known`` are rows with their bytes, as ``texts`` has them.
    """
    before, mark, after = indented(to_json((), generator, tools)).rpartition(b"[]")
    data, parting = bytearray(before + b"["), b"\n  "
    for output in sorted(outputs, key=lambda output: output.path):
        # a line's end within a text is written as an escape
        data += parting + (known.get(output) or indented(_row(output)).rstrip(b"\n").replace(b"\n", b"\n  "))
        parting = b",\n  "
    return bytes(data + (b"\n ]" if parting.startswith(b",") else b"]") + after) if mark else bytes(data)


def texts(rows: Collection[Output], data: bytes) -> dict[Output, bytes]:
    """The bytes of each of the rows, in their order, in a manifest that was dumped of them; none where there are not as many."""
    found = _BETWEEN.split(data.partition(_FIRST)[2].rpartition(b"\n ]")[0])
    return dict(zip(rows, found, strict=True)) if len(found) == len(rows) else {}


def indented(document: Any) -> bytes:
    """The bytes of a JSON document that people may read, too."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def load(out: Path) -> dict[str, Output]:
    """Read ``build/manifest.json``; the outputs by path, none when there is no manifest. Raises ProofError if broken."""
    path = out / MANIFEST
    try:
        document = json.loads(plain_bytes(path.resolve()).decode("utf-8"))
        return {row["path"]: _output(row) for row in document["outputs"]}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"the manifest cannot be read: {error}"
        raise ProofError(
            message, path=path, help="Build again with --force to write every file and the manifest anew."
        ) from error


def _output(row: Mapping[str, Any]) -> Output:
    path, media_type, format_name, digest = (row[key] for key in ("path", "media_type", "format", "sha256"))
    if not all(isinstance(value, str) for value in (path, media_type, format_name, digest)):
        message = "an output without path, media_type, format or sha256"
        raise ValueError(message)
    if path.startswith("/") or ".." in path.split("/"):
        message = f"an output outside build/: {path}"
        raise ValueError(message)
    return Output(
        path,
        media_type,
        format_name,
        tuple(row["sources"]),
        row["edition"],
        digest,
        row["bytes"],
        row["pages"],
        tuple(_proof(*proof.items()) for proof in row["disclaimers"]),
        _counts(*row["checks"].items()),
        row.get("content"),
    )


@lru_cache(maxsize=4096)
def _proof(*said: tuple[str, Any]) -> DisclaimerProof:
    """What thousands of files say of the same disclaimers is held once."""
    return DisclaimerProof(**dict(said))


@lru_cache(maxsize=4096)
def _counts(*said: tuple[str, Any]) -> CheckCounts:
    return CheckCounts(**dict(said))

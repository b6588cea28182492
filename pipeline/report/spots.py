"""Pictures of the places where a finished PDF shows its safety text: what an editor sees of the proof."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Sequence
from typing import Any

from pipeline.frozen import dataclass
from pipeline.model.proof import OutputFile, Proof, Spot

FOLDER = "report/spots/"

SCALE = 1.0
"""Pixels a point: small, and yet the words can be read."""
SIDE = 24.0
ABOVE = 40.0
BELOW = 16.0
"""Points around the words that are shown as well: border and heading of their box."""
MOST = 150.0
"""Points of height; of a longer text its beginning is shown."""
COLOURS = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture of a spot."""

    kind: str
    location: str
    width: int
    height: int
    png: str
    """Base 64."""


def spots_path(path: str) -> str:
    """Where the pictures of a PDF's spots lie."""
    return f"{FOLDER}{path}.json"


def pictured(pages: Sequence[Any], path: str, proof: Proof) -> OutputFile:
    """The spots of the proven PDF at ``path`` as one JSON document of pictures, the same bytes for the same file.

    ``pages`` are PDFium's, in the order in which they are read.
    """
    shown: list[dict[str, Any]] = []
    for row, spot in zip(proof.disclaimers, proof.spots, strict=True):
        png, (width, height) = _crop(pages[spot.page - 1], spot)
        picture = {"width": width, "height": height, "png": base64.b64encode(png).decode()}
        shown.append({"kind": row.kind, "location": row.location, **picture})
    document = json.dumps(shown, indent=0) + "\n"
    return OutputFile(spots_path(path), "application/json", document.encode())


def load(data: bytes | None) -> Sequence[Shown]:
    """The pictures of a file that ``pictured`` made; none where there is no such file."""
    return [Shown(**row) for row in json.loads(data)] if data else []


def _crop(page: Any, spot: Spot) -> tuple[bytes, tuple[int, int]]:
    from PIL import Image

    left, bottom, right, top = page.get_cropbox()
    high = min(spot.top + ABOVE, top)
    low = max(spot.bottom - BELOW, bottom, high - MOST)
    near, far = max(spot.left - SIDE, left), min(spot.right + SIDE, right)
    edges = (near - left, low - bottom, right - far, top - high)
    picture = page.render(scale=SCALE, crop=edges, rev_byteorder=True).to_pil()
    out = io.BytesIO()
    small = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # the hardest packing takes nine times as long for one byte in twenty-five
    small.save(out, "PNG")
    return out.getvalue(), picture.size

"""The layouts of a PDF: which pages are set, and what sheet they end up on."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from pipeline.model.layout import Layout
from pipeline.model.publication import Publication
from pipeline.render.theme import DEFAULT

SHEETS = MappingProxyType({"A4": (595.275591, 841.889764), "Letter": (612.0, 792.0)})
"""Width and height of a sheet in points; ISO 216 and ANSI/ASME Y14.1."""

SHEET_OF = MappingProxyType({"A4": "A4", "Letter": "Letter", "A5": "A4"})
"""The paper that a printer is fed with: pages of A5 come from folded A4."""


@dataclass(frozen=True, slots=True)
class Imposition:
    """How pages lie on a sheet."""

    across: int
    down: int
    folded: bool
    """Folded and nested into each other, so that the pages of a sheet are not neighbours."""

    @property
    def cells(self) -> int:
        """Pages on one side of a sheet."""
        return self.across * self.down


IMPOSITIONS = MappingProxyType({"booklet": Imposition(2, 1, folded=True), "cards": Imposition(2, 2, folded=False)})
"""The layouts whose pages are put on larger sheets."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the style sheet of a publication is made for."""

    theme: str
    colour: str
    paper: str
    """A4, Letter or A5: whose rules apply."""
    size: str
    """The page's size where it is not the paper's, as CSS has it; or empty."""
    more: tuple[str, ...] = ()
    """The theme's files that are laid over all others, one after the other."""


def look_of(publication: Publication) -> Look:
    """What a publication's pages look like."""
    colour, paper = publication.imprint.colour, publication.paper
    if publication.volume:
        return Look(publication.theme, colour, paper, "", ("book-print.css", f"book-print-{paper.lower()}.css"))
    if publication.issue:
        return Look(publication.theme, colour, paper, "", ("newsletter-print.css",))
    match publication.layout:
        case "standard":
            return Look(publication.theme, colour, paper, "")
        case "handout":
            return Look(publication.theme, colour, paper, "", ("print-handout.css",))
        case "large-print":
            # Clear print before brand: whatever the theme is, the faces and rules are those that readers were asked about.
            return Look(DEFAULT, colour, paper, "", ("print-large-print.css",))
        case "booklet":
            return Look(publication.theme, colour, "A5", _page_size(publication))
        case "cards":
            return Look(
                publication.theme, colour, "A5", _page_size(publication), ("print-handout.css", "print-cards.css")
            )


def sheet(publication: Publication) -> tuple[float, float]:
    """Width and height in points of what comes out of the printer: landscape for a booklet, else portrait."""
    width, height = SHEETS[SHEET_OF[publication.paper]]
    return (height, width) if publication.layout == "booklet" else (width, height)


def _page_size(publication: Publication) -> str:
    width, height = page_size(publication.layout, sheet(publication))
    return f"{width:g}pt {height:g}pt"


def page_size(layout: Layout, size: tuple[float, float]) -> tuple[float, float]:
    """Width and height in points of one page of an imposed layout on a sheet of ``size``."""
    imposition = IMPOSITIONS[layout]
    return size[0] / imposition.across, size[1] / imposition.down

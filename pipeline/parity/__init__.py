"""Parity: every finished file of a publication says the same, in the same order, and what the article says."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import ProofError
from pipeline.model.nodes import NOWHERE
from pipeline.model.passage import Passage
from pipeline.model.publication import Publication
from pipeline.parity.difference import Difference, first_difference, same
from pipeline.parity.expected import Expected, expected

HELP = "Build again with --force; where that does not mend it, the fault is the pipeline's: please report it."


def hold_against(publication: Publication, path: str, passages: Sequence[Passage]) -> None:
    """Raise ProofError, with the line of the source, when a finished file does not say what its publication says.

    A newsletter and a book choose and order what articles say, and are not read by chapters.
    """
    if publication.issue or publication.volume:
        return
    wanted = expected(publication)
    difference = first_difference([each.passage for each in wanted], passages)
    if difference is None:
        return
    place = wanted[-1 if difference.wanted is None else difference.wanted]
    raise ProofError(
        f"{path} {difference.message}",
        path=publication.sources[place.chapter] if place.chapter < len(publication.sources) else publication.slug,
        line=None if place.span == NOWHERE else place.span.line,
        help=HELP,
    )


__all__ = ["Difference", "Expected", "expected", "first_difference", "hold_against", "same"]

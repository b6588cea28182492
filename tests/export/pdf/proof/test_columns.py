"""On a page in columns, what stands further down may come first."""

from __future__ import annotations

import pytest

from pipeline.export.pdf.proof.places import Place, is_before

LEFT, RIGHT = (68.0, 280.0), (303.0, 527.0)
"""Where two columns of A4 start and end, in points."""


@pytest.mark.parametrize(
    ("page", "box", "y", "step", "before"),
    [
        (1, LEFT, 100.0, Place(1, 90.0, LEFT[0]), True),
        (1, LEFT, 100.0, Place(1, 300.0, LEFT[0]), False),
        (1, LEFT, 100.0, Place(1, 700.0, RIGHT[0]), True),
        (1, RIGHT, 700.0, Place(1, 100.0, LEFT[0]), False),
        (1, RIGHT, 700.0, Place(1, 600.0, RIGHT[0] + 20), True),
        (1, RIGHT, 100.0, Place(2, 700.0, LEFT[0]), True),
        (2, LEFT, 700.0, Place(1, 100.0, RIGHT[0]), False),
    ],
)
def test_a_box_is_judged_by_page_and_column(page: int, box: tuple[float, float], y: float, step: Place, before: bool):
    assert is_before(Place(page, y, *box), step) is before

"""What is written plainly is finished to the same bytes as what pydyf writes."""

from __future__ import annotations

import pytest

from pipeline.export.pdf import FORMAT, writing
from tests.publications import sample


@pytest.mark.parametrize("most", [writing.MOST_PACKED, 50])
def test_it_is_finished_the_same_however_many_objects_there_are(most: int, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.export.pdf.engine.plainly", lambda _laid_out, _pdf: None)
        packed = FORMAT.export(sample())[0].data
    monkeypatch.setattr(writing, "MOST_PACKED", most)
    assert FORMAT.export(sample())[0].data == packed

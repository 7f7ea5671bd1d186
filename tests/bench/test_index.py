"""The index is opened and asked in a process of its own."""

from __future__ import annotations

from bench import index
from whoholds.grounding.gazetteer.cache import index_path


def test_an_index_that_is_there_is_opened_and_asked() -> None:
    told = index.once(str(index_path().parent))
    assert 0 < told.open < 60
    assert told.lookup > 0
    assert told.peak >= 0

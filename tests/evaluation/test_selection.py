"""The measuring of what is read of an archive, and of reprints."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.relevance import Measured, blocks_of, irrelevant, own
from evaluation.twins import WAYS, Way, likeness_of

REPORT = """Truce ends six weeks of war

Armenia must hand over the Kalbajar district to Azerbaijan by November 15 under a truce signed on Tuesday, officials have said.

Armenian forces captured the district in April 1993. The defence ministry in Yerevan said that 27 villages would be left by the
army on Friday and its allies in three stages, the last of them in December.

Villagers set fire to their houses.

Russian peacekeepers were on the road."""
KNOWN_MISSES = {"who said it put otherwise"}


@pytest.mark.parametrize("way", [way for way in WAYS if way.name not in KNOWN_MISSES], ids=lambda way: way.name)
def test_a_report_printed_again_is_a_twin_when_it_tells_the_same(way: Way) -> None:
    changed = way.change(REPORT)
    assert changed is not None
    assert (changed != REPORT) or way.change is str
    assert (likeness_of(REPORT, changed, way.later) is not None) is way.same


def test_a_row_counts_both_kinds() -> None:
    measured = Measured("a", ((0.9, True), (0.1, True), (0.8, False), (0.2, False), (0.3, False)))
    assert measured.row(0.5) == ["a", "2", "1", "0.500", "3", "1", "0.333"]
    assert Measured("b", ()).row() == ["b", "0", "", "", "0", "", ""]


def test_own_reports_hold_claims_and_other_sections_none() -> None:
    assert all(claims for measured in own() for _, claims in measured.scores)
    assert not any(claims for measured in irrelevant() for _, claims in measured.scores)


def test_blocks_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.iob"
    path.write_text("Rebels\tO\nleft\tO\n\n\nGoma\tB-LOC\n", encoding="utf-8")
    assert list(blocks_of(path)) == ["Rebels left", "Goma"]

"""Signatures on disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from whoholds.articles import from_text
from whoholds.corpora.signatures import signature, unpacked
from whoholds.corpora.spool import Spool
from whoholds.corpora.surveyed import Surveyed

TEXT = "Rebels entered the town of Sake on Monday. The army denied that it had lost Goma."


def report(number: int, published: date | None, text: str = TEXT, outlet: str | None = None) -> Surveyed:
    return Surveyed(
        partition=1, number=number, id=f"é{number}", published=published, outlet=outlet, signature=signature(from_text(text))
    )


def test_reports_come_back_by_rank(tmp_path: Path) -> None:
    early, late = date(2024, 1, 1), date(2024, 1, 2)
    short = TEXT.partition(". ")[0] + "."
    added = [
        report(1, None),
        report(2, late, outlet=""),
        report(3, early, short),
        report(4, early, outlet="Post"),
        report(0, late),
    ]
    with Spool(tmp_path) as spool:
        for each in added:
            spool.add(each)
        assert spool.ranked() == 5
        ranked = [spool.report(rank) for rank in range(5)]
        assert [each.number for each in ranked] == [4, 3, 0, 2, 1]
        assert sorted(ranked, key=lambda each: each.number) == sorted(added, key=lambda each: each.number)
        assert spool.sentences(0) == unpacked(added[3].signature.tells.sentences)


def test_reports_of_one_wording_meet_in_every_band(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool:
        spool.add(report(1, None))
        spool.add(report(2, None))
        spool.ranked()
        keys = [spool.band(band, np.arange(2)) for band in range(spool.BANDS)]
        assert all(key[0] == key[1] for key in keys)
        assert not spool.met_before(0, [0, 1])
        assert spool.met_before(1, [0, 1])


def test_an_empty_spool(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool:
        assert spool.ranked() == 0
        assert len(spool.band(0, np.arange(0))) == 0
    assert list(tmp_path.iterdir()) == []

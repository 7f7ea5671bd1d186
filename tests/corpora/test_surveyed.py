"""The JSON of surveyed reports."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.articles import from_text
from whoholds.corpora.signatures import signature
from whoholds.corpora.surveyed import Surveyed, reference_to_json, surveyed_from_json, surveyed_to_json


@pytest.mark.parametrize("published", [None, date(2024, 2, 29)])
@pytest.mark.parametrize("outlet", [None, "Ó"])
def test_json_gives_a_report_back(published: date | None, outlet: str | None) -> None:
    made = Surveyed(
        partition=3,
        number=4,
        id="a",
        published=published,
        outlet=outlet,
        url=None,
        signature=signature(from_text("Sake fell.")),
    )
    row = surveyed_to_json(made)
    assert surveyed_from_json(row | {"text": "left alone"}) == made
    assert reference_to_json(made) == {key: value for key, value in row.items() if key != "signature"}

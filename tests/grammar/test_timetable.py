"""Lists of places with a day each: a claim for each, with its own words."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from whoholds.model import Claim, Control, Document, Obligation
from whoholds.pipeline import Reader

_LISTS = {
    "The accord obliges the rebels to leave Goma by 5 March, Bukavu by 20 March and Uvira by 1 April.": [
        ("Goma", "2025-03-05"),
        ("Bukavu", "2025-03-20"),
        ("Uvira", "2025-04-01"),
    ],
    "The deal signed on 1 March obliges the rebels to leave Goma within 14 days of the signing, Bukavu by 20 March and Uvira "
    "by 1 April.": [
        ("Goma", "2025-03-15"),
        ("Bukavu", "2025-03-20"),
        ("Uvira", "2025-04-01"),
    ],
    "The rebels are to leave Kivu under the deal. The timetable is plain: Goma on 5 March, Bukavu on 20 March.": [
        ("Kivu", None),
        ("Goma", "2025-03-05"),
        ("Bukavu", "2025-03-20"),
    ],
    "M23 took Goma in January and Bukavu in February.": [("Goma", "2025-01"), ("Bukavu", "2025-02")],
    "Envoys met the rebels in Goma on Friday and in Bukavu on Saturday.": [],
    "The timetable was discussed in Goma.": [],
}


@cache
def _claims() -> dict[str, list[Claim]]:
    documents = [Document(text=text, name="list", published=date(2025, 3, 2)) for text in _LISTS]
    return {reading.document.text: list(reading.claims) for reading in Reader().read_many(documents)}


def _day(claim: Claim) -> str | None:
    day = claim.matter.due if isinstance(claim.matter, Obligation) else claim.when
    return day.edtf if day is not None else None


def _listed(text: str) -> list[Claim]:
    """The control and obligation claims of a text."""
    return [claim for claim in _claims()[text] if isinstance(claim.matter, Control | Obligation)]


@pytest.mark.parametrize("text", _LISTS)
def test_each_place_on_its_day(text: str) -> None:
    assert sorted((claim.where.name if claim.where else "", _day(claim)) for claim in _listed(text)) == sorted(_LISTS[text])


def test_an_entry_quotes_its_own_words_and_explains_where_the_rest_is_from() -> None:
    text = next(iter(_LISTS))
    last = next(claim for claim in _listed(text) if claim.where is not None and claim.where.name == "Uvira")
    assert last.evidence.quote == "Uvira by 1 April"
    assert last.derivation is not None
    assert [part.rule for part in last.derivation.parts][:2] == ["time", "place"]
    assert isinstance(last.matter, Obligation)
    assert [actor.name for actor in last.matter.obligors] == ["rebels"]

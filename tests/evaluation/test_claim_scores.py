"""The scorer on claims made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import score

TEXT = "Rebels took Old Mill on Saturday. The army denied it. Old Mill was shelled."
MILL = {"where": "Old Mill", "where_lat": 10.0, "where_lon": 20.0}
REBELS = {"name": "Rebels", "country": "XKX", "role": "REB"}


def control(**changes: Any) -> dict[str, Any]:
    claim = {
        "kind": "control",
        "quote": "Rebels took Old Mill",
        "quote_start": 0,
        "quote_end": 20,
        "said_by": [],
        "factuality": "actual",
        "when": "2024-03-02",
        **MILL,
        "change": "gains",
        "holder": REBELS,
        "from": None,
    }
    return {**claim, **changes}


def shelling(**changes: Any) -> dict[str, Any]:
    claim = {
        "kind": "event",
        "quote": "Old Mill was shelled",
        "quote_start": 54,
        "quote_end": 74,
        "said_by": [],
        "factuality": "actual",
        "when": None,
        **MILL,
        "type": "ASSAULT",
        "actors": [],
        "recipients": [],
    }
    return {**claim, **changes}


def matched(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> score.Comparison:
    return score.compare({"id": "d", "text": TEXT, "claims": gold}, predicted)


def test_gold_against_itself_is_perfect() -> None:
    tallies = score.score([{"id": "d", "text": TEXT, "claims": [control(), shelling()]}], {"d": [control(), shelling()]})
    assert tallies["all"].f1 == 1.0
    assert all(share == 1.0 for kind in score.KINDS for share in tallies[kind].slots().values())


def test_nothing_predicted_and_nothing_to_find() -> None:
    assert score.score([{"id": "d", "text": TEXT, "claims": [control()]}], {})["all"].f1 == 0.0
    assert score.score([{"id": "d", "text": TEXT, "claims": []}], {})["all"].f1 == 0.0


@pytest.mark.parametrize(
    "change",
    [
        {"change": "loses"},
        {"where_lat": 11.0},
        {"where_lat": None, "where_lon": None},
        {"quote_start": 34, "quote_end": 52},
        {"quote_start": 11, "quote_end": 52},
    ],
    ids=["change", "place", "no place", "elsewhere", "less than half of the shorter"],
)
def test_no_match(change: dict[str, Any]) -> None:
    comparison = matched([control()], [control(**change)])
    assert comparison.missed == [control()]
    assert comparison.false == [control(**change)]


@pytest.mark.parametrize(
    ("change", "slot"),
    [
        ({"factuality": "denied"}, "factuality"),
        ({"when": "2024-03"}, "when"),
        ({"said_by": ["the army"]}, "said_by"),
        ({"holder": {**REBELS, "role": "MIL"}}, "holder"),
        ({"from": REBELS}, "from"),
        ({"where_lat": 10.3}, None),
        ({"when": "2024-03-02/2024-03-02"}, None),
        ({"when": "2024-03-02~"}, None),
        ({"holder": {**REBELS, "name": "they"}}, None),
        ({"quote_end": 8}, None),
    ],
)
def test_slots_that_disagree(change: dict[str, Any], slot: str | None) -> None:
    [(gold, predicted)] = matched([control()], [control(**change)]).pairs
    assert [name for name, same in score.slots(gold, predicted).items() if not same] == ([slot] if slot else [])


def test_numbers_are_asked_only_where_told() -> None:
    dead = {"killed": {"low": 3, "high": 3}}
    assert "numbers" not in score.slots(shelling(), shelling(**dead))
    assert score.slots(shelling(**dead), shelling(**dead))["numbers"]
    assert not score.slots(shelling(**dead), shelling())["numbers"]


def test_a_place_without_coordinates_is_known_by_name() -> None:
    road = {"where": "the Alpha road", "where_lat": None, "where_lon": None}
    assert score.same_place(shelling(**road), shelling(**{**road, "where": "road to Alpha"}))
    assert not score.same_place(shelling(**road), shelling())
    assert not score.same_place(shelling(**road), shelling(where=None, where_lat=None, where_lon=None))


def test_speakers_need_a_telling_word() -> None:
    assert score.same_names(["Azerbaijan’s defence ministry"], ["the defence ministry of Azerbaijan"])
    assert not score.same_names(["the army"], ["the rebels"])
    assert not score.same_names(["the army"], [])
    assert score.same_names([], [])


def test_the_second_occurrence_of_a_quote() -> None:
    assert score.gold_quote(TEXT, {"quote": "Old Mill", "occurrence": 2}) == (54, 62)
    with pytest.raises(ValueError, match="substring"):
        score.gold_quote(TEXT, {"quote": "Old Mill", "occurrence": 3})


@given(st.lists(st.lists(st.integers(0, 6), max_size=4, unique=True), max_size=6))
def test_the_matching_is_one_to_one_and_largest(candidates: list[list[int]]) -> None:
    found = score.largest_matching(candidates)
    assert all(j in candidates[i] for i, j in found.items())
    assert len(set(found.values())) == len(found)
    assert len(found) == exhaustive(candidates)


def exhaustive(candidates: list[list[int]], taken: frozenset[int] = frozenset()) -> int:
    """The size of a largest matching, by trying all of them."""
    if not candidates:
        return 0
    rest = candidates[1:]
    return max(
        exhaustive(rest, taken),
        *(1 + exhaustive(rest, taken | {j}) for j in candidates[0] if j not in taken),
        0,
    )

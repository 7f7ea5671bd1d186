"""The actor scorer on groundings made by hand."""

from __future__ import annotations

import pytest

from evaluation import actors


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ({"country": "ARM", "code_1": "GOV"}, {"country": "ARM", "role": "GOV"}),
        ({"country": "", "code_1": "COP"}, {"country": None, "role": "COP"}),
        ({"country": "UNO"}, {"country": None, "role": "IGO"}),
        ({"country": "EUR", "code_1": "LEG"}, {"country": None, "role": "LEG"}),
        ({"country": "SOM", "code_1": "PRM"}, {"country": "SOM", "role": "UAF"}),
        ({"country": "", "code_1": "MED"}, {"country": None}),
        ({"cc": "GBR", "text": ""}, {"country": "GBR"}),
        ({"title": "Beyoncé"}, {}),
    ],
)
def test_their_codes_in_ours(theirs: dict[str, str], ours: dict[str, str | None]) -> None:
    assert actors.expected(theirs) == ours


def test_the_longest_actor_of_a_string_counts() -> None:
    found = [{"start": 0, "end": 8, "country": "ARM", "role": None}, {"start": 0, "end": 15, "country": "ARM", "role": "MIL"}]
    rows = [{"id": "a", "gold": {"country": "ARM", "code_1": "MIL"}}, {"id": "b", "gold": {"country": "FRA", "code_1": "GOV"}}]
    grounded: dict[str, dict[str, object]] = {"a": {"actors": found}, "b": {"actors": []}}
    assert actors.score_strings(rows, grounded) == {"asked": 2, "country": 0.5, "role": 0.5, "both": 0.5}


def test_actors_of_articles_are_looked_for_at_their_words() -> None:
    army = {"name": "The army", "country": "ARM", "role": "MIL"}
    document = {
        "id": "d",
        "text": "The army left. The town is quiet.",
        "claims": [
            {"actors": [army, army], "recipients": [{"name": "rebels", "country": None, "role": "REB"}], "holder": None}
        ],
    }
    right = {"start": 4, "end": 8, "country": "ARM", "role": "MIL"}
    assert actors.score_articles([document], {"d": {"actors": [right]}}) == {
        "asked": 1,
        "found": 1.0,
        "country": 1.0,
        "role": 1.0,
        "both": 1.0,
    }
    assert actors.score_articles([document], {"d": {"actors": []}})["both"] == 0.0

"""The CSV with ACLED's columns: what goes where, and that it never says to be ACLED's."""

from __future__ import annotations

import pytest

from tests.formats.exported import told
from tests.questions.build import BAKHMUT, KALBAJAR, say
from whoholds.formats.acled import COLUMNS, Row, cells, row
from whoholds.questions import Register
from whoholds.questions.extract import Extract


def rows_of(extract: Extract) -> list[Row]:
    areas = extract.areas()
    return [made for one in extract.told() if (made := row(one, areas))]


def row_of(head: str, *details: str, on: str = "2023-05-20") -> Row | None:
    with Register(":memory:") as register:
        say(register, head, *details, on=on)
        extract = register.extract()
        (one,) = extract.told()
        return row(one, extract.areas())


def test_an_attack_on_civilians(extract: Extract) -> None:
    made = row(told(extract, "ASSAULT"), extract.areas())
    assert made is not None
    assert list(made) == COLUMNS
    expected = {
        "event_date": "2023-03-05",
        "year": 2023,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Violence against civilians",
        "sub_event_type": "Attack",
        "actor1": "Russia",
        "inter1": "External/Other forces",
        "inter2": "Civilians",
        "interaction": "Civilians-External/Other forces",
        "civilian_targeting": "Civilian targeting",
        "iso": 804,
        "country": "Ukraine",
        "location": "Bakhmut",
        "latitude": 48.59419,
        "longitude": 37.99886,
        "geo_precision": 1,
        "fatalities": 3,
        "source": "Example Wire; Other Post",
        "region": None,
        "source_scale": None,
    }
    assert {name: made[name] for name in expected} == expected
    assert str(made["admin1"]).startswith("Donetsk")
    assert made["tags"] == "whoholds type=ASSAULT; fatalities told=3 or more"
    assert "killed 3 to 5 by Example Wire." in str(made["notes"])


def test_every_row_says_that_it_is_not_acleds(extract: Extract) -> None:
    made = rows_of(extract)
    assert len(made) == 2
    for one in made:
        assert "not ACLED data" in str(one["notes"])
        assert str(one["event_id_cnty"]).startswith("incident-")
        assert len(cells(one)) == len(COLUMNS) == 31


def test_a_protest_of_some_day_of_a_month_has_its_days_in_the_notes(extract: Extract) -> None:
    (made,) = [one for one in rows_of(extract) if one["event_type"] == "Protests"]
    assert (made["event_date"], made["time_precision"], made["sub_event_type"]) == ("2023-04-01", 3, "Peaceful protest")
    assert "On a day from 2023-04-01 to 2023-04-30." in str(made["notes"])
    assert (made["location"], made["latitude"], made["geo_precision"], made["iso"]) == (None, None, None, None)
    assert made["tags"] == "whoholds type=PROTEST; crowd size=4000"
    assert made["fatalities"] == 0


@pytest.mark.parametrize("kind", ["AID", "CONSULT", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "SUPPORT", "REQUEST"])
def test_what_acled_has_no_type_for_is_left_out(kind: str) -> None:
    assert row_of(f"2023-05-20 event {BAKHMUT}: {kind} by Russia [RUS GOV]") is None


def test_what_has_no_day_is_left_out() -> None:
    assert row_of(f"undated event {BAKHMUT}: ASSAULT on villagers [UKR CVL]") is None


def test_a_district_is_its_own_first_division() -> None:
    made = row_of(f"2020-11-25 event {KALBAJAR}: MOBILIZE by Azerbaijani army [AZE MIL]", on="2020-11-25")
    assert made is not None
    assert (made["admin1"], made["admin2"], made["geo_precision"]) == ("Kalbajar", None, 2)
    assert (made["event_type"], made["sub_event_type"], made["inter1"]) == ("Strategic developments", "Other", "State forces")

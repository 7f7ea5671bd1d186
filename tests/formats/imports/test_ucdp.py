"""UCDP GED exports."""

from __future__ import annotations

import io
from datetime import date

import pytest

from tests.formats.imports.events import UCDP, exported
from whoholds.formats.imports import Fault
from whoholds.formats.imports.texts import MADE
from whoholds.formats.imports.ucdp import maker, read_ucdp
from whoholds.grounding.gazetteer.around import situate
from whoholds.model import Count, Event, EventType, Role
from whoholds.questions.importing import Coded


def read(*rows: dict[str, str]) -> tuple[list[Coded], list[Fault]]:
    found = list(read_ucdp(io.BytesIO(exported(*rows)), "GEDEvent_v23_1.csv", by="UCDP GED 23.1"))
    return [one for one in found if isinstance(one, Coded)], [one for one in found if isinstance(one, Fault)]


def one(**changed: str) -> Coded:
    (coded,), faults = read({**UCDP, **changed})
    assert faults == []
    return coded


def event(coded: Coded) -> Event:
    (claim,) = coded.claims
    assert isinstance(claim.matter, Event)
    return claim.matter


def test_a_row() -> None:
    coded = one()
    document, (claim,) = coded.document, coded.claims
    words = "\n".join(UCDP[column] for column in ("source_headline", "source_article", "source_original", "where_description"))
    assert document.text == f"{words}\n\nUCDP GED 900001"
    assert claim.evidence.quote == words
    assert (document.published, document.outlet) == (date(2023, 5, 22), "Harbour Herald; Meridian Wire")
    assert (document.title, document.author) == ("Twelve dead", "UCDP GED")
    matter = event(coded)
    assert (matter.type, matter.killed) == (EventType.ASSAULT, Count(10, 20))
    assert [(actor.country, actor.role) for actor in matter.actors] == [("RUS", Role.GOV), ("UKR", Role.GOV)]
    assert claim.where is not None
    assert situate(claim.where).key == "geonames:713174"
    assert claim.derivation is not None
    kept = {part.rule: part.value for part in claim.derivation.parts}
    assert (kept["best"], kept["where_prec"], kept["date_prec"]) == ("12", "1", "1")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("GEDEvent_v23_1.csv", "UCDP GED 23.1"),
        ("GEDEvent_v24_0_3.csv", "UCDP GED 24.0.3"),
        ("ged251.csv", "UCDP GED 25.1"),
        ("events.csv", "UCDP GED"),
        ("ged 2023.csv", "UCDP GED"),
        ("-", "UCDP GED"),
    ],
)
def test_versions(file: str, name: str) -> None:
    assert maker(file) == name


def test_sides() -> None:
    rebels = event(one(type_of_violence="2", side_a="Hill Front", side_b="Valley Front"))
    assert [(actor.organisation, actor.role) for actor in rebels.actors] == [
        ("Hill Front", Role.REB),
        ("Valley Front", Role.REB),
    ]
    one_sided = event(one(type_of_violence="3", side_b="Civilians"))
    assert [actor.country for actor in one_sided.actors] == ["RUS"]
    assert [actor.role for actor in one_sided.recipients] == [Role.CVL]


@pytest.mark.parametrize(
    ("precision", "first", "last", "edtf"),
    [
        ("1", "2023-05-20", "2023-05-20", "2023-05-20"),
        ("2", "2023-05-20", "2023-05-20", "2023-05-20~"),
        ("2", "2023-05-18", "2023-05-20", "2023-05-18/2023-05-20"),
        ("4", "2023-05-01", "2023-05-31", "2023-05"),
        ("5", "2023-01-01", "2023-12-31", "2023"),
        ("5", "2023-02-01", "2023-05-31", "2023-02-01/2023-05-31"),
    ],
)
def test_times(precision: str, first: str, last: str, edtf: str) -> None:
    when = one(date_prec=precision, date_start=first, date_end=last).claims[0].when
    assert when is not None
    assert when.edtf == edtf


@pytest.mark.parametrize(
    ("told", "published"),
    [("", "2023-05-20"), ("2023-05-19", "2023-05-20"), ("none;2023-05-25;2023-05-21", "2023-05-25")],
)
def test_published(told: str, published: str) -> None:
    assert str(one(source_date=told).document.published) == published


def test_places() -> None:
    def feature(**changed: str) -> str:
        where = one(**changed).claims[0].where
        assert where is not None
        assert where.place is not None
        return where.place.feature

    assert feature(where_prec="4") == "A"
    assert feature(where_prec="6") == "A"
    assert feature(where_prec="5") == "L"
    country = one(where_prec="6", country="Yemen (North Yemen)").claims[0].where
    assert country is not None
    assert country.place is not None
    assert (country.place.name, country.place.country) == ("Yemen", "YE")


def test_a_row_without_words() -> None:
    coded = one(**dict.fromkeys(("source_headline", "source_article", "source_original", "where_description"), ""))
    assert coded.document.title == MADE
    assert "side_a: Government of Russia" in coded.claims[0].evidence.quote


def test_bad_rows_are_told_by_line_and_the_others_taken() -> None:
    rows = [
        {**UCDP, "date_end": "2023-05-19"},
        {**UCDP, "date_start": "yesterday"},
        {**UCDP, "latitude": ""},
        {**UCDP, "type_of_violence": "9"},
        {**UCDP, "low": "30"},
        {**UCDP, "best": "-1"},
        {**UCDP, "id": ""},
        UCDP,
    ]
    coded, faults = read(*rows)
    assert [one.document.name for one in coded] == ["900001"]
    assert [(fault.line, fault.problem.code) for fault in faults] == [
        (2, "date"),
        (3, "date"),
        (4, "coordinates"),
        (5, "type"),
        (6, "number"),
        (7, "number"),
        (8, "id"),
    ]

"""ACLED exports, old and new."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest

from tests.formats.imports.events import ACLED, OLD, exported
from whoholds.formats.imports import Fault
from whoholds.formats.imports.acled import read_acled
from whoholds.formats.imports.texts import MADE
from whoholds.grounding.gazetteer.around import situate
from whoholds.model import Change, Control, Count, Event, EventType, Role
from whoholds.questions.importing import Coded


def read(*rows: dict[str, str]) -> tuple[list[Coded], list[Fault]]:
    found = list(read_acled(io.BytesIO(exported(*rows)), "acled.csv"))
    return [one for one in found if isinstance(one, Coded)], [one for one in found if isinstance(one, Fault)]


def one(**changed: str) -> Coded:
    (coded,), faults = read({**ACLED, **changed})
    assert faults == []
    return coded


def event(coded: Coded) -> Event:
    (found,) = [claim.matter for claim in coded.claims if isinstance(claim.matter, Event)]
    return found


def test_a_row() -> None:
    coded = one()
    document, (claim,) = coded.document, coded.claims
    assert document.text == f"{ACLED['notes']}\n\nACLED XMP1"
    assert (document.name, document.outlet, document.credits) == ("XMP1", "Harbour Herald; Meridian Wire", ())
    assert (document.author, document.published) == ("ACLED", date(2023, 5, 20))
    assert claim.evidence.quote == ACLED["notes"]
    matter = event(coded)
    assert (matter.type, matter.killed, matter.recipients) == (EventType.ASSAULT, Count(4, 4), ())
    assert [(actor.country, actor.role) for actor in matter.actors] == [("RUS", Role.MIL), ("UKR", Role.MIL)]
    assert claim.when is not None
    assert claim.when.edtf == "2023-05-20"
    assert claim.where is not None
    assert situate(claim.where).key == "geonames:713174"
    assert claim.derivation is not None
    kept = {part.rule: part.value for part in claim.derivation.parts}
    assert (kept["time_precision"], kept["geo_precision"], kept["event_type"]) == ("1", "1", "Battles")


def test_an_old_row() -> None:
    (coded,), faults = read(OLD)
    assert faults == []
    assert coded.document.name == "XMP7"
    matter = event(coded)
    assert (matter.type, matter.killed) == (EventType.ASSAULT, None)
    (control,) = [claim for claim in coded.claims if isinstance(claim.matter, Control)]
    assert isinstance(control.matter, Control)
    assert control.matter.change is Change.GAINS
    assert control.matter.holder is not None
    assert control.matter.former is not None
    assert (control.matter.holder.country, control.matter.former.organisation) == ("UKR", "Hill Front")
    assert control.when is not None
    assert control.when.edtf == "2015-05-20"


@pytest.mark.parametrize(
    ("kind", "sub", "type"),
    [
        ("Explosions/Remote violence", "Shelling/artillery/missile attack", EventType.ASSAULT),
        ("Violence against civilians", "Abduction/forced disappearance", EventType.ASSAULT),
        ("Protests", "Peaceful protest", EventType.PROTEST),
        ("Riots", "Violent demonstration", EventType.PROTEST),
        ("Riots", "Mob violence", EventType.ASSAULT),
        ("Strategic developments", "Agreement", EventType.AGREE),
        ("Strategic developments", "Arrests", EventType.COERCE),
        ("Remote violence", "", EventType.ASSAULT),
        ("Riots/Protests", "", EventType.PROTEST),
    ],
)
def test_types(kind: str, sub: str, type: EventType) -> None:
    assert event(one(event_type=kind, sub_event_type=sub)).type is type


def test_a_kind_without_a_type_is_taken_without_a_claim() -> None:
    (coded,), (fault,) = read({**ACLED, "event_type": "Strategic developments", "sub_event_type": "Other"})
    assert coded.claims == ()
    assert (fault.lost, fault.problem.code) == (False, "untyped")


@pytest.mark.parametrize(
    ("sub", "actors", "holder", "former"),
    [
        ("Government regains territory", ("Hill Front", "2", "Military Forces of Mali", "1"), "MLI", "Hill Front"),
        ("Non-state actor overtakes territory", ("Military Forces of Mali", "1", "Hill Front", "2"), "Hill Front", "MLI"),
        ("Non-violent transfer of territory", ("Wagner Group", "8", "Military Forces of Mali", "1"), "Wagner Group", "MLI"),
    ],
)
def test_who_takes_the_ground(sub: str, actors: tuple[str, ...], holder: str, former: str) -> None:
    names = dict(zip(("actor1", "inter1", "actor2", "inter2"), actors, strict=True))
    coded = one(sub_event_type=sub, **names)
    (matter,) = [claim.matter for claim in coded.claims if isinstance(claim.matter, Control)]

    def called(actor: Any) -> str:
        return actor.organisation or actor.country

    assert (called(matter.holder), called(matter.former)) == (holder, former)


def test_civilians_undergo() -> None:
    matter = event(one(actor2="Civilians (Ukraine)", inter2="Civilians"))
    assert [actor.name for actor in matter.recipients] == ["Civilians (Ukraine)"]
    assert len(matter.actors) == 1


@pytest.mark.parametrize(
    ("precision", "edtf"), [("1", "2023-05-20"), ("2", "2023-05-20~"), ("3", "2023-05"), ("", "2023-05-20")]
)
def test_times(precision: str, edtf: str) -> None:
    when = one(time_precision=precision).claims[0].when
    assert when is not None
    assert when.edtf == edtf


@pytest.mark.parametrize("told", ["2023-05-20", "20 May 2023", "20-May-2023", "20/05/2023", "20-May-23", "2023-05-20T00:00:00"])
def test_days(told: str) -> None:
    assert one(event_date=told).document.published == date(2023, 5, 20)


def test_places() -> None:
    def key(**changed: str) -> str:
        where = one(**changed).claims[0].where
        assert where is not None
        return situate(where).key

    assert key(geo_precision="3") == situate_area("Donetsk", 48.0, 37.8)
    assert key(geo_precision="2") == "geonames:713174"
    assert key(location="Bakhmut - East") == "geonames:713174"
    unknown = one(location="Zzyzx Farm").claims[0].where
    assert unknown is not None
    assert unknown.place is not None
    assert (unknown.place.lat, unknown.place.feature, unknown.place.country) == (48.5942, "P", "UA")
    far = one(latitude="50.0", longitude="30.0").claims[0].where
    assert far is not None
    assert far.place is not None
    assert far.place.lat == 50.0  # a namesake 600 km away is another place


def situate_area(name: str, lat: float, lon: float) -> str:
    from whoholds.formats.imports.spots import area

    where = area(name, lat, lon, "UA")
    assert where.place is not None
    assert where.place.feature == "A"
    return situate(where).key


def test_a_row_without_notes() -> None:
    coded = one(notes="")
    assert coded.document.title == MADE
    assert coded.document.text.startswith("event_type: Battles\nsub_event_type: Armed clash\n")
    assert coded.claims[0].evidence.quote.endswith("fatalities: 4")


def test_bad_rows_are_told_by_line_and_the_others_taken() -> None:
    rows = [
        ACLED,
        {**ACLED, "event_date": "2023-02-30"},
        {**ACLED, "event_date": ""},
        {**ACLED, "latitude": "91"},
        {**ACLED, "longitude": "east"},
        {**ACLED, "event_id_cnty": ""},
        {**ACLED, "fatalities": "many"},
        {**ACLED, "fatalities": "inf"},
        {**ACLED, "event_type": "Weather"},
        {**ACLED, "latitude": "nan"},
        {**ACLED, "event_id_cnty": "XMP2"},
    ]
    coded, faults = read(*rows)
    assert [one.document.name for one in coded] == ["XMP1", "XMP2"]
    assert [fault.line for fault in faults] == list(range(3, 12))
    assert all(fault.lost for fault in faults)
    codes = "date date coordinates coordinates id number number type coordinates"
    assert [fault.problem.code for fault in faults] == codes.split()


def test_rows_of_the_same_words_stay_apart() -> None:
    coded, _ = read(ACLED, {**ACLED, "event_id_cnty": "XMP2"})
    assert len({one.document.id for one in coded}) == 2


def test_another_data_set() -> None:
    coded, (fault,) = read({"id": "1", "title": "x"})
    assert (coded, fault.problem.code) == ([], "columns")

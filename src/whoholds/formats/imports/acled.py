"""ACLED's CSV export: each row a document with the event as ACLED's coders have it.

The text is the row's `notes`, as given, and below them the event's id, so that rows of the same words stay apart; a row without
notes gets a text made from its columns, which says so. The claim is evidenced by the whole notes. A document is published on
the day of the event: the export tells no day of its sources, and `timestamp` is the day ACLED last touched the row. Its outlet
is what `source` names, several together as one; its author is ACLED, and the claims are asserted by "ACLED".

- `time_precision` 1 is the day, 2 a day give or take three (EDTF `~`), 3 the month.
- `geo_precision` 1 is the place, 2 near it, 3 the province (`admin1`), else the district.
- `fatalities` of 0 are left out: ACLED writes 0 where no source counts any.
- Sub-events by which ground changes hands are claims of control besides. Actors 1 and 2 are no doer and done-to: both are
  actors, but for civilians, who are recipients.

Columns of exports before March 2023 (`data_id`, `iso3`) and since (`disorder_type`, `civilian_targeting`, `tags`) are read, the
names of event types of before 2019 too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import BinaryIO

from whoholds.formats.imports import Fault, spots
from whoholds.formats.imports.cells import BadCellError, code, day, number, point
from whoholds.formats.imports.parties import actor
from whoholds.formats.imports.rows import Row, read_rows
from whoholds.formats.imports.texts import documented
from whoholds.model import (
    Actor,
    Change,
    Claim,
    Control,
    Count,
    Derivation,
    Document,
    Event,
    EventType,
    Matter,
    Problem,
    Role,
    When,
    Where,
)
from whoholds.questions.importing import Coded

BY = "ACLED"
"""Who asserts what ACLED's coders have coded."""

_ID = ("event_id_cnty", "data_id")
NEEDED = (
    frozenset(_ID),
    *(frozenset({name}) for name in ("event_date", "event_type", "actor1", "latitude", "longitude")),
)
_KEPT = (
    "event_type sub_event_type disorder_type time_precision geo_precision inter1 inter2 interaction civilian_targeting"
    " assoc_actor_1 assoc_actor_2 admin1 admin2 admin3 source_scale fatalities tags timestamp"
).split()
_MADE = "event_type sub_event_type event_date actor1 actor2 location admin1 country fatalities".split()


def read_acled(stream: BinaryIO, file: str) -> Iterator[Coded | Fault]:
    """The rows of an export as coded documents, and what is wrong with it, in order. Raises OSError where it cannot be read."""
    for row in read_rows(stream, file, NEEDED, "ACLED"):
        if isinstance(row, Fault):
            yield row
            continue
        try:
            coded, remark = _coded(row)
        except BadCellError as bad:
            yield Fault(file, row.line, bad.problem)
            continue
        if remark:
            yield Fault(file, row.line, remark, lost=False)
        yield coded


def _coded(row: Row) -> tuple[Coded, Problem | None]:
    name = row.get(*_ID)
    if not name:
        raise BadCellError("id", "has no event id", "every row of an export has one")
    on = day(row, "event_date")
    where, when = _where(row), _when(row, on)
    document, span = documented(row, name=name, maker=BY, text=row.get("notes"), columns=_MADE, published=on)
    derivation = Derivation(
        f"coded by {BY}", span, name, tuple(Derivation(column, value=row.get(column)) for column in _KEPT if row.get(column))
    )
    matters = list(_matters(row))
    claims = tuple(Claim(matter=one, evidence=span, when=when, where=where, derivation=derivation) for one in matters)
    return Coded(document, claims), None if matters else _untyped(row, document)


def _matters(row: Row) -> Iterator[Matter]:
    kinds = [row.get(name).lower() for name in ("sub_event_type", "event_type")]
    table = _table()
    told = next((table["acled"][kind] for kind in kinds if kind in table["acled"]), None)
    if told is None:
        raise BadCellError("type", f"'{row.get('event_type')[:60]}' is no event type of ACLED", "check event_type")
    parties = _parties(row)
    if told != "-":
        yield _event(EventType(told), parties, number(row, "fatalities"))
    taking = next((table["acled_taking"][kind] for kind in kinds if kind in table["acled_taking"]), None)
    if taking and (taker := _taker(taking, parties)):
        others = [party for party in parties if party is not taker and party.role is not Role.CVL]
        yield Control(change=Change.GAINS, holder=taker, former=others[0] if others else None)


def _event(type: EventType, parties: list[Actor], killed: int | None) -> Event:
    harmed = tuple(party for party in parties if "civilian" in party.name.lower())
    doers = tuple(party for party in parties if party not in harmed)
    return Event(type=type, actors=doers, recipients=harmed, killed=Count(killed, killed) if killed else None)


def _taker(taking: str, parties: list[Actor]) -> Actor | None:
    """Who takes the ground: the state's forces, those of no state, or the one named first."""
    if taking == "first":
        return parties[0] if parties else None
    state = (Role.MIL, Role.COP, Role.GOV)
    return next((party for party in parties if (party.role in state) is (taking == "state")), None)


def _parties(row: Row) -> list[Actor]:
    roles = _table()["acled_role"]
    found = []
    for name, inter in (("actor1", "inter1"), ("actor2", "inter2")):
        if row.get(name):
            role = roles.get(row.get(inter).lower(), "-")
            found.append(actor(row.get(name), None if role == "-" else Role(role)))
    return found


def _when(row: Row, on: date) -> When:
    precision = code(row, "time_precision", 3) or 1
    return When({1: on.isoformat(), 2: f"{on.isoformat()}~", 3: f"{on:%Y-%m}"}[precision])


def _where(row: Row) -> Where:
    lat, lon = point(row)
    country = spots.nation(row.get("country"))
    name = row.get("location", "admin3", "admin2", "admin1", "country") or f"{lat} {lon}"
    precision = code(row, "geo_precision", 3) or 1
    wide = row.get("admin1", "admin2")
    if precision == 3 and wide:
        return spots.area(wide, lat, lon, country)
    return (spots.spot if precision == 1 else spots.vicinity)(name, lat, lon, country)


def _untyped(row: Row, document: Document) -> Problem:
    kind = row.get("sub_event_type", "event_type")
    return Problem("untyped", f"{document.name}: '{kind[:60]}' has no PLOVER type; the text is taken without a claim")


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("codes.toml").read_text("utf-8"))

"""Holdings as GeoJSON, fast enough for the whole map at once: a day's 30,000 places are put together from pieces made before.

A feature is a stretch of days over which one holding counts at a place: its own, or that of an area around it (`inherited`).
`first` and `last` are the days of the stretch, both inclusive and null where open; `begin_not_before` is the first day on which
that holding can have begun. Its id is the place's key, `@`, and the first day ("..": open).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

import numpy as np

from whoholds.atlas.api.answering import dumped
from whoholds.formats.fields import called, site_fields
from whoholds.model import Site
from whoholds.questions.timetable import FIRST, LAST, NOBODY, OWN, STANDINGS, Timetable


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The parts of features that do not change with the day: JSON text, by number of place and side, and places by key."""

    ids: list[str]
    places: list[str]
    sides: list[str]
    areas: list[str]
    standings: list[str]
    numbers: dict[str, int]


_PIECES: WeakKeyDictionary[Timetable, Pieces] = WeakKeyDictionary()


def prepare(timetable: Timetable) -> None:
    """Make the pieces of a timetable's features before they are asked for."""
    _pieces(timetable)


def on_day(timetable: Timetable, day: date, box: tuple[float, float, float, float] | None) -> list[int]:
    """The numbers of the spans in force on a day, in a box."""
    found: list[int] = timetable.on(day, box).tolist()
    return found


def touching(timetable: Timetable, period: tuple[date, date], box: tuple[float, float, float, float] | None) -> list[int]:
    """The numbers of the spans that touch a period, in a box, by place and time."""
    first, last = (day.toordinal() for day in period)
    spans = timetable.spans
    touched = np.flatnonzero((spans.begin <= last) & (spans.end >= first))
    if box is not None:
        touched = touched[timetable.inside(box)[spans.place[touched]]]
    found: list[int] = touched.tolist()
    return found


def feature_texts(timetable: Timetable, numbers: Iterable[int], on: date | None = None) -> list[str]:
    """The features of some spans as JSON text without the closing brace; `on` is told in each where it is given."""
    pieces, spans = _pieces(timetable), timetable.spans
    chosen = np.fromiter(numbers, np.int64)
    day = _Days()
    told = "" if on is None else f'"on":"{on.isoformat()}",'
    columns = (getattr(spans, name)[chosen].tolist() for name in ("place", "side", "standing", "begin", "end", "inherited"))
    more = (getattr(spans, name)[chosen].tolist() for name in ("since", "told"))
    return [
        f'{{"type":"Feature","id":"{pieces.ids[place]}@{day[begin]}",{pieces.places[place]}{told}"first":{day.told(begin)},'
        f'"last":{day.told(end)},{pieces.sides[side]}"standing":{pieces.standings[standing]},'
        f'"begin_not_before":{day.told(since)},"told":{day.told(first_told)},{pieces.areas[inherited]}'
        for place, side, standing, begin, end, inherited, since, first_told in zip(*columns, *more, strict=True)
    ]


def span_called(timetable: Timetable, id: str, day: date) -> int | None:
    """The number of the span that an id stands for; for a place's key alone the one of the day. None where there is none."""
    key, at, first = id.rpartition("@")
    numbers = _pieces(timetable).numbers
    place = numbers.get(key if at else id)
    if place is None:
        return None
    low, high = np.searchsorted(timetable.spans.place, (place, place + 1))
    for span in range(low, high):
        begin, end = int(timetable.spans.begin[span]), int(timetable.spans.end[span])
        if (_Days()[begin] == first) if at else begin <= day.toordinal() <= end:
            return span
    return None


class _Days(dict[int, str]):
    """Days as they are written, by number; ".." for an open end."""

    def __missing__(self, number: int) -> str:
        self[number] = ".." if number in (FIRST, LAST) else date.fromordinal(number).isoformat()
        return self[number]

    def told(self, number: int) -> str:
        """A day as JSON, null for an open end."""
        text = self[number]
        return "null" if text == ".." else f'"{text}"'


def _pieces(timetable: Timetable) -> Pieces:
    made = _PIECES.get(timetable)
    if made is None:
        made = _PIECES[timetable] = _made(timetable)
    return made


def _made(timetable: Timetable) -> Pieces:
    sides = [f'"holder":{_json(side.key)},"holder_name":{_json(called(side))},' for side in timetable.sides]
    sides.append('"holder":null,"holder_name":null,')  # found by NOBODY, which is -1
    areas = [f'"inherited":{_json(site.key)},"inherited_name":{_json(site.name)}}}' for site in timetable.sites]
    areas.append('"inherited":null,"inherited_name":null}')
    assert NOBODY == OWN == -1
    return Pieces(
        ids=[_json(site.key)[1:-1] for site in timetable.sites],
        places=[_place(site) for site in timetable.sites],
        sides=sides,
        areas=areas,
        standings=[_json(standing.value) for standing in STANDINGS],
        numbers={site.key: number for number, site in enumerate(timetable.sites)},
    )


def _place(site: Site) -> str:
    place = site.place
    geometry = f'{{"type":"Point","coordinates":[{place.lon!r},{place.lat!r}]}}' if place else "null"
    fields = _json({"kind": "holding", **site_fields(site)})
    return f'"geometry":{geometry},"properties":{fields[:-1]},'


def _json(value: object) -> str:
    return dumped(value).decode()

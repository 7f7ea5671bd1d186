"""Reports for stories of incidents: claims in the notation with their words, told by an outlet on a day, as testimony."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from whoholds.model import Bounds, Claim, Document, Event, Incident, Site, Testimony, key_of, site_of
from whoholds.notation import parse
from whoholds.reconcile.incidents import NEAR_DEGREES, Fetch, Look, Places, Window

_QUOTE = re.compile(r'^\s+from "(.*)"$', re.MULTILINE)
_RECORDED = datetime(2026, 1, 1, tzinfo=UTC)
GAP = "\n" + "." * 250 + "\n"  # what lies between the sentences of a report, so that they do not adjoin


def told(
    outlet: str, day: str, claims: str, *, within: Mapping[str, tuple[str, ...]] | None = None, gap: str = GAP
) -> list[Testimony]:
    """Testimony of claims that end in a line `from "words"`; `within` gives the areas around a place, by its name."""
    words = _QUOTE.findall(claims)
    document = Document(text=f"{outlet} {day}" + gap + gap.join(words), name="report", published=date.fromisoformat(day))
    found, problems = parse(_QUOTE.sub(r'  from report "\1"', claims), documents=[document])
    assert not problems, problems
    assert len(found) == len(words)
    return [_testimony(claim, outlet, date.fromisoformat(day), within or {}) for claim in found]


def _testimony(claim: Claim, outlet: str, said: date, within: Mapping[str, tuple[str, ...]]) -> Testimony:
    site: Site | None = None
    if claim.where is not None:
        site = replace(site_of(claim.where), within=within.get(claim.where.name, ()))
    return Testimony(claim=claim, said=said, recorded_at=_RECORDED, entry=1, outlets=(outlet,), site=site)


def keys(testimony: Iterable[Testimony]) -> dict[str, str]:
    """The key of each site, by the name of its place in the claim."""
    return {
        each.claim.where.name: key_of(each.claim.where.place)
        for each in testimony
        if each.claim.where and each.claim.where.place
    }


def fetching(testimony: Iterable[Testimony]) -> Fetch:
    """What a store answers: what a window asks for, and no more."""
    every = list(testimony)

    def fetch(window: Window) -> list[Testimony]:
        return [
            each
            for each in every
            if isinstance(each.claim.matter, Event)
            and (each.claim.evidence.document in window.documents or any(_asked(each, look) for look in window.looks))
        ]

    return fetch


def _asked(testimony: Testimony, look: Look) -> bool:
    when = testimony.claim.when
    first, last = (when.begin.not_before, when.end.not_after) if when else (None, None)
    time = "untimed" if when is None else "short" if first and last and (last - first).days <= 40 else "long"
    if time != look.time or (look.said and not look.said[0] <= testimony.said <= look.said[1]):
        return False
    if look.described and ((first and first > look.described[1]) or (last and last < look.described[0])):
        return False
    return look.places is None or _there(testimony.site, look.places)


def _there(site: Site | None, places: Places) -> bool:
    if site is None:
        return places.unplaced
    if site.key in places.sites or any(area in places.within for area in site.within):
        return True
    if places.around is None or site.place is None:
        return False
    lat, lon = places.around
    east = abs(site.place.lon - lon)
    wide = NEAR_DEGREES / math.cos(math.radians(min(abs(lat) + NEAR_DEGREES, 89.9)))
    return abs(site.place.lat - lat) <= NEAR_DEGREES and min(east, 360 - east) <= wide


def lines(incidents: Iterable[Incident]) -> list[str]:
    """Each incident in a line: days, type, place, doers, standing, for and against, tallies (corrected: in brackets)."""
    return sorted(_line(incident) for incident in incidents)


def _line(incident: Incident) -> str:
    place = incident.site.name if incident.site else "?"
    doers = ", ".join(side.key for side in incident.actors) or "?"
    counts = f"{len(incident.supporting)} for" + (f", {len(incident.opposing)} against" if incident.opposing else "")
    tallies = [f"{t.what} {_count(t.count.low, t.count.high)} by {t.voice}" for t in incident.tallies if not t.corrected]
    corrected = [f"[{t.what} {_count(t.count.low, t.count.high)} by {t.voice}]" for t in incident.tallies if t.corrected]
    return "; ".join(
        [f"{_days(incident.when)} {incident.type} {place} by {doers}: {incident.standing}, {counts}", *tallies, *corrected]
    )


def _days(when: Bounds) -> str:
    first, last = when.not_before, when.not_after
    return str(first) if first == last and first else f"{first or '..'}/{last or '..'}" if first or last else "undated"


def _count(low: int | None, high: int | None) -> str:
    return str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"

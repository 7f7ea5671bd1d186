"""Reports for stories of incidents: claims in the notation with their words, told by an outlet on a day, as testimony."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from whoholds.model import Bounds, Claim, Document, Event, Incident, Site, Testimony, key_of, site_of
from whoholds.notation import parse
from whoholds.reconcile.incidents import Fetch, Window

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
    """What a store answers: the events of the days of a window and all of its documents."""
    every = list(testimony)

    def fetch(window: Window) -> list[Testimony]:
        return [each for each in every if _touches(each.claim, window)]

    return fetch


def _touches(claim: Claim, window: Window) -> bool:
    if not isinstance(claim.matter, Event):
        return False
    if claim.evidence.document in window.documents:
        return True
    if window.days is None or claim.when is None:
        return False
    begin, end = claim.when.begin.not_before, claim.when.end.not_after
    return (begin is None or begin <= window.days[1]) and (end is None or end >= window.days[0])


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

"""Telling: one incident from the claims of a group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from whoholds.model import Actor, Bounds, Derivation, Event, EventType, Incident, Side, Site, When
from whoholds.reconcile.incidents.facets import Facet, day_of, known
from whoholds.reconcile.incidents.standing import standing_of
from whoholds.reconcile.incidents.tallies import tallies_of
from whoholds.reconcile.sides import Sides


def incident_of(told: Sequence[Facet], against: Sequence[Facet], sides: Sides) -> Incident:
    """The incident of claims that tell of one happening and those that deny it, both in the order of their ids."""
    standing, reasons = standing_of(told, against)
    return Incident(
        type=_type(told),
        when=when_of(told),
        site=site_of_all(told),
        actors=_sides(told, lambda event: event.actors, sides),
        recipients=_sides(told, lambda event: event.recipients, sides),
        tallies=tallies_of(told),
        standing=standing,
        supporting=tuple(facet.id for facet in told),
        opposing=tuple(facet.id for facet in against),
        voices=tuple(sorted({facet.voice.key: facet.voice.name for facet in reversed(told)}.values())),
        derivation=Derivation(
            "reports of one happening" if len(told) > 1 else "one report",
            value=f"{len(told)} for, {len(against)} against",
            parts=(
                Derivation(str(standing), parts=reasons),
                *(Derivation("told", facet.testimony.claim.evidence, facet.id) for facet in told),
                *(Derivation("denied", facet.testimony.claim.evidence, facet.id) for facet in against),
            ),
        ),
    )


def when_of(told: Sequence[Facet]) -> Bounds:
    """The days that all agree on; a claim whose days leave none to the narrower ones is passed over. Unbounded if undated."""
    first: date | None = None
    last: date | None = None
    for when in sorted({facet.testimony.claim.when for facet in told} - {None}, key=_width):
        assert when is not None
        begin = max(filter(None, (first, when.begin.not_before)), default=None)
        end = min(filter(None, (last, when.end.not_after)), default=None)
        if begin is None or end is None or begin <= end:
            first, last = begin, end
    return Bounds(first, last)


def _width(when: When | None) -> tuple[int, str]:
    """Narrowest first; an open time is wider than any other."""
    assert when is not None
    first, last = when.begin.not_before, when.end.not_after
    return (10**7 if first is None or last is None else (last - first).days), when.edtf


def site_of_all(told: Sequence[Facet]) -> Site | None:
    """The narrowest place: one around no other, then that which most claims name, the smaller, the lesser key."""
    sites = [facet.testimony.site for facet in told if facet.testimony.site is not None]
    if not sites:
        return None
    around = {key for site in sites for key in site.within}
    votes = Counter(site.key for site in sites)

    def rank(site: Site) -> tuple[object, ...]:
        radius = site.place.radius_m if site.place else 10**9
        return site.key in around, -votes[site.key], radius, site.key, site.name, repr(site)

    return min(sites, key=rank)


def _type(told: Sequence[Facet]) -> EventType:
    votes = Counter(facet.type for facet in told)
    return min(votes, key=lambda type_: (-votes[type_], type_.value))


def _sides(told: Sequence[Facet], of: Callable[[Event], Iterable[Actor]], sides: Sides) -> tuple[Side, ...]:
    """All sides named, those named most often first; the unnamed ("gunmen") only where nobody is named."""
    named: Counter[Side] = Counter()
    unnamed: Counter[Side] = Counter()
    for facet in told:
        event = facet.testimony.claim.matter
        assert isinstance(event, Event)
        for actor in of(event):
            (named if known(actor) else unnamed)[sides.side_of(actor, day_of(facet.testimony))] += 1
    return _once(named) or _once(unnamed)


def _once(votes: Counter[Side]) -> tuple[Side, ...]:
    """One side a key, under the name it bears most often."""
    order = sorted(votes, key=lambda side: (-votes[side], side.key, side.name))
    return tuple({side.key: side for side in reversed(order)}[key] for key in dict.fromkeys(side.key for side in order))

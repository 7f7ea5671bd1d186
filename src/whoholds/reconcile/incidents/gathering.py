"""Gathering: the claims that have to be looked at again when one comes or goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from whoholds.model import Event, Incident, Testimony
from whoholds.reconcile.incidents.facets import Facet, facet_of, facets_of, is_told, ordinal
from whoholds.reconcile.incidents.grouping import LINK, groups, pairs_of
from whoholds.reconcile.incidents.linking import BAND_DEGREES, FAMILY, score
from whoholds.reconcile.incidents.telling import incident_of
from whoholds.reconcile.sides import Sides


@dataclass(frozen=True, slots=True)
class Window:
    """Where the neighbours of a claim can be: what a store is asked for.

    `days` is a period (both ends inclusive) that their time touches, None where the claim has no day to look around; besides
    these, all claims of `documents` are neighbours. `sites` are the key of the claim's place and those of the areas around
    it, empty where it has none: a neighbour's place is one of these, lies within one of these or nearby, or is not told. A
    store that cannot ask for that fetches all events of the days.
    """

    days: tuple[date, date] | None
    documents: tuple[str, ...]
    sites: tuple[str, ...]


Fetch = Callable[[Window], Iterable[Testimony]]


def window(testimony: Testimony, sides: Sides | None = None) -> Window:
    """Where the neighbours of a claim can be."""
    return _window(facet_of(testimony, testimony.claim.id, sides or Sides()))


def _window(facet: Facet) -> Window:
    site = facet.testimony.site
    sites = (site.key, *site.within) if site else ()
    if facet.first is None:
        return Window(None, (facet.document,), sites)
    if facet.wide or facet.last is None:
        return Window((ordinal(facet.first - 2), ordinal(facet.first + 2)), (facet.document,), sites)
    return Window((ordinal(facet.first), ordinal(facet.last)), (facet.document,), sites)


def related(a: Testimony, b: Testimony, sides: Sides) -> bool:
    """Whether two claims are linked: enough speaks for their telling of one happening. Same claims and plans are not."""
    if not (is_told(a.claim) and is_told(b.claim)) or a.claim.id == b.claim.id:
        return False
    points = score(facet_of(a, a.claim.id, sides), facet_of(b, b.claim.id, sides))
    return points is not None and points >= LINK


def gather(seed: Iterable[Testimony], fetch: Fetch, sides: Sides) -> tuple[Testimony, ...]:
    """The seed and all testimony that links join to it, however far, by claim id; plans and other matters are left out.

    `fetch` gives what a window asks for, or more; a claim's testimony is the same each time.
    """
    return tuple(facet.testimony for facet in _gathered(seed, fetch, sides))


def incidents_around(seed: Iterable[Testimony], fetch: Fetch, sides: Sides) -> tuple[Incident, ...]:
    """`derive_incidents` of what `gather` gives, in one go."""
    return _derived(_gathered(seed, fetch, sides), sides)


def derive_incidents(testimony: Iterable[Testimony], sides: Sides) -> tuple[Incident, ...]:
    """The incidents that testimony tells of, by the least of their claims; claims that are not of events are passed over."""
    return _derived(facets_of(testimony, sides), sides)


def _derived(facets: list[Facet], sides: Sides) -> tuple[Incident, ...]:
    found = [
        incident_of([facets[i] for i in told], [facets[i] for i in against], sides)
        for told, against in groups(facets, pairs_of(facets))
    ]
    return tuple(sorted(found, key=lambda incident: incident.supporting[0]))


def _gathered(seed: Iterable[Testimony], fetch: Fetch, sides: Sides) -> list[Facet]:
    inside = {facet.id: facet for facet in facets_of(seed, sides)}
    waiting = list(inside.values())
    asked = _Asked()
    pool: list[Testimony] = []
    made: dict[int, Facet] = {}  # by place in the pool: most of what is fetched is never looked at closely
    while waiting:
        facet = waiting.pop()
        for place in asked.new(_window(facet)):
            pool.extend(one for one in fetch(place) if is_told(one.claim))
        for number, one in enumerate(pool):
            if not _comparable(facet, one):
                continue
            other = made.get(number) or made.setdefault(number, facet_of(one, one.claim.id, sides))
            if other.id not in inside and (points := score(facet, other)) is not None and points >= LINK:
                inside[other.id] = other
                waiting.append(other)
    return [inside[id] for id in sorted(inside)]


def _comparable(facet: Facet, other: Testimony) -> bool:
    """Whether a claim is of a type and at a place that can be those of another's happening: a first, quick look."""
    event, site = other.claim.matter, other.site
    if not isinstance(event, Event) or FAMILY[event.type] is not FAMILY[facet.type]:
        return False
    if site is None or facet.site is None or site.key == facet.site or site.key in facet.around or facet.site in site.within:
        return True
    return site.place is not None and facet.lat is not None and abs(site.place.lat - facet.lat) <= BAND_DEGREES


class _Asked:
    """What has been fetched, so that the same neighbours are not fetched for each other's sake."""

    def __init__(self) -> None:
        self._periods: list[Window] = []
        self._documents: set[str] = set()

    def new(self, wanted: Window) -> list[Window]:
        """What of a window is still to be fetched: all of it, its documents only, or nothing."""
        covered = wanted.days is None or any(_covers(old, wanted) for old in self._periods)
        documents = tuple(document for document in wanted.documents if document not in self._documents)
        self._documents.update(documents)
        if not covered:
            self._periods.append(wanted)
            return [Window(wanted.days, documents, wanted.sites)]
        return [Window(None, documents, wanted.sites)] if documents else []


def _covers(old: Window, wanted: Window) -> bool:
    """Whether the days of a window, at its places, lie within those of an older one; no places are all places."""
    if old.days is None or wanted.days is None or old.days[0] > wanted.days[0] or old.days[1] < wanted.days[1]:
        return False
    return not old.sites or old.sites == wanted.sites

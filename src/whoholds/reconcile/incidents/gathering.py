"""Gathering: the claims that have to be looked at again when one comes or goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from whoholds.model import Event, EventType, Incident, Site, Testimony
from whoholds.reconcile.incidents.facets import Facet, facet_of, facets_of, is_told
from whoholds.reconcile.incidents.grouping import LINK, groups, pairs_of
from whoholds.reconcile.incidents.linking import BAND_DEGREES, FAMILY, score
from whoholds.reconcile.incidents.telling import incident_of
from whoholds.reconcile.incidents.windows import Look, Window, window_of
from whoholds.reconcile.sides import Sides

Fetch = Callable[[Window], Iterable[Testimony]]


def window(testimony: Testimony, sides: Sides | None = None) -> Window:
    """Where the neighbours of a claim can be."""
    return window_of(facet_of(testimony, testimony.claim.id, sides or Sides()))


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
    asked, pool = _Asked(), _Pool(sides)
    while waiting:
        facet = waiting.pop()
        for place in asked.new(window_of(facet)):
            pool.take(fetch(place))
        for other in pool.near(facet):
            if other.id not in inside and (points := score(facet, other)) is not None and points >= LINK:
                inside[other.id] = other
                waiting.append(other)
    return [inside[id] for id in sorted(inside)]


class _Pool:
    """What was fetched, by family of types and place; most of it is never looked at closely."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._known: set[str] = set()
        self._places: defaultdict[EventType, dict[str | None, tuple[Site | None, list[Testimony]]]] = defaultdict(dict)
        self._facets: dict[str, Facet] = {}

    def take(self, fetched: Iterable[Testimony]) -> None:
        for one in fetched:
            event = one.claim.matter
            if isinstance(event, Event) and is_told(one.claim) and one.claim.id not in self._known:
                self._known.add(one.claim.id)
                key = one.site.key if one.site else None
                self._places[FAMILY[event.type]].setdefault(key, (one.site, []))[1].append(one)

    def near(self, facet: Facet) -> Iterator[Facet]:
        """The claims that are of a type and at a place that can be those of a claim's happening."""
        for site, there in self._places[FAMILY[facet.type]].values():
            if _comparable(facet, site):
                yield from map(self._facet, there)

    def _facet(self, one: Testimony) -> Facet:
        id = one.claim.id
        return self._facets.get(id) or self._facets.setdefault(id, facet_of(one, id, self._sides))


def _comparable(facet: Facet, site: Site | None) -> bool:
    """Whether a place can be that of a claim's happening: a first, quick look."""
    if site is None or facet.site is None or site.key == facet.site or site.key in facet.around or facet.site in site.within:
        return True
    return site.place is not None and facet.lat is not None and abs(site.place.lat - facet.lat) <= BAND_DEGREES


class _Asked:
    """What has been fetched, so that the same neighbours are not fetched for each other's sake."""

    def __init__(self) -> None:
        self._looks: list[Look] = []
        self._documents: set[str] = set()

    def new(self, wanted: Window) -> list[Window]:
        """What of a window is still to be fetched, if anything."""
        documents = tuple(document for document in wanted.documents if document not in self._documents)
        looks = tuple(look for look in wanted.looks if not any(old.covers(look) for old in self._looks))
        self._documents.update(documents)
        self._looks.extend(looks)
        return [Window(documents, looks)] if documents or looks else []

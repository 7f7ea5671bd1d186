"""The site of a place that a claim names: one key for all its spellings, and the areas around it.

A place comes from this gazetteer, from one that the user added, from an older edition, from another program's file or from a
hand-written claim. It is snapped to the entry that `same` takes for one place with it, looked for by its GeoNames id, by its
own name and by the name as written. What is snapped to no entry keeps its own point: a point alone tells towns and areas apart,
but not two buildings that both stand, for want of better knowledge, at the middle of their town, so that the key of a site, and
that of a place whose class nobody knows, has its name too.

What lies in what was found when the index was made (`areas`). A place that the index has nothing for lies in the division that
the towns nearest to it lie in, if they agree and it is the smaller of the two.

`Site.name` is the name that English-language reports use, as far as the gazetteer can tell: the first name of the curated table
("Palmyra" for GeoNames' "Tadmur"), for a division the first of its names that is plain ASCII where its main name is not
("Aleppo" for "Ḩalab"), for a town that is named like the area around it the name that is shown for that ("Lachin" for "Laçın"),
else the entry's own name. The name as written stays in the claim.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from whoholds.grounding import countries
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.gazetteer.entry import Rank
from whoholds.grounding.gazetteer.index import cells_around
from whoholds.grounding.gazetteer.indexed import Candidate, Index
from whoholds.grounding.gazetteer.keys import fold
from whoholds.grounding.gazetteer.lookup import Gazetteer, gazetteer
from whoholds.grounding.gazetteer.same import is_point, one_place
from whoholds.model import Place, Where
from whoholds.model.site import Site, key_of, site_of

_REMEMBERED = 20_000
_VOTERS = 5  # towns
_NEAR_KM = 120.0
_HERE_KM = 4.0  # a town so near tells by itself
_MOST = 0.7  # share of the votes
_SMALLER = 0.8  # of an area's radius, for what lies in it
_NEXT, _FAR = 2, 5  # quarters of a degree

Chain = tuple[str, ...]


def situate(where: Where) -> Site:
    """The site of a place as a claim has it, with the keys of the areas around it, the narrowest first and the country last.

    A place that was not found is known by its name, and nothing is around it. Never raises for a place of any content.
    """
    return _sites().situate(where)


def contains(outer: Site, inner: Site) -> bool:
    """Whether `inner` lies in `outer`, by what `Site.within` says; no site lies in itself."""
    return outer.key in inner.within and outer.key != inner.key


class Sites:
    """The sites of one gazetteer, whose first index is the embedded one. One object serves one thread at a time."""

    def __init__(self, known: Gazetteer, embedded: Index) -> None:
        self._known = known
        self._grounds = embedded
        self._of = lru_cache(maxsize=_REMEMBERED)(self._situate)
        self._chain = lru_cache(maxsize=_REMEMBERED)(embedded.chain)
        self._radius = lru_cache(maxsize=_REMEMBERED)(self._radius_of)

    def situate(self, where: Where) -> Site:
        """As the function of that name, by this gazetteer."""
        return self._of(where.name, where.place) if where.place is not None else site_of(where)

    def _situate(self, name: str, place: Place) -> Site:
        snapped = self._snapped(name, place)
        if snapped is None:
            return self._unknown(name, place)
        ground = self._grounds.ground(snapped)
        if ground is None:
            return Site(key_of(snapped), snapped.name, snapped, self._voted(snapped))
        key, shown, around = ground
        own = key or key_of(snapped)
        within = tuple(outer for outer in self._chain(around) if outer != own)
        if key:  # listed twice: the entry that it is one with tells all
            snapped = self._grounds.with_key(key) or snapped
        return Site(own, shown or snapped.name, snapped, within)

    def _snapped(self, name: str, place: Place) -> Place | None:
        """The entry that is this place, as the gazetteer has it, or None."""
        if place.geonameid is not None:
            nation = countries.country(place.country or "")
            if nation is not None and nation.geonameid == place.geonameid:
                return place
            for number in self._grounds.with_id(place.geonameid):
                return self._grounds.place(number).place
        if not place.feature:
            return None
        found = [item for item in self._namesakes(name, place) if one_place(item, _as_candidate(place))]
        best = min(found, key=lambda item: _fit(item, place), default=None)
        return best.place if best else None

    def _namesakes(self, name: str, place: Place) -> Iterator[Candidate]:
        for spelling in dict.fromkeys((place.name, name)):
            yield from self._known.candidates(spelling)

    def _unknown(self, name: str, place: Place) -> Site:
        shown = place.name or name
        if not place.feature:
            named = site_of(Where(name=shown))
            country = f"{place.country}:" if place.country else ""
            return replace(named, key=named.key.replace("name:", f"name:{country}", 1), place=place, within=self._voted(place))
        key = key_of(place)
        if place.feature == "S" and place.geonameid is None:
            key = f"{key}:{fold(shown) or shown.casefold()}"
        return Site(key, shown, place, self._voted(place))

    def _voted(self, place: Place) -> Chain:
        """The division that the nearest towns lie in, and what is around that; the country alone where they do not tell."""
        nation = countries.country(place.country) if place.country else None
        if nation is None or key_of(place) == f"geonames:{nation.geonameid}":
            return ()
        country = f"geonames:{nation.geonameid}"
        near = sorted(
            (kilometres(place.lat, place.lon, lat, lon), around) for lat, lon, around in self._towns(place, place.country or "")
        )[:_VOTERS]
        near = [(away, around) for away, around in near if away <= _NEAR_KM]
        if near and near[0][0] <= _HERE_KM and is_point(place):
            near = near[:1]
        votes: dict[Chain, int] = {}
        for _, around in near:
            chain = self._divisions(self._chain(around), place)
            for at in range(len(chain)):  # what contains a district has its votes too
                votes[chain[at:]] = votes.get(chain[at:], 0) + 1
        sure = [chain for chain, count in votes.items() if count >= _MOST * len(near)]
        return max(sure, key=lambda chain: (len(chain), chain), default=(country,))

    def _divisions(self, chain: Chain, place: Place) -> Chain:
        """The part of a town's chain that is wide enough to hold the place."""
        own = key_of(place)
        reach = 0 if is_point(place) else place.radius_m
        return tuple(
            key for at, key in enumerate(chain) if key != own and (at == len(chain) - 1 or reach < _SMALLER * self._radius(key))
        )

    def _towns(self, place: Place, country: str) -> list[tuple[float, float, int]]:
        found: list[tuple[float, float, int]] = []
        if not (math.isfinite(place.lat) and math.isfinite(place.lon)):
            return found
        for far in (_NEXT, _FAR):
            if len(found) < _VOTERS:
                found = self._grounds.towns_in(cells_around(place.lat, place.lon, far), country)
        return found

    def _radius_of(self, key: str) -> int:
        area = self._grounds.with_key(key)
        return area.radius_m if area else 0


@cache
def _sites() -> Sites:
    known = gazetteer()
    return Sites(known, known.embedded)


def _as_candidate(place: Place) -> Candidate:
    nation = countries.country(place.country or "") if place.feature == "A" else None
    whole = nation is not None and fold(nation.name) == fold(place.name)
    return Candidate(place, Rank.NAME, is_country=whole)


def _fit(item: Candidate, place: Place) -> tuple[bool, bool, bool, float, str]:
    """A town that GeoNames has first, then exactly this entry, its namesakes, the nearest: the smaller, the better."""
    other = item.place
    exact = key_of(other) == key_of(place)
    away = kilometres(other.lat, other.lon, place.lat, place.lon)
    return (
        other.feature == "P" and other.geonameid is None,
        not exact,
        fold(other.name) != fold(place.name),
        away,
        key_of(other),
    )


__all__ = ["Sites", "contains", "situate"]

"""Which areas of the gazetteer a town or an area lies in, told without the shapes of any.

The problem. Who holds a district holds its towns unless it is said otherwise, so a register must know what lies in what. The
gazetteer has points and how far areas reach. A circle around a province's seat is no province: Mykolaiv lies in the circle of
Kherson Oblast, Kupiansk in that of Luhansk Oblast.

The choice. A town lies in the division that GeoNames says it does, once `linking` has found which that is. Within it, in the
area of second order (a department, a county) whose middle is the nearest of its sisters' and not out of reach. A curated
district, which may be one of a few known of its province, gets its own town and what lies well inside of it only. An area
lies in the division that most of the towns well inside of it lie in, if it is clearly the smaller of the two. Regions that are
made of whole divisions (Donbas, Darfur) stand in `around.toml`. All lie in their country, the last of the chain.

Twins. Lists overlap: "Aleppo Governorate" is curated, "Ḩalab" is ISO's. Areas of one country that share a name without the
words for its kind, near enough to each other, are one site, and keep the key of the first that is a division. Areas that stand
at one point by accident (an oblast at its seat, and the seat's own division) share no key: the later one stands 11 metres to
the north of where its list has it.

Limits. Second-order areas are guesses near their borders. Two curated districts next to each other leave towns between them in
neither. No area is told for what lies at sea or in a country without divisions, but the country.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Any

import numpy as np

from whoholds.grounding import countries
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.gazetteer.divisions import Division
from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.iso_names import bare
from whoholds.grounding.gazetteer.keys import fold_once
from whoholds.grounding.gazetteer.linking import linked
from whoholds.grounding.gazetteer.towns import Floats, Towns
from whoholds.model import Place
from whoholds.model.site import key_of

_STEP = 0.0001  # degrees, the last figure of a key
_TWIN_KM = 30.0
_TWIN_SHARE = 0.5  # of the larger radius
_SMALLER = 0.8  # of a division's radius, for what lies in it
_WELL_INSIDE = 0.5  # of an area's radius
_DISTRICT = 0.4  # the same for a town in a curated district that is not named like it
_CITY = 100_000  # people; a city is seldom part of the district around it, unless they share the name
_DISTRICT_M = 60_000  # what reaches farther is no district
_MOST = 0.7  # share of an area's towns that lie in one division
_NEAR_KM = 60.0
_OUT_OF_REACH = 1.5  # radii

_M_PER_DEGREE = 111_200  # of latitude

Chain = tuple[str, ...]
_NONE: list[Any] = []


@dataclass(slots=True, eq=False)
class Area:
    """An area: its entry, key, its bare names, and the area around it.

    For telling distances on a plane: its point, by what a degree of longitude is narrower there, its radius in degrees.
    """

    entry: Entry
    key: str
    names: frozenset[str]
    parent: Area | None = None
    lat: float = field(init=False)
    lon: float = field(init=False)
    narrow: float = field(init=False)
    reach: float = field(init=False)

    def __post_init__(self) -> None:
        place = self.entry.place
        self.lat, self.lon, self.narrow = place.lat, place.lon, math.cos(math.radians(place.lat))
        self.reach = place.radius_m / _M_PER_DEGREE

    def chain(self) -> Chain:
        """The keys of itself and of the areas around it, narrowest first, without the country."""
        found: list[str] = []
        area: Area | None = self
        while area is not None and area.key not in found:
            found.append(area.key)
            area = area.parent
        return tuple(found)


class Areas:
    """The areas among these entries with what lies in them; `linked` counts the towns whose division is known."""

    def __init__(self, entries: Iterable[Entry], found: list[Division], towns: Towns) -> None:
        self._towns = towns
        self._table = _table()
        self.codes = linked(found, towns)
        self.entries = self._coded(_apart(entries))
        self._areas: list[Area] = []
        self._of: dict[int, Area] = {}
        self._twins()
        by_code = {area.entry.code: area for area in reversed(self._areas) if area.entry.code}
        states = {area.entry.admin1: area for area in self._areas if _is_state(area.entry)}
        self._first = {key: by_code[code] for key, code in self.codes.items() if code in by_code}
        self._first |= {("US", code): area for code, area in states.items()}
        self._first |= self._told(by_code)
        self._second: dict[str, list[Area]] = {}
        self._districts: dict[str, list[Area]] = {}
        self._parents(found, by_code, states)
        self._regions()
        self._chains: dict[str, Chain] = {}
        self._named: dict[str, dict[str, str]] = {}
        self._middles: dict[int, Floats] = {}
        self._near: dict[tuple[str, str], list[Area]] = {}
        self._by_key = {area.key: area for area in self._areas}

    def placed(self) -> Iterator[Entry]:
        """The entries, areas with their keys and what is around them."""
        for at, entry in enumerate(self.entries):
            area = self._of.get(at)
            if area is None:
                yield entry
                continue
            key = area.key if area.key != key_of(entry.place) else ""
            within = area.chain()[1:] + self._country(entry.place.country)
            yield replace(entry, key=key, within=within, shown=self._shown(area.entry))

    def towns(self) -> Iterator[Entry]:
        """The towns with what is around them and the names that reports use."""
        for entry, admin in self._towns.entries_with_admins():
            place = entry.place
            first = self._first.get((place.country or "", admin))
            areas = self._around(entry, first) if first else ()
            within = (*areas, *self._country(place.country))
            shown = self._town_shown(entry, areas)
            yield Entry(place, entry.names, entry.admin1, entry.prominence, shown=shown, within=within)

    # Putting together

    def _coded(self, entries: list[Entry]) -> list[Entry]:
        """The entries with the codes that the table tells."""
        same: dict[str, dict[str, str]] = self._table["same"]
        told = {(country, name): code for country, codes in same.items() for name, code in codes.items()}
        return [
            replace(entry, code=told.get((entry.place.country or "", entry.place.name), entry.code))
            if entry.place.feature == "A"
            else entry
            for entry in entries
        ]

    def _told(self, by_code: dict[str, Area]) -> dict[tuple[str, str], Area]:
        """The areas of GeoNames' codes that the table tells."""
        named = {(area.entry.place.country, area.entry.place.name): area for area in reversed(self._areas)}
        codes: dict[str, dict[str, str]] = self._table["codes"]
        told = {
            (country, admin): by_code.get(area) or named.get((country, area))
            for country, own in codes.items()
            for admin, area in own.items()
        }
        return {key: area for key, area in told.items() if area is not None}

    def _twins(self) -> None:
        known: dict[tuple[str, str], list[Area]] = {}
        coded: dict[str, Area] = {}
        order = sorted(range(len(self.entries)), key=lambda at: not self.entries[at].code)
        for at in order:
            entry = self.entries[at]
            place = entry.place
            if place.feature != "A" or place.country is None:
                continue
            names = frozenset(bare(name) for name, rank in entry.names if rank < Rank.ALTERNATE or not entry.code)
            twin = coded.get(entry.code) or next(
                (area for name in sorted(names) for area in known.get((place.country, name), ()) if _one(area.entry, entry)),
                None,
            )
            if twin is None:
                twin = Area(entry, key_of(place), names)
                self._areas.append(twin)
            if entry.code:
                coded[entry.code] = twin
            for name in names:
                known.setdefault((place.country, name), []).append(twin)
            self._of[at] = twin

    def _parents(self, found: list[Division], by_code: dict[str, Area], states: dict[str, Area]) -> None:
        for division in found:
            area, outer = by_code.get(division.code), by_code.get(division.parent or "")
            if area is not None and outer is not None and area is not outer:
                area.parent = outer
                self._second.setdefault(outer.key, []).append(area)
        for area in self._areas:
            entry = area.entry
            if entry.code or area.parent is not None or area in states.values():
                continue
            if entry.place.country == "US" and entry.admin1 in states:
                area.parent = states[entry.admin1]
                self._second.setdefault(area.parent.key, []).append(area)
            elif (outer := self._division_of(entry.place)) is not None and outer is not area:
                area.parent = outer
                if entry.place.radius_m <= _DISTRICT_M:
                    self._districts.setdefault(outer.key, []).append(area)

    def _division_of(self, place: Place) -> Area | None:
        """The division that the towns well inside the area lie in; None where it is no larger or they lie in several."""
        people, admins = self._towns.people(place.country or ""), self._towns.admins(place.country or "")
        if not admins:
            return None
        east = (people[:, 1] - place.lon) * np.cos(np.radians(place.lat))
        away = 111.2 * np.hypot(people[:, 0] - place.lat, east)
        inside = np.flatnonzero(away <= _WELL_INSIDE * place.radius_m / 1000)
        if not len(inside):
            inside = np.argsort(away, kind="stable")[:1]
            if away[inside[0]] > _NEAR_KM:
                return None
        votes = Counter(self._first.get((place.country or "", admins[row])) for row in inside.tolist())
        area, count = max(votes.items(), key=lambda vote: (vote[1], vote[0].key if vote[0] else ""))
        if area is None or count < _MOST * votes.total() or place.radius_m >= _SMALLER * area.entry.place.radius_m:
            return None
        return area

    def _regions(self) -> None:
        named: dict[tuple[str, str], Area] = {}
        for area in self._areas:
            for name, _ in area.entry.names:
                key = area.entry.place.country or "", fold_once(name)
                if key not in named or (area.entry.code and not named[key].entry.code):
                    named[key] = area
        for country, regions in self._table["parts"].items():
            for region, parts in regions.items():
                outer = named.get((country, fold_once(region)))
                for name in parts if outer else ():
                    part = named.get((country, fold_once(name)))
                    if part is not None and outer is not None and part.key not in outer.chain() and part is not outer:
                        part.parent = outer

    # Asking

    def _around(self, entry: Entry, first: Area) -> Chain:
        place = entry.place
        second = self._nearest(place, self._second.get(first.key, _NONE))
        outer = second or first
        district = self._district(entry, outer if second else first, first)
        if district is not None:
            return (district.key, *self._chain(outer))
        return self._chain(outer)

    def _nearest(self, place: Place, areas: list[Area]) -> Area | None:
        """The area whose middle is the nearest, if the place is within its reach."""
        if not areas:
            return None
        middles = self._middles.get(id(areas))
        if middles is None:
            middles = np.array([(area.lat, area.lon, area.narrow) for area in areas]).T
            self._middles[id(areas)] = middles
        away = (place.lat - middles[0]) ** 2 + ((place.lon - middles[1]) * middles[2]) ** 2
        at = int(away.argmin())
        return areas[at] if away[at] <= (_OUT_OF_REACH * areas[at].reach) ** 2 else None

    def _district(self, entry: Entry, *outer: Area) -> Area | None:
        best, least = None, _DISTRICT if entry.place.population < _CITY else 0.0
        areas = self._near.get((outer[0].key, outer[-1].key))
        if areas is None:
            areas = [area for around in dict.fromkeys(outer) for area in self._districts.get(around.key, ())]
            self._near[outer[0].key, outer[-1].key] = areas
        own: frozenset[str] | None = None
        lat, lon = entry.place.lat, entry.place.lon
        for area in areas:
            share = math.hypot(lat - area.lat, (lon - area.lon) * area.narrow) / area.reach
            if share > 1.0:
                continue
            if own is None:
                own = frozenset(fold_once(name) for name, rank in entry.names if rank < Rank.ALTERNATE)
            if not own.isdisjoint(area.names):
                return area
            if share <= least:
                best, least = area, share
        return best

    def _chain(self, area: Area) -> Chain:
        chain = self._chains.get(area.key)
        if chain is None:
            chain = self._chains[area.key] = area.chain()
        return chain

    def _country(self, alpha2: str | None) -> Chain:
        nation = countries.country(alpha2) if alpha2 else None
        return (f"geonames:{nation.geonameid}",) if nation else ()

    def _town_shown(self, entry: Entry, areas: Chain) -> str:
        own = self._towns.curated_name(entry)
        if not own and areas and not entry.place.name.isascii():
            own = self._names_of(areas[0]).get(entry.place.name, "")
        return "" if own == entry.place.name else own

    def _names_of(self, key: str) -> dict[str, str]:
        """All names of an area, each with the name that is shown for it, if that is plain."""
        known = self._named.get(key)
        if known is None:
            entry = self._by_key[key].entry
            shown = self._shown(entry) or entry.place.name
            known = {name: shown for name, _ in entry.names} if shown.isascii() else {}
            self._named[key] = known
        return known

    def _shown(self, entry: Entry) -> str:
        """The name that the table tells; else, for one with letters that English has not, the first other one without them; ""
        where the name itself is shown.
        """
        told = self._table["shown"].get(entry.code, "")
        if told or entry.place.name.isascii():
            return str(told)
        plain = [name for name, _ in sorted(entry.names, key=lambda named: named[1]) if name.isascii()]
        return plain[0] if plain else ""


def _apart(entries: Iterable[Entry]) -> list[Entry]:
    """The entries; of areas of several ISO codes at one point, the later ones a step farther north."""
    kept, used = [], set()
    for entry in entries:
        place = entry.place
        while place.geonameid is None and (key_of(place) in used):
            place = replace(place, lat=round(place.lat + _STEP, 4))
        used.add(key_of(place))
        kept.append(replace(entry, place=place) if place is not entry.place else entry)
    return kept


def _one(kept: Entry, other: Entry) -> bool:
    one, two = kept.place, other.place
    if (kept.code and other.code and kept.code != other.code) or kept.admin1 != other.admin1:
        return False
    reach = max(_TWIN_KM, _TWIN_SHARE * max(one.radius_m, two.radius_m) / 1000)
    alike = 1 / 3 < one.radius_m / two.radius_m < 3
    return alike and kilometres(one.lat, one.lon, two.lat, two.lon) <= reach


def _is_state(entry: Entry) -> bool:
    return (
        entry.place.country == "US" and entry.place.feature == "A" and bool(entry.admin1) and entry.place.geonameid is not None
    )


def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("around.toml").read_text("utf-8"))

"""Which entries are one area.

Lists overlap: "Aleppo Governorate" is curated, "Ḩalab" is ISO's. Areas of one country that share a name without the words for
its kind, near enough to each other, are one site, and keep the key of the first that is a division. Areas that stand at one
point by accident (an oblast at its seat, and the seat's own division) share no key: the later one stands 11 metres to the north
of where its list has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from whoholds.grounding.gazetteer.area import Area
from whoholds.grounding.gazetteer.corrections import corrections
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.iso_names import bare
from whoholds.model.site import key_of

_STEP = 0.0001  # degrees, the last figure of a key
_TWIN_KM = 30.0
_TWIN_SHARE = 0.5  # of the larger radius


def apart(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in their order, no two without a GeoNames id with one key, areas with the ISO codes that the table tells."""
    told, kept, used = corrections().same, [], set()
    for entry in entries:
        place = entry.place
        key = key_of(place)
        while place.geonameid is None and key in used:
            place = replace(place, lat=round(place.lat + _STEP, 4))
            key = key_of(place)
        used.add(key)
        code = told.get((place.country or "", place.name), entry.code) if place.feature == "A" else entry.code
        if place is not entry.place or code != entry.code:
            entry = replace(entry, place=place, code=code)
        kept.append(entry)
    return kept


def one_area(entries: list[Entry]) -> tuple[list[Area], dict[int, Area]]:
    """The areas, those with an ISO code first, and which of them each entry is, by its number.

    A region of the curated table that is a division is one of them; what lies in no country is not.
    """
    areas: list[Area] = []
    owner: dict[int, Area] = {}
    known: dict[tuple[str, str], list[Area]] = {}
    coded: dict[str, Area] = {}
    for at in sorted(range(len(entries)), key=lambda at: not entries[at].code):
        entry = entries[at]
        place = entry.place
        if (place.feature != "A" and not entry.code) or place.country is None:
            continue
        names = frozenset(bare(name) for name, rank in entry.names if rank < Rank.ALTERNATE or not entry.code)
        twin = coded.get(entry.code) or next(
            (area for name in sorted(names) for area in known.get((place.country, name), ()) if _one(area.entry, entry)),
            None,
        )
        if twin is None:
            twin = Area(entry, key_of(place), names)
            areas.append(twin)
        if entry.code:
            coded[entry.code] = twin
        for name in names:
            known.setdefault((place.country, name), []).append(twin)
        owner[at] = twin
    return areas, owner


def _one(kept: Entry, other: Entry) -> bool:
    one, two = kept.place, other.place
    if (kept.code and other.code and kept.code != other.code) or kept.admin1 != other.admin1:
        return False
    reach = max(_TWIN_KM, _TWIN_SHARE * max(one.radius_m, two.radius_m) / 1000)
    alike = 1 / 3 < one.radius_m / two.radius_m < 3
    return alike and kilometres(one.lat, one.lon, two.lat, two.lon) <= reach

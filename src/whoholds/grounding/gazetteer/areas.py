"""Which areas of the gazetteer a town or an area lies in, told without the shapes of any.

The problem. Who holds a district holds its towns unless it is said otherwise, so a register must know what lies in what. The
gazetteer has points and how far areas reach. A circle around a province's seat is no province: Mykolaiv lies in the circle of
Kherson Oblast, Kupiansk in that of Luhansk Oblast.

The choice. A town lies in the division that GeoNames says it does, once `linking` has found which that is, and in what
`town_areas` finds within that. An area lies in what `outer_areas` finds. Regions that are made of whole divisions (Donbas,
Darfur) stand in `around.toml`. All lie in their country, the last of the chain. `twins` tells which entries are one area.

Limits. Second-order areas are guesses near their borders. Two curated districts next to each other leave towns between them in
neither. No area is told for what lies at sea or in a country without divisions, but the country.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from whoholds.grounding.gazetteer.area import Area, Chain, country_chain
from whoholds.grounding.gazetteer.corrections import Named, corrections
from whoholds.grounding.gazetteer.divisions import Division
from whoholds.grounding.gazetteer.entry import Entry
from whoholds.grounding.gazetteer.linking import linked
from whoholds.grounding.gazetteer.outer_areas import put_together
from whoholds.grounding.gazetteer.shown_names import ShownNames
from whoholds.grounding.gazetteer.town_areas import TownAreas
from whoholds.grounding.gazetteer.towns import Towns
from whoholds.grounding.gazetteer.twins import apart, one_area
from whoholds.model.site import key_of


class Areas:
    """The areas among these entries with what lies in them; `codes` are GeoNames' codes that were linked to ISO's."""

    def __init__(self, entries: Iterable[Entry], found: list[Division], towns: Towns) -> None:
        self._towns = towns
        self.codes = linked(found, towns)
        self._entries = apart(entries)
        areas, self._of = one_area(self._entries)
        by_code = {area.entry.code: area for area in reversed(areas) if area.entry.code}
        states = {area.entry.admin1: area for area in areas if _is_state(area.entry)}
        first = {key: by_code[code] for key, code in self.codes.items() if code in by_code}
        first |= {("US", code): area for code, area in states.items()}
        first |= _told(areas, by_code)
        inner = put_together(areas, found, by_code, states, first, towns)
        self._shown = ShownNames(areas)
        self._town_areas = TownAreas(first, inner, towns)

    def placed(self) -> Iterator[Entry]:
        """The entries, areas with their keys and what is around them."""
        for at, entry in enumerate(self._entries):
            area = self._of.get(at)
            if area is None:
                yield entry
                continue
            key = area.key if area.key != key_of(entry.place) else ""
            within = area.chain()[1:] + country_chain(entry.place.country)
            yield replace(entry, key=key, within=within, shown=self._shown.of_area(area.entry))

    def towns(self) -> Iterator[Entry]:
        """The towns with what is around them and the names that reports use."""
        return self._towns.entries(self._grounds())

    def _grounds(self) -> Iterator[tuple[Chain, str]]:
        """What is around each town, and the name that reports use where that is another, in the order of `Towns.rows`."""
        around = {country: iter(self._town_areas.of_country(country)) for country in self._towns.countries()}
        for code, row in self._towns.rows.items():
            within = next(around[row.countrycode])
            shown = self._towns.curated_name(code)
            if not shown:
                shown = self._shown.of_town(row.name, within[0] if within else "")
            yield within, "" if shown == row.name else shown


def _told(areas: list[Area], by_code: dict[str, Area]) -> dict[Named, Area]:
    """The areas of GeoNames' codes that the table tells."""
    named = {(area.entry.place.country, area.entry.place.name): area for area in reversed(areas)}
    told = {
        (country, admin): by_code.get(area) or named.get((country, area))
        for (country, admin), area in corrections().codes.items()
    }
    return {key: area for key, area in told.items() if area is not None}


def _is_state(entry: Entry) -> bool:
    return (
        entry.place.country == "US" and entry.place.feature == "A" and bool(entry.admin1) and entry.place.geonameid is not None
    )

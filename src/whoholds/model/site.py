"""Sites: places as a register knows them, each under one key whatever it is called."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.model.where import Place, Where


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the register: its key, its name, where it lies (`place`, None where unknown), and the areas around it.

    `within` has the keys of those areas, the narrowest first; a country comes last. Empty where none is known.
    """

    key: str
    name: str
    place: Place | None = None
    within: tuple[str, ...] = ()


def key_of(place: Place) -> str:
    """The key of a gazetteer entry: its GeoNames id, or its feature class and its point to 4 decimals (11 metres)."""
    if place.geonameid is not None:
        return f"geonames:{place.geonameid}"
    return f"{place.feature or '-'}:{place.lat:.4f},{place.lon:.4f}"


def site_of(where: Where) -> Site:
    """The site of a place as a claim has it, with no areas around it; a place that was not found is known by its name."""
    if where.place is None:
        name = " ".join(where.name.split())
        return Site(f"name:{name.casefold()}", name)
    return Site(key_of(where.place), where.place.name, where.place)

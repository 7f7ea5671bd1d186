"""The curated table of regions, territories and features (`regions.toml`) as entries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.model import Place

# list in the table: GeoNames feature class, radius in metres, prominence
_KINDS = {
    "areas": ("A", 80_000, 5.2),
    "settlements": ("P", 4_000, 4.5),
    "regions": ("L", 150_000, 5.0),
    "waters": ("H", 50_000, 4.8),
    "mountains": ("T", 30_000, 4.5),
    "sites": ("S", 2_000, 4.4),
}
_CONTINENTAL_M = 1_000_000  # what reaches farther is known the world over
_WIDE_M = 250_000  # an area that reaches farther (Ontario, Queensland) is known as a state of the US is
_LINE = re.compile(
    r"(?P<names>[^@~]+) @ (?:(?P<lat>-?\d+(?:\.\d+)?) (?P<lon>-?\d+(?:\.\d+)?)|(?P<seat>[^@~]+?))(?: ~ (?P<km>\d+))?"
)

Seat = Callable[[str, str], Place | None]


@dataclass(frozen=True, slots=True)
class Region:
    """A line of the table: names, the point or the name of the seat, and how far the ground reaches in metres."""

    country: str | None
    names: tuple[str, ...]
    point: tuple[float, float] | None
    seat: str | None
    feature: str
    radius_m: int
    prominence: float


def table() -> list[Region]:
    """Every line of `regions.toml`. Raises ValueError, quoting it, for a line that cannot be read."""
    return list(_read(files(__package__).joinpath("regions.toml").read_text("utf-8")))


def _read(toml: str) -> Iterator[Region]:
    for code, lists in tomllib.loads(toml).items():
        for kind, lines in lists.items():
            feature, radius_m, prominence = _KINDS[kind]
            for line in lines:
                match = _LINE.fullmatch(line)
                if not match:
                    raise ValueError(f"regions.toml, {code}: cannot read {line!r}")
                reach = int(match["km"]) * 1000 if match["km"] else radius_m
                yield Region(
                    country=None if code == "world" else code,
                    names=tuple(name.strip() for name in match["names"].split("|")),
                    point=None if match["seat"] else (float(match["lat"]), float(match["lon"])),
                    seat=match["seat"],
                    feature=feature,
                    radius_m=reach,
                    prominence=prominence + _renown(feature, reach),
                )


def _renown(feature: str, reach: int) -> float:
    """What an area or region that reaches far is better known for than its kind."""
    if reach >= _CONTINENTAL_M:
        return 1.3
    return 0.8 if feature == "A" and reach >= _WIDE_M else 0.0


def entries(regions: list[Region], seat: Seat) -> Iterator[Entry]:
    """The regions as entries; `seat` finds a city by country and name, and a region whose seat it does not know is left out."""
    for region in regions:
        point = region.point
        if region.seat:
            city = seat(region.country or "", region.seat)
            point = (city.lat, city.lon) if city else None
        if point is None:
            continue
        place = Place(
            name=region.names[0],
            lat=point[0],
            lon=point[1],
            country=region.country,
            feature=region.feature,
            radius_m=region.radius_m,
        )
        names = [(name, Rank.ALIAS if i else Rank.NAME) for i, name in enumerate(region.names)]
        yield Entry(place, tuple(names), "", region.prominence)

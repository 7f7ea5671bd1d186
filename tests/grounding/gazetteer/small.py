"""A made-up gazetteer of a few places, real and invented, for tests."""

from __future__ import annotations

from pathlib import Path

from whoholds.grounding.gazetteer import Entry, Gazetteer, Rank
from whoholds.grounding.gazetteer.index import compile_index
from whoholds.model import Place


def town(
    name: str, lat: float, lon: float, country: str, prominence: float, *alternates: str, admin1: str = "", feature: str = "P"
) -> Entry:
    """A town, or another feature, with alternate names."""
    place = Place(name=name, lat=lat, lon=lon, country=country, feature=feature, geonameid=int(1000 * abs(lat + lon)))
    return Entry(place, ((name, Rank.NAME), *((other, Rank.ALTERNATE) for other in alternates)), admin1, prominence)


def area(
    name: str, lat: float, lon: float, country: str | None, *aliases: str, admin1: str = "", prominence: float = 5.2
) -> Entry:
    """A curated area with aliases."""
    place = Place(name=name, lat=lat, lon=lon, country=country, feature="A", radius_m=80_000)
    return Entry(place, ((name, Rank.NAME), *((other, Rank.ALIAS) for other in aliases)), admin1, prominence)


ENTRIES = [
    town("Goma", -1.66, 29.22, "CD", 5.6),
    town("Goma", 9.5, 123.9, "PH", 3.6),
    town("Springfield", 39.8, -89.65, "US", 5.06, admin1="IL"),
    town("Springfield", 37.2, -93.3, "US", 5.23, admin1="MO"),
    town("Springfield", 42.1, -72.6, "US", 5.19, admin1="MA"),
    town("Chicago", 41.85, -87.65, "US", 6.4, admin1="IL"),
    town("Kherson", 46.63, 32.62, "UA", 5.5, "Cherson", "Херсон"),
    area("Kherson Oblast", 46.63, 32.62, "UA", "Kherson"),
    town("Moscow", 55.75, 37.62, "RU", 7.7),
    town("Moscow", 46.73, -117.0, "US", 4.4, admin1="ID"),
    town("Yerevan", 40.18, 44.51, "AM", 6.7),
    town("Baku", 40.38, 49.89, "AZ", 6.9),
    town("Aleppo", 36.2, 37.13, "SY", 6.3, "Haleb"),
    town("Alexandria", 31.2, 29.92, "EG", 6.6),
    town("Alexandria", 38.8, -77.05, "US", 5.2, admin1="VA"),
    town("Tripoli", 32.89, 13.19, "LY", 6.8),
    town("Tripoli", 34.43, 35.84, "LB", 5.4),
    area("Kalbajar", 40.1068, 46.0367, "AZ", "Kelbajar", "Kelbadjar", "Kəlbəcər"),
    area("Illinois", 40.0, -89.25, "US", "Ill.", admin1="IL", prominence=6.0),
    area("Massachusetts", 42.37, -71.11, "US", "Mass.", admin1="MA", prominence=6.0),
    area("Europe", 48.7, 9.1, None, prominence=6.3),
    town("Al Hasakah", 36.5, 40.75, "SY", 5.6),
    town("Gao", 16.27, -0.04, "ML", 4.9),
]


def small_gazetteer(folder: Path) -> Gazetteer:
    """A gazetteer of ENTRIES whose index stands in the folder."""
    path = folder / "small.sqlite"
    compile_index(path, ENTRIES)
    return Gazetteer.open(path)

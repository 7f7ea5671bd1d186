"""The made-up gazetteer of the gazetteer's tests with namesakes, provinces and local towns added, for choosing among them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.grounding.gazetteer.small import ENTRIES, area, town
from whoholds.grounding.gazetteer import Entry, Gazetteer
from whoholds.grounding.gazetteer.index import compile_index


def wide(entry: Entry, radius_m: int) -> Entry:
    """The area with another radius."""
    return replace(entry, place=replace(entry.place, radius_m=radius_m))


MORE = [
    town("London", 51.51, -0.13, "GB", 7.7),
    town("London", 42.98, -81.23, "CA", 5.6, admin1="08"),
    town("Woodstock", 43.13, -80.75, "CA", 4.6, admin1="08"),
    town("Tillsonburg", 42.86, -80.73, "CA", 4.2, admin1="08"),
    town("Ingersoll", 43.04, -80.88, "CA", 4.1, admin1="08"),
    wide(area("Ontario", 50.0, -85.0, "CA", "Ont.", admin1="08", prominence=5.2), 700_000),
    town("Ontario", 34.06, -117.65, "US", 5.2, admin1="CA"),
    wide(area("California", 37.0, -120.0, "US", "Calif.", admin1="CA", prominence=6.0), 500_000),
    town("California", 38.3, -76.5, "US", 4.1, admin1="MD"),
    wide(area("New Jersey", 40.2, -74.5, "US", "N.J.", admin1="NJ", prominence=6.0), 120_000),
    town("Jersey", 49.2, -2.1, "JE", 4.9),
    area("Laurel County", 37.1, -84.1, "US", admin1="KY", prominence=3.4),
    town("Laurel", 39.1, -76.85, "US", 4.4, admin1="MD"),
    town("Dallas", 32.78, -96.8, "US", 6.1, admin1="TX"),
    town("Hartford", 41.76, -72.68, "US", 5.1, admin1="CT"),
    town("Mykolayiv", 46.97, 31.99, "UA", 5.7, "Mykolaiv"),
    area("Mykolaiv Oblast", 47.3, 32.0, "UA", "Mykolaiv"),
    town("Agdam", 39.99, 46.93, "AZ", 4.0),
    town("Fizuli", 39.6, 47.14, "AZ", 4.2),
    town("Jabrayil", 39.4, 47.03, "AZ", 3.9),
    town("Jabrayil", 33.0, 44.5, "IQ", 4.0),
    town("Nile", 40.0, -80.0, "US", 5.0, admin1="PA"),
    town("New York City", 40.71, -74.0, "US", 6.9, "New York", admin1="NY"),
    town("Royal", 42.0, -95.0, "US", 4.5, admin1="IA"),
]


def atlas(folder: Path) -> Gazetteer:
    """A gazetteer of all these whose index stands in the folder."""
    path = folder / "atlas.sqlite"
    compile_index(path, [*ENTRIES, *MORE])
    return Gazetteer.open(path)

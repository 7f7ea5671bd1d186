"""What the readers of gazetteer files give: places and bad lines, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from whoholds.grounding import countries
from whoholds.grounding.gazetteer.added.source import Lines
from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.town_rows import foreign

LONGEST_NAME = 200  # characters, as in GeoNames


@dataclass(frozen=True, slots=True)
class Row:
    """A place and the line it begins at; `division` is country.admin1.admin2 as GeoNames codes them, "" unless known.

    `silent` are its names in other scripts than the Latin one, which get no key, joined by commas.
    """

    line: int
    entry: Entry
    division: str = ""
    silent: str = ""


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that cannot be used, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A division of which nothing tells where it lies."""

    line: int
    name: str


Item = Row | Bad | Unplaced


class Reading(Protocol):
    """A way to read one kind of file. `records` counts those read so far, where offsets alone cannot tell where to go on."""

    records: int
    by_record: bool  # whether it goes on by counting records from the beginning rather than at an offset
    notes: tuple[str, ...]  # what the user should know of how the file is read

    def items(self, lines: Lines, records: int) -> Iterator[Item]:
        """The items after the position of `lines`, or after so many records."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user said of the file: the country of all its places, as alpha-2 code, where it has no column for it."""

    path: Path
    country: str | None


def number(text: str) -> float | None:
    """A decimal number; None for anything else, `nan` and `inf` too."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value - value == 0 and "_" not in text else None


def point(lat: str, lon: str) -> tuple[float, float] | str:
    """Latitude and longitude in degrees, or what is wrong with them."""
    latitude, longitude = number(lat), number(lon)
    if latitude is None:
        return _no_number("latitude", lat)
    if longitude is None:
        return _no_number("longitude", lon)
    if not -180 <= longitude <= 180:
        return f"the longitude {lon.strip()} is not between -180 and 180"
    if not -90 <= latitude <= 90:
        swapped = "; latitude and longitude may be exchanged" if -90 <= longitude <= 90 and -180 <= latitude <= 180 else ""
        return f"the latitude {lat.strip()} is not between -90 and 90{swapped}"
    return latitude, longitude


def population(text: str) -> int | None:
    """A whole number of people, 0 for none told; None for anything else."""
    text = text.strip().replace(",", "").replace(" ", "").replace("\u00a0", "")
    if not text:
        return 0
    value = number(text)
    return int(value) if value is not None and 0 <= value < 1e11 else None


def country_of(text: str) -> str | None:
    """The alpha-2 code of a country told by its alpha-2 or alpha-3 code or its name; None for no country."""
    text = text.strip()
    if len(text) == 2 and countries.country(text.upper()):
        return text.upper()
    if len(text) == 3:
        for found in countries.countries():
            if found.alpha3 == text.upper():
                return found.alpha2
    found_by_name = countries.by_name(text) or countries.by_name(text.title())
    return found_by_name.alpha2 if found_by_name else None


def ranked(name: str, aliases: list[str], alternates: list[str]) -> tuple[tuple[tuple[str, Rank], ...], str]:
    """The names that begin in Latin script with their ranks, the best first, and the others joined by commas."""
    names: list[tuple[str, Rank]] = []
    silent: list[str] = []
    seen = set()
    told = [(name, Rank.NAME), *((alias, Rank.ALIAS) for alias in aliases), *((other, Rank.ALTERNATE) for other in alternates)]
    for text, rank in told:
        if text in seen or not text or len(text) > LONGEST_NAME:
            continue
        seen.add(text)
        if text.isascii() or not foreign(text[0]):
            names.append((text, rank))
        else:
            silent.append(text)
    return tuple(names), ",".join(silent)


def _no_number(what: str, text: str) -> str:
    text = text.strip()
    return f"the {what} '{text[:30]}' is no number" if text else f"the {what} is missing"

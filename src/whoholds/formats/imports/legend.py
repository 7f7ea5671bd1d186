"""What the colours of a map mean: whose side a polygon is that is called "occupied".

A legend's lines give a value of the property, or a pattern of it (`*` for any run of characters), and who holds what is so
called. `contested` means that it is fought over, `-` that the polygon is left out. Values with several parts between three
slashes ("Окуповано /// Occupied /// status.occupied") are known by any part. Case does not matter; the first line that fits
counts. Where there is no legend at all, a value has to be the name of a country or of an organisation that the actor table has.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from whoholds.grounding.actors.alliances import country_named, organisation_named
from whoholds.model import Actor
from whoholds.questions.siding import actor_called


@dataclass(frozen=True, slots=True)
class Contested:
    """It is fought over."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The polygon tells nothing of who holds what."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """No line of the legend fits."""


Meaning = Actor | Contested | LeftOut | Unknown


class LegendError(ValueError):
    """A legend that cannot be read: what is wrong and the way out."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Legend:
    """Values to meanings; `lines` are (value or pattern, who), the first that fits counts."""

    def __init__(self, lines: Sequence[tuple[str, str]] = ()) -> None:
        self._lines = [(pattern.strip().casefold(), _meaning(who)) for pattern, who in lines]
        self._known: dict[str, Meaning] = {}

    def meaning(self, value: str) -> Meaning:
        """What a value means; "" is a polygon without the property."""
        if value not in self._known:
            self._known[value] = self._told(value) if self._lines else _by_itself(value)
        return self._known[value]

    def _told(self, value: str) -> Meaning:
        parts = list(dict.fromkeys([value.casefold(), *(part.strip().casefold() for part in value.split("///"))]))
        for pattern, meaning in self._lines:
            if any(fnmatchcase(part, pattern) for part in parts):
                return meaning
        return Unknown()


def legend_lines(file: Path) -> list[tuple[str, str]]:
    """The lines of a TOML file: `"occupied" = "Russia"`, at its top or under `[sides]`. Raises LegendError, OSError."""
    try:
        parsed = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LegendError(f"{file} is no TOML: {error}", 'write lines such as: "occupied" = "Russia"') from None
    table = parsed.get("sides", parsed)
    if not isinstance(table, Mapping) or not table or not all(isinstance(who, str) and who.strip() for who in table.values()):
        raise LegendError(f"{file} has no lines that tell who holds what", 'write lines such as: "occupied" = "Russia"')
    return list(table.items())


def legend_line(told: str) -> tuple[str, str]:
    """A line as typed, `occupied=Russia`. Raises LegendError."""
    value, equals, who = told.rpartition("=")
    if not equals or not who.strip():
        raise LegendError(f"'{told}' does not tell who holds what", "write it as VALUE=NAME, such as occupied=Russia")
    return value, who


def holder_called(who: str) -> Actor | Contested:
    """Who holds ground, as somebody types it: a country, an organisation, any name; or `contested`."""
    return Contested() if who.strip().casefold() == "contested" else actor_called(who.strip())


def _meaning(who: str) -> Meaning:
    return LeftOut() if who.strip() == "-" else holder_called(who)


def _by_itself(value: str) -> Meaning:
    if value.casefold() == "contested":
        return Contested()
    return actor_called(value) if country_named(value) or organisation_named(value) else Unknown()

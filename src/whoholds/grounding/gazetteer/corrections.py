"""What `around.toml` tells of areas where the lists that the gazetteer is made of do not."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

T = TypeVar("T")
Named = tuple[str, str]  # country, and a code or name in it


@dataclass(frozen=True, slots=True)
class Corrections:
    """The tables of the file.

    `same` has the ISO 3166-2 codes of curated areas by country and name, "" for one that is no division; `codes` the code or
    the name of the area that GeoNames' code of a division means, by country and that code; `several` the ISO codes of the
    divisions that one without a name of its own is made of, by the same; `shown` what reports call a division, by its ISO code;
    `parts` the regions of each country that are made of whole divisions, with the names of these.
    """

    same: dict[Named, str]
    codes: dict[Named, str]
    several: dict[Named, list[str]]
    shown: dict[str, str]
    parts: dict[str, dict[str, list[str]]]


@cache
def corrections() -> Corrections:
    """The tables as the package has them."""
    table = tomllib.loads(files(__package__).joinpath("around.toml").read_text("utf-8"))
    return Corrections(_flat(table["same"]), _flat(table["codes"]), _flat(table["several"]), table["shown"], table["parts"])


def _flat(told: dict[str, dict[str, T]]) -> dict[Named, T]:
    return {(country, name): code for country, own in told.items() for name, code in own.items()}

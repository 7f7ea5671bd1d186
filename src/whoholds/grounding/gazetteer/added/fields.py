"""Tables and GeoJSON of one's own: which column is what, and a place from its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from whoholds.grounding.gazetteer.added import features
from whoholds.grounding.gazetteer.added.rows import LONGEST_NAME, Bad, Item, Row, Wanted, country_of, population, ranked
from whoholds.grounding.gazetteer.entry import Entry
from whoholds.model import Place

# What a column is by its name, in lower case with _ for spaces; of several the one named first here counts.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": tuple(
        "name toponym place place_name placename name_en full_name asciiname ascii_name title label settlement town city"
        " village locality feature_name".split()
    ),
    "ascii": ("asciiname", "ascii_name", "name_ascii", "nameascii"),
    "lat": ("latitude", "lat", "y", "lat_dd", "latitude_dd", "ycoord", "y_coord"),
    "lon": ("longitude", "lon", "lng", "long", "x", "long_dd", "lon_dd", "longitude_dd", "xcoord", "x_coord"),
    "country": tuple(
        "country_code countrycode iso2 iso_a2 iso cc iso3 iso_a3 country country_name adm0_name adm0_pcode".split()
    ),
    "others": tuple("alternatenames alternate_names aliases alias alt_names alt_name altname other_names".split()),
    "population": ("population", "pop", "pop_max", "inhabitants"),
    "class": ("feature_class", "featureclass", "fclass", "fcl", "class"),
    "code": ("feature_code", "featurecode", "fcode", "feature_type", "place_type", "type", "kind", "category"),
    "admin1": ("admin1_code", "admin1code", "admin1", "state_code"),
    "admin2": ("admin2_code", "admin2code"),
    "geonameid": ("geonameid", "geonames_id", "geoname_id", "geonames"),
}
OWN = 3.2  # prominence of a place of which nothing tells how big it is: found where words speak for a place, without a crowd

Known = Mapping[str, str]


def columns_of(names: Iterable[str]) -> dict[str, str]:
    """Which of these columns is what: the names of COLUMNS with the column that each is."""
    spelled: dict[str, str] = {}
    for name in names:
        spelled.setdefault(re.sub(r"[\s.:-]+", "_", name.strip().lower()), name)
    return {
        what: spelled[known[0]] for what, words in COLUMNS.items() if (known := [word for word in words if word in spelled])
    }


def place_row(line: int, cells: Known, where: tuple[float, float], reach_m: int | None, wanted: Wanted) -> Item:
    """A place from its cells, named as in COLUMNS, and its point; `reach_m` is how far its shape reaches, if it has one."""
    name = cells.get("name", "").strip() or cells.get("ascii", "").strip()
    if not name:
        return Bad(line, "the name is missing")
    if len(name) > LONGEST_NAME:
        return Bad(line, f"the name has {len(name)} characters, more than {LONGEST_NAME}")
    count = population(cells.get("population", ""))
    if count is None:
        return Bad(line, f"the population '{cells['population'].strip()[:20]}' is no number of people")
    told = cells.get("country", "").strip()
    country = country_of(told) if told else wanted.country
    if told and not country:
        return Bad(line, f"'{told[:30]}' is no country; give its code (SY, SYR) or its English name")
    code = cells.get("geonameid", "").strip().removesuffix(".0")
    if code and not (code.isdecimal() and len(code) < 13):
        return Bad(line, f"the GeoNames id '{code[:30]}' is no number")
    feature, kind = _feature(cells.get("class", ""), cells.get("code", ""))
    others = _parted(cells.get("others", ""))
    weight = features.prominence(feature, kind, count, len(others))
    place = Place(
        name=name,
        lat=where[0],
        lon=where[1],
        country=country,
        feature=feature,
        geonameid=int(code) if code and int(code) else None,
        population=count,
        radius_m=features.radius_m(feature, kind, count) if reach_m is None else reach_m,
    )
    bare = features.without_type(name) if feature == "A" else ""
    names, silent = ranked(name, [cells.get("ascii", "").strip(), *others], [bare])
    admin1 = cells.get("admin1", "").strip()
    division = f"{country}.{admin1}.{cells.get('admin2', '').strip()}" if country and admin1 else ""
    state = admin1 if country == "US" and len(admin1) == 2 else ""
    return Row(line, Entry(place, names, state, weight if count or kind else max(weight, OWN)), division, silent)


def _feature(letter: str, word: str) -> tuple[str, str]:
    """Class and code; a town where nothing is told, a site where the word means nothing to us."""
    told = [cell for cell in (letter, word) if cell.strip()]
    known = [found for cell in told if (found := features.by_word(cell))]
    if len(known) == 2 and known[0][0] in (known[1][0], "P") and known[1][1]:
        return known[1]
    if len(known) == 2 and not known[0][1] and word.strip().isupper():
        return known[0][0], word.strip()
    if known:
        return known[0]
    return ("S", "") if told else ("P", "")


def _parted(cell: str) -> list[str]:
    """The names in a cell, parted by |, else by ;, else by commas."""
    mark = next((mark for mark in "|;" if mark in cell), ",")
    return [name for part in cell.split(mark) if (name := part.strip())]

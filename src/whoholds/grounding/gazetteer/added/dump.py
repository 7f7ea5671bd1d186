"""Dumps of GeoNames: 19 columns parted by tabs, as https://download.geonames.org/export/dump/readme.txt has it."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.grounding import countries
from whoholds.grounding.gazetteer.added import features
from whoholds.grounding.gazetteer.added.rows import LONGEST_NAME, Bad, Item, Row, Wanted, point, population, ranked
from whoholds.grounding.gazetteer.added.source import Lines
from whoholds.grounding.gazetteer.entry import Entry
from whoholds.model import Place

COLUMNS = 19


class DumpReading:
    """Reads `allCountries`, the file of a country, `cities500` and their like."""

    by_record = False
    notes: tuple[str, ...] = ()

    def __init__(self, wanted: Wanted) -> None:
        self.records = 0
        self._country = wanted.country

    def items(self, lines: Lines, records: int = 0) -> Iterator[Item]:
        """Every line but empty ones and those that begin with #."""
        self.records = records
        for text in lines:
            if lines.faults:
                yield Bad(*lines.faults.pop())
                continue
            text = text.rstrip("\r\n")
            if not text or text[0] == "#":
                continue
            cells = text.split("\t")
            if len(cells) != COLUMNS:
                yield Bad(lines.line, _columns(len(cells), lines.cut_off))
                continue
            self.records += 1
            yield self._item(lines.line, cells)

    def _item(self, line: int, cells: list[str]) -> Item:
        code, name, ascii_name, others, lat, lon, feature, kind, country, _, admin1, admin2, _, _, people, *_ = cells
        where = point(lat, lon)
        if isinstance(where, str):
            return Bad(line, where)
        count = population(people)
        reason = _reason(code, name, feature, country, people, count)
        if reason or count is None:
            return Bad(line, reason)
        feature = feature or "S"
        home = country if countries.country(country) else self._country
        alternates = others.split(",") if others else []
        place = Place(
            name=name,
            lat=where[0],
            lon=where[1],
            country=home,
            feature=feature,
            geonameid=int(code),
            population=count,
            radius_m=features.radius_m(feature, kind, count),
        )
        weight = features.prominence(feature, kind, count, len(alternates))
        if kind.startswith("PCL"):
            alternates = []  # countries are known by name without it; what other languages call them are other words here
        others_kept = [other for other in alternates if not _is_code(other)]
        if feature == "A":
            others_kept.append(features.without_type(ascii_name))
        names, silent = ranked(name, [ascii_name], others_kept)
        division = f"{country}.{admin1}.{admin2}" if admin1 else ""
        return Row(line, Entry(place, names, admin1 if country == "US" else "", weight), division, silent)


def _reason(code: str, name: str, feature: str, country: str, people: str, count: int | None) -> str:
    """What is wrong with a line but for its point; "" if nothing is."""
    if not code.isdecimal() or not 0 < len(code) < 13:
        return f"the GeoNames id '{code[:30]}' is no number"
    if not name.strip():
        return "the name is missing"
    if len(name) > LONGEST_NAME:
        return f"the name has {len(name)} characters, more than {LONGEST_NAME}"
    if feature not in features.CLASSES and feature:
        return f"the feature class '{feature[:10]}' is none of {' '.join(sorted(features.CLASSES))}"
    if country and not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        return f"the country code '{country[:10]}' is not two capital letters"
    if count is None:
        return f"the population '{people[:20]}' is no number of people"
    return ""


def _columns(found: int, cut_off: bool) -> str:
    if cut_off and found < COLUMNS:
        return f"cut off: {found} of {COLUMNS} columns and no line end"
    return f"{found} column{'s' * (found != 1)}, not {COLUMNS}"


def _is_code(name: str) -> bool:
    """Whether an alternate name is an airport or railway code rather than a name."""
    return len(name) <= 4 and name.isupper()

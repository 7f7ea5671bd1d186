"""What kind of gazetteer a file is, by how it begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from whoholds.grounding.gazetteer.added.divisions import CODE, DivisionReading
from whoholds.grounding.gazetteer.added.dump import DumpReading
from whoholds.grounding.gazetteer.added.geojson import GeoJsonReading
from whoholds.grounding.gazetteer.added.problem import GazetteerError
from whoholds.grounding.gazetteer.added.rows import Reading, Wanted
from whoholds.grounding.gazetteer.added.source import Source
from whoholds.grounding.gazetteer.added.table import understood
from whoholds.grounding.gazetteer.indexed import Index

_FEWEST_OF_A_DUMP = 12  # columns: with fewer it is something else than a dump with a wrong line in it
_LANGUAGE = re.compile(r"[a-z]{0,7}(?:-\S*)?|[A-Z]{4}")


def reading_for(source: Source, wanted: Wanted, indexes: Callable[[], Sequence[Index]]) -> tuple[str, Reading]:
    """The kind of a file (`geonames`, `divisions`, `table`, `geojson`) and how it is read.

    `indexes` gives the gazetteers in use, for divisions. Raises GazetteerError where it is none of them.
    """
    text = source.head.decode("utf-8", errors="replace").lstrip()
    if text.startswith("{"):
        return "geojson", GeoJsonReading(wanted)
    if text.startswith("["):
        raise GazetteerError(f"{source.path}:1: is a JSON list, not GeoJSON", "give a FeatureCollection, or CSV with a header")
    if text.startswith("<"):
        raise GazetteerError(
            f"{source.path}:1: is XML or HTML, not a gazetteer", "convert it to GeoJSON or CSV, or download it again"
        )
    first = next((line for line in text.splitlines() if line.strip() and line[0] != "#"), "")
    cells = first.split("\t")
    if CODE.fullmatch(cells[0]) and len(cells) > 1:
        return "divisions", DivisionReading(wanted, indexes)
    if cells[0].isdecimal() and len(cells) >= _FEWEST_OF_A_DUMP:
        return "geonames", DumpReading(wanted)
    if len(cells) > 3 and cells[0].isdecimal() and cells[1].isdecimal() and _LANGUAGE.fullmatch(cells[2]):
        hint = "add a dump: each of its lines has the place's alternate names already"
        raise GazetteerError(f"{source.path}:1: holds GeoNames' alternate names, and no places", hint)
    return "table", understood(text.splitlines()[0] if text else "", wanted)

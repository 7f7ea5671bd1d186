"""The formats that a register is exported in: their names, what goes into each, and how it is written.

A text format gives its text in pieces, so that nobody has to hold it; a file format writes a new file. Both take an extract
and the kinds of things wanted (`holdings`, `incidents`, `duties`, `places`, `claims`, `documents`); a text
format tells what it has to leave out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from whoholds.formats import acled, geojson, geopackage, geoparquet, hxl, kml, plain, plover, web_annotation
from whoholds.formats.cells import rows_text
from whoholds.questions.extract import Extract

KINDS = ("holdings", "incidents", "duties", "places", "claims", "documents")

Tell = Callable[[str], None]
Pieces = Callable[[Extract, Sequence[str], Tell], Iterator[str]]
Write = Callable[[Path, Extract, Sequence[str]], None]
T = TypeVar("T")


class ExportError(Exception):
    """An export that cannot be made: what is wrong and the way out."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: the endings of its files, the kinds it can hold (the first is taken where none is asked for).

    With `layers` it holds several kinds in one file, and all of `usual` where none is asked for. `needs` are the libraries
    of the extra `geo` that it is written with.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    kinds: tuple[str, ...]
    layers: bool = False
    usual: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def wanted(self, asked: Sequence[str]) -> tuple[str, ...]:
        """The kinds to write. Raises ExportError for one that the format does not hold, and for several where it holds one."""
        kinds = tuple(dict.fromkeys(asked)) or self.usual or self.kinds[:1]
        if unknown := [kind for kind in kinds if kind not in self.kinds]:
            raise ExportError(f"{self.title} cannot hold {unknown[0]}", f"it can hold {', '.join(self.kinds)}")
        if len(kinds) > 1 and not self.layers:
            raise ExportError(f"a file of {self.title} holds one kind of things", f"make one for each of {', '.join(kinds)}")
        return kinds

    def check(self) -> None:
        """Raise ExportError where a library is missing that it is written with."""
        missing = [name for name in self.needs if find_spec(name) is None]
        if missing:
            hint = "install it with: pip install 'whoholds[geo]'"
            raise ExportError(f"{self.title} is written with {' and '.join(missing)}, which is not installed", hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFormat(Format):
    """A format that is text: `pieces` gives it."""

    pieces: Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat(Format):
    """A format that needs a file to be written into: `write` does."""

    write: Write


def format_called(name: str) -> TextFormat | FileFormat | None:
    """The format of this name, or of another name that people know it by."""
    plain_name = name.casefold()
    return FORMATS.get(_OTHER_NAMES.get(plain_name, plain_name))


def format_of(path: Path) -> TextFormat | FileFormat | None:
    """The format that a file's name ends like; the longest ending decides. None where none fits."""
    name = path.name.casefold()
    fitting = [(len(ending), one) for one in FORMATS.values() for ending in one.endings if name.endswith(ending)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _geojson(extract: Extract, kinds: Sequence[str], tell: Tell) -> Iterator[str]:
    features = {
        "holdings": lambda: map(geojson.reign_feature, extract.holdings()),
        "incidents": lambda: map(geojson.incident_feature, extract.incidents()),
        "places": lambda: map(geojson.site_feature, extract.places()),
    }
    return geojson.collection_text(feature for kind in kinds for feature in features[kind]())


def _plover(extract: Extract, kinds: Sequence[str], tell: Tell) -> Iterator[str]:
    kind, why = kinds[0], "without a day, which PLOVER needs"
    if kind == "claims":
        events = (one for one in extract.claims() if one.testimony.claim.kind == "event")
        records = (plover.claim_record(one, coder=_coder()) for one in events)
    else:
        records = (plover.incident_record(one, coder=_coder()) for one in extract.told())
    return plover.records_text(_remarked(records, extract, kind, why, tell))


def _acled(extract: Extract, kinds: Sequence[str], tell: Tell) -> Iterator[str]:
    areas = extract.areas()
    rows = (acled.row(one, areas) for one in extract.told())
    yield from rows_text([acled.COLUMNS])
    why = "without a day, or of a type that ACLED has not"
    yield from rows_text(acled.cells(row) for row in _remarked(rows, extract, kinds[0], why, tell))


def _remarked(made: Iterator[T | None], extract: Extract, kind: str, why: str, tell: Tell) -> Iterator[T]:
    """What was made; how many were not is told at the end, and not counted as given."""
    given = left = 0
    for one in made:
        if one is None:
            left += 1
        else:
            given += 1
            yield one
    extract.given[kind] = given
    if left:
        tell(f"{left:,} {kind if left > 1 else kind.removesuffix('s')} left out: {why}")


def _coder() -> str:
    from whoholds.questions.register import reader_name

    return reader_name()


_MAPPED = ("holdings", "incidents", "places")
_GEO = ("pyogrio", "pyarrow")

FORMATS: dict[str, TextFormat | FileFormat] = {
    one.name: one
    for one in (
        TextFormat(
            name="geojson",
            title="GeoJSON",
            endings=(".geojson", ".geo.json"),
            kinds=_MAPPED,
            pieces=_geojson,
            layers=True,
            usual=("holdings",),
        ),
        FileFormat(
            name="gpkg",
            title="GeoPackage",
            endings=(".gpkg",),
            kinds=_MAPPED,
            layers=True,
            usual=_MAPPED,
            write=geopackage.write,
            needs=_GEO,
        ),
        FileFormat(
            name="geoparquet",
            title="GeoParquet",
            endings=(".parquet", ".geoparquet"),
            kinds=_MAPPED,
            write=lambda path, extract, kinds: geoparquet.write(path, extract, kinds[0]),
            needs=("pyarrow",),
        ),
        TextFormat(
            name="kml",
            title="KML",
            endings=(".kml",),
            kinds=_MAPPED,
            layers=True,
            usual=("holdings", "incidents"),
            pieces=lambda extract, kinds, tell: kml.kml_text(extract, kinds),
        ),
        TextFormat(
            name="csv",
            title="CSV with HXL hashtags",
            endings=(".csv", ".hxl"),
            kinds=KINDS,
            pieces=lambda extract, kinds, tell: hxl.hxl_text(kinds[0], extract),
        ),
        TextFormat(
            name="plover",
            title="PLOVER JSON Lines",
            endings=(".plover.jsonl", ".jsonl"),
            kinds=("incidents", "claims"),
            pieces=_plover,
        ),
        TextFormat(
            name="acled", title="CSV with the columns of ACLED", endings=(".acled.csv",), kinds=("incidents",), pieces=_acled
        ),
        TextFormat(
            name="annotations",
            title="W3C Web Annotation",
            endings=(".jsonld",),
            kinds=("claims",),
            pieces=lambda extract, kinds, tell: web_annotation.collection_text(extract.claims()),
        ),
        TextFormat(
            name="notation",
            title="the notation",
            endings=(".txt",),
            kinds=("claims",),
            pieces=lambda extract, kinds, tell: plain.notation_text(extract),
        ),
        TextFormat(
            name="json",
            title="JSON",
            endings=(".json",),
            kinds=("claims", *(kind for kind in KINDS if kind != "claims")),
            pieces=lambda extract, kinds, tell: plain.json_text(kinds[0], extract),
        ),
    )
}
_OTHER_NAMES = {
    "geopackage": "gpkg",
    "parquet": "geoparquet",
    "hxl": "csv",
    "webannotation": "annotations",
    "web-annotation": "annotations",
    "jsonld": "annotations",
    "text": "notation",
}

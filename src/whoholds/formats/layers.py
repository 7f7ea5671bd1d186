"""Layers of points with typed columns, as Arrow record batches: what GeoPackage and GeoParquet are written from.

A layer's columns are its fields (see `fields`) after its id, days as dates, and the point as well-known binary, null where no
point is known. Lists are lists of text, or one text with "; " between the items for formats without lists. Only one batch is
held at a time. Needs pyarrow, of the extra `geo`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from whoholds.formats.fields import (
    DAY,
    INCIDENT,
    NUMBER,
    REIGN,
    SITE,
    TEXTS,
    Fields,
    Kinds,
    Value,
    incident_fields,
    point_of,
    reign_fields,
    site_fields,
)
from whoholds.model import Site
from whoholds.questions.extract import Extract

if TYPE_CHECKING:
    import pyarrow as pa

GEOMETRY = "geometry"
_AT_ONCE = 10_000  # rows of a batch: a row is about a kilobyte
_POINT = struct.Struct("<BIdd")  # little-endian, the type of a point, x, y (OGC 06-103r4)
_LITTLE_ENDIAN, _POINT_TYPE = 1, 1


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer's name and columns, what it takes from an extract, and the id, place and fields of each thing taken."""

    name: str
    id: str
    kinds: Kinds
    things: Callable[[Extract], Iterable[Any]]
    row: Callable[[Any], tuple[str, Site | None, Fields]]


LAYERS = {
    layer.name: layer
    for layer in (
        Layer("holdings", "holding", REIGN, Extract.holdings, lambda one: (one.id, one.holding.site, reign_fields(one))),
        Layer("incidents", "incident", INCIDENT, Extract.incidents, lambda one: (one.id, one.site, incident_fields(one))),
        Layer("places", "site", SITE, Extract.places, lambda one: (one.key, one, site_fields(one))),
    )
}


def schema(layer: Layer, *, lists: bool) -> pa.Schema:
    """The columns of a layer; without `lists`, lists are text."""
    import pyarrow as pa

    types = {DAY: pa.date32(), NUMBER: pa.int64(), TEXTS: pa.list_(pa.string()) if lists else pa.string()}
    columns = {layer.id: pa.string(), **{name: types.get(kind, pa.string()) for name, kind in layer.kinds.items()}}
    return pa.schema([*columns.items(), (GEOMETRY, pa.binary())])


def batches(layer: Layer, extract: Extract, *, lists: bool) -> Iterator[pa.RecordBatch]:
    """All of a layer, some thousand rows at a time; an empty layer gives no batch."""
    import pyarrow as pa

    columns = schema(layer, lists=lists)
    rows = map(layer.row, layer.things(extract))
    while some := list(islice(rows, _AT_ONCE)):
        told = [
            {
                layer.id: id,
                **{name: _cell(fields[name], kind, lists) for name, kind in layer.kinds.items()},
                GEOMETRY: wkb(site),
            }
            for id, site, fields in some
        ]
        yield pa.RecordBatch.from_pylist(told, schema=columns)


def wkb(site: Site | None) -> bytes | None:
    """The point of a place as well-known binary; None where none is known."""
    point = point_of(site)
    return _POINT.pack(_LITTLE_ENDIAN, _POINT_TYPE, *point) if point else None


def _cell(value: Value, kind: str, lists: bool) -> object:
    if kind == DAY:
        return date.fromisoformat(str(value)) if value else None
    if isinstance(value, list):
        items = [_whole(item) for item in value]
        return items if lists else "; ".join(items)
    return _whole(value) if isinstance(value, str) else value


def _whole(text: str) -> str:
    """Text without half characters (lone surrogates), which these formats cannot hold, and without null characters."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "")

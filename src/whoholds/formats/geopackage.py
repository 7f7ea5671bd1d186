"""GeoPackage (OGC 12-128r18): layers of points that QGIS and others open, with days as dates and lists as text.

Needs pyogrio and pyarrow, of the extra `geo`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from whoholds.formats.layers import GEOMETRY, LAYERS, batches, schema
from whoholds.questions.extract import Extract

CRS = "EPSG:4326"


def write(path: Path, extract: Extract, whats: Iterable[str]) -> None:
    """Write a layer for each of `holdings`, `incidents`, `places` into a new file; an empty one where there is nothing.

    Raises OSError where the file cannot be written.
    """
    from pyogrio import errors

    try:
        _write(path, extract, whats)
    except (errors.DataSourceError, errors.DataLayerError) as error:
        raise OSError(str(error)) from error


def _write(path: Path, extract: Extract, whats: Iterable[str]) -> None:
    import pyarrow as pa
    import pyogrio

    for what in whats:
        layer = LAYERS[what]
        made = schema(layer, lists=False).empty_table()
        tables = (pa.Table.from_batches([batch]) for batch in batches(layer, extract, lists=False))
        for i, table in enumerate(chain([made], tables)):  # the empty one makes the layer, whatever follows
            pyogrio.write_arrow(
                table,
                path,
                layer=what,
                driver="GPKG",
                geometry_name=GEOMETRY,
                geometry_type="Point",
                crs=CRS,
                append=i > 0,
            )

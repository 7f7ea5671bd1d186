"""GeoParquet 1.1 (https://geoparquet.org/releases/v1.1.0/): one layer as a column file, for geopandas, DuckDB and the like.

Points are well-known binary; no coordinate system is named, which by the standard means longitude and latitude, WGS 84
(OGC:CRS84). Lists are lists, days dates. A row group is written at a time. Needs pyarrow, of the extra `geo`.
"""

from __future__ import annotations

import json
from pathlib import Path

from whoholds.formats.layers import GEOMETRY, LAYERS, batches, schema
from whoholds.questions.extract import Extract

_COLUMN = {"encoding": "WKB", "geometry_types": ["Point"]}
_GEO = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: _COLUMN}}


def write(path: Path, extract: Extract, what: str) -> None:
    """Write `holdings`, `incidents` or `places` into a file; a valid empty one where there is nothing."""
    import pyarrow.parquet as pq

    layer = LAYERS[what]
    columns = schema(layer, lists=True).with_metadata({"geo": json.dumps(_GEO)})
    with pq.ParquetWriter(path, columns, compression="zstd") as writer:
        for batch in batches(layer, extract, lists=True):
            writer.write_batch(batch.replace_schema_metadata(columns.metadata))

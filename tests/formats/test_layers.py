"""GeoPackage and GeoParquet: opened by what they are for."""

from __future__ import annotations

import json
import shutil
import sqlite3
import struct
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.formats.exported import HARM
from whoholds.formats import geopackage, geoparquet
from whoholds.formats.layers import LAYERS, batches, wkb
from whoholds.model import Place, Site
from whoholds.questions.extract import Extract

pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pyogrio = pytest.importorskip("pyogrio", reason="pyogrio is not installed")


@pytest.fixture
def package(extract: Extract, tmp_path: Path) -> Path:
    geopackage.write(tmp_path / "war.gpkg", extract, LAYERS)
    return tmp_path / "war.gpkg"


def test_a_point_as_well_known_binary() -> None:
    site = Site("k", "K", Place(name="K", lat=40.5, lon=46.25, country=None, feature="P"))
    assert wkb(site) == b"\x01\x01\x00\x00\x00" + struct.pack("<dd", 46.25, 40.5)
    assert wkb(None) is None
    assert wkb(Site("k", "K")) is None


def test_batches_are_bounded_and_lose_nothing(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whoholds.formats.layers._AT_ONCE", 2)
    found = list(batches(LAYERS["holdings"], extract, lists=True))
    assert [batch.num_rows for batch in found] == [2, 1]
    assert found[0].column("supporting")[0].as_py() == list(next(extract.holdings()).holding.supporting)


def test_a_geopackage_has_a_layer_for_each_kind(package: Path, extract: Extract) -> None:
    assert dict(pyogrio.list_layers(package)) == dict.fromkeys(LAYERS, "Point")
    for name, layer in LAYERS.items():
        told = pyogrio.read_info(package, layer=name)
        assert told["features"] == len(list(layer.things(extract)))
        assert told["crs"] == "EPSG:4326"
        assert list(told["fields"]) == [layer.id, *layer.kinds]


def test_a_geopackage_tells_who_holds_what(package: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed")
    held = geopandas.read_file(package, layer="holdings", where="name = 'Kalbajar' and in_force_to is null")
    (row,) = held.itertuples()
    assert (row.holder_name, row.standing) == ("Azerbaijan", "conceded")
    assert row.in_force_from.date() == date(2020, 11, 25)
    assert (row.geometry.x, row.geometry.y) == (46.0367, 40.1068)
    assert HARM in set(geopandas.read_file(package, layer="holdings").holder_name)


def test_an_incident_without_a_place_has_no_geometry(package: Path) -> None:
    meta, _, geometry, data = pyogrio.raw.read(package, layer="incidents")
    rows = dict(zip(meta["fields"], data, strict=True))
    assert [point is None for point in geometry] == [name is None for name in rows["name"]]
    assert None in list(rows["name"])


def test_a_geopackage_is_a_whole_sqlite_database(package: Path) -> None:
    with sqlite3.connect(package) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_disk_that_is_full_is_an_os_error(extract: Extract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise pyogrio.errors.DataSourceError("database or disk is full")

    monkeypatch.setattr(pyogrio, "write_arrow", full)
    with pytest.raises(OSError, match="full"):
        geopackage.write(tmp_path / "war.gpkg", extract, LAYERS)


def test_ogrinfo_opens_it(package: Path) -> None:
    ogrinfo = shutil.which("ogrinfo")
    if ogrinfo is None:
        pytest.skip("ogrinfo is not installed")
    told = subprocess.run([ogrinfo, "-so", "-al", str(package)], capture_output=True, text=True, check=True).stdout
    assert all(f"Layer name: {name}" in told for name in LAYERS)


def test_an_empty_register_gives_empty_layers(nothing: Extract, tmp_path: Path) -> None:
    geopackage.write(tmp_path / "none.gpkg", nothing, LAYERS)
    assert [name for name, _ in pyogrio.list_layers(tmp_path / "none.gpkg")] == list(LAYERS)
    assert pyogrio.read_info(tmp_path / "none.gpkg", layer="holdings")["features"] == 0


@pytest.mark.parametrize("what", LAYERS)
def test_geopandas_reads_geoparquet(what: str, extract: Extract, nothing: Extract, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed")
    for name, one in (("war", extract), ("none", nothing)):
        file = tmp_path / f"{name}.parquet"
        geoparquet.write(file, one, what)
        frame = geopandas.read_parquet(file)
        assert len(frame) == len(list(LAYERS[what].things(one)))
        assert frame.crs == "OGC:CRS84"
        assert list(frame.columns) == [LAYERS[what].id, *LAYERS[what].kinds, "geometry"]


def test_geoparquet_tells_who_holds_what(extract: Extract, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed")
    geoparquet.write(tmp_path / "war.parquet", extract, "holdings")
    frame = geopandas.read_parquet(tmp_path / "war.parquet").set_index("holding")
    for reign in extract.holdings():
        row = frame.loc[reign.id]
        assert row["in_force_from"] == reign.first or (row["in_force_from"] is None and reign.first is None)
        assert list(row["supporting"]) == list(reign.holding.supporting)


def test_the_metadata_are_those_of_the_standard(extract: Extract, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    geoparquet.write(tmp_path / "war.parquet", extract, "incidents")
    told = json.loads(pq.read_schema(tmp_path / "war.parquet").metadata[b"geo"])
    assert told["version"] == "1.1.0"
    assert told["columns"][told["primary_column"]] == {"encoding": "WKB", "geometry_types": ["Point"]}

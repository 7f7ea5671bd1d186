"""Files of dated polygons: their days, their shapes, and what is wrong with them."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("shapely", reason="maps of control need shapely")

from tests.formats.imports import maps
from whoholds.formats.imports.polygons import BadMapError, bounds_of, dated_files, day_told, read_map

BOX = (37.0, 48.0, 38.0, 49.0)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("20230501.geojson", date(2023, 5, 1)),
        ("2023-05-01.json", date(2023, 5, 1)),
        ("map_data_20230501.geojson.gz", date(2023, 5, 1)),
        ("control 2023.05.01 final.json", date(2023, 5, 1)),
        ("1699478008.json", date(2023, 11, 8)),
        ("2023-05-01_2023-05-02.json", None),
        ("20231301.geojson", None),
        ("2023-0501.json", None),
        ("120230501.json", None),
        ("latest.geojson", None),
    ],
)
def test_day_told(name: str, day: date | None) -> None:
    assert day_told(name) == day


def test_files_in_order_of_days(tmp_path: Path) -> None:
    names = ("b/20230502.geojson", "a-20230501.json", "20230502_evening.json", "latest.json", "notes.txt")
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}", encoding="utf-8")
    files, faults = dated_files(tmp_path)
    assert [(day.day, path.name) for day, path in files] == [(1, "a-20230501.json"), (2, "20230502.geojson")]
    assert sorted(fault.problem.code for fault in faults) == ["day", "twice"]
    assert all(fault.lost for fault in faults)


@pytest.mark.parametrize("made", [False, True])
def test_a_folder_without_maps(tmp_path: Path, made: bool) -> None:
    files, (fault,) = dated_files(tmp_path if made else tmp_path / "none")
    assert (files, fault.problem.code) == ([], "folder")


def written(folder: Path, parsed: Any, name: str = "20230501.geojson") -> Path:
    path = folder / name
    data = json.dumps(parsed).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize(
    "parsed",
    [
        maps.collection([("occupied", BOX)]),
        maps.collection([("occupied", BOX)], crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}),
        {"id": 1699478008, "datetime": "08.11", "map": maps.collection([("occupied", BOX)])},
        maps.collection([("occupied", BOX)])["features"][0],
    ],
)
def test_shapes_of_files(tmp_path: Path, parsed: Any) -> None:
    (patch,) = read_map(written(tmp_path, parsed), None)
    assert (patch.value, patch.shape.bounds) == ("occupied", BOX)


def test_a_bare_geometry_and_gzip(tmp_path: Path) -> None:
    geometry = {"type": "MultiPolygon", "coordinates": [[maps.ring(BOX)]]}
    (patch,) = read_map(written(tmp_path, geometry, "20230501.geojson.gz"), None)
    assert (patch.value, bounds_of([patch])) == ("", BOX)


def test_heights_and_bow_ties(tmp_path: Path) -> None:
    bow = [[37.0, 48.0, 0.0], [38.0, 49.0, 0.0], [38.0, 48.0, 0.0], [37.0, 49.0, 0.0], [37.0, 48.0, 0.0]]
    (patch,) = read_map(written(tmp_path, {"type": "Polygon", "coordinates": [bow]}), None)
    assert patch.shape.is_valid
    assert patch.shape.area == pytest.approx(0.5)


def test_the_field_is_the_first_known_one(tmp_path: Path) -> None:
    parsed = maps.collection([("x", BOX)])
    parsed["features"][0]["properties"] = {"name": "Zone 4", "holder": "  Russia ", "id": 7}
    path = written(tmp_path, parsed)
    assert read_map(path, None)[0].value == "Russia"
    assert read_map(path, "id")[0].value == "7"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "json"),
        (b"\xff\xfe\x00", "json"),
        (b"[" * 100_000, "json"),
        (b"[]", "geojson"),
        (b'{"type": "FeatureCollection"}', "geojson"),
        (b'{"type": "FeatureCollection", "features": [3]}', "geojson"),
        (b'{"type": "Polygon", "coordinates": "none"}', "geometry"),
        (b'{"type": "Polygon"}', "geometry"),
        (b'{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 1], [1, 2], [NaN, 1]]]}', "geometry"),
        (b'{"type": "Polygon", "coordinates": [[[1, 2]]]}', "geometry"),
        (b'{"type": "Polygon", "coordinates": [[[4e6, 5e6], [4e6, 6e6], [5e6, 6e6], [4e6, 5e6]]]}', "crs"),
        (b'{"type": "FeatureCollection", "features": [], "crs": {"properties": {"name": "EPSG:3857"}}}', "crs"),
    ],
)
def test_what_is_no_map(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "20230501.json"
    path.write_bytes(content)
    with pytest.raises(BadMapError) as caught:
        read_map(path, None)
    assert caught.value.problem.code == code


def test_a_field_that_no_polygon_has(tmp_path: Path) -> None:
    with pytest.raises(BadMapError) as caught:
        read_map(written(tmp_path, maps.collection([("x", BOX)])), "holder")
    assert "status" in caught.value.problem.hint


@pytest.mark.parametrize("odd", [{"type": ["Polygon"]}, {"type": None}, {}])
def test_geometries_of_no_type_are_passed_over(tmp_path: Path, odd: dict[str, Any]) -> None:
    parsed = maps.collection([("occupied", BOX)], crs={"properties": 4})
    parsed["features"] += [{"geometry": odd, "properties": None}, {"geometry": None}]
    assert len(read_map(written(tmp_path, parsed), None)) == 1


def test_no_polygons(tmp_path: Path) -> None:
    assert read_map(written(tmp_path, maps.collection([])), None) == ()
    assert bounds_of([]) is None


def test_a_broken_gzip(tmp_path: Path) -> None:
    path = tmp_path / "20230501.json.gz"
    path.write_bytes(gzip.compress(b"{}" * 1000)[:-20])
    with pytest.raises(BadMapError):
        read_map(path, None)
    path.write_bytes(b"plain")
    with pytest.raises(BadMapError):
        read_map(path, None)

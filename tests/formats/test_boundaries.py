"""Files of boundaries: every kind is read, every fault is told with file and feature, and the rest is taken."""

from __future__ import annotations

import json
import math
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from tests.register.strategies import outline
from whoholds.formats.boundaries import (
    LARGEST,
    BoundaryFile,
    boundary_feature,
    boundary_features,
    read_boundaries,
    reading,
    take_boundaries,
)
from whoholds.formats.findings import entry_to_json
from whoholds.model import Document, Filed
from whoholds.register.memory import MemoryStore

KALBAJAR = [[45.8, 39.9], [46.4, 39.9], [46.4, 40.3], [45.8, 40.3], [45.8, 39.9]]
LACHIN = [[46.4, 39.4], [46.8, 39.4], [46.8, 39.8], [46.4, 39.8], [46.4, 39.4]]
BOW = [[46.0, 40.0], [46.2, 40.2], [46.2, 40.0], [46.0, 40.2], [46.0, 40.0]]
KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Districts</name>{}</Document></kml>
"""
PLACEMARK = (
    "<Placemark><name>{}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing>"
    "</outerBoundaryIs></Polygon></Placemark>"
)


def feature(name: object, ring: object, **properties: object) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [ring]} if isinstance(ring, list) else ring
    return {"type": "Feature", "properties": {"name": name, **properties}, "geometry": geometry}


def collection(*features: Any, **members: object) -> str:
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)})


def placemark(name: str, ring: list[list[float]]) -> str:
    return PLACEMARK.format(name, " ".join(f"{lon},{lat},0" for lon, lat in ring))


@pytest.fixture
def reads(tmp_path: Path) -> Callable[..., BoundaryFile]:
    """Writes a file and reads it."""

    def read(name: str, content: str | bytes, **options: Any) -> BoundaryFile:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_boundaries(path, **options)

    return read


def names(found: BoundaryFile) -> list[str]:
    return [area.name for area in found.areas]


def bounds(found: BoundaryFile) -> list[tuple[float, ...]]:
    return [tuple(round(number, 4) for number in area.geometry.bounds) for area in found.areas]


Reads = Callable[..., BoundaryFile]
BOTH = [(45.8, 39.9, 46.4, 40.3), (46.4, 39.4, 46.8, 39.8)]


def test_geojson(reads: Reads) -> None:
    found = reads("a.geojson", collection(feature("Kalbajar", KALBAJAR), feature("Lachin", LACHIN)))
    assert (names(found), bounds(found), found.problems, found.remarks) == (["Kalbajar", "Lachin"], BOTH, (), ())
    assert [area.number for area in found.areas] == [1, 2]
    alone = reads("b.json", "\ufeff" + json.dumps(feature("Kalbajar", KALBAJAR)))
    assert (names(alone), bounds(alone)) == (["Kalbajar"], BOTH[:1])
    bare = reads("c.json", json.dumps({"type": "Polygon", "coordinates": [KALBAJAR]}))
    assert (names(bare), bounds(bare)) == ([""], BOTH[:1])


def test_kml_and_kmz(reads: Reads, tmp_path: Path) -> None:
    text = KML.format(placemark("Kalbajar", KALBAJAR) + f"<Folder>{placemark('Lachin &amp; around', LACHIN)}</Folder>")
    found = reads("a.kml", text)
    assert (names(found), bounds(found), found.problems) == (["Kalbajar", "Lachin & around"], BOTH, ())
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("doc.kml", text)
    assert read_boundaries(tmp_path / "a.kmz").areas[0].geometry == found.areas[0].geometry


def test_a_kml_polygon_with_a_hole_and_a_multigeometry(reads: Reads) -> None:
    hole = "46.0,40.0 46.1,40.0 46.1,40.1 46.0,40.0"
    inner = f"<innerBoundaryIs><LinearRing><coordinates>{hole}</coordinates></LinearRing></innerBoundaryIs></Polygon>"
    holed = placemark("Kalbajar", KALBAJAR).replace("</Polygon>", inner)
    parts = placemark("both", KALBAJAR).replace("<Polygon>", "<MultiGeometry><Polygon>", 1)
    other = placemark("", LACHIN).partition("<Polygon>")[2].partition("</Placemark>")[0]
    found = reads("a.kml", KML.format(holed + parts.replace("</Placemark>", f"<Polygon>{other}</MultiGeometry></Placemark>")))
    assert found.problems == ()
    assert [len(area.geometry.interiors) for area in found.areas if area.geometry.geom_type == "Polygon"] == [1]
    assert found.areas[1].geometry.geom_type == "MultiPolygon"


def tables(folder: Path, crs: int = 4326) -> Any:
    geopandas = pytest.importorskip("geopandas", reason="the extra geo is not installed")
    shapes = [shapely.Polygon(KALBAJAR), shapely.Polygon(LACHIN)]
    return geopandas.GeoDataFrame({"name": ["Kalbajar", "Lachin"]}, geometry=shapes, crs=4326).to_crs(crs)


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".fgb", ".geojson"])
@pytest.mark.parametrize("crs", [4326, 32638, 3857])
def test_what_gdal_writes_in_any_coordinates(tmp_path: Path, suffix: str, crs: int) -> None:
    path = tmp_path / f"areas{suffix}"
    tables(tmp_path, crs).to_file(path)
    found = read_boundaries(path)
    assert found.problems == ()
    assert dict(zip(names(found), bounds(found), strict=True)) == {"Kalbajar": BOTH[0], "Lachin": BOTH[1]}


def test_a_zipped_shapefile(tmp_path: Path) -> None:
    tables(tmp_path, 32638).to_file(tmp_path / "areas.shp")
    with zipfile.ZipFile(tmp_path / "areas.zip", "w") as archive:
        for part in tmp_path.glob("areas.*"):
            if part.suffix != ".zip":
                archive.write(part, f"inner/{part.name}")
    assert sorted(names(read_boundaries(tmp_path / "areas.zip"))) == ["Kalbajar", "Lachin"]


def test_a_shapefile_without_a_coordinate_system_is_taken_for_degrees_if_it_can_be(tmp_path: Path) -> None:
    for crs in (4326, 32638):
        tables(tmp_path, crs).to_file(tmp_path / f"areas{crs}.shp")
        (tmp_path / f"areas{crs}.prj").unlink()
    assert bounds(read_boundaries(tmp_path / "areas4326.shp")) == BOTH
    found = read_boundaries(tmp_path / "areas32638.shp")
    assert found.areas == ()
    assert "areas32638.shp: feature 1 (Kalbajar) has coordinates that are no degrees" in found.problems[0].message


def test_several_layers(tmp_path: Path) -> None:
    path = tmp_path / "areas.gpkg"
    tables(tmp_path).to_file(path, layer="districts")
    tables(tmp_path).to_file(path, layer="oblasts")
    assert "districts, oblasts" in read_boundaries(path).problems[0].message
    assert len(read_boundaries(path, layer="oblasts").areas) == 2
    assert "no layer 'x'" in read_boundaries(path, layer="x").problems[0].message


@pytest.mark.parametrize(
    ("properties", "chosen"),
    [
        ({"ADM1_EN": "Upper Karabakh", "ADM2_EN": "Kalbajar", "ADM2_PCODE": "AZ01"}, "Kalbajar"),
        ({"NAME_0": "Azerbaijan", "NAME_1": "Upper Karabakh", "NAME_2": "Kalbajar"}, "Kalbajar"),
        ({"shapeName": "Kalbajar", "shapeISO": "x"}, "Kalbajar"),
        ({"NAME": "Kəlbəcər", "name_en": "Kalbajar"}, "Kalbajar"),
        ({"Title": "Kalbajar"}, "Kalbajar"),
    ],
)
def test_the_property_with_names_is_found(reads: Reads, properties: dict[str, str], chosen: str) -> None:
    told = feature(None, KALBAJAR)
    told["properties"] = properties
    assert names(reads("a.geojson", collection(told))) == [chosen]
    assert names(reads("a.geojson", collection(told), name_field=next(iter(properties)))) == [next(iter(properties.values()))]


def test_no_property_with_names(reads: Reads) -> None:
    told = feature("x", KALBAJAR)
    told["properties"] = {"bezirk": "Kalbajar", "n": 1}
    found = reads("a.geojson", collection(told))
    assert found.areas == ()
    assert found.problems[0].message == "a.geojson: has no property called 'name'; its properties are bezirk, n"
    assert names(reads("a.geojson", collection(told), name_field="bezirk")) == ["Kalbajar"]
    assert "no property 'X'" in reads("a.geojson", collection(told), name_field="X").problems[0].message


# What is wrong with features


BAD: dict[str, tuple[object, str]] = {
    "no geometry": (None, "has no geometry"),
    "a point": ({"type": "Point", "coordinates": [46, 40]}, "is no area but a Point"),
    "a line": ({"type": "LineString", "coordinates": [[46, 40], [47, 41]]}, "is no area but a LineString"),
    "empty": ({"type": "Polygon", "coordinates": []}, "has an empty geometry"),
    "flat": ([[46, 40], [46, 41], [46, 40], [46, 40]], "is no area"),
    "two positions": ([[46, 40], [47, 41]], "has a geometry that cannot be read"),
    "words": ([["a", "b"], [1, 2], [3, 4], ["a", "b"]], "has a geometry that cannot be read"),
    "no kind": ({"type": "Blob", "coordinates": []}, "has a geometry that cannot be read"),
    "metres": ([[8_500_000, 4_500_000], [8_600_000, 4_500_000], [8_600_000, 4_600_000], [8_500_000, 4_500_000]], "no degrees"),
    "huge": ([[1e300, 0], [1e300, 1], [0, 1], [1e300, 0]], "no degrees"),
    "not a number": ([[math.inf, 0], [1, 1], [0, 1], [math.inf, 0]], "no numbers"),
    "exchanged": ([[40.0, 146.0], [40.3, 146.0], [40.3, 146.4], [40.0, 146.0]], "exchanged"),
    "a list": ([], "cannot be read"),
}


@pytest.mark.parametrize("bad", list(BAD))
def test_a_bad_feature_is_told_and_the_others_are_taken(reads: Reads, bad: str) -> None:
    geometry, reason = BAD[bad]
    found = reads("a.geojson", collection(feature("First", KALBAJAR), feature("Wrong", geometry), feature("Last", LACHIN)))
    assert names(found) == ["First", "Last"]
    [problem] = found.problems
    assert problem.message.startswith("a.geojson: feature 2 (Wrong) ")
    assert reason in problem.message or bad in ("empty", "a list")
    assert problem.hint


@pytest.mark.parametrize(
    "value", [7, None, [], {}, {"type": "Feature"}, {"type": "Feature", "properties": [1], "geometry": {}}]
)
def test_what_is_no_feature(reads: Reads, value: object) -> None:
    found = reads("a.geojson", collection(value, feature("Last", LACHIN)))
    assert names(found) == ["Last"]
    assert found.problems[0].message.startswith("a.geojson: feature 1 ")


def test_what_crosses_itself_is_mended_and_told(reads: Reads) -> None:
    found = reads("a.geojson", collection(feature("bow", BOW)))
    assert found.problems == ()
    assert found.remarks == ("a.geojson: feature 1 (bow) crossed itself and was mended",)
    assert found.areas[0].geometry.is_valid
    assert found.areas[0].geometry.area == pytest.approx(0.02)


def test_an_outline_of_very_many_points_is_thinned(reads: Reads) -> None:
    ring = [[46 + 0.3 * math.cos(n / 5000), 40 + 0.3 * math.sin(n / 5000)] for n in range(31_416)]
    found = reads("a.geojson", collection(feature("round", [*ring, ring[0]])))
    assert "31,417 points and was thinned" in found.remarks[0]
    assert shapely.get_num_coordinates(found.areas[0].geometry) < 20_000
    assert found.areas[0].geometry.area == pytest.approx(math.pi * 0.09, rel=0.001)


# What is wrong with files


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("kind", ["geojson", "kml"])
def test_a_truncated_file_gives_what_is_before_the_end(reads: Reads, keep: float, kind: str) -> None:
    rings = [(f"Area {n}", [[lon + n * 0.001, lat] for lon, lat in KALBAJAR]) for n in range(40)]
    whole = (
        collection(*(feature(*one) for one in rings))
        if kind == "geojson"
        else KML.format("".join(placemark(*one) for one in rings))
    )
    found = reads(f"a.{kind}", whole[: int(len(whole) * keep)])
    assert 0 < len(found.areas) < 40
    assert abs(len(found.areas) - 40 * keep) < 3
    [problem] = found.problems
    assert problem.message.startswith(f"a.{kind}: line ")
    assert "whole" in problem.message


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".fgb"])
def test_a_truncated_table_is_told(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"areas{suffix}"
    tables(tmp_path).to_file(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    found = read_boundaries(path)
    assert found.problems
    assert found.problems[0].message.startswith(f"areas{suffix}: ")
    assert found.problems[0].hint


def test_a_shapefile_alone_is_told(tmp_path: Path) -> None:
    tables(tmp_path).to_file(tmp_path / "areas.shp")
    (tmp_path / "alone").mkdir()
    shutil.copy(tmp_path / "areas.shp", tmp_path / "alone" / "areas.shp")
    [problem] = read_boundaries(tmp_path / "alone" / "areas.shp").problems
    assert "lacks .shx (the index) and .dbf (the names) beside it" in problem.message


def test_without_pyogrio_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    (tmp_path / "areas.gpkg").write_bytes(b"SQLite format 3\0")
    [problem] = read_boundaries(tmp_path / "areas.gpkg").problems
    assert problem.hint == "install it with: pip install 'whoholds[geo]'"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.geojson", b"", "empty"),
        ("a.geojson", b" \n", "empty"),
        ("a.geojson", b"[1, 2]", "not-geojson"),
        ("a.geojson", b'{"type": "Topology", "objects": {}}', "not-geojson"),
        ("a.geojson", b"{}", "not-geojson"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "empty"),
        ("a.geojson", b'{"features": ' + b"[" * 100_000, "not-json"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Feature\xff', "encoding"),
        ("a.geojson", "{}".encode("utf-16"), "unknown-kind"),
        ("a.kml", b"<html><body>Not found</body></html>", "not-kml"),
        ("a.kml", b"<kml><Placemark>", "not-xml"),
        ("a.kmz", b"PK\x03\x04 and no more", "not-kml"),
        ("a.gpkg", b"no database at all", "unreadable"),
        ("a.shp", b"no shapes at all", "incomplete"),
        ("a.zip", b"PK\x03\x04 and no more", "unreadable"),
        ("a.docx", b"PK\x03\x04", "unknown-kind"),
    ],
)
def test_what_is_no_file_of_boundaries(reads: Reads, name: str, content: bytes, code: str) -> None:
    if name.endswith((".gpkg", ".shp", ".zip")):
        pytest.importorskip("pyogrio")
    found = reads(name, content)
    assert found.areas == ()
    assert [problem.code for problem in found.problems] == [code]
    assert found.problems[0].message.startswith(f"{name}: ")
    assert found.problems[0].hint


def test_files_that_are_not_there_or_folders(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.geojson", tmp_path / "\0.kml"):
        [problem] = read_boundaries(path).problems
        assert problem.code in ("folder", "unreadable")


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "world.geojson"
    with path.open("wb") as file:
        file.write(b'{"type": "FeatureCollection"')
        file.truncate(2 * LARGEST)  # holes take no room on the disk
    [problem] = read_boundaries(path).problems
    assert problem.code == "too-large"
    assert "200 MB, more than 100" in problem.message
    monkeypatch.setattr(reading, "LARGEST", 1_000)
    with zipfile.ZipFile(tmp_path / "bomb.kmz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", KML.format(" " * 100_000))
    assert [problem.code for problem in read_boundaries(tmp_path / "bomb.kmz").problems] == ["too-large"]


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;',
    ],
)
def test_a_kml_that_declares_entities_is_refused(reads: Reads, declared: str) -> None:
    found = reads("a.kml", f"<!DOCTYPE kml [{declared}]><kml>{placemark('&a;', KALBAJAR)}</kml>")
    assert found.areas == ()
    assert [problem.code for problem in found.problems] == ["entities"]


# Into a register


def test_a_file_taken_into_a_register(tmp_path: Path) -> None:
    path = tmp_path / "districts.geojson"
    path.write_text(
        collection(
            feature("Kalbajar", KALBAJAR),
            feature("lake", [[44.5, 40.2], [44.7, 40.2], [44.7, 40.4], [44.5, 40.2]]),
            feature("Lachin", [[46.4, 39.4], [46.6, 39.4], [46.6, 39.8], [46.4, 39.4]]),
            feature("Lachin", [[46.6, 39.4], [46.8, 39.4], [46.8, 39.8], [46.6, 39.8], [46.6, 39.4]]),
            feature("Kelbajar", KALBAJAR),
            feature("Bakhmut", [[48.58, 37.9], [48.62, 37.9], [48.62, 38.1], [48.58, 37.9]]),
            feature("Shusha", None),
        )
    )
    with MemoryStore() as store:
        taken = take_boundaries(store, path, source="a survey")
        entries = store.append(taken.acts, by="ann")
        assert [(act.name, act.site) for act in taken.acts] == [
            ("Kalbajar", "A:40.1068,46.0367"),
            ("lake", None),
            ("Lachin", "A:39.6375,46.5469"),
            ("Kelbajar", None),
        ]
        assert shapely.from_geojson(taken.acts[2].geometry).area == pytest.approx(0.04 + 0.08)
        assert [problem.code for problem in taken.problems] == ["bad-feature", "exchanged"]
        assert (
            "feature 6 (Bakhmut): 'Bakhmut' lies in it only with latitude and longitude exchanged" in taken.problems[1].message
        )
        assert (
            "feature 5 (Kelbajar) was taken without a place: it outlines Kalbajar as feature 1 (Kalbajar)" in taken.remarks[1]
        )
        told = boundary_features(store.outlines())
        assert [one["properties"]["place"] for one in told] == [act.site for act in taken.acts]
        back = tmp_path / "back.geojson"
        back.write_text(json.dumps({"type": "FeatureCollection", "features": told[:1]}))
        again = take_boundaries(store, back, source="a survey")
        assert store.append(again.acts, by="bob") == (), "what is exported comes back as it was"
        assert entry_to_json(entries[0]) == {
            "entry": 1,
            "recorded_at": entries[0].recorded_at.isoformat(timespec="microseconds"),
            "by": "ann",
            "kind": "outlined",
            "name": "Kalbajar",
            "site": "A:40.1068,46.0367",
            "source": "a survey",
            "geometry": json.loads(taken.acts[0].geometry),
        }


def test_outlines_as_features_in_a_box() -> None:
    with MemoryStore() as store:
        west, east = outline("west", None, west=-179.9), outline("east", None, west=179.8)
        entries = store.append([west, east], by="ann")
        assert [one["id"] for one in boundary_features(entries, (179, 39, -179, 41))] == ["1", "2"]
        assert [one["id"] for one in boundary_features(entries, (-180, 39, -179.85, 41))] == ["1"]
        assert boundary_features(entries, (-180, 50, 180, 60)) == []
        assert boundary_feature(entries[0])["geometry"] == json.loads(west.geometry)
        (filed,) = store.append([Filed(Document(text="x"))], by="ann")
        with pytest.raises(TypeError, match="filed"):
            boundary_feature(filed)

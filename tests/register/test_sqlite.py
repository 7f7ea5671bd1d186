"""The register as a file: brought up to date, read by others, and in pages."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.register.files import HOLDING, filled_file
from tests.register.stories import ASSERTED, FILED, KALBAJAR, at
from tests.register.strategies import outline
from whoholds.model import Asserted, Document, Filed, Withdrawn, site_of
from whoholds.register import open_store
from whoholds.register.memory import MemoryStore
from whoholds.register.sqlite import SQLiteStore, opening
from whoholds.register.sqlite.migrating import applied, migrate, migrations, newest
from whoholds.register.sqlite.outlining import gpkg_multipolygon
from whoholds.register.sqlite.point import gpkg_point
from whoholds.register.store import EVERYTHING, Sought, StoreError, Wanted


@pytest.fixture
def store(path: Path) -> Iterator[SQLiteStore]:
    with filled_file(path) as opened:
        yield opened


# Migrations


def test_steps_are_numbered_from_one_without_gaps() -> None:
    assert [migration.number for migration in migrations()] == list(range(1, newest() + 1))
    assert all(migration.statements and migration.name for migration in migrations())


def older(path: Path, full: Path, number: int) -> None:
    """Make a register of an earlier schema that holds what `full` holds, as far as it has tables for it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("begin")
    migrate(connection, number)
    connection.execute("commit")
    connection.execute("attach ? as full", (str(full),))
    tables = "author entry document filing site site_name claim derivation judgement withdrawal affiliation".split()
    if number >= 2:
        tables += ["side", "finding", "finding_body", "basis"]
        connection.execute("delete from stale")
    if number >= 9:
        tables.append("outline")
    for table in tables:
        columns = ", ".join(row[1] for row in connection.execute(f"pragma main.table_info({table})"))
        connection.execute(f"insert into main.{table} ({columns}) select {columns} from full.{table}")
    if number >= 3:
        connection.execute("insert into words (rowid, body) select id, indexed_words(body) from document")
    assert applied(connection) == number
    connection.close()


@pytest.mark.parametrize("number", range(1, newest() + 1))
def test_a_register_of_an_earlier_schema_is_brought_up_to_date(store: SQLiteStore, path: Path, number: int) -> None:
    if number >= 9:  # an earlier one has no table for outlines
        store.append([outline("Kalbajar", "geonames:585514"), outline("lake", None)], by="ann", at=at(1))
    old = path.with_name("old.gpkg")
    older(old, path, number)
    with open_store(str(old)) as opened:
        (added,) = opened.append([outline("Bakhmut", None)], by="ann", at=at(2))
        assert opened.outlines() == (*store.outlines(), added)
        opened.append([Withdrawn(added.seq, "no")], by="ann", at=at(2))
        assert opened.outlines() == store.outlines()
        store.append([added.act, Withdrawn(added.seq, "no")], by="ann", at=at(2))
        assert list(opened.entries()) == list(store.entries())
        assert list(opened.testimony(Wanted())) == list(store.testimony(Wanted()))
        assert opened.search("lachin") == store.search("lachin")
        assert list(opened.verify()) == []
        if number == 1:
            assert EVERYTHING in opened.stale("control") & opened.stale("event") & opened.stale("obligation")
            opened.settle("control", [EVERYTHING], gone=[], found=[HOLDING])
        kept = list(store.held(date(2020, 12, 1)))
        if 1 < number < 8:  # only the first day told was kept
            kept = [row._replace(retold=row.told) for row in kept]
        assert list(opened.held(date(2020, 12, 1))) == kept != []
    assert schema(old) == schema(path)


def test_the_areas_around_places_are_worked_out_for_an_earlier_schema(path: Path) -> None:
    with SQLiteStore(path, situate=lambda where: replace(site_of(where), within=("a district \udfff", "AZ"))) as store:
        store.append([*FILED, *ASSERTED], by="tester", at=at(0))
        old = path.with_name("old.gpkg")
        older(old, path, 4)
        with SQLiteStore(old) as opened:
            assert dict(opened.within()) == dict(store.within())
            assert set(opened.within().values()) == {("a district \udfff", "AZ")}


def schema(path: Path) -> list[object]:
    connection = sqlite3.connect(path)
    geometry = connection.execute("select key, geom from site order by key").fetchall()
    tables = connection.execute("select name, sql from sqlite_schema where name not like 'words_%' order by name").fetchall()
    connection.close()
    return [*geometry, *tables]


def test_an_older_register_that_may_not_be_written_to_is_refused(store: SQLiteStore, path: Path) -> None:
    old = path.with_name("old.gpkg")
    older(old, path, 2)
    with pytest.raises(StoreError, match="older version"):
        open_store(str(old), readonly=True)


# GeoPackage


def test_a_point_is_geopackage_binary() -> None:
    point = gpkg_point(40.1, 46.0)
    assert point is not None
    magic, version, flags, srs, order, kind, x, y = struct.unpack("<2sBBiBIdd", point)
    assert (magic, version, flags, srs, order, kind, x, y) == (b"GP", 0, 1, 4326, 1, 1, 46.0, 40.1)
    assert gpkg_point(None, None) is None


def test_the_file_has_what_the_standard_asks_for(store: SQLiteStore, path: Path) -> None:
    assert path.read_bytes()[68:72] == b"GPKG"
    connection = sqlite3.connect(path)
    assert connection.execute("pragma user_version").fetchone() == (10300,)
    assert {row[0] for row in connection.execute("select srs_id from gpkg_spatial_ref_sys")} >= {-1, 0, 4326}
    for table, kind in connection.execute("select table_name, data_type from gpkg_contents").fetchall():
        columns = {row[1] for row in connection.execute(f"pragma table_info({table})")}
        assert ("geom" in columns) == (kind == "features")
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    connection.close()


def test_other_programs_open_its_layers(store: SQLiteStore, path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    store.close()
    layers = dict(pyogrio.list_layers(path))
    assert layers == {"place": "Point", "holding": "Point", "incident": "Point", "report": None, "boundary": "MultiPolygon"}
    fields = pyogrio.read_info(path, layer="holding")
    assert fields["crs"] == "EPSG:4326"
    names = list(fields["fields"])
    _, _, geometry, values = pyogrio.raw.read(path, layer="holding")
    row = dict(zip(names, (column[0] for column in values), strict=True))
    assert (row["site"], row["holder"], str(row["begin"])[:10], row["last"]) == ("geonames:585514", "AZE", "2020-11-25", None)
    assert struct.unpack("<dd", bytes(geometry[0])[-16:]) == (46.0367, 40.1068)
    assert len(pyogrio.raw.read(path, layer="place")[2]) == 3
    assert len(pyogrio.raw.read(path, layer="report", read_geometry=False)[3][0]) == len(FILED)


def test_outlines_that_stand_are_a_layer(path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    former, latter, nowhere, gone = (
        outline("Kalbajar", "geonames:585514"),
        outline("Kalbajar", "geonames:585514", west=46.2),
        outline("lake", None),
        outline("lake", None, west=47.0),
    )
    with SQLiteStore(path) as store:
        *_, last = store.append([former, latter, nowhere, gone], by="ann", at=at(0))
        (withdrawn,) = store.append([Withdrawn(last.seq, "dry")], by="ann", at=at(1))
        assert layer(pyogrio, path) == [("Kalbajar", "geonames:585514", 46.2), ("lake", None, 46.0)]
        store.append([Withdrawn(withdrawn.seq, "it rained")], by="ann", at=at(2))
    assert layer(pyogrio, path) == [("Kalbajar", "geonames:585514", 46.2), ("lake", None, 46.0), ("lake", None, 47.0)]
    assert pyogrio.read_info(path, layer="boundary")["crs"] == "EPSG:4326"


def layer(pyogrio: Any, path: Path) -> list[tuple[object, ...]]:
    """Name, site and westernmost longitude of the features of the layer `boundary`."""
    _, _, _, (names, sites, _) = pyogrio.raw.read(path, layer="boundary")
    _, (wests, *_) = pyogrio.read_bounds(path, layer="boundary")
    return sorted(zip(names, sites, map(float, wests), strict=True))


def test_an_outline_is_geopackage_binary() -> None:
    holed = '{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[2,2],[1,1,99]]]}'.replace(",99", "")
    shapely = pytest.importorskip("shapely")
    shape = shapely.from_wkb(gpkg_multipolygon(holed)[8:])
    assert shape.geom_type == "MultiPolygon"
    assert shapely.equals(shape, shapely.from_geojson(holed))
    with pytest.raises(ValueError, match="Point"):
        gpkg_multipolygon('{"type": "Point", "coordinates": [0, 0]}')


def test_the_map_is_read_from_its_index_alone(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rows = store._database.rows

    def noted(statement: str, **values: object) -> list[tuple[object, ...]]:
        asked.append(statement)
        return rows(statement, **values)

    monkeypatch.setattr(store._database, "rows", noted)
    assert list(store.held(date(2020, 12, 1)))
    plan = rows(f"explain query plan {asked[-1]}", day=0)
    assert "COVERING INDEX finding_held (last>?)" in plan[0][3]


# Others


def test_lone_surrogates_break_nothing(path: Path) -> None:
    document = Document(
        text="half \ud83d of a pair", name="\udc00.txt", url="\ud800", outlet="a\0b", credits=("\udfff",), title="\ud800"
    )
    claim = replace(KALBAJAR, evidence=document.span(5, 6), where=None, derivation=None)
    with SQLiteStore(path) as store, MemoryStore() as memory:
        for one in (store, memory):
            one.append([Filed(document), Asserted(claim)], by="\ud800", at=at(0))
        assert list(store.entries()) == list(memory.entries())
        assert store.document(document.id) == document
        assert next(store.filings(url="\ud800")).document == next(store.filings(name="\udc00.txt")).document == document
        assert store.search("half pair") == memory.search("half pair") != ()
        assert list(store.verify()) == []


def test_a_closed_store_says_so(store: SQLiteStore) -> None:
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.entry(1)


def test_findings_come_in_pages(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whoholds.register.sqlite.findings._PAGE", 2)
    found = [replace(HOLDING, told=date(2021, 1, number)) for number in range(1, 6)]
    store.settle("control", [], gone=[HOLDING.id], found=found)
    assert list(store.findings(Sought(kind="holding"))) == sorted(found, key=lambda finding: finding.id)


def test_testimony_comes_in_pages(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(store.testimony(Wanted()))
    monkeypatch.setattr("whoholds.register.views.PAGE", 3)
    assert list(store.testimony(Wanted())) == whole
    assert list(store.testimony(Wanted(kinds=["control"]))) == [one for one in whole if one.claim.kind == "control"]


def test_the_way_out_is_told_for_every_error_of_sqlite(path: Path) -> None:
    for code, words in (
        (sqlite3.SQLITE_CORRUPT, "damaged"),
        (sqlite3.SQLITE_IOERR, "read or written"),
        (sqlite3.SQLITE_READONLY, "written to"),
    ):
        error = sqlite3.OperationalError("x")
        error.sqlite_errorcode = code
        with pytest.raises(StoreError, match=words) as caught, opening.told(path):
            raise error
        assert caught.value.hint

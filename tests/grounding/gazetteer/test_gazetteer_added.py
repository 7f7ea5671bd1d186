"""Adding a gazetteer: whole or not at all, gone on with where it stopped, and looked up beside the embedded one."""

from __future__ import annotations

import gzip
import os
import re
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.grounding.gazetteer.dumps import add, dump_line, embedded, write
from whoholds.grounding.gazetteer import Gazetteer, Rank, fold
from whoholds.grounding.gazetteer.added import adding, folder
from whoholds.grounding.gazetteer.added.adding import Added, Refused
from whoholds.grounding.gazetteer.added.problem import GazetteerError
from whoholds.grounding.gazetteer.index import PER_KEY
from whoholds.grounding.gazetteer.indexed import Index


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHOHOLDS_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "gazetteers"


def opened(tmp_path: Path) -> Gazetteer:
    return Gazetteer([embedded(tmp_path), *folder.added_indexes()])


def made(result: Added | Refused) -> Added:
    assert isinstance(result, Added), result
    return result


def refused(result: Added | Refused) -> Refused:
    assert isinstance(result, Refused), result
    return result


# GeoNames dumps


def test_a_dump_is_found_by_all_its_names(tmp_path: Path, data: Path) -> None:
    lines = [
        dump_line(7, "Kāfr Zāwiya", others="Kafr Zawya,كفر زاوية,Kefer Zavie", population=4200),
        dump_line(8, "Wādī Old", 33.0, 36.0, feature="H", kind="STM"),
    ]
    about = made(add(write(tmp_path / "XX.txt", lines))).about
    assert (about.kind, about.places, about.silent, about.skipped) == ("geonames", 2, 0, 0)
    gazetteer = opened(tmp_path)
    for name in ("Kafr Zawiya", "Kafr Zawya", "Kefer Zavie"):
        (found,) = gazetteer.candidates(name)
        assert (found.place.geonameid, found.place.country, found.place.population) == (7, "SY", 4200)
    assert gazetteer.candidates("Kafr Zawiya")[0].rank is Rank.NAME
    assert gazetteer.candidates("Kefer Zavie")[0].rank is Rank.ALTERNATE
    assert gazetteer.silent_names(gazetteer.candidates("Kafr Zawiya")[0]) == ("كفر زاوية",)
    assert gazetteer.candidates("Wadi Old")[0].place.feature == "H"


def test_a_transliteration_of_an_added_town(tmp_path: Path, data: Path) -> None:
    made(add(write(tmp_path / "XX.txt", [dump_line(7, "Zhordanivka", population=20_000), dump_line(8, "Hordzanivka", 1, 1)])))
    gazetteer = opened(tmp_path)
    assert [place.geonameid for place in gazetteer.lookup("Zhordanyvka")] == [7]


@pytest.mark.parametrize("packing", ["plain", "crlf", "bom", "zip", "gzip", "no end"])
def test_files_as_they_come(tmp_path: Path, data: Path, packing: str) -> None:
    text = "".join(dump_line(i, f"Village {i}") + "\n" for i in range(1, 50)).encode()
    path = tmp_path / "XX.txt"
    match packing:
        case "zip":
            path = tmp_path / "XX.zip"
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("readme.txt", "Readme for GeoNames")
                archive.writestr("XX.txt", text)
        case "gzip":
            path = tmp_path / "XX.txt.gz"
            path.write_bytes(gzip.compress(text))
        case "bom":
            path.write_bytes(b"\xef\xbb\xbf" + text)
        case "crlf":
            path.write_bytes(text.replace(b"\n", b"\r\n"))
        case "no end":
            path.write_bytes(text.rstrip(b"\n"))
        case _:
            path.write_bytes(text)
    assert made(add(path)).about.places == 49
    assert opened(tmp_path).lookup("Village 49")[0].geonameid == 49


BAD_LINES = [
    (dump_line(lat="north"), "the latitude 'north' is no number"),
    (dump_line(lat=""), "the latitude is missing"),
    (dump_line(lat="nan"), "the latitude 'nan' is no number"),
    (dump_line(lat=91), "the latitude 91 is not between -90 and 90"),
    (dump_line(lat=36.25, lon=190), "the longitude 190 is not between -180 and 180"),
    (dump_line(lat=120.5, lon=34.5), "latitude and longitude may be exchanged"),
    (dump_line(name=""), "the name is missing"),
    (dump_line(name="x" * 201), "201 characters"),
    (dump_line(feature="Q"), "the feature class 'Q'"),
    (dump_line(country="Syria"), "the country code 'Syria'"),
    (dump_line(population="many"), "the population 'many'"),
    (dump_line() + "\tmore", "20 columns, not 19"),
    ("9\tOld Mill\t34.5\t36.25", "4 columns, not 19"),
    (dump_line().replace("\t", ",", 3), "16 columns, not 19"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES, ids=[reason for _, reason in BAD_LINES])
def test_a_bad_line_refuses_the_file(tmp_path: Path, data: Path, line: str, reason: str) -> None:
    told = refused(add(write(tmp_path / "XX.txt", [dump_line(1), dump_line(2), line, dump_line(4)])))
    assert (told.bad, told.lines) == (1, 4)
    assert told.shown[0].line == 3
    assert reason in told.shown[0].reason
    assert not list(data.iterdir())


def test_the_one_in_use_is_left_when_a_file_is_refused(tmp_path: Path, data: Path) -> None:
    made(add(write(tmp_path / "XX.txt", [dump_line(1, "Kept")])))
    before = folder.path_of("mine").read_bytes()
    refused(add(write(tmp_path / "XX.txt", [dump_line(1, "Lost"), "bad"])))
    assert folder.path_of("mine").read_bytes() == before
    assert opened(tmp_path).lookup("Kept")


def test_bad_lines_are_left_out_if_asked(tmp_path: Path, data: Path) -> None:
    lines = [dump_line(1, "Good"), *("bad\tline" for _ in range(30)), dump_line(2, "Fine")]
    result = made(add(write(tmp_path / "XX.txt", lines), skip_bad=True))
    assert (result.about.places, result.about.skipped, len(result.shown)) == (2, 30, 20)
    assert result.skipped
    assert result.skipped.read_text().splitlines()[0] == "2\t2 columns, not 19"
    assert len(result.skipped.read_text().splitlines()) == 30


def test_every_bad_line_is_counted_and_twenty_shown(tmp_path: Path, data: Path) -> None:
    lines = [dump_line(i, lat="x" if i % 2 else 1) for i in range(1, 101)]
    told = refused(add(write(tmp_path / "XX.txt", lines)))
    assert (told.bad, [bad.line for bad in told.shown]) == (50, list(range(1, 40, 2)))


def test_latin_1(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "XX.txt"
    path.write_bytes("".join(dump_line(i, "Málaga") + "\n" for i in range(1, 4)).encode("latin-1"))
    told = refused(add(path))
    assert [bad.line for bad in told.shown] == [1, 2, 3]
    assert "not UTF-8: byte 0xE1 at column 4" in told.shown[0].reason
    assert "iconv -f LATIN1" in told.hint


def test_a_cut_off_last_line(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "XX.txt"
    path.write_text(dump_line(1) + "\n" + dump_line(2)[:40], encoding="utf-8")
    told = refused(add(path))
    assert told.shown[0].line == 2
    assert "cut off" in told.shown[0].reason
    assert "download" in told.hint


UNREADABLE: list[tuple[str, Callable[[Path], object], str]] = [
    ("missing", lambda path: None, "no such file"),
    ("directory", lambda path: path.mkdir(), "is a directory"),
    ("empty", lambda path: path.write_bytes(b""), "is empty"),
    ("blank", lambda path: path.write_bytes(b"\n \n"), "is empty"),
    ("UTF-16", lambda path: path.write_bytes((dump_line() + "\n").encode("utf-16")), ":1: is in UTF-16"),
    ("binary", lambda path: path.write_bytes(b"text\n\x00\x01"), ":2: is no text"),
    ("HTML", lambda path: path.write_bytes(b"<html>404</html>"), ":1: is XML or HTML"),
    ("JSON list", lambda path: path.write_bytes(b"[1, 2]"), ":1: is a JSON list"),
    (
        "no header",
        lambda path: path.write_bytes(b"Homs,34.7,36.7\n"),
        ":1: no column for a name and a latitude and a longitude",
    ),
    ("header alone", lambda path: path.write_bytes(b"name,lat,lon\n"), "holds no places"),
    ("commas for tabs", lambda path: path.write_text(dump_line().replace("\t", ",")), "found are '900000001', 'Old Mill'"),
    ("alternate names", lambda path: path.write_text("1\t2\ten\tGoma\t1\t\t\t\n"), "alternate names, and no places"),
    ("cut off zip", lambda path: path.write_bytes(_zipped(9000)[:5000]), "is no whole zip archive"),
    ("damaged zip", lambda path: path.write_bytes(_damaged(_zipped(9000))), "damaged"),
    ("zip of pictures", lambda path: path.write_bytes(_zipped(1, "a.png")), "a zip archive with a.png"),
    (
        "cut off gzip",
        lambda path: path.write_bytes(gzip.compress(os.urandom(9000).hex().encode())[:5000]),
        "damaged or cut off",
    ),
    ("endless line", lambda path: path.write_bytes(b"name,lat,lon\n" + b"x" * 4_000_100), ":2: the line is longer"),
    ("open quote", lambda path: path.write_bytes(b'name,lat,lon\n"x,1,2\n' + b"y,1,2\n" * 30_000), ":2: cannot be read"),
]


def _zipped(lines: int, member: str = "XX.txt") -> bytes:
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, "".join(dump_line(i, f"V{i * 7919 % 10007}") + "\n" for i in range(1, lines + 1)))
    return buffer.getvalue()


def _damaged(archive: bytes) -> bytes:
    middle = len(archive) // 2
    return archive[:middle] + bytes(255 - byte for byte in archive[middle : middle + 200]) + archive[middle + 200 :]


@pytest.mark.parametrize(("write_it", "message"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE])
def test_a_file_that_is_no_gazetteer(tmp_path: Path, data: Path, write_it: Callable[[Path], object], message: str) -> None:
    path = tmp_path / "file"
    write_it(path)
    with pytest.raises(GazetteerError, match=re.escape(message)) as error:
        add(path)
    assert error.value.hint
    assert not data.exists() or not list(data.iterdir())


# Going on


class InterruptionError(Exception):
    pass


@pytest.mark.parametrize("kind", ["dump", "zip", "table", "geojson"])
def test_an_interrupted_run_goes_on(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(adding, "BATCH", 10)
    path = tmp_path / "places.txt"
    if kind == "table":
        write(path, ["name,lat,lon,aliases", *(f'"Town\n{i}",{i},1,Alias {i}' for i in range(57))])
    elif kind == "geojson":
        features = [feature(f"Town {i}", f'{{"type": "Point", "coordinates": [1, {i}]}}') for i in range(57)]
        write(path, ['{"type": "FeatureCollection", "features": [', ",\n".join(features), "]}"])
    else:
        write(path, [dump_line(i + 1, f"Town {i}", i) for i in range(57)])
        if kind == "zip":
            with zipfile.ZipFile(tmp_path / "places.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(path, "places.txt")
            path = tmp_path / "places.zip"
    made(add(path, "whole"))
    steps = []

    def stop(step: adding.Step) -> None:
        steps.append(step.lines)
        if len(steps) == 3:
            raise InterruptionError

    with pytest.raises(InterruptionError):
        add(path, "parted", progress=stop)
    assert folder.drafts() == ["parted"]
    assert not folder.path_of("parted").exists()
    told: list[str] = []
    made(add(path, "parted", told=told, progress=lambda step: steps.append(step.lines)))
    assert f"after line {steps[2]:,}" in told[0]
    assert folder.drafts() == []
    assert content("parted") == content("whole")


def content(name: str) -> dict[str, list[object]]:
    connection = sqlite3.connect(folder.path_of(name))
    try:
        return {
            table: connection.execute(f"select * from {table}").fetchall() for table in ("place", "name", "spelling", "silent")
        }
    finally:
        connection.close()


def test_a_changed_file_is_begun_anew(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "BATCH", 10)
    path = write(tmp_path / "XX.txt", [dump_line(i + 1, f"Old {i}") for i in range(30)])

    def stop(step: adding.Step) -> None:
        raise InterruptionError

    with pytest.raises(InterruptionError):
        add(path, progress=stop)
    write(path, [dump_line(i + 1, f"New {i}") for i in range(31)])
    told: list[str] = []
    assert made(add(path, told=told)).about.places == 31
    assert "begun anew" in told[0]
    assert opened(tmp_path).lookup("Old 3") == ()


def test_a_draft_that_is_damaged_is_begun_anew(tmp_path: Path, data: Path) -> None:
    data.mkdir(parents=True)
    folder.draft_of("mine").write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    assert made(add(write(tmp_path / "XX.txt", [dump_line()]))).about.places == 1


def test_two_at_once(tmp_path: Path, data: Path) -> None:
    path = write(tmp_path / "XX.txt", [dump_line()])

    def second(step: adding.Step) -> None:
        with pytest.raises(GazetteerError, match="another process"):
            add(path)
        raise InterruptionError

    with pytest.raises(InterruptionError):
        add(path, progress=second)


# Tables


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table(tmp_path: Path, data: Path, delimiter: str) -> None:
    rows = [
        ["Toponym", "Lat", "Long", "ISO3", "Alias", "Type", "Pop", "remark"],
        ['"Old ""Mill"""', "34.5", "36.25", "SYR", "Mill One/Tahuna", "village", "1200", "x"],
        ["Gate", "-1.5", "29", "COD", "", "border crossing", "", ""],
    ]
    result = made(add(write(tmp_path / "mine.csv", [delimiter.join(row) for row in rows])))
    assert result.about.places == 2
    assert "columns not used: remark" in result.notes
    gazetteer = opened(tmp_path)
    (mill,) = gazetteer.candidates('Old "Mill"')
    assert (mill.place.country, mill.place.feature, mill.place.population) == ("SY", "P", 1200)
    (gate,) = gazetteer.candidates("Gate")
    assert (gate.place.country, gate.place.feature, gate.place.lat) == ("CD", "S", -1.5)


@pytest.mark.parametrize("cell", ["One;Two", "One|Two", "One, Two"])
def test_aliases(tmp_path: Path, data: Path, cell: str) -> None:
    made(add(write(tmp_path / "mine.tsv", ["name\taliases\ty\tx", f"Main\t{cell}\t1\t2"])))
    gazetteer = opened(tmp_path)
    for name in ("Main", "One", "Two"):
        assert [place.name for place in gazetteer.lookup(name)] == ["Main"]


@pytest.mark.parametrize("told", ["SY", "syr", "Syria"])
def test_countries_of_a_table(tmp_path: Path, data: Path, told: str) -> None:
    made(add(write(tmp_path / "mine.csv", ["place,latitude,longitude,country", f"Hut,34,36,{told}"])))
    assert opened(tmp_path).lookup("Hut")[0].country == "SY"


def test_a_country_for_a_table_without_one(tmp_path: Path, data: Path) -> None:
    path = write(tmp_path / "mine.csv", ["name,lat,lng", "Hut,34,36"])
    assert "--country" in made(add(path)).notes[0]
    assert made(add(path, country="SY")).notes == ()
    assert opened(tmp_path).lookup("Hut")[0].country == "SY"


def test_a_comma_for_the_point(tmp_path: Path, data: Path) -> None:
    made(add(write(tmp_path / "mine.csv", ["name;lat;lon", "Hut;34,5;36,25"])))
    assert opened(tmp_path).lookup("Hut")[0].lat == 34.5


BAD_ROWS = [
    ("Hut,34", "2 columns, not 4 as in the header"),
    ("Hut,34,36,Atlantis", "'Atlantis' is no country"),
    (",34,36,SY", "the name is missing"),
    ("Hut,34.x,36,SY", "the latitude '34.x' is no number"),
    ("Hut,134,36,SY", "exchanged"),
]


@pytest.mark.parametrize(("row", "reason"), BAD_ROWS, ids=[reason for _, reason in BAD_ROWS])
def test_a_bad_row(tmp_path: Path, data: Path, row: str, reason: str) -> None:
    lines = ["name,lat,lon,country", '"two\nlines",1,1,SY', "", row]
    (bad,) = refused(add(write(tmp_path / "mine.csv", lines))).shown
    assert bad.line == 5
    assert reason in bad.reason


# GeoJSON


def feature(name: str, geometry: str) -> str:
    return f'{{"type": "Feature", "properties": {{"name": "{name}", "country": "SY"}}, "geometry": {geometry}}}'


POINT = '{"type": "Point", "coordinates": [36.25, 34.5, 400]}'
SQUARE = '{"type": "Polygon", "coordinates": [[[36, 34], [37, 34], [37, 35], [36, 35], [36, 34]]]}'
LINE = '{"type": "LineString", "coordinates": [[36, 34], [37, 35]]}'
BOTH = f'{{"type": "GeometryCollection", "geometries": [{POINT}, {LINE}]}}'


@pytest.mark.parametrize("indent", ["", "\n  "])
def test_geojson(tmp_path: Path, data: Path, indent: str) -> None:
    features = ",".join(indent + feature(*one) for one in [("Dot", POINT), ("Square", SQUARE), ("Line", LINE), ("Both", BOTH)])
    text = f'{{"name": "x", "features": [{features}{indent}], "type": "FeatureCollection", "crs": {{"a": [1]}}}}'
    about = made(add(write(tmp_path / "mine.geojson", [text]))).about
    assert (about.kind, about.places) == ("geojson", 4)
    gazetteer = opened(tmp_path)
    (dot,) = gazetteer.lookup("Dot")
    assert (dot.lat, dot.lon, dot.radius_m) == (34.5, 36.25, 1000)
    for name in ("Square", "Line", "Both"):
        (shape,) = gazetteer.lookup(name)
        assert (shape.lat, shape.lon) == (34.5, 36.5)
        assert 70_000 < shape.radius_m < 75_000


def test_features_a_line_each(tmp_path: Path, data: Path) -> None:
    assert made(add(write(tmp_path / "mine.geojsonl", [feature("Dot", POINT), feature("Square", SQUARE)]))).about.places == 2


BAD_FEATURES = [
    (feature("Dot", '{"type": "Point", "coordinates": [34.5, 136.25]}'), "exchanged"),
    (feature("Dot", '{"type": "Point", "coordinates": [4000000, 136]}'), "degrees"),
    (feature("Dot", '{"type": "Point", "coordinates": ["a", 1]}'), "is no position"),
    (feature("Dot", "null"), "no geometry"),
    (feature("", POINT), "the name is missing"),
    ('{"type": "Feature", "properties": {"label2": 1}, "geometry": ' + POINT + "}", "its properties are: label2"),
    ("17", "is none"),
]


@pytest.mark.parametrize(("text", "reason"), BAD_FEATURES, ids=[reason for _, reason in BAD_FEATURES])
def test_a_bad_feature(tmp_path: Path, data: Path, text: str, reason: str) -> None:
    lines = ['{"type": "FeatureCollection", "features": [', feature("Dot", POINT) + ",", text, "]}"]
    (bad,) = refused(add(write(tmp_path / "mine.geojson", lines))).shown
    assert bad.line == 3
    assert reason in bad.reason


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"features": [\n' + feature("Dot", POINT), 2),
        ('{"features": [\n' + feature("Dot", POINT)[:-30], 2),
        ('{"features": [\n' + feature("Dot", POINT) + "\n" + feature("Dot", POINT) + "]}", 3),
        ('{"features": [\n' + feature("Dot", POINT) + ",\nnone]}", 3),
        ('{"type": "Topology"}', 1),
        ('{[1]: 2, "features": []}', 1),
        ('{"features": 17}', 1),
        ('{"features": [' + "[" * 100_000, 1),
    ],
)
def test_json_that_is_not_whole(tmp_path: Path, data: Path, text: str, line: int) -> None:
    path = tmp_path / "mine.geojson"
    path.write_text(text)
    with pytest.raises(GazetteerError, match=rf"mine\.geojson:{line}: is"):
        add(path)
    assert not list(data.glob("*")) and not folder.drafts()


# Beside the embedded one


def test_one_place_is_told_once_as_the_embedded_one_has_it(tmp_path: Path, data: Path) -> None:
    plain = Gazetteer([embedded(tmp_path)])
    (goma, _) = plain.candidates("Goma")
    lines = [
        dump_line(goma.place.geonameid or 0, "Gomah", -1.7, 29.2, others="Ngoma City", country="CD", population=99),
        dump_line(11, "Goma", -1.67, 29.23, country="CD", population=670_000),
        dump_line(12, "Goma", 5.0, 20.0, country="CD"),
        dump_line(13, "Goma", -1.66, 29.22, country="CD", feature="S", kind="HTL"),
    ]
    made(add(write(tmp_path / "XX.txt", lines)))
    gazetteer = opened(tmp_path)
    assert [item.place.geonameid for item in gazetteer.candidates("Ngoma City")] == [goma.place.geonameid]
    assert gazetteer.candidates("Ngoma City")[0].place == goma.place
    found = gazetteer.candidates("Goma")
    assert [item.place for item in found][:2] == [item.place for item in plain.candidates("Goma")]
    assert {item.place.geonameid for item in found[2:]} == {12, 13}
    assert gazetteer.holders(found[0]) == ("embedded", "mine")
    assert gazetteer.holders(found[1]) == ("embedded",)


def test_an_area_may_have_its_point_elsewhere_on_its_ground(tmp_path: Path, data: Path) -> None:
    lines = [dump_line(21, "Kherson Oblast", 46.5, 33.5, others="Khersonshchyna", feature="A", kind="ADM1", country="UA")]
    made(add(write(tmp_path / "XX.txt", lines)))
    (found,) = opened(tmp_path).lookup("Khersonshchyna")
    assert (found.name, found.geonameid, found.lon) == ("Kherson Oblast", None, 32.62)


def test_minor_features_come_last_and_are_limited(tmp_path: Path, data: Path) -> None:
    lines = [dump_line(i, "Chicago", i / 10, 10, country="CM", feature="S", kind="FRM") for i in range(1, 200)]
    made(add(write(tmp_path / "XX.txt", lines)))
    found = opened(tmp_path).candidates("Chicago")
    assert found[0].place.country == "US"
    assert len(found) == PER_KEY
    assert found[1].prominence < 1.0


def test_countries_and_their_names_in_other_languages(tmp_path: Path, data: Path) -> None:
    line = dump_line(
        69543, "Republic of Yemen", 15.5, 47.5, feature="A", kind="PCLI", country="YE", others="Gemen", population=3 * 10**7
    )
    made(add(write(tmp_path / "XX.txt", [line])))
    gazetteer = opened(tmp_path)
    assert [item.is_country for item in gazetteer.candidates("Republic of Yemen")] == [True]
    assert gazetteer.candidates("Gemen") == ()


def test_ones_own_list_goes_before_a_dump(tmp_path: Path, data: Path) -> None:
    made(add(write(tmp_path / "a.txt", [dump_line(5, "Hut", 34, 36)]), "a-dump"))
    made(add(write(tmp_path / "b.csv", ["name,lat,lon,country", "Hut,34.001,36.001,SY"]), "z-own"))
    (found,) = opened(tmp_path).lookup("Hut")
    assert found.geonameid is None


def test_a_damaged_one_is_told_and_left_out(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(add(write(tmp_path / "XX.txt", [dump_line(i, f"Town {i}") for i in range(1, 2000)])))
    made(add(write(tmp_path / "YY.txt", [dump_line(3, "Fine")]), "fine"))
    path = folder.path_of("mine")
    whole = path.read_bytes()
    for broken in (b"", whole[:100], b"no database" * 1000):
        path.write_bytes(broken)
        gazetteer = opened(tmp_path)
        assert gazetteer.lookup("Fine") and gazetteer.lookup("Goma")
        told = capsys.readouterr().err
        assert "'mine' cannot be used" in told and "gazetteer remove mine" in told
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    gazetteer = opened(tmp_path)
    assert gazetteer.lookup("Fine") and not gazetteer.lookup("Town 7")
    assert gazetteer.lookup("Goma")
    assert capsys.readouterr().err.count("'mine' cannot be used") == 1


def test_of_two_added_ones_the_damaged_one_is_left_out(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [dump_line(i, f"Town {i}", i % 80) for i in range(1, 2000)]
    made(add(write(tmp_path / "XX.txt", lines), "a"))
    made(add(write(tmp_path / "YY.txt", lines), "b"))
    whole = folder.path_of("a").read_bytes()
    folder.path_of("a").write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    gazetteer = opened(tmp_path)
    assert [item.place.geonameid for item in gazetteer.candidates("Town 7")] == [7]
    told = capsys.readouterr().err
    assert "'a' cannot be used" in told and "'b'" not in told


def test_an_index_of_another_version_is_left_out(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made(add(write(tmp_path / "XX.txt", [dump_line(7)])))
    monkeypatch.setattr(folder, "FORMAT", folder.FORMAT + 1)
    assert list(folder.added_indexes()) == []
    assert "another version" in capsys.readouterr().err


def test_remove(tmp_path: Path, data: Path) -> None:
    made(add(write(tmp_path / "XX.txt", [dump_line(), "bad"]), skip_bad=True))
    folder.remove("mine")
    assert list(data.iterdir()) == []
    with pytest.raises(GazetteerError, match="there is no added gazetteer 'mine'"):
        folder.remove("mine")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("/x/SY.zip", "sy"),
        ("allCountries.txt", "allcountries"),
        ("My Places (2).geo.json", "my-places-2-geo"),
        ("عربي.csv", "added"),
        ("embedded.csv", "added"),
        ("a.TXT.gz", "a"),
    ],
)
def test_names_made_of_files(file: str, name: str) -> None:
    assert folder.name_for(file) == name
    assert folder.checked_name(name) == name


@pytest.mark.parametrize("name", ["", "..", "a/b", "embedded", "-x", "x" * 65, "é"])
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(GazetteerError):
        folder.checked_name(name)


def test_an_index_opens_without_being_read(tmp_path: Path, data: Path) -> None:
    path = made(add(write(tmp_path / "XX.txt", [dump_line()]))).path
    assert Index(path, "mine").size() == (1, 1)


# Properties

NAMES = st.text(st.characters(min_codepoint=0x41, max_codepoint=0x24F, categories=["Lu", "Ll"]), min_size=2, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(NAMES, st.lists(NAMES, max_size=3), st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 10**7)),
        min_size=1,
        max_size=8,
    )
)
def test_every_name_leads_to_its_place(
    tmp_path: Path, data: Path, places: list[tuple[str, list[str], float, float, int]]
) -> None:
    lines = [
        dump_line(10**9 + i, name, lat, lon, others=",".join(others), population=people, country="")
        for i, (name, others, lat, lon, people) in enumerate(places)
    ]
    about = made(add(write(tmp_path / "XX.txt", lines))).about
    assert about.places == len(places)
    index = Index(folder.path_of("mine"))
    gazetteer = Gazetteer([index])
    for i, (name, others, lat, lon, people) in enumerate(places):
        for one in (name, *(other for other in others if not (len(other) <= 4 and other.isupper()))):
            if len(fold(one)) > 1:
                found = [item.place for item in gazetteer.candidates(one) if item.place.geonameid == 10**9 + i]
                assert found or len(gazetteer.candidates(one)) == PER_KEY, one
                assert all((place.lat, place.lon, place.population) == (lat, lon, people) for place in found)
    index.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=200).map(lambda text: ("name,lat,lon\n" + text).encode("utf-8", "replace"))
    )
)
def test_no_file_raises_anything_else(tmp_path: Path, data: Path, content: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    try:
        result = add(path)
    except GazetteerError as error:
        assert error.message.startswith(str(path)) and error.hint
        assert not folder.drafts()
    else:
        assert isinstance(result, Added) or result.bad


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(
    st.integers(0, 8),
    st.integers(0, 18),
    st.text(st.characters(exclude_characters="\t\n\r", exclude_categories=["Cs"]), max_size=6),
)
def test_a_changed_cell_is_read_or_refused_with_its_line(tmp_path: Path, data: Path, row: int, column: int, cell: str) -> None:
    lines = [dump_line(i + 1, f"Town {i}") for i in range(9)]
    cells = lines[row].split("\t")
    cells[column] = cell
    lines[row] = "\t".join(cells)
    try:
        result = add(write(tmp_path / "XX.txt", lines))
    except GazetteerError as error:  # the first line tells what kind of file it is
        assert row == 0 or "\0" in cell, error.message
        return
    if isinstance(result, Refused):
        assert [bad.line for bad in result.shown] == [row + 1]
    else:
        assert result.about.places in (9, 8)


@pytest.mark.parametrize(
    "line",
    [
        '{"type":"Feature","properties":{"name":"K\\ud800k"},"geometry":{"type":"Point","coordinates":[1,2]}}',
        '{"type":"Feature","properties":{"name":"Kek","country":"\\udc00"},"geometry":{"type":"Point","coordinates":[1,2]}}',
    ],
    ids=["name", "country"],
)
def test_halves_of_surrogate_pairs_are_bad_lines(tmp_path: Path, data: Path, line: str) -> None:
    assert isinstance(add(write(tmp_path / "mine.geojsonl", [feature("Dot", POINT), line])), Refused)


def test_numbers_without_end_are_no_json(tmp_path: Path, data: Path) -> None:
    endless = "9" * 5000
    text = f'{{"type":"Feature","properties":{{"name":"Kek"}},"geometry":{{"type":"Point","coordinates":[{endless},2]}}}}'
    with pytest.raises(GazetteerError, match="digits"):
        add(write(tmp_path / "mine.geojson", [f'{{"type":"FeatureCollection","features":[{text}]}}']))

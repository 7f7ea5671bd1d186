"""GeoNames' names of divisions: placed by their id, or amid the towns known to lie in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.grounding.gazetteer.dumps import dump_line, embedded, write
from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.gazetteer.added import adding, divisions, folder
from whoholds.grounding.gazetteer.added.adding import Added, Refused
from whoholds.grounding.gazetteer.indexed import Index
from whoholds.grounding.gazetteer.town_rows import TownRow


def town(country: str, admin1: str, lat: float, lon: float, population: int) -> tuple[str, TownRow]:
    row: dict[str, Any] = {"countrycode": country, "admin1code": admin1, "latitude": lat, "longitude": lon}
    return "1", TownRow({**row, "geonameid": 1, "name": "Town", "population": population, "alternatenames": []})


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOHOLDS_DATA", str(tmp_path / "data"))
    towns = [town("UA", "08", 46.6, 32.6, 280_000), town("UA", "08", 46.0, 34.0, 500), town("SY", "11", 34.7, 36.7, 9)]
    monkeypatch.setattr(divisions, "stream", lambda: iter(towns))


def add(tmp_path: Path, file: Path, name: str) -> Added | Refused:
    def indexes() -> list[Index]:
        return [embedded(tmp_path), *folder.added_indexes()]

    return adding.add(file, name=name, indexes=indexes, progress=lambda step: None, tell=print)


def test_first_order(tmp_path: Path) -> None:
    lines = [
        "UA.08\tKherson\tKherson\t706442",
        "SY.11\tḨimş Governorate\tHims Governorate\t169575",
        "XX.01\tNowhere\tNowhere\t5",
    ]
    result = add(tmp_path, write(tmp_path / "admin1CodesASCII.txt", lines), "admin1")
    assert isinstance(result, Added)
    assert (result.about.kind, result.about.places, result.about.unplaced) == ("divisions", 2, 1)
    gazetteer = Gazetteer([Index(folder.path_of("admin1"))])
    (kherson,) = gazetteer.lookup("Kherson")
    assert (kherson.lat, kherson.lon, kherson.feature, kherson.geonameid) == (46.6, 32.6, "A", 706442)
    assert 60_000 < kherson.radius_m < 70_000
    (hims,) = gazetteer.lookup("Hims")
    assert (hims.name, hims.country) == ("Ḩimş Governorate", "SY")


def test_second_order_needs_a_dump(tmp_path: Path) -> None:
    file = write(tmp_path / "admin2Codes.txt", ["SY.11.1101\tTall Kalakh\tTall Kalakh\t77", "SY.11.1102\tOther\tOther\t78"])
    with pytest.raises(adding.GazetteerError, match="no places"):
        add(tmp_path, file, "admin2")
    add(
        tmp_path,
        write(tmp_path / "SY.txt", [dump_line(1, "Village", 34.6, 36.2, population=50), dump_line(2, "Hut", 34.7, 36.3)]),
        "sy",
    )
    result = add(tmp_path, file, "admin2")
    assert isinstance(result, Added)
    assert (result.about.places, result.about.unplaced) == (1, 1)
    (found,) = Gazetteer([Index(folder.path_of("admin2"))]).lookup("Tall Kalakh")
    assert (found.lat, found.lon) == (34.6, 36.2)


def test_a_division_whose_id_is_known_stands_there(tmp_path: Path) -> None:
    add(tmp_path, write(tmp_path / "UA.txt", [dump_line(706442, "Kherson Area", 46.5, 33.5, feature="A", kind="ADM1")]), "ua")
    add(tmp_path, write(tmp_path / "admin1.txt", ["UA.08\tKhersonska\tKhersonska\t706442"]), "admin1")
    (found,) = Gazetteer([embedded(tmp_path), *folder.added_indexes()]).lookup("Khersonska")
    assert (found.lat, found.lon) == (46.5, 33.5)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("UA\tKherson\tKherson\t1", "the code 'UA'"),
        ("UA.08\t\t\t1", "the name is missing"),
        ("UA.08\tKherson\tKherson\tx", "the GeoNames id 'x'"),
        ("UA.08\tKherson\tKherson", "3 columns, not 4"),
    ],
)
def test_a_bad_line(tmp_path: Path, line: str, reason: str) -> None:
    result = add(tmp_path, write(tmp_path / "admin1.txt", ["UA.08\tKherson\tKherson\t706442", line]), "admin1")
    assert isinstance(result, Refused)
    assert (result.shown[0].line, reason in result.shown[0].reason) == (2, True)

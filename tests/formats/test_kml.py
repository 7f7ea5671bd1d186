"""KML: well-formed whatever reports say, with the days and a style for each side."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given

from tests.formats.exported import HARM
from tests.strategies import names
from whoholds.formats.kml import kml_text, place_placemark
from whoholds.model import Site
from whoholds.questions.extract import Extract

KML = "{http://www.opengis.net/kml/2.2}"
ALL = ("holdings", "incidents", "places")


def placemarks(extract: Extract, what: str) -> list[ET.Element]:
    return list(ET.fromstring("".join(kml_text(extract, [what]))).iter(f"{KML}Placemark"))


def text(element: ET.Element, path: str) -> str | None:
    return element.findtext("/".join(f"{KML}{name}" for name in path.split("/")))


def test_a_holding_has_its_days_and_the_style_of_its_side(extract: Extract) -> None:
    document = ET.fromstring("".join(kml_text(extract, ALL)))
    styles = {f"#{style.get('id')}" for style in document.iter(f"{KML}Style")}
    kalbajar = [mark for mark in placemarks(extract, "holdings") if str(text(mark, "name")).startswith("Kalbajar")]
    assert [text(mark, "name") for mark in kalbajar] == ["Kalbajar: Armenia", "Kalbajar: Azerbaijan"]
    assert [text(mark, "TimeSpan/begin") for mark in kalbajar] == [None, "2020-11-25"]
    assert [text(mark, "TimeSpan/end") for mark in kalbajar] == ["2020-11-24", None]
    assert text(kalbajar[0], "Point/coordinates") == "46.0367,40.1068"
    used = [text(mark, "styleUrl") for mark in placemarks(extract, "holdings")]
    assert set(used) <= styles
    assert used[0] != used[1]


def test_what_is_disputed_says_so(extract: Extract) -> None:
    (bakhmut,) = [mark for mark in placemarks(extract, "holdings") if str(text(mark, "name")).startswith("Bakhmut")]
    assert str(text(bakhmut, "name")).endswith("(disputed)")
    assert str(text(bakhmut, "styleUrl")).endswith("-open")


def test_an_incident_has_its_day_or_days(extract: Extract) -> None:
    marks = placemarks(extract, "incidents")
    assert "2023-03-05" in {text(mark, "TimeStamp/when") for mark in marks}
    (protest,) = [mark for mark in marks if text(mark, "name") == "PROTEST"]
    assert (text(protest, "TimeSpan/begin"), text(protest, "TimeSpan/end")) == ("2023-04-01", "2023-04-30")
    assert protest.find(f"{KML}Point") is None


def test_colours_differ_and_are_written_as_kml_writes_them(extract: Extract) -> None:
    document = ET.fromstring("".join(kml_text(extract, ["holdings"])))
    colours = {style.get("id"): text(style, "IconStyle/color") for style in document.iter(f"{KML}Style")}
    assert colours["side-0"] == "ff009fe6"  # E69F00: blue 00, green 9f, red e6
    assert len({colours["side-0"], colours["side-1"], colours["side-nobody"]}) == 3


def test_markup_of_reports_is_not_obeyed(extract: Extract) -> None:
    written = "".join(kml_text(extract, ALL))
    assert "<script" not in written
    assert "<b>" not in written
    descriptions = [text(mark, "description") or "" for what in ALL for mark in placemarks(extract, what)]
    assert not [one for one in descriptions if re.search("<[a-z/]", one)]  # as a browser would take it
    values = {value.text for mark in placemarks(extract, "holdings") for value in mark.iter(f"{KML}value")}
    assert HARM in values


@given(names)
def test_any_name_is_well_formed(name: str) -> None:
    ET.fromstring(place_placemark(Site(f"name:{name}", name)))


def test_nothing_is_an_empty_document(nothing: Extract) -> None:
    document = ET.fromstring("".join(kml_text(nothing, ALL)))
    assert len(list(document.iter(f"{KML}Folder"))) == 3
    assert list(document.iter(f"{KML}Placemark")) == []


def test_pyogrio_reads_it(extract: Extract, tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio", reason="pyogrio is not installed")
    if "KML" not in pyogrio.list_drivers():
        pytest.skip("this GDAL reads no KML")
    file = tmp_path / "war.kml"
    file.write_text("".join(kml_text(extract, ALL)), encoding="utf-8")
    assert [name for name, _ in pyogrio.list_layers(file)] == list(ALL)
    meta, _, geometry, data = pyogrio.raw.read(file, layer="holdings")
    rows = dict(zip(meta["fields"], data, strict=True))
    assert "Kalbajar: Azerbaijan" in set(rows["Name"])
    assert len(geometry) == len(list(extract.holdings()))

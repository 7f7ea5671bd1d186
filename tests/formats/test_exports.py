"""The table of formats: found by name and ending, honest about what each can hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from whoholds.formats import exports
from whoholds.formats.exports import FORMATS, KINDS, ExportError, FileFormat, TextFormat, format_called, format_of
from whoholds.questions.extract import Extract


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("war.geojson", "geojson"),
        ("WAR.GPKG", "gpkg"),
        ("war.parquet", "geoparquet"),
        ("war.kml", "kml"),
        ("war.csv", "csv"),
        ("war.hxl.csv", "csv"),
        ("war.acled.csv", "acled"),
        ("war.jsonl", "plover"),
        ("war.jsonld", "annotations"),
        ("war.json", "json"),
        ("war.txt", "notation"),
    ],
)
def test_the_ending_tells_the_format(name: str, found: str) -> None:
    one = format_of(Path("folder.kml") / name)
    assert one is not None
    assert one.name == found


@pytest.mark.parametrize("name", ["war", "war.xlsx", "geojson", ".whoholds"])
def test_other_endings_tell_none(name: str) -> None:
    assert format_of(Path(name)) is None


def test_formats_go_by_other_names_as_well() -> None:
    assert format_called("HXL") is FORMATS["csv"]
    assert format_called("geopackage") is FORMATS["gpkg"]
    assert format_called("shapefile") is None
    assert all(format_called(name) is one for name, one in FORMATS.items())
    assert set(exports._OTHER_NAMES.values()) <= set(FORMATS)


def test_each_format_holds_kinds_that_there_are() -> None:
    for one in FORMATS.values():
        assert set(one.usual) <= set(one.kinds) <= set(KINDS)
        assert isinstance(one, TextFormat) is not isinstance(one, FileFormat)


def test_a_kind_that_a_format_cannot_hold_is_refused() -> None:
    with pytest.raises(ExportError, match="cannot hold duties"):
        FORMATS["kml"].wanted(["duties"])
    with pytest.raises(ExportError, match="one kind"):
        FORMATS["csv"].wanted(["places", "duties"])
    assert FORMATS["gpkg"].wanted([]) == ("holdings", "incidents", "places")
    assert FORMATS["csv"].wanted([]) == ("holdings",)
    assert FORMATS["kml"].wanted(["places", "places"]) == ("places",)


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "find_spec", lambda name: None)
    with pytest.raises(ExportError) as error:
        FORMATS["gpkg"].check()
    assert "pyogrio and pyarrow" in error.value.message
    assert "whoholds[geo]" in error.value.hint
    FORMATS["geojson"].check()


TEXTS = [(one.name, kind) for one in FORMATS.values() if isinstance(one, TextFormat) for kind in one.kinds]


@pytest.mark.parametrize(("name", "kind"), TEXTS)
def test_a_text_format_gives_text_for_every_kind(name: str, kind: str, extract: Extract, nothing: Extract) -> None:
    one = FORMATS[name]
    assert isinstance(one, TextFormat)
    remarks: list[str] = []
    told = "".join(one.pieces(extract, [kind], remarks.append))
    empty = "".join(one.pieces(nothing, [kind], remarks.append))
    assert len(told) > len(empty)
    assert told == "".join(one.pieces(extract, [kind], remarks.append))


def test_what_is_left_out_is_told(extract: Extract) -> None:
    remarks: list[str] = []
    for name in ("acled", "plover"):
        one = FORMATS[name]
        assert isinstance(one, TextFormat)
        list(one.pieces(extract, ["incidents"], remarks.append))
    assert remarks[0].startswith("2 incidents left out: ")
    assert remarks[1].startswith("1 incident left out: ")

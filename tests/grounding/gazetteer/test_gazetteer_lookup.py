"""Looking up in a small index made for the purpose."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grounding.gazetteer.small import small_gazetteer
from whoholds.grounding.gazetteer import Gazetteer, Rank


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return small_gazetteer(tmp_path_factory.mktemp("gazetteer"))


def test_most_prominent_first(gazetteer: Gazetteer) -> None:
    assert [place.country for place in gazetteer.lookup("Goma")] == ["CD", "PH"]


def test_areas_are_included(gazetteer: Gazetteer) -> None:
    assert {place.feature for place in gazetteer.lookup("Kherson")} == {"A", "P"}


@pytest.mark.parametrize("name", ["Kalbajar", "kalbajar", "KELBAJAR", "Kəlbəcər", "Kelbadjar"])
def test_spellings_of_one_place(gazetteer: Gazetteer, name: str) -> None:
    assert [place.name for place in gazetteer.lookup(name)] == ["Kalbajar"]


def test_rank_tells_how_the_name_belongs(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Aleppo")[0].rank is Rank.NAME
    assert gazetteer.candidates("Kelbajar")[0].rank is Rank.ALIAS
    assert gazetteer.candidates("Haleb")[0].rank is Rank.ALTERNATE


@pytest.mark.parametrize("name", ["al-Hasakah", "Al Hasakah", "Hasakah", "el-Hasakah"])
def test_arabic_article(gazetteer: Gazetteer, name: str) -> None:
    assert [place.name for place in gazetteer.lookup(name)] == ["Al Hasakah"]


def test_transliteration_only_when_nothing_is_exact(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Kalbadzhar") == ()
    assert gazetteer.candidates("Kelbadjor") == ()
    assert [place.name for place in gazetteer.lookup("Kelbadjor")] == ["Kalbajar"]
    assert gazetteer.variants("Kelbadjor")[0].edits == 1


@pytest.mark.parametrize("name", ["Gaa", "Gomo", "Chikago Bulls", "Херсон", "", "!", "x" * 10_000])
def test_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == ()


def test_countries_are_known_without_an_entry(gazetteer: Gazetteer) -> None:
    found = gazetteer.candidates("the U.S.")
    assert found[0].is_country and found[0].place.country == "US"


def test_namesakes_are_limited(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.candidates("Springfield")) == 3


def test_no_file() -> None:
    with pytest.raises(FileNotFoundError):
        Gazetteer.open(Path("no such index.sqlite"))


def test_no_index(tmp_path: Path) -> None:
    path = tmp_path / "text.sqlite"
    path.write_text("this is no database, though it is longer than a header of one would be" * 20)
    with pytest.raises(sqlite3.DatabaseError):
        Gazetteer.open(path)


@given(st.text(max_size=60))
def test_no_name_raises(gazetteer: Gazetteer, name: str) -> None:
    for place in gazetteer.lookup(name):
        assert -90 <= place.lat <= 90

"""Names of ISO 3166-2 divisions as reports write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.grounding.gazetteer import Rank
from whoholds.grounding.gazetteer.iso_names import bare, names


def best(name: str, other: str | None, kind: str) -> list[str]:
    return [spelling for spelling, rank in names(name, other, kind) if rank < Rank.ALTERNATE]


@pytest.mark.parametrize(
    ("name", "other", "kind", "expected"),
    [
        ("Nueva Ecija", None, "Province", ["Nueva Ecija"]),
        ("Hubei Sheng", "湖北省 (zho), Hubei (eng)", "Province", ["Hubei"]),
        ("Asturias, Principado de", "Principality of Asturias (eng)", "Autonomous community", ["Asturias"]),
        ("Newry, Mourne and Down", None, "District", ["Newry, Mourne and Down"]),
        ("Catalunya [Cataluña]", "Catalonia (eng)", "Autonomous community", ["Catalonia", "Catalunya", "Cataluña"]),
        ("Isle of Anglesey [Sir Ynys Môn GB-YNM]", None, "Unitary authority", ["Isle of Anglesey"]),
        ("Durham, County", None, "Two-tier county", ["County Durham"]),
        (
            "Midtjylland",
            "Central Denmark (eng), Mid-Jutland (eng)",
            "Region",
            ["Central Denmark", "Mid-Jutland", "Midtjylland"],
        ),
        ("Northern Province", None, "Province", ["Northern Province"]),
        ("Nord", "Nò (hat), North (eng)", "Department", ["North Department", "Nord Department"]),
        ("Centre", None, "Atoll", []),
        ("Lara", None, "State", ["Lara State"]),
        ("Ilocos (Region I)", None, "Region", ["Ilocos"]),
    ],
)
def test_names(name: str, other: str | None, kind: str, expected: list[str]) -> None:
    assert best(name, other, kind) == expected


@pytest.mark.parametrize("nickname", ["Land of Promise", "The Lone Star State", "Granite City", "NCR", "Heart of Dixie"])
def test_nicknames_are_no_names(nickname: str) -> None:
    assert best("Akwa Ibom", f"{nickname} (eng)", "State") == ["Akwa Ibom"]


def test_spellings_in_other_languages_are_alternates() -> None:
    assert ("Lombardie", Rank.ALTERNATE) in names("Lombardia", "Lombardie (fra), Longobardia", "Region")
    assert ("Karenni", Rank.ALTERNATE) in names("Kayah", "Karenni (eng)", "State")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kabul Province", "kabul"),
        ("Provincia de Salta", "salta"),
        ("Northern Province", "northern province"),
        ("Al Hudaydah", "al hudaydah"),
    ],
)
def test_bare(name: str, key: str) -> None:
    assert bare(name) == key


@given(st.text(max_size=40), st.none() | st.text(max_size=60), st.text(max_size=12))
def test_any_text_is_read(name: str, other: str | None, kind: str) -> None:
    found = names(name, other, kind)
    assert len({spelling for spelling, _ in found}) == len(found)

"""What weighs more than what, and how words for kinds of places are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.grounding.gazetteer.added import features

CLASSES = st.sampled_from(sorted(features.CLASSES))
FOUND_ANYWHERE = 4.6  # as places/evidence.py has it
FOUND_WITH_CUE = 3.0


def weight(code: str, population: int = 0, alternates: int = 0) -> float:
    feature, _, kind = code.partition(".")
    return features.prominence(feature, kind, population, alternates)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (("P.PPLC", 50_000, 0), ("P.PPL", 250_000, 0)),
        (("P.PPLA", 0, 0), ("P.PPL", 900, 0)),
        (("P.PPL", 20_000, 0), ("A.ADM3", 20_000, 0)),
        (("A.ADM1", 0, 0), ("A.ADM2", 0, 0)),
        (("H.STM", 0, 60), ("H.STM", 0, 2)),
        (("S.AIRP", 0, 0), ("S.HTL", 0, 5)),
        (("P.PPL", 0, 0), ("S.FRM", 0, 0)),
    ],
)
def test_more(more: tuple[str, int, int], less: tuple[str, int, int]) -> None:
    assert weight(*more) > weight(*less)


@pytest.mark.parametrize("code", ["P.PPLC", "A.ADM1", "H.OCN", "A.PCLI"])
def test_found_anywhere(code: str) -> None:
    assert weight(code, 3_000_000 if code == "A.PCLI" else 0, 20) >= FOUND_ANYWHERE


@pytest.mark.parametrize("code", ["S.HTL", "S.FRM", "H.STM", "S.SCH", "L.LCTY", "T.HLL", "P.PPL", "A.ADM4", "S.NEW", "U.X"])
def test_not_found_even_where_words_speak_for_a_place(code: str) -> None:
    assert weight(code, 0, 1) < FOUND_WITH_CUE


@given(CLASSES, st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=5), st.integers(0, 2 * 10**9), st.integers(0, 500))
def test_any_feature(feature: str, code: str, population: int, alternates: int) -> None:
    assert 0 < features.prominence(feature, code, population, alternates) < 10.1
    assert 500 <= features.radius_m(feature, code, population) <= 2_000_000


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("P", ("P", "")),
        ("ppla2", ("P", "PPLA2")),
        ("S.HTL", ("S", "HTL")),
        ("Village", ("P", "")),
        ("refugee camp", ("S", "CMPRF")),
        ("gizmo", None),
        ("", None),
    ],
)
def test_words(word: str, kind: tuple[str, str] | None) -> None:
    assert features.by_word(word) == kind


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Kherson Oblast", "Kherson"),
        ("Province of Homs", ""),
        ("District", ""),
        ("Homs", ""),
        ("Old Town District", "Old Town"),
    ],
)
def test_without_type(name: str, bare: str) -> None:
    assert features.without_type(name) == bare

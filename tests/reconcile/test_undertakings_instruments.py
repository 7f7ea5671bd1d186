"""What texts call an instrument: general words part nothing, names and days do."""

from __future__ import annotations

import pytest

from whoholds.reconcile.undertakings.instruments import NAMELESS, alike, at_odds, instrument


@pytest.mark.parametrize(
    "name", [None, "", "accord", "the statement", "Agreement", "revised terms", "peace pact", "MoU", "May"]
)
def test_general_words_name_nothing(name: str | None) -> None:
    assert instrument(name) == NAMELESS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("announcement of November 9", "statement"),
        ("announcement of November 9", "Statement of 10 November 2020"),
        ("Final Agreement of 24 November 2016", "accord"),
        ("Minsk agreement", "Minsk protocol"),
        ("Pretoria Agreement", "deal struck in Pretoria"),
        ("peace accord of November 2006", "Accord of 21 November 2006"),
        ("the deal of 30 December 2020", "the deal of January 2"),
    ],
)
def test_names_of_one_paper(one: str, other: str) -> None:
    assert not at_odds(instrument(one), instrument(other))
    assert not at_odds(instrument(other), instrument(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minsk agreement", "Geneva statement"),
        ("announcement of November 9", "statement of 11 January 2021"),
        ("Agreement of 24 November 2016", "Agreement of 24 November 2018"),
        ("deal of 2018-12-13", "deal of 2019-05-01"),
    ],
)
def test_names_of_two_papers(one: str, other: str) -> None:
    assert at_odds(instrument(one), instrument(other))
    assert not alike(instrument(one), instrument(other))


def test_a_name_or_a_day_in_common_speaks_for_one_paper() -> None:
    assert alike(instrument("Minsk agreement"), instrument("Minsk II"))
    assert alike(instrument("statement of 9 November"), instrument("November 9 deal"))
    assert not alike(instrument("accord"), instrument("accord"))


def test_a_paper_bears_a_day_where_all_of_it_is_told() -> None:
    signed = instrument("Final Agreement of 24 November 2016").signed
    assert signed is not None
    assert signed.edtf == "2016-11-24"
    assert instrument("announcement of November 9").signed is None
    assert instrument("deal of 31 June 2020").signed is None

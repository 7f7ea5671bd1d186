"""Voices: who vouches for a claim, and for which side."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reconcile.reports import told
from whoholds.model import Actor, Side, Testimony
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.voices import Voice, voice_of


def said(by: str = "", *, outlet: str = "Agency", credits: tuple[str, ...] = ()) -> Testimony:
    """A claim that somebody says in an outlet; in the outlet's own voice where nobody does."""
    detail = f"\n  said by {by}; actual" if by else ""
    return told(outlet, "2022-11-11", f"2022-11-11 control Kherson: army [UKR MIL] gains{detail}", credits=credits)[0]


def voice(testimony: Testimony) -> Voice:
    return voice_of(testimony, Sides())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(said("General Staff [UKR MIL]"), said("Zelensky [UKR GOV]", outlet="Wire"), id="two speakers of a side"),
        pytest.param(said(credits=("AP",)), said(outlet="Daily", credits=("AP",)), id="two papers that credit one agency"),
        pytest.param(said(outlet="The  Wire"), said(outlet="wire"), id="an outlet written two ways"),
        pytest.param(said("Red Cross [NGO]"), said("the Red Cross [NGO]", outlet="Wire"), id="a named speaker in two outlets"),
        pytest.param(said("residents [CVL]"), said(), id="speakers without a name are the outlet's"),
        pytest.param(said("residents of Kalbajar [CVL]"), said(), id="residents of a place are the outlet's"),
        pytest.param(
            said("Red Cross officials [NGO]"), said("Red Cross officials [NGO]", outlet="Wire"), id="officials of one"
        ),
        pytest.param(said("Red Cross officials [NGO]"), said("the Red Cross [NGO]", outlet="Wire"), id="one and its officials"),
        pytest.param(said("ministry [UKR GOV], citing residents [CVL]"), said("ministry [UKR GOV]"), id="the nearest speaker"),
        pytest.param(said(outlet=""), said("residents [CVL]", outlet=""), id="outlets without a name"),
    ],
)
def test_one_voice(one: Testimony, other: Testimony) -> None:
    assert voice(one).key == voice(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(said("General Staff [UKR MIL]"), said("defence ministry [RUS MIL]"), id="two sides"),
        pytest.param(said(), said(outlet="Wire"), id="two outlets"),
        pytest.param(said("residents [CVL]"), said("residents [CVL]", outlet="Wire"), id="residents of two outlets"),
        pytest.param(said("officials [NGO]"), said("officials [NGO]", outlet="Wire"), id="officials of nobody in two outlets"),
        pytest.param(said("General Staff [UKR MIL]"), said(), id="a side and an outlet"),
    ],
)
def test_two_voices(one: Testimony, other: Testimony) -> None:
    assert voice(one).key != voice(other).key


def test_parties_speak_for_their_side_and_others_for_none() -> None:
    side = voice(said("General Staff [UKR MIL]")).side
    assert side and side.key == "UKR"
    for speaker in ("Red Cross [NGO]", "residents [UKR CVL]", "U.N. [IGO]", ""):
        assert voice(said(speaker)).side is None, speaker


def test_the_name_shown_says_who_it_was() -> None:
    assert voice(said("General Staff [UKR MIL]")).name == "General Staff"
    assert voice(said("residents [CVL]")).name == "residents (Agency)"
    assert voice(said(outlet="")).name == "an outlet not named"


class _State(Sides):
    """Sides on which a state's own agency is the state's."""

    def side_of(self, actor: Actor, day: date) -> Side:
        return Side("RUS", "Russia") if actor.name == "State Agency" else super().side_of(actor, day)


def test_an_outlet_that_an_alliance_puts_on_a_side_is_its_voice() -> None:
    outlet = voice_of(said(outlet="State Agency"), _State())
    ministry = voice_of(said("defence ministry [RUS MIL]", outlet="Wire"), _State())
    assert outlet.key == ministry.key and outlet.side == Side("RUS", "Russia")
    assert voice_of(said(outlet="Wire"), _State()).side is None

"""Undertakings of the gold articles' own claims: the clusters that a reader of all of them would make."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from whoholds.formats import claim_from_json
from whoholds.model import Claim, Document, Obligation, State, Testimony, Undertaking, site_of
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings import derive_undertakings

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "articles"
pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated articles are not beside this checkout")

# what a deadline history ends with, and what words of the articles belong together: article, beginning of the quote
STORIES = {
    "Kalbajar": (
        [
            ("kalbajar-01", "Armenia had to quit the district"),
            ("kalbajar-01", "Baku put the date back"),
            ("kalbajar-02", "agreed on November 15 to extend"),
            ("kalbajar-03", "By the announcement of November 9"),
            ("kalbajar-03", "it was given ten days"),
            ("kalbajar-04", "the timetable was plain: Kalbadjar"),
            ("kalbajar-04", "President Ilham Aliyev granted it"),
            ("agdam-01", "Kalbajar follows on November 25"),
        ],
        ["2020-11-15", "2020-11-25"],
        ("2020-11-25", State.MET_ON_TIME),
    ),
    "Lachin": (
        [
            ("kalbajar-01", "Lachin must follow"),
            ("kalbajar-02", "The Lachin district"),
            ("kalbajar-04", "Lachin on 1 December"),
            ("agdam-01", "Lachin on December 1"),
            ("lachin-01", "completing the hand-back"),
        ],
        ["2020-12-01"],
        ("2020-12-01", State.MET_ON_TIME),
    ),
    "Agdam": (
        [
            ("agdam-01", "It is the first of three"),
            ("kalbajar-04", "Agdam on 20 November"),
            ("kalbajar-01", "Aghdam, the first of three"),
        ],
        ["2020-11-20"],
        ("2020-11-20", State.MET_ON_TIME),
    ),
    "arms of the FARC": (
        [
            ("farc-01", "The guerrillas of the Revolutionary"),
            ("farc-02", "On 29 May the parties agreed"),
            ("farc-02", "the FARC-EP have complied"),
        ],
        ["2017-05-30", "2017-06-20"],
        ("2017-06-27", State.MET),
    ),
    "government of South Sudan": (
        [
            ("southsudan-01", "South Sudan's feuding parties on Friday"),
            ("southsudan-01", "The unity government was to take office"),
            ("southsudan-01", "It will now be formed"),
            ("southsudan-01", "the South Sudan Opposition Alliance proposed"),
            ("southsudan-02", "South Sudan's president and its main"),
            ("southsudan-02", "The date had already been shifted"),
            ("southsudan-03", "the unity government promised"),
        ],
        ["2019-05-12", "2019-11-12", "2020-02-20", "2020-02-22/2020-02-23"],
        ("2020-02-22", State.MET_LATE),
    ),
    "city of Hodeidah": (
        [
            ("hodeidah-01", "Monday came and went"),
            ("hodeidah-01", "both sides out of the city"),
            ("hodeidah-02", "Both camps had been due"),
        ],
        ["2019-01-07"],
        ("2019-01-07", State.BREACHED),
    ),
    "fighters in Libya": (
        [
            ("libya-01", "obliges foreign fighters"),
            ("libya-02", "Saturday was the day"),
            ("libya-02", "It passed without"),
        ],
        ["2021-01-23"],
        ("2021-01-23", State.BREACHED),
    ),
    "truce of Jeddah": (
        [("jeddah-01", "agreed late on Monday")],
        ["2023-05-29", "2023-06-03"],
        ("2023-06-04", State.UNKNOWN),
    ),
    "weapons of Ulster": (
        [("decommissioning-01", "The Good Friday Agreement gave"), ("decommissioning-01", "That date slid")],
        ["2000-05", "2001-06"],
        ("2001-07-01", State.OVERDUE),
    ),
    "election in Nepal": (
        [
            ("nepal-01", "Nepal's seven ruling parties"),
            ("nepal-01", "The peace accord of November 2006"),
            ("nepal-01", "That one was put back"),
        ],
        ["2007-06", "2007-11-22"],
        ("2007-10-05", State.CANCELLED),
    ),
}
APART = [  # what must not be taken for one duty
    (("hodeidah-01", "the Houthis were to be out of the ports"), ("hodeidah-01", "both sides out of the city")),
    (("kalbajar-04", "the timetable was plain"), ("kalbajar-04", "Lachin on 1 December")),
    (("farc-01", "The guerrillas of"), ("farc-01", "the camps where")),
    (("southsudan-01", "The unity government was"), ("southsudan-01", "Juba undertook to pay")),
    (("khartoum-01", "A 24-hour truce"), ("jeddah-01", "agreed late on Monday")),
]


@cache
def _testimony() -> tuple[Testimony, ...]:
    found: list[Testimony] = []
    for path in sorted(GOLD.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        day = date.fromisoformat(told["published"])
        document = Document(text=told["text"], name=told["id"], published=day, outlet=told["id"])
        for claim in (claim_from_json(claim, document) for claim in told["claims"]):
            assert isinstance(claim, Claim)
            heard = Testimony(
                claim=claim,
                said=day,
                recorded_at=datetime(2024, 1, 1, tzinfo=UTC),
                entry=len(found) + 1,
                outlets=(document.name,),
                site=site_of(claim.where) if claim.where else None,
            )
            found.append(heard)
    return tuple(found)


@cache
def _home() -> dict[str, Undertaking]:
    found = derive_undertakings(_testimony(), Sides())
    return {claim: undertaking for undertaking in found for claim in (*undertaking.supporting, *undertaking.opposing)}


def _claim(article: str, words: str) -> str:
    (id,) = {
        heard.claim.id
        for heard in _testimony()
        if heard.outlets == (article,)
        and heard.claim.evidence.quote.startswith(words)
        and isinstance(heard.claim.matter, Obligation)
        and heard.claim.id in _home()
        and (heard.claim.matter.step.value != "met" or "promised" not in words)
    }
    return id


@pytest.mark.parametrize("story", STORIES)
def test_a_story(story: str) -> None:
    claims, deadlines, last = STORIES[story]
    homes = {_home()[_claim(*claim)].id: _home()[_claim(*claim)] for claim in claims}
    assert len(homes) == 1
    (undertaking,) = homes.values()
    assert [deadline.due and deadline.due.edtf for deadline in undertaking.deadlines] == deadlines
    assert (undertaking.turns[-1].since.isoformat(), undertaking.turns[-1].state) == last


@pytest.mark.parametrize(("one", "other"), APART, ids=[f"{one[1]}, {other[1]}" for one, other in APART])
def test_two_duties(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert _home()[_claim(*one)].id != _home()[_claim(*other)].id


def test_how_late_kalbajar_was() -> None:
    turn = _home()[_claim("kalbajar-01", "Baku put the date back")].turns[-1]
    assert (turn.state, turn.days, turn.after_first) == (State.MET_ON_TIME, None, 10)

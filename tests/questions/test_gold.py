"""The same stories from claims that people annotated, where the annotations are at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from whoholds.articles import from_text
from whoholds.formats import claim_from_json
from whoholds.grounding.gazetteer import gazetteer
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.model import Act, Asserted, Claim, Filed, Problem
from whoholds.questions import Register

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "articles"
AREAS = {"Kalbajar", "Agdam", "Lachin"}  # where annotators wrote these names they meant the districts, but for "city"
pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated articles are not at hand")


def grounded(claim: Claim) -> Claim:
    """The claim with the gazetteer's place for its point, which annotations do not name."""
    where = claim.where
    if where is None or where.place is None:
        return claim
    told = where.place
    near = [
        place
        for place in gazetteer().lookup(where.name)
        if kilometres(place.lat, place.lon, told.lat, told.lon) < 50 and place.country in (told.country, None)
    ]
    wanted = "A" if where.name in AREAS and "city" not in claim.evidence.quote else "P"
    best = sorted(near, key=lambda place: place.feature != wanted)[:1]
    return replace(claim, where=replace(where, place=best[0])) if best else claim


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        for path in sorted(GOLD.glob("*.json")):
            article = json.loads(path.read_text(encoding="utf-8"))
            published = date.fromisoformat(article["published"])
            document = from_text(article["text"], name=article["id"], outlet=article["outlet"], published=published)
            acts: list[Act] = [Filed(document)]
            for told in article["claims"]:
                claim = claim_from_json(told, document)
                assert not isinstance(claim, Problem), (path.name, claim)
                acts.append(Asserted(grounded(claim)))
            opened.store.append(acts, by="annotators")
        yield opened


@pytest.mark.parametrize(("day", "expected"), [("2020-11-14", "ARM"), ("2020-11-20", "ARM"), ("2020-11-26", "AZE")])
def test_who_held_kalbajar(register: Register, day: str, expected: str) -> None:
    holding = register.who("Kalbajar district", day, published_by="2020-11-26").holding
    assert holding
    assert holding.holder
    assert holding.holder.key == expected


def test_before_the_first_of_these_articles_nothing_was_published(register: Register) -> None:
    assert register.who("Kalbajar district", "2020-11-14", published_by="2020-11-14").holding is None


def test_the_handover_was_met_after_the_first_deadline(register: Register) -> None:
    found = [
        duty
        for duty in register.due("2020-12-31", party="Armenia", all=True).duties
        if duty.undertaking.site and duty.undertaking.site.name == "Kalbajar" and len(duty.undertaking.deadlines) > 1
    ]
    assert found
    assert any(duty.after_first == 10 for duty in found)


def test_every_finding_walks_back_to_words(register: Register) -> None:
    register.settle()
    assert list(register.check()) == []

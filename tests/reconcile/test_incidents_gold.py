"""Several reports of one week in the gold articles, and which of their events are told twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from whoholds.formats.imported import claim_from_json
from whoholds.model import Claim, Document, Event, Factuality, Testimony, site_of
from whoholds.reconcile.incidents import derive_incidents
from whoholds.reconcile.sides import Sides

ARTICLES = Path(__file__).parents[3] / "shared" / "gold" / "articles"
pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the gold articles, ../shared/gold/articles, are not here")
RECORDED = datetime(2026, 1, 1, tzinfo=UTC)


def events_of(name: str) -> list[Testimony]:
    """The testimony of the events of an article that can be matched."""
    told: Mapping[str, Any] = json.loads((ARTICLES / f"{name}.json").read_text(encoding="utf-8"))
    said = date.fromisoformat(told["published"])
    document = Document(text=told["text"], name=name, published=said)
    claims = [claim_from_json(claim, document) for claim in told["claims"] if claim["kind"] == "event"]
    return [
        Testimony(
            claim=claim,
            said=said,
            recorded_at=RECORDED,
            entry=1,
            outlets=(name,),
            site=claim.where and site_of(claim.where),
        )
        for claim in claims
        if isinstance(claim, Claim)
    ]


def together(*names: str) -> list[set[str]]:
    """The opening words of the claims of each incident that two claims or more tell of."""
    testimony = [each for name in names for each in events_of(name)]
    words = {each.claim.id: " ".join(each.claim.evidence.quote.split()[:4]) for each in testimony}
    found = derive_incidents(testimony, Sides())
    told = {each.claim.id for each in testimony if each.claim.factuality in (Factuality.ACTUAL, Factuality.POSSIBLE)}
    assert {id for incident in found for id in incident.supporting} == told
    return [{words[id] for id in (*i.supporting, *i.opposing)} for i in found if len(i.supporting) + len(i.opposing) > 1]


def test_the_army_enters_kalbajar_by_two_reports() -> None:
    assert {"Azerbaijani troops rolled into", "units of the Azerbaijan"} in together(
        "kalbajar-01", "kalbajar-02", "kalbajar-03"
    )


def test_an_air_strike_and_its_denial_in_one_report() -> None:
    assert {"On Monday an air", "The army denied having"} in together("khartoum-01", "khartoum-02", "khartoum-03")


def test_a_bomb_with_a_denial_and_a_suspect() -> None:
    groups = together("farc-01", "farc-02")
    assert {"On 17 June a", "The FARC-EP have denied", "A group calling itself"} in groups


def test_reports_of_other_weeks_and_places_are_kept_apart() -> None:
    names = sorted(path.stem for path in ARTICLES.glob("*.json"))
    testimony = [each for name in names for each in events_of(name)]
    home = {each.claim.id: each.outlets[0].rsplit("-", 1)[0] for each in testimony}
    near = {"lachin": "kalbajar", "agdam": "kalbajar", "jeddah": "khartoum", "sudan": "khartoum"}
    assert all(isinstance(each.claim.matter, Event) for each in testimony)
    for incident in derive_incidents(testimony, Sides()):
        assert len({near.get(home[id], home[id]) for id in (*incident.supporting, *incident.opposing)}) == 1

"""Findings of the stories, by hand, and a register that keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.register.contract import filled
from tests.register.stories import CAFE, DEATHS, KALBAJAR, LACHIN, NOT_KALBAJAR
from whoholds.model import Bounds, Deadline, Holding, Incident, Side, Standing, State, Tally, Turn, Undertaking, When, site_of
from whoholds.register.store import Store

AZE, ARM = Side("AZE", "Azerbaijan"), Side("ARM", "Armenia")
KALBAJAR_SITE = site_of(KALBAJAR.where)  # type: ignore[arg-type]
HOLDING = Holding(
    site=KALBAJAR_SITE,
    holder=AZE,
    begin=Bounds(date(2020, 11, 25), date(2020, 11, 26)),
    end=Bounds(None, None),
    told=date(2020, 11, 25),
    retold=date(2021, 6, 1),
    standing=Standing.DISPUTED,
    supporting=(KALBAJAR.id,),
    opposing=(NOT_KALBAJAR.id,),
    rivals=(ARM,),
    derivation=KALBAJAR.derivation,
)
BEFORE = replace(
    HOLDING,
    holder=ARM,
    begin=Bounds(None, None),
    end=Bounds(date(2020, 11, 24), date(2020, 11, 25)),
    told=date(2020, 11, 24),
    retold=date(2020, 11, 24),
    standing=Standing.CONCEDED,
    opposing=(),
    rivals=(),
)
NOBODY = Holding(
    site=site_of(CAFE.where),  # type: ignore[arg-type]
    holder=None,
    begin=Bounds(date(2020, 11, 30), date(2020, 11, 30)),
    end=Bounds(date(2020, 12, 5), date(2020, 12, 5)),
    told=date(2020, 11, 30),
    standing=Standing.CONTESTED,
    supporting=(CAFE.id,),
)
UNDERTAKING = Undertaking(
    action=LACHIN.matter.action,  # type: ignore[union-attr]
    obligors=(ARM,),
    beneficiaries=(AZE,),
    site=site_of(LACHIN.where),  # type: ignore[arg-type]
    names=("the deal",),
    deadlines=(
        Deadline(
            due=When("2020-12-01"),
            since=date(2020, 11, 25),
            supporting=(LACHIN.id,),
            asked_by=ARM,
            reason="weather",
            superseded=True,
        ),
        Deadline(due=None, since=date(2020, 11, 26), supporting=(LACHIN.id,), counted_from="the truce"),
    ),
    turns=(
        Turn(since=date(2020, 11, 25), state=State.PENDING, supporting=(LACHIN.id,)),
        Turn(since=date(2020, 12, 4), state=State.MET_LATE, supporting=(LACHIN.id,), days=3),
    ),
    supporting=(LACHIN.id,),
    root=LACHIN.id,
)
INCIDENT = Incident(
    type=DEATHS.matter.type,  # type: ignore[union-attr]
    when=Bounds(date(2020, 11, 25), date(2020, 11, 25)),
    site=KALBAJAR_SITE,
    actors=(ARM,),
    recipients=(AZE,),
    tallies=(Tally(what="killed", count=DEATHS.matter.killed, voice="Example Wire", said=date(2020, 11, 25), claim=DEATHS.id),),  # type: ignore[union-attr]
    standing=Standing.CLAIMED,
    supporting=(DEATHS.id,),
    voices=("Example Wire",),
)


def settled(store: Store) -> None:
    filled(store)
    store.settle("control", store.stale("control"), gone=[], found=[HOLDING, BEFORE, NOBODY])
    store.settle("obligation", store.stale("obligation"), gone=[], found=[UNDERTAKING])
    store.settle("event", store.stale("event"), gone=[], found=[INCIDENT])

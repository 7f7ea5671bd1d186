"""Affiliations that claims tell.

What claims can tell of sides is little, and what is made of it here is less. Left out, and why:

- `SUPPORT`, `AID`, `COOPERATE`, `MOBILIZE` with joint doers: allies of a day do these, and rivals do.
- `AGREE`: a claim has who agreed with whom, not on what; truces between enemies are most of them.
- Joint holders of a place: a control claim has one holder; who is named beside it is not in the claim.
- "Defected to", "joined forces with": no claim carries a change of sides; it has to be entered by hand.
- What a speaker says of others ("the so-called rebels, Iranian proxies"): a word against an enemy makes nobody his ally.

What is used: the names. Where reports speak of armed men of a country without a name and some tell who is behind them ("rebels
backed by Rwanda", "Rwandan-backed rebels"), those whose name tells nothing ("the rebels") are likely the same, if

1. two sources or more tell a backer (an outlet or agency; a document where neither is known),
2. all that tell one tell the same one,
3. no organisation of that country and role is spoken of, which might be meant instead.

They then count as of the backer's side from the first day that a telling claim is about (or was said on) to the last day that
one was said. In one war with several rebel groups nothing follows, which is right: nobody knows which is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from whoholds.model import Actor, Affiliation, Control, Event, Matter, Obligation, Role, Side, Testimony
from whoholds.reconcile.sides.parties import ARMED
from whoholds.reconcile.sides.portraits import Kind, Naming, Painter

_SOURCES = 2  # how many must tell a backer: one may be that outlet's own way of speaking


@dataclass(slots=True)
class _Told:
    """What testimony tells of the armed men of one country and role."""

    backers: set[Side] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    named: bool = False


def affiliations_from(
    testimony: Iterable[Testimony], *, country_named: Naming | None = None, organisation_named: Naming | None = None
) -> tuple[Affiliation, ...]:
    """Who stands behind armed men without a name, by country and role; in any order of testimony the same.

    The functions are those of `Sides`; without them nothing follows. The source of each is the least claim that tells it.
    """
    painter = Painter({}, country_named, organisation_named)
    told: dict[tuple[str, Role], _Told] = {}
    for each in testimony:
        for actor in _actors(each.claim.matter):
            if actor.country and actor.role in ARMED and actor.role is not None:
                _note(told.setdefault((actor.country, actor.role), _Told()), each, actor, painter)
    return tuple(
        Affiliation(
            member=Actor(name="", country=country, role=role),
            side=_actor_of(next(iter(group.backers))),
            first=min(group.days),
            last=max(group.days),
            source=min(group.claims),
        )
        for (country, role), group in sorted(told.items())
        if len(group.backers) == 1 and len(group.sources) >= _SOURCES and not group.named
    )


def _note(group: _Told, testimony: Testimony, actor: Actor, painter: Painter) -> None:
    portrait = painter.actor(actor)
    if portrait.kind is Kind.ORGANISATION:
        group.named = True
    elif portrait.backer:
        when = testimony.claim.when
        group.backers.add(portrait.backer)
        group.sources.add((*testimony.credits, *testimony.outlets, testimony.claim.evidence.document)[0])
        group.days |= {(when and when.begin.not_before) or testimony.said, testimony.said}
        group.claims.add(testimony.claim.id)


def _actors(matter: Matter) -> Iterator[Actor]:
    match matter:
        case Event(actors=actors, recipients=recipients):
            yield from (*actors, *recipients)
        case Control(holder=holder, former=former):
            yield from filter(None, (holder, former))
        case Obligation(obligors=obligors, beneficiaries=beneficiaries):
            yield from (*obligors, *beneficiaries)


def _actor_of(side: Side) -> Actor:
    if side.key.isupper():
        return Actor(name=side.name, country=side.key, role=Role.GOV)
    return Actor(name=side.name, organisation=side.name)

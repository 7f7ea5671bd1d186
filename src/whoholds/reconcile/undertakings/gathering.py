"""Gathering: the claims that undertakings must be derived from again when claims come or go, fetched as far as they are needed.

An undertaking follows from claims of obligations that `blocks` joins, from truces and deals that its deadline may be counted
from, and, where a place is to be handed over, from claims of who gained or lost the place. Gathered are, from what changed on:
all that is joined with it; where truces or deals changed, what may be counted from them, with all that is joined with that; and
then, for all these, the truces (whole), the deals and the places that they listen to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from whoholds.model import Action, Obligation, Testimony
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings.blocks import (
    Box,
    Index,
    beside,
    bound,
    counted_fact,
    deal_sides,
    is_shown,
    listens,
    of_sides,
    places_of,
)
from whoholds.reconcile.undertakings.facts import ON_GROUND, Fact, family_of, is_vague, place_of

_NONE = frozenset[str]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What a store is asked for; a part that is empty or False asks for nothing.

    Claims of obligations: those at `sites` (keys), at places that lie `inside` areas (keys), at points `beside` others (boxes:
    west, south, east, north in degrees), in `documents` (ids), those that are `vague` (`is_vague`: of no place, of a country,
    or of a place known by name only), or all of them (`every`). Claims of events: with `deals`, all AGREE events. Claims of
    control: those at `ground` (keys).
    """

    sites: frozenset[str] = _NONE
    inside: frozenset[str] = _NONE
    beside: frozenset[Box] = frozenset()
    documents: frozenset[str] = _NONE
    vague: bool = False
    every: bool = False
    deals: bool = False
    ground: frozenset[str] = _NONE

    def less(self, asked: Near) -> Near:
        """What of it has not been asked for yet."""
        if asked.every or self.every:
            return Near(every=self.every and not asked.every)
        return Near(
            sites=self.sites - asked.sites,
            inside=self.inside - asked.inside,
            beside=self.beside - asked.beside,
            documents=self.documents - asked.documents,
            vague=self.vague and not asked.vague,
        )

    def with_(self, other: Near) -> Near:
        """Both together."""
        return Near(
            sites=self.sites | other.sites,
            inside=self.inside | other.inside,
            beside=self.beside | other.beside,
            documents=self.documents | other.documents,
            vague=self.vague or other.vague,
            every=self.every or other.every,
        )


Fetch = Callable[[Near], Iterable[Testimony]]


def affected(changed: Iterable[Testimony], fetch: Fetch, sides: Sides) -> tuple[Testimony, ...]:
    """All testimony that the undertakings of what changed follow from, by claim id.

    `changed` are claims of obligations and AGREE events that came or went, and claims of obligations whose places changed
    hands; those that no longer stand are not in the result, but what they touched is. `fetch` gives of what stands now what it
    is asked for, or more. Deriving the result gives just those undertakings that deriving everything gives of its claims.
    Claims of control never change which claims are of one undertaking: see `derive_undertakings` for how few are enough then.
    """
    return _Gathering(fetch, sides).around(list(changed))


def neighbourhood(changed: Iterable[Testimony], known: Iterable[Testimony], sides: Sides) -> tuple[Testimony, ...]:
    """`affected`, of all testimony that stands; what changed may be claims of control as well."""
    every = list(known)
    changed = list(changed)
    handed = {key for told in changed if (key := is_shown(told)) is not None}
    there = [told for told in every if (fact := counted_fact(told, sides)) and not handed.isdisjoint(places_of(fact))]
    return affected([*changed, *there], lambda near: every, sides)


def _near(fact: Fact) -> Near:
    """Where those are that a claim meets: a vague one may meet any."""
    site = fact.site
    if site is None or is_vague(site) or (fact.together and fact.family not in ON_GROUND):
        return Near(every=True)
    sites = frozenset((site.key, *site.within[:-1]))
    return Near(
        sites=sites,
        inside=frozenset({site.key}),
        beside=frozenset({beside(site.place)} if site.place else ()),
        documents=frozenset({fact.evidence.document}),
        vague=True,
    )


def shown_at(testimony: Testimony) -> frozenset[str]:
    """The keys of the places whose changes of hands bear on a claim of an obligation: its own and those around it.

    The country is left out; empty for claims of other kinds, and of duties that no change of hands fulfils.
    """
    duty, site = testimony.claim.matter, place_of(testimony)
    if not isinstance(duty, Obligation) or site is None or family_of(duty.action) is not Action.HAND_OVER:
        return frozenset()
    return frozenset((site.key, *site.within[:-1]))


class _Gathering:
    """Claims fetched so far, and what has been asked for."""

    def __init__(self, fetch: Fetch, sides: Sides) -> None:
        self._fetch, self._sides = fetch, sides
        self._index = Index(())
        self._told: dict[str, Testimony] = {}
        self._asked = Near()

    def around(self, changed: list[Testimony]) -> tuple[Testimony, ...]:
        seeds = [fact for told in changed if (fact := counted_fact(told, self._sides))]
        moved = frozenset[str]().union(*(deal_sides(told, self._sides) for told in changed))
        if not seeds and not moved:
            return ()
        found = self._with_listeners(seeds, moved)
        found |= self._truces(found)
        facts = [self._index.facts[id] for id in found]
        heard = frozenset[str]().union(*map(listens, facts))
        near = Near(deals=bool(heard), ground=frozenset(key for fact in facts for key in places_of(fact)))
        beside = [told for told in self._fetch(near) if self._bears(told, near.ground, heard)] if near != Near() else []
        ids = {fact.claim: fact.testimony for fact in facts} | {told.claim.id: told for told in beside}
        return tuple(ids[id] for id in sorted(ids))

    def _bears(self, told: Testimony, ground: frozenset[str], heard: frozenset[str]) -> bool:
        return is_shown(told) in ground or not deal_sides(told, self._sides).isdisjoint(heard)

    def _with_listeners(self, seeds: list[Fact], moved: frozenset[str]) -> set[str]:
        """What is joined with the seeds, what is counted from truces among that, and so on."""
        done = _NONE
        while True:
            found = self._joined(seeds)
            facts = [*seeds, *(self._index.facts[id] for id in found)]
            moved |= frozenset[str]().union(*(bound(fact) for fact in facts if fact.family is Action.CEASE_FIRE))
            if moved == done:
                return found
            self._ask(Near(every=True))
            seeds = [*seeds, *of_sides(self._index.facts.values(), moved, truces=False)]
            done = moved

    def _truces(self, found: set[str]) -> set[str]:
        """The truces that deadlines of what was found may be counted from, with what is joined with these."""
        heard = frozenset[str]().union(*(listens(self._index.facts[id]) for id in found))
        if not heard:
            return set()
        self._ask(Near(every=True))
        return self._joined(of_sides(self._index.facts.values(), heard, truces=True))

    def _joined(self, seeds: Iterable[Fact]) -> set[str]:
        """What chains of meetings join to the seeds, fetched as far as they reach."""
        facts = list(seeds)
        seen = facts
        while True:
            wanted = Near()
            for fact in seen:
                wanted = wanted.with_(_near(fact))
            if not self._ask(wanted):
                return self._index.joined(facts)
            seen = [*facts, *(self._index.facts[id] for id in self._index.joined(facts))]

    def _ask(self, wanted: Near) -> bool:
        """Fetch what has not been fetched yet; whether there was any such."""
        new = wanted.less(self._asked)
        if new == Near():
            return False
        self._asked = self._asked.with_(new)
        self._index.add(fact for told in self._fetch(new) if (fact := counted_fact(told, self._sides)))
        return True

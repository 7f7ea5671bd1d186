"""Blocks: which claims can be of one undertaking, so that one claim more or less means deriving few of them again.

The problem
-----------
Two claims are of one undertaking where enough speaks for it, and whether it does may hang on a third. So what must be derived
together is all that chains of possible links join. A register has 20,000 duties; "Armenia must leave by the 15th" can be any
of those due that day. If all duties of a side with one day, or all of one paper, were linked, all would hang together.

The choice
----------
A claim has keys, and holds each of them either *hard* or *soft*. Two claims meet where they share a key that at least one of
them holds hard.

- A duty at a place holds that place hard and the areas around it (but the country) soft: it meets what is told of the same
  place, of areas around it and of places in it, and two villages of one district do not meet.
- A claim without a place (or with a country for one) is vague: it holds its document and those who owe it hard, and those with
  each day of its deadline. One at a place holds them soft: it meets the vague claims of its side and day, and of its document,
  and no claim at another place. Duties that are not about a place (a truce, disarmament, elections) meet by side alone.
- A gazetteer may have one town twice, or a town apart from the area that it is the seat of. So claims of one side and day meet
  where their places lie in one cell of a grid of some 11 km or in neighbouring ones: in its own a place holds side and day
  hard, in the eight around it soft.
- A place known by its name only holds the beginnings of the name's words hard, other places hold them soft.

What a deadline is counted from, or what shows that a duty was kept, does not link duties: it is only listened to. A deadline
counted from something hears the truces and deals of its own sides; a handover hears who gained or lost its place or an area
around it. So a claim of control never changes which claims are of one undertaking, only what became of it.

What never meets: a claim without obligors and without a place and claims of other documents; one that names neither place nor
day and one that names a place, in another document; a town and an area near it not known to be around it, without a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from math import cos, floor, radians
from typing import NamedTuple

from whoholds.model import Action, Change, Control, Event, EventType, Factuality, Place, Site, Testimony
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings.facts import ON_GROUND, Fact, day_of_sides, fact_of, place_of, sides_of, wide, words_of

_CELL = 0.1  # degrees, 11 km: more than those by which two points of one place lie apart (`likeness.same_ground`)
_POLAR = 890  # the row from which on cells are no longer made wider
Box = tuple[float, float, float, float]
_COUNT = frozenset({Factuality.ACTUAL, Factuality.DENIED})


class Keys(NamedTuple):
    """The blocks of a claim: those that it holds hard, and those that it holds soft."""

    hard: frozenset[str]
    soft: frozenset[str]

    def meet(self, other: Keys) -> bool:
        """Whether they share a key that one of the two holds hard."""
        return bool(self.hard & other.hard or self.hard & other.soft or self.soft & other.hard)


def counted_fact(testimony: Testimony, sides: Sides, id: str | None = None) -> Fact | None:
    """The fact of an obligation claim that counts: told as so or as not so; None for others."""
    return fact_of(testimony, sides, id) if testimony.claim.factuality in _COUNT else None


def meets(one: Testimony, other: Testimony, sides: Sides) -> bool:
    """Whether two claims can be of one undertaking, or one of them bear on the other's."""
    here, there = counted_fact(one, sides), counted_fact(other, sides)
    if here is not None and there is not None:
        return keys_of(here).meet(keys_of(there)) or _hears(here, there) or _hears(there, here)
    fact, bearing = (here, other) if here is not None else (there, one)
    if fact is None:
        return False
    return is_shown(bearing) in places_of(fact) or not listens(fact).isdisjoint(deal_sides(bearing, sides))


def _hears(fact: Fact, truce: Fact) -> bool:
    return truce.family is Action.CEASE_FIRE is not fact.family and bool(listens(fact) & bound(truce))


def listens(fact: Fact) -> frozenset[str]:
    """The sides whose truces and deals its deadline may be counted from; none where it is counted from nothing."""
    return bound(fact) if fact.offset is not None else frozenset()


def bound(fact: Fact) -> frozenset[str]:
    """The sides that owe it and those to whom it is owed."""
    return fact.obligors | fact.beneficiaries


def places_of(fact: Fact) -> tuple[str, ...]:
    """The keys of the places whose changes of hands bear on it: its own and the areas around it but the country."""
    if fact.family is not Action.HAND_OVER or fact.site is None:
        return ()
    return (fact.site.key, *fact.site.within[:-1])


def is_shown(testimony: Testimony) -> str | None:
    """The key of the place that a claim tells to have changed hands; None for other claims."""
    matter = testimony.claim.matter
    if (
        testimony.claim.factuality is not Factuality.ACTUAL
        or not isinstance(matter, Control)
        or matter.change not in (Change.GAINS, Change.LOSES)
    ):
        return None
    site = place_of(testimony)
    return None if site is None else site.key


def deal_sides(testimony: Testimony, sides: Sides) -> frozenset[str]:
    """The sides of a deal; none for other claims."""
    match testimony.claim.matter:
        case Event(type=EventType.AGREE, actors=actors) if testimony.claim.factuality is Factuality.ACTUAL:
            return frozenset(sides_of(actors, day_of_sides(testimony), sides))
    return frozenset()


def keys_of(fact: Fact) -> Keys:
    """The blocks of a claim of an obligation."""
    family, site = fact.family, fact.site
    unplaced = site is None or wide(site)
    hard, soft = set(_at(fact)), {f"{family}|at {key}" for key in site.within[:-1]} if site else set()
    (hard if unplaced else soft).update((f"{family}|document {fact.evidence.document}", *_owed(fact)))
    if unplaced or family not in ON_GROUND:
        (hard if fact.together else soft).update(f"{family}|of {land}" for land in fact.lands)  # "the parties": any of there
    if site is not None and not unplaced:
        (hard if site.place is None else soft).update(f"{family}|word {word}" for word in words_of(site))
        own, around = _cells(site)
        for day in (key for key in _owed(fact) if family in ON_GROUND):
            hard.update(f"{day} {cell}" for cell in own)
            soft.update(f"{day} {cell}" for cell in around)
    return Keys(frozenset(hard), frozenset(soft))


def _at(fact: Fact) -> Iterator[str]:
    if fact.site is not None:
        yield f"{fact.family}|at {fact.site.key}"


def _owed(fact: Fact) -> Iterator[str]:
    """Who owes it; for a duty about a place also with the days of its deadlines, by which one at a place is found."""
    unplaced = fact.site is None or wide(fact.site)
    for side in fact.obligors:
        if unplaced or fact.family not in ON_GROUND:
            yield f"{fact.family}|{side}"
        for days in (fact.due, fact.due_was):
            if fact.family in ON_GROUND and days is not None:
                yield f"{fact.family}|{side}|{days.last or days.first}"


def _cells(site: Site) -> tuple[list[str], list[str]]:
    """The cell of a grid that a place lies in, and the eight around it."""
    if site.place is None:
        return [], []
    own, *around = (f"{row}/{column}" for row, column, _ in _grid(site.place))
    return [own], around


def beside(place: Place) -> Box:
    """The box that has all places whose cell is that of a place or lies beside it."""
    grid = list(_grid(place))
    west = min(column * width for _, column, width in grid)
    east = max((column + 1) * width for _, column, width in grid)
    rows = [row for row, _, _ in grid]
    return max(west, -180.0), max(min(rows) * _CELL, -90.0), min(east, 180.0), min((max(rows) + 1) * _CELL, 90.0)


def _grid(place: Place) -> Iterator[tuple[int, int, float]]:
    """A place's own cell and the eight around it, as row, column and the width of the row's cells in degrees."""
    home = floor(place.lat / _CELL)
    for row in (home, home - 1, home + 1):
        poleward = min(max(abs(row), abs(row + 1)) + 1, _POLAR)
        width = _CELL / cos(radians(poleward * _CELL))
        for step in (0, -1, 1):
            yield row, floor(place.lon / width) + step, width


class Index:
    """Claims of obligations by their keys."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts: dict[str, Fact] = {}
        self._keys: dict[str, Keys] = {}
        self._hard: defaultdict[str, list[str]] = defaultdict(list)
        self._soft: defaultdict[str, list[str]] = defaultdict(list)
        self.add(facts)

    def add(self, facts: Iterable[Fact]) -> None:
        """Take in claims; those known are passed over."""
        for fact in facts:
            if fact.claim in self.facts:
                continue
            self.facts[fact.claim] = fact
            keys = self._keys[fact.claim] = keys_of(fact)
            for key in keys.hard:
                self._hard[key].append(fact.claim)
            for key in keys.soft:
                self._soft[key].append(fact.claim)

    def joined(self, seeds: Iterable[Fact]) -> set[str]:
        """The claims that chains of meetings join to the seeds; seeds that are not in the index are not among them."""
        seeds = list(seeds)
        found = {fact.claim for fact in seeds if fact.claim in self.facts}
        waiting, done = [keys_of(fact) for fact in seeds], set[tuple[str, bool]]()
        while waiting:
            for id in self._at(waiting.pop(), done):
                if id not in found:
                    found.add(id)
                    waiting.append(self._keys[id])
        return found

    def components(self) -> list[list[Fact]]:
        """All claims, parted where no chain of meetings joins them; each part in the order in which claims were taken in."""
        parts, seen = [], set[str]()
        for id, fact in self.facts.items():
            if id not in seen:
                part = self.joined([fact])
                seen |= part
                parts.append([self.facts[one] for one in sorted(part)])
        return parts

    def _at(self, keys: Keys, done: set[tuple[str, bool]]) -> Iterator[str]:
        for key in keys.hard:
            if (key, True) not in done:
                done.add((key, True))
                yield from chain(self._hard.get(key, ()), self._soft.get(key, ()))
        for key in keys.soft:
            if (key, True) not in done and (key, False) not in done:
                done.add((key, False))
                yield from self._hard.get(key, ())


def of_sides(facts: Iterable[Fact], wanted: Collection[str], *, truces: bool) -> Sequence[Fact]:
    """The truces that bind any of these sides, or the claims that listen to any of them."""
    if truces:
        return [fact for fact in facts if fact.family is Action.CEASE_FIRE and not bound(fact).isdisjoint(wanted)]
    return [fact for fact in facts if not listens(fact).isdisjoint(wanted)]

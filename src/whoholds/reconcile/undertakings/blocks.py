"""Blocks: which claims can bear on one undertaking, so that one claim more or less means deriving few of them again.

A claim has some keys; undertakings of two claims can only depend on each other where a chain of shared keys joins them. A
duty at a place (handover, withdrawal, roads, mines) is known by the place, one that is not (a truce, disarmament, elections)
by who owes it. A day that is told links the two: "Armenia must leave by the 15th" meets "Armenia was to leave Kalbajar by the
15th". Claims of one document always meet. A deadline counted from something meets the truces and deals of the same
sides; a place that changes hands meets the duties at that place and at places in it.

What never meets: a claim without obligors and without a place, told in a document that tells of nothing of its kind; one that
names neither place nor day and one that names a place, in another document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from whoholds.model import Action, Change, Control, Event, EventType, Factuality, Testimony
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings.facts import (
    ON_GROUND,
    Fact,
    day_of_sides,
    fact_of,
    place_of,
    sides_of,
    wide,
)

_COUNT = frozenset({Factuality.ACTUAL, Factuality.DENIED})
T = TypeVar("T")
_NO_ID = "-"  # keys do not need it, and it takes longer to work out than they do


def block_keys(testimony: Testimony, sides: Sides) -> frozenset[str]:
    """The blocks of a claim; empty for one that bears on none (an assault, what is planned or possible)."""
    return keys_of(testimony, fact_of(testimony, sides, _NO_ID), sides)


def keys_of(testimony: Testimony, fact: Fact | None, sides: Sides) -> frozenset[str]:
    """The same, with the claim's fact at hand."""
    if testimony.claim.factuality not in _COUNT:
        return frozenset()
    if fact is not None:
        return frozenset(_of_duty(fact))
    match testimony.claim.matter:
        case Control(change=Change.GAINS | Change.LOSES):
            site = place_of(testimony)
            return frozenset() if site is None else frozenset({f"{Action.HAND_OVER}|at {site.key}"})
        case Event(type=EventType.AGREE, actors=actors):
            return frozenset(f"trigger|{side}" for side in sides_of(actors, day_of_sides(testimony), sides))
    return frozenset()


def neighbourhood(changed: Iterable[Testimony], known: Iterable[Testimony], sides: Sides) -> tuple[Testimony, ...]:
    """Of the testimony known, all that the undertakings of what changed can depend on, and what changed itself.

    Deriving it gives just those undertakings that deriving everything gives of these claims. `changed` may hold claims that no
    longer stand: they are not among the result, but what they touched is.
    """
    keyed = [(testimony, block_keys(testimony, sides)) for testimony in known]
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for i, (_, keys) in enumerate(keyed):
        for key in keys:
            by_key[key].append(i)
    open_keys = {key for testimony in changed for key in block_keys(testimony, sides)}
    seen_keys: set[str] = set()
    found: set[int] = set()
    while open_keys:
        key = open_keys.pop()
        seen_keys.add(key)
        for i in by_key.get(key, ()):
            if i not in found:
                found.add(i)
                open_keys |= keyed[i][1] - seen_keys
    return tuple(keyed[i][0] for i in sorted(found))


def components(keyed: Sequence[tuple[T, frozenset[str]]]) -> list[list[T]]:
    """What has keys, parted where no chain of shared keys joins it; what has none is left out."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = key = parent[parent[key]]
        return key

    for _, keys in keyed:
        for key in keys:
            parent.setdefault(key, key)
        for key in keys:
            parent[root(key)] = root(next(iter(keys)))
    parts: defaultdict[str, list[T]] = defaultdict(list)
    for item, keys in keyed:
        if keys:
            parts[root(next(iter(keys)))].append(item)
    return list(parts.values())


def _of_duty(fact: Fact) -> Iterator[str]:
    family, site = fact.family, fact.site
    yield f"{family}|document {fact.evidence.document}"
    placed = site is not None and not wide(site)
    if site is not None:
        yield f"{family}|at {site.key}"
        for key in site.within[:-1][:1]:  # the narrowest area; the last is the country
            yield f"{family}|at {key}"
    by_side = not placed or family not in ON_GROUND
    for land in fact.lands if by_side else ():
        yield f"{family}|of {land}"  # "the parties" are any of there
    for side in fact.obligors:
        if by_side:
            yield f"{family}|{side}"
        for days in (fact.due, fact.due_was):
            if family in ON_GROUND and days is not None:
                yield f"{family}|{side}|{days.last or days.first}"
    if fact.offset is not None or fact.family is Action.CEASE_FIRE:
        for side in fact.obligors | fact.beneficiaries:
            yield f"trigger|{side}"

"""Undertakings kept in step: which duties to look at again when claims change, and deriving just these.

The problem. What fulfils a duty is told by claims of control, which come in by the thousand a day; duties are few, but one may
hang on any other of the same parties. Reading 20,000 obligations for every village that changes hands would take longer than
all else.

The choice. Where claims of obligations or deals have changed, `affected` gathers what they bear on, and that is derived again.
Where only places have changed hands, no duty joins or leaves another: the undertakings kept for these places, and for places
inside them, are derived again from their own claims, with what is now told of the places. Deadlines counted from something need
the truces and deals besides, which `affected` gathers as well.

The limits. A store cannot be asked for places known by name only, so a new obligation means reading all obligations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from whoholds.model import Event, EventType, Obligation, Testimony, Undertaking
from whoholds.questions.resting import claims, claims_under, resting_on
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings import Fetch, Near, affected, derive_undertakings, is_vague, shown_at
from whoholds.register.store import EVERYTHING, EVERYTHING_KNOWN, Known, Store, Wanted

_POINTS = frozenset("PS")


def all_undertakings(store: Store, sides: Sides, known: Known) -> tuple[Undertaking, ...]:
    """Every undertaking, in a state of knowledge."""
    owed = list(store.testimony(Wanted(kinds=("obligation",), known=known)))
    heard = list(_fetched(store, Near(ground=_listened(owed), deals=any(map(_waits, owed))), known))
    return derive_undertakings([*owed, *heard], sides)


def settle(store: Store, sides: Sides, stale: Mapping[str, frozenset[str]]) -> None:
    """Derive again the undertakings that changed obligations, deals and places bear on, and keep them."""
    keys = stale["obligation"]
    if any(EVERYTHING in some for some in stale.values()):
        store.settle("obligation", {EVERYTHING, *keys}, gone=(), found=all_undertakings(store, sides, EVERYTHING_KNOWN))
        return
    deals = [told for told in claims(store, stale["event"]) if _is_deal(told)]
    changed = [*claims(store, keys), *deals]
    if keys or deals:
        _replace(store, sides, keys, affected(changed, _fetching(store), sides))
    if stale["control"]:
        _settle_places(store, sides, stale["control"])


def _settle_places(store: Store, sides: Sides, places: frozenset[str]) -> None:
    """Derive again the undertakings of places that changed hands and of places inside them, from their own claims."""
    there = store.testimony(Wanted(kinds=("obligation",), sites=places | _inside(store, places)))
    kept = resting_on(store, "undertaking", {told.claim.id for told in there if not places.isdisjoint(shown_at(told))})
    if not kept:
        return
    owed = list(store.testimony(Wanted(kinds=("obligation",), claims=claims_under(kept))))
    if any(map(_waits, owed)):
        _replace(store, sides, (), affected(owed, _fetching(store), sides))
    else:
        _replace(store, sides, (), (*owed, *_fetched(store, Near(ground=_listened(owed)), EVERYTHING_KNOWN)))


def _replace(store: Store, sides: Sides, keys: Collection[str], near: Collection[Testimony]) -> None:
    """Put what follows from some testimony in the place of all undertakings of its obligations and of those changed."""
    owed = {told.claim.id for told in near if isinstance(told.claim.matter, Obligation)}
    gone = {one.id for one in resting_on(store, "undertaking", owed.union(keys))}
    store.settle("obligation", keys, gone=gone, found=derive_undertakings(near, sides))


def _fetching(store: Store) -> Fetch:
    return lambda near: _fetched(store, near, EVERYTHING_KNOWN)


def _fetched(store: Store, near: Near, known: Known) -> Iterator[Testimony]:
    """What gathering asks for."""
    if near.every or near.vague:  # a store cannot be asked for places known by name only
        told = store.testimony(Wanted(kinds=("obligation",), known=known))
        yield from told if near.every else (one for one in told if is_vague(one.site))
    sites = near.sites | _inside(store, near.inside)
    for box in near.beside:
        sites |= {site.key for site in store.sites(box=box)}
    if sites:
        yield from store.testimony(Wanted(kinds=("obligation",), sites=sites, known=known))
    if near.documents:
        yield from store.testimony(Wanted(kinds=("obligation",), documents=near.documents, known=known))
    if near.ground:
        yield from store.testimony(Wanted(kinds=("control",), sites=near.ground, known=known))
    if near.deals:
        yield from filter(_is_deal, store.testimony(Wanted(kinds=("event",), known=known)))


def _inside(store: Store, places: frozenset[str]) -> frozenset[str]:
    """The sites inside places that are areas; towns and villages hold no others."""
    areas = {site.key for site in store.sites(keys=places) if site.place is None or site.place.feature not in _POINTS}
    if not areas:
        return frozenset()
    return frozenset(site.key for site in store.sites(within=areas) if not areas.isdisjoint(site.within[:-1]))


def _listened(owed: Iterable[Testimony]) -> frozenset[str]:
    """The places whose changes of hands bear on duties."""
    return frozenset(key for told in owed for key in shown_at(told))


def _is_deal(told: Testimony) -> bool:
    return isinstance(told.claim.matter, Event) and told.claim.matter.type is EventType.AGREE


def _waits(told: Testimony) -> bool:
    """Whether a deadline counts from something."""
    duty = told.claim.matter
    return isinstance(duty, Obligation) and duty.due_after is not None

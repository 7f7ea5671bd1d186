"""Undertakings kept in step: which duties to look at again when claims change, and deriving just these.

The problem. What fulfils a duty is told by claims of control and by withdrawals, which come in by the thousand a day; duties
are few, but one may hang on any other of the same parties, so that deriving one properly means looking at all of them. Reading
20,000 obligations for every village that changes hands would take longer than all else.

The choice. Where claims of obligations have changed, all obligations are read and the changed ones' neighbourhood is derived
again. Where only places have changed hands, no duty joins or leaves another: the undertakings kept for these places are
derived again from their own claims, with what is now told of the places. Should that part them otherwise than they are kept,
or should a deadline count from something, which may lie anywhere, all obligations are read after all.

The limits. A duty in a town also listens to its narrowest area, so that a change there, unlike one in a town, means reading
all obligations to find those inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from whoholds.model import EventType, Obligation, Testimony, Undertaking
from whoholds.questions.bearing import bearing, fulfilling, is_event_of, places_of
from whoholds.questions.resting import claims, claims_of, claims_under, resting_on
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings import derive_undertakings, neighbourhood
from whoholds.register.store import EVERYTHING, EVERYTHING_KNOWN, Known, Store, Wanted

_POINTS = frozenset("PS")


def all_undertakings(store: Store, sides: Sides, known: Known) -> tuple[Undertaking, ...]:
    """Every undertaking, in a state of knowledge."""
    return derive_undertakings(bearing(store, known), sides)


def settle(store: Store, sides: Sides, stale: Mapping[str, frozenset[str]]) -> None:
    """Derive again the undertakings that changed obligations, places and events bear on, and keep them."""
    keys = stale["obligation"]
    if any(EVERYTHING in some for some in stale.values()):
        store.settle("obligation", {EVERYTHING, *keys}, gone=(), found=all_undertakings(store, sides, EVERYTHING_KNOWN))
        return
    events = claims(store, stale["event"])
    deals = [told for told in events if is_event_of(told, EventType.AGREE)]
    left = {told.site.key for told in events if told.site and is_event_of(told, EventType.RETREAT)}
    places = stale["control"] | left
    if keys or deals or not _settle_places(store, sides, places, stale["event"]):
        _settle_neighbourhood(store, sides, keys, places, [*deals, *claims(store, keys)], stale["event"])


def _settle_places(store: Store, sides: Sides, places: frozenset[str], events: frozenset[str]) -> bool:
    """Derive again the undertakings of places from their own claims; False where that will not do."""
    if not places and not events:
        return True
    if _hold_others(store, places) and any(True for _ in store.testimony(Wanted(kinds=("obligation",)))):
        return False
    there = {told.claim.id for told in store.testimony(Wanted(kinds=("obligation",), sites=places))}
    kept = resting_on(store, "undertaking", there | events)
    owed = list(store.testimony(Wanted(kinds=("obligation",), claims=claims_under(kept)))) if kept else []
    if there - {told.claim.id for told in owed} or any(map(_counts_from_something, owed)):
        return False
    found = derive_undertakings([*owed, *fulfilling(store, owed, EVERYTHING_KNOWN)], sides)
    ids = {told.claim.id for told in owed}
    if _parts(found, ids) != _parts(kept, ids):
        return False
    if kept:
        store.settle("obligation", (), gone={one.id for one in kept}, found=found)
    return True


def _settle_neighbourhood(
    store: Store,
    sides: Sides,
    keys: frozenset[str],
    places: frozenset[str],
    changed: list[Testimony],
    events: frozenset[str],
) -> None:
    """Derive again all that changed obligations and deals, and duties at changed places, can bear on."""
    kept = resting_on(store, "undertaking", keys | events)
    owed = list(store.testimony(Wanted(kinds=("obligation",))))
    touched = [told for told in owed if places & places_of([told])]
    seeds = [*changed, *touched, *claims(store, claims_under(kept))]
    near = neighbourhood(seeds, owed, sides)
    if any(map(_counts_from_something, near)) or any(not isinstance(told.claim.matter, Obligation) for told in changed):
        near = neighbourhood(seeds, [*owed, *fulfilling(store, owed, EVERYTHING_KNOWN)], sides)
    else:
        near = (*near, *fulfilling(store, near, EVERYTHING_KNOWN))
    others = resting_on(store, "undertaking", {told.claim.id for told in near if isinstance(told.claim.matter, Obligation)})
    store.settle("obligation", keys, gone={one.id for one in (*kept, *others)}, found=derive_undertakings(near, sides))


def _hold_others(store: Store, places: frozenset[str]) -> bool:
    """Whether any of these places can have others in it."""
    sites = store.sites(keys=places) if places else ()
    return any(site.place is None or site.place.feature not in _POINTS for site in sites)


def _parts(found: Iterable[object], owed: Set[str]) -> set[frozenset[str]]:
    """How undertakings part the claims of obligations."""
    return {frozenset(owed & set(claims_of(one))) for one in found if isinstance(one, Undertaking)}


def _counts_from_something(told: Testimony) -> bool:
    duty = told.claim.matter
    return isinstance(duty, Obligation) and duty.due_after is not None

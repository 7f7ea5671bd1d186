"""Keeping findings in step with entries: what went stale is derived again, and nothing else.

The three kinds are taken in an order: undertakings first, because what fulfils them is told by claims of control and by events,
whose stale keys tell which duties to look at again; these keys are taken off their lists afterwards. A program that dies in
between leaves the keys, and whoever comes next derives the same once more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from itertools import islice

from whoholds.model import Holding, Incident, Site, Testimony
from whoholds.questions import duties
from whoholds.questions.duties import all_undertakings
from whoholds.questions.neighbours import around
from whoholds.questions.resting import claims, claims_under, resting_on
from whoholds.questions.rules import rules
from whoholds.reconcile.holdings import derive_holdings
from whoholds.reconcile.incidents import derive_incidents, gather
from whoholds.reconcile.sides import Sides
from whoholds.register.store import EVERYTHING, EVERYTHING_KNOWN, Known, Sought, StaleError, Store, Wanted

_AT_ONCE = 500  # places settled in one act of the store

Tell = Callable[[str, int, int], None]
"""Told how far deriving has come: of what, how many are done, of how many."""


def own_holdings(store: Store, keys: Collection[str], sides: Sides, known: Known) -> dict[str, tuple[Holding, ...]]:
    """The own holdings of places, derived from their testimony; places without any are left out."""
    by_site: defaultdict[str, list[Testimony]] = defaultdict(list)
    sites: dict[str, Site] = {}
    for told in store.testimony(Wanted(kinds=("control",), sites=keys, known=known)):
        if told.site:
            by_site[told.site.key].append(told)
            sites.setdefault(told.site.key, told.site)
    derived = {key: derive_holdings(sites[key], told, sides) for key, told in by_site.items()}
    return {key: holdings for key, holdings in derived.items() if holdings}


def all_holdings(store: Store, sides: Sides, known: Known) -> Iterator[Holding]:
    """Every place's own holdings, place by place."""
    keys = [site.key for site in store.sites()]
    for batch in _batches(keys):
        for holdings in own_holdings(store, batch, sides, known).values():
            yield from holdings


def all_incidents(store: Store, sides: Sides, known: Known) -> tuple[Incident, ...]:
    """Every incident."""
    return derive_incidents(store.testimony(Wanted(kinds=("event",), known=known)), sides)


def settle_all(store: Store, sides: Callable[[], Sides], tell: Tell = lambda what, done, of: None) -> None:
    """Derive again whatever is stale, and keep it; `sides` gives who counts with whom by now.

    Raises StoreError where the store cannot be written. Where others write meanwhile it is tried twice; what is stale then
    stays so, until somebody asks or settles again.
    """
    try:
        _settle_once(store, sides, tell)
    except StaleError:
        with suppress(StaleError):
            _settle_once(store, sides, tell)


def _settle_once(store: Store, entered: Callable[[], Sides], tell: Tell) -> None:
    if store.rules() != rules():
        store.adopt(rules())
    stale = {kind: store.stale(kind) for kind in ("obligation", "control", "event")}
    if any(stale.values()):
        sides = entered()  # after what is stale was asked for: sides that change from now on make everything stale
        duties.settle(store, sides, stale)
        _settle_places(store, sides, stale["control"], tell)
        _settle_events(store, sides, stale["event"])


def _settle_places(store: Store, sides: Sides, keys: frozenset[str], tell: Tell) -> None:
    if EVERYTHING in keys:
        store.settle("control", keys, gone=(), found=list(all_holdings(store, sides, EVERYTHING_KNOWN)))
        return
    done = 0
    for batch in _batches(sorted(keys)):
        found = own_holdings(store, batch, sides, EVERYTHING_KNOWN)
        gone = [one.id for one in store.findings(Sought(kind="holding", sites=batch))]
        store.settle("control", batch, gone=gone, found=[one for holdings in found.values() for one in holdings])
        done += len(batch)
        tell("places", done, len(keys))


def _settle_events(store: Store, sides: Sides, keys: frozenset[str]) -> None:
    if not keys:
        return
    if EVERYTHING in keys or not store.ids_like("incident-"):  # none is kept yet: all at once is faster
        store.settle("event", {EVERYTHING, *keys}, gone=(), found=all_incidents(store, sides, EVERYTHING_KNOWN))
        return
    kept = resting_on(store, "incident", keys)
    changed = claims(store, claims_under(kept) | keys)
    gathered = {told.claim.id for told in gather(changed, lambda window: around(store, window), sides)}
    near = list(store.testimony(Wanted(claims=gathered))) if gathered else []
    others = resting_on(store, "incident", gathered)
    store.settle("event", keys, gone={one.id for one in (*kept, *others)}, found=derive_incidents(near, sides))


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(keys)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch


__all__ = ["Tell", "all_holdings", "all_incidents", "all_undertakings", "own_holdings", "settle_all"]

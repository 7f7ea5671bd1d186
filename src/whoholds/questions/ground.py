"""The places of a register at hand: read once, and again when entries have come in since.

Reading 30,000 places takes half a second, who holds them on a day a tenth of that; what is around a place never changes.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from whoholds.model import Site
from whoholds.register.store import Store

_AT_HAND: WeakKeyDictionary[Store, tuple[int, dict[str, Site]]] = WeakKeyDictionary()


def sites_of(store: Store) -> dict[str, Site]:
    """Every place that claims name, by key."""
    known = _AT_HAND.get(store)
    if known and store.entry(known[0] + 1) is None:
        return known[1]
    last = last_entry(store, known[0] if known else 0)
    sites = {site.key: site for site in store.sites()}
    _AT_HAND[store] = last, sites
    return sites


def last_entry(store: Store, least: int = 0) -> int:
    """The number of the last entry, which is how many there are; `least` is one that is there, or 0."""
    low, step = least, 1
    while store.entry(low + step):
        low, step = low + step, 2 * step
    high = low + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if store.entry(middle) else (low, middle)
    return low

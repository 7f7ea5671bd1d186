"""Folding timelines of all places at once, in columns: what `reconcile.territory` says of one place, for tens of thousands.

The problem. A map that steps through five years of 30,000 places needs to know for every place from which day to which day
whose holding counts there, its own or that of an area around it. Asking `inherit` place by place makes objects for a minute.

The choice. An event is a day on which another row of own holdings comes into force for somebody. An area's events and those
of what lies around it give, merged in order of time, the events of what it hands down: at each the row in force within and the
one in force around are known, and `territory`'s rule says which of the two counts. That is done for all chains of areas of one
length at once, then for the next length, and last for all places; every step is a sort and a few sums over whole columns. Areas
of which nothing is told are left out of chains, so that there are few of them.

Days are proleptic Gregorian ordinals; FIRST stands for a beginning that is not known. Rows and places go by their numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from whoholds.model import Standing

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
STANDINGS: tuple[Standing, ...] = tuple(Standing)
NOBODY = -1
OWN = -1

Ints = NDArray[np.int32]
Chain = tuple[int, ...]
_NO_NEWS = [STANDINGS.index(standing) for standing in (Standing.CONTESTED, Standing.DISPUTED)]


class Holdings(NamedTuple):
    """Places' own holdings in columns, by place and then in order of time.

    `side` is NOBODY where nobody holds it; `begin` is the first day it can begin on, FIRST where that is not known.
    """

    place: Ints
    side: Ints
    standing: Ints
    begin: Ints
    told: Ints
    retold: Ints


class Events(NamedTuple):
    """From `day` on `row` is in force for `target`; by target and day."""

    target: Ints
    day: Ints
    row: Ints


class Spans(NamedTuple):
    """Who holds each place from `begin` to `end`, both inclusive, by place and time: no two overlap, none is left between.

    `end` is LAST for what lasts. `inherited` is the place whose holding it is, OWN for the place's own. `since` is the first
    day on which that holding can have begun (FIRST: not known), which may lie before the day from which it is told.
    """

    place: Ints
    side: Ints
    standing: Ints
    begin: Ints
    end: Ints
    inherited: Ints
    since: Ints
    told: Ints


def fold(own: Holdings, places: Ints, around: Sequence[Chain]) -> Spans:
    """The spans of some places (in ascending order), each with the areas around it, the narrowest first.

    `own` holds the holdings of all these places and areas, and may hold others.
    """
    starts = _starts(own)
    chains = _handed_down(own, starts, around)
    wider = _spread(chains, [around[place] for place in places])
    events = _merged(_own_events(own, starts, places), wider, own)
    return _spans(own, events, places)


def changes(spans: Spans) -> tuple[Ints, Ints]:
    """The days on which some place passes from one side, or nobody, to another, in order, and how many do."""
    if len(spans.place) < 2:
        return np.empty(0, np.int32), np.empty(0, np.int32)
    turned = (spans.place[1:] == spans.place[:-1]) & (spans.side[1:] != spans.side[:-1])
    days, counts = np.unique(spans.begin[1:][turned], return_counts=True)
    return days.astype(np.int32), counts.astype(np.int32)


def _starts(own: Holdings) -> Ints:
    """The day from which each holding is in force, as far as its own place's timeline goes."""
    starts = own.told.copy()
    first = np.ones(len(starts), bool)
    first[1:] = own.place[1:] != own.place[:-1]
    starts[first] = np.minimum(own.begin[first], own.told[first])
    return starts


def _own_events(own: Holdings, starts: Ints, places: Ints) -> Events:
    """The events of places' own holdings; targets are numbers in `places`."""
    low, high = np.searchsorted(own.place, places), np.searchsorted(own.place, places, "right")
    rows = _ranges(low, high)
    return Events(np.repeat(_count(len(places)), high - low), starts[rows], rows)


def _handed_down(own: Holdings, starts: Ints, around: Sequence[Chain]) -> dict[Chain, Events]:
    """What each chain of areas, and every end of one, hands down to what lies in it; targets are 0."""
    nothing = Events(*(np.empty(0, np.int32) for _ in Events._fields))
    found: dict[Chain, Events] = {(): nothing}
    by_length: defaultdict[int, set[Chain]] = defaultdict(set)
    for chain in set(around):
        for i in range(len(chain)):
            by_length[len(chain) - i].add(chain[i:])
    for length in sorted(by_length):
        chains = sorted(by_length[length])
        areas = np.array([chain[0] for chain in chains], np.int32)
        order = np.argsort(areas, kind="stable")
        chains = [chains[i] for i in order]
        wider = _spread(found, [chain[1:] for chain in chains])
        events = _merged(_own_events(own, starts, areas[order]), wider, own)
        cuts = np.searchsorted(events.target, _count(len(chains) + 1))
        for i, chain in enumerate(chains):
            low, high = cuts[i], cuts[i + 1]
            found[chain] = Events(np.zeros(high - low, np.int32), events.day[low:high], events.row[low:high])
    return found


def _spread(chains: dict[Chain, Events], wanted: Sequence[Chain]) -> Events:
    """The events of chains for targets that each lie in one."""
    parts = [chains[chain] for chain in wanted]
    lengths = [len(part.day) for part in parts]
    if not sum(lengths):
        return chains[()]
    return Events(
        np.repeat(_count(len(parts)), lengths),
        np.concatenate([part.day for part in parts]),
        np.concatenate([part.row for part in parts]),
    )


def _merged(own: Events, wider: Events, holdings: Holdings) -> Events:
    """The events of what counts, where each target has its own and those from around it."""
    target = np.concatenate((own.target, wider.target))
    if not len(target):
        return own
    day, row = np.concatenate((own.day, wider.day)), np.concatenate((own.row, wider.row))
    is_own = np.zeros(len(target), bool)
    is_own[: len(own.target)] = True
    order = np.lexsort((day, target))  # stable: of one day's holdings of a place the last one stays last
    target, day, row, is_own = target[order], day[order], row[order], is_own[order]
    mine, theirs = _in_force(target, row, is_own), _in_force(target, row, ~is_own)
    chosen = np.where(_stands(holdings, mine, theirs), mine, theirs)
    last = np.ones(len(target), bool)
    last[:-1] = (target[1:] != target[:-1]) | (day[1:] != day[:-1])
    target, day, chosen = target[last], day[last], chosen[last]
    new = np.ones(len(target), bool)
    new[1:] = (target[1:] != target[:-1]) | (chosen[1:] != chosen[:-1])
    return Events(target[new], day[new], chosen[new])


def _in_force(target: Ints, row: Ints, counts: NDArray[np.bool_]) -> Ints:
    """At each event the row of the last one that counts for its target, itself included; -1 for none."""
    at = np.maximum.accumulate(np.where(counts, _count(len(target)), -1))
    there = at >= np.searchsorted(target, target)
    found: Ints = np.where(there, row[at], -1).astype(np.int32)
    return found


def _stands(own: Holdings, mine: Ints, wider: Ints) -> NDArray[np.bool_]:
    """Whether an own holding counts beside a wider area's, see `territory`; rows are -1 where there is none."""
    begin = own.begin[wider]
    quiet = (begin == FIRST) | np.isin(own.standing[wider], _NO_NEWS)
    stands: NDArray[np.bool_] = (mine >= 0) & ((wider < 0) | quiet | (own.retold[mine] >= begin))
    return stands


def _spans(own: Holdings, events: Events, places: Ints) -> Spans:
    end = np.full(len(events.day), LAST, np.int32)
    follows = events.target[1:] == events.target[:-1]
    end[:-1][follows] = events.day[1:][follows] - 1
    place = places[events.target] if len(events.target) else events.target
    source = own.place[events.row]
    return Spans(
        place=place,
        side=own.side[events.row],
        standing=own.standing[events.row],
        begin=events.day,
        end=end,
        inherited=np.where(source == place, OWN, source).astype(np.int32),
        since=own.begin[events.row],
        told=own.told[events.row],
    )


def _ranges(low: NDArray[np.intp], high: NDArray[np.intp]) -> Ints:
    """The numbers from each low to its high (excluded), one range after the other."""
    lengths = high - low
    before = np.cumsum(lengths) - lengths
    found: Ints = (np.arange(int(lengths.sum())) + np.repeat(low - before, lengths)).astype(np.int32)
    return found


def _count(size: int) -> Ints:
    return np.arange(size, dtype=np.int32)


__all__ = ["FIRST", "LAST", "NOBODY", "OWN", "STANDINGS", "Chain", "Holdings", "Ints", "Spans", "changes", "fold"]

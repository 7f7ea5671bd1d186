"""Making timetables: from all that a register holds, and from an earlier timetable and what has come in since."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from whoholds.model import Entry, Erased, Side, Site
from whoholds.questions.coverage import Coverage, coverage_of, with_more
from whoholds.questions.folding import FIRST, NOBODY, OWN, STANDINGS, Chain, Holdings, Ints, Spans, fold
from whoholds.questions.ground import last_entry
from whoholds.questions.picture import Picture
from whoholds.questions.timetable import Timetable
from whoholds.questions.touched import Touched, differing, touched
from whoholds.reconcile.territory import Own
from whoholds.register.store import Known, Store

Columns = TypeVar("Columns", Holdings, Spans)
_NUMBERS = {standing.value: number for number, standing in enumerate(STANDINGS)}


def timetable(picture: Picture) -> Timetable:
    """The timetable of a picture, made from all that the register holds.

    With everything known it is read from what is kept. In an earlier state of knowledge the holdings of all places are derived
    first, which takes as long as deriving those of a whole register does.
    """
    seq = last_entry(picture.store)
    sites = tuple(site for _, site in sorted(picture.sites().items()))
    own, sides = _holdings(picture.held_ever(), sites)
    around = _around(sites, own)
    return Timetable(
        seq=seq,
        known=picture.known,
        sites=sites,
        sides=sides,
        own=own,
        spans=fold(own, np.arange(len(sites), dtype=np.int32), around),
        coverage=_coverage(picture.store, picture.known, seq),
    )


def narrowed(picture: Picture, everything: Timetable) -> Timetable:
    """The timetable of an earlier state of knowledge, where that of everything known is at hand.

    Only the places are looked at again of which claims were published or recorded later, which are few for a state of
    yesterday and most of them for one of years ago. Where sides were entered since, all holdings are derived anew.
    """
    seq = last_entry(picture.store, everything.seq)
    later = touched(picture.store, _entries(picture, everything.seq, seq), picture.known)
    keys = differing(picture.store, picture.known)
    if keys is None or later.places is None:
        return timetable(picture)
    told = set(np.unique(everything.own.place).tolist())
    silent = {site.key for number, site in enumerate(everything.sites) if number not in told}  # a claim may be rejected
    new = _refolded(picture, everything, keys | later.places | silent)
    return replace(new, seq=seq, known=picture.known, coverage=_coverage(picture.store, picture.known, seq))


def news(picture: Picture, after: int) -> Touched:
    """What the entries that came in after the one with this number touch in a picture."""
    return touched(picture.store, _entries(picture, after, last_entry(picture.store, after)), picture.known)


def renewed(picture: Picture, old: Timetable) -> Timetable:
    """The timetable of a picture, where an earlier one of the same state of knowledge is at hand.

    Only places that entries since then touch, and those that lie in them, are folded again; where the entries can touch every
    place, as those about sides can, all is made anew.
    """
    seq = last_entry(picture.store, old.seq)
    change = touched(picture.store, _entries(picture, old.seq, seq), picture.known)
    if change.places is None:
        return timetable(picture)
    if change.only_more:
        coverage = with_more(old.coverage, change.told, change.days)
    else:
        coverage = _coverage(picture.store, picture.known, seq)
    new = _refolded(picture, old, change.places) if change.places else old
    return replace(new, seq=seq, coverage=coverage)


def _entries(picture: Picture, after: int, upto: int) -> list[Entry]:
    """The entries from one number on that bear on its state of knowledge: what was erased is gone from earlier ones too."""
    by = picture.known.recorded_by
    return [
        entry
        for entry in picture.store.entries(after=after)
        if entry.seq <= upto and (by is None or entry.recorded_at <= by or isinstance(entry.act, Erased))
    ]


def _coverage(store: Store, known: Known, seq: int) -> Coverage:
    """The coverage as of an entry, whatever has come in since."""
    last = store.entry(seq)
    if last is None:
        return coverage_of(())
    by = last.recorded_at if known.recorded_by is None else min(last.recorded_at, known.recorded_by)
    return coverage_of(store.reports(Known(known.published_by, by)))


def _holdings(rows: Iterable[Own], sites: Sequence[Site]) -> tuple[Holdings, tuple[Side, ...]]:
    """Own holdings in columns, and their sides by key; rows are in order of time for each place, those of no place left out."""
    numbers = {site.key: number for number, site in enumerate(sites)}
    held = [row for row in rows if row[0] in numbers]
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in held:
        if row[1] is not None:
            names[row[1]][row[2] or row[1]] += 1
    sides = tuple(Side(key, max(sorted(names[key]), key=names[key].__getitem__)) for key in sorted(names))
    side_of = {side.key: number for number, side in enumerate(sides)}
    columns = Holdings(
        place=_ints([numbers[row[0]] for row in held]),
        side=_ints([NOBODY if row[1] is None else side_of[row[1]] for row in held]),
        standing=_ints([_NUMBERS[row[3]] for row in held]),
        begin=_ints([FIRST if row[4] is None else row[4].toordinal() for row in held]),
        told=_ints([row[5].toordinal() for row in held]),
        retold=_ints([row[6].toordinal() for row in held]),
    )
    return _by_place(columns), sides


def _around(sites: Sequence[Site], own: Holdings) -> tuple[Chain, ...]:
    """The areas around each place, by number, the narrowest first, without those of which nothing is told."""
    told = set(np.unique(own.place).tolist())
    numbers = {site.key: number for number, site in enumerate(sites) if number in told}
    made = {within: tuple([numbers[key] for key in within if key in numbers]) for within in {site.within for site in sites}}
    return tuple([made[site.within] for site in sites])


def _refolded(picture: Picture, old: Timetable, keys: frozenset[str]) -> Timetable:
    """A timetable in which the claims about some places are others."""
    old = _among(old, _sites(picture, old, keys))
    rows, sides = _holdings(picture.rows_of(keys), old.sites)
    old, rows, sides = _same_sides(old, rows, sides)
    places = _ints([number for number, site in enumerate(old.sites) if site.key in keys])
    own = _by_place(_joined(old.own, ~np.isin(old.own.place, places), rows))
    again = _inside(old.sites, keys)
    folded = fold(own, again, _around(old.sites, own))
    spans = _joined(old.spans, ~np.isin(old.spans.place, again), folded)
    return _without_idle_sides(replace(old, sides=sides, own=own, spans=_by_place(spans)))


def _sites(picture: Picture, old: Timetable, keys: frozenset[str]) -> tuple[Site, ...]:
    """The places by key, where some of those with these keys can be new, or gone."""
    named = picture.named(keys)
    kept = [site for site in old.sites if site.key not in keys]
    return tuple(sorted((*kept, *named.values()), key=attrgetter("key")))


def _among(old: Timetable, sites: tuple[Site, ...]) -> Timetable:
    """A timetable with other places: those that it has are numbered anew, those that are gone left out."""
    if [site.key for site in sites] == [site.key for site in old.sites]:
        return replace(old, sites=sites)
    numbers = {site.key: number for number, site in enumerate(sites)}
    moved = _ints([*(numbers.get(site.key, -1) for site in old.sites), OWN])  # the last is what OWN leads to
    own = old.own._replace(place=moved[old.own.place])
    spans = old.spans._replace(place=moved[old.spans.place], inherited=moved[old.spans.inherited])
    return replace(old, sites=sites, own=_chosen(own, own.place >= 0), spans=_chosen(spans, spans.place >= 0))


def _same_sides(old: Timetable, rows: Holdings, sides: tuple[Side, ...]) -> tuple[Timetable, Holdings, tuple[Side, ...]]:
    """A timetable and new rows with the sides of both, by key; of two names the timetable's is kept."""
    named = {side.key: side for side in (*sides, *old.sides)}
    both = tuple(named[key] for key in sorted(named))
    numbers = {side.key: number for number, side in enumerate(both)}
    was, now = (_ints([*(numbers[side.key] for side in some), NOBODY]) for some in (old.sides, sides))
    own = old.own._replace(side=was[old.own.side])
    spans = old.spans._replace(side=was[old.spans.side])
    return replace(old, own=own, spans=spans), rows._replace(side=now[rows.side]), both


def _without_idle_sides(found: Timetable) -> Timetable:
    """A timetable without the sides that hold nothing in it any more."""
    used = sorted(set(np.unique(found.own.side).tolist()) - {NOBODY})
    if len(used) == len(found.sides):
        return found
    numbers = np.full(len(found.sides) + 1, NOBODY, np.int32)
    numbers[used] = np.arange(len(used), dtype=np.int32)
    own = found.own._replace(side=numbers[found.own.side])
    spans = found.spans._replace(side=numbers[found.spans.side])
    return replace(found, sides=tuple(found.sides[side] for side in used), own=own, spans=spans)


def _inside(sites: Sequence[Site], keys: frozenset[str]) -> Ints:
    """The numbers of places with these keys and of those that lie in one."""
    lies = {within: not keys.isdisjoint(within) for within in {site.within for site in sites}}
    return _ints([number for number, site in enumerate(sites) if lies[site.within] or site.key in keys])


def _by_place(columns: Columns) -> Columns:
    """Columns in order of places; what stands in order of time for a place stays so."""
    order = np.argsort(columns.place, kind="stable")
    return type(columns)(*(column[order] for column in columns))


def _chosen(columns: Columns, which: NDArray[np.bool_]) -> Columns:
    return type(columns)(*(column[which] for column in columns))


def _joined(columns: Columns, which: NDArray[np.bool_], more: Columns) -> Columns:
    """The chosen rows of columns, and then more."""
    return type(columns)(*(np.concatenate((column[which], new)) for column, new in zip(columns, more, strict=True)))


def _ints(numbers: Sequence[int]) -> Ints:
    return np.array(numbers, np.int32)

"""Flips: the changes that several sources tell of, each once, in order, on the best supported day.

The problem. Four sources date one capture to the 27th, to March, to "last week" and, wrongly, to April. Taken at their word
they are four captures. A place that changed hands four times must come out with four flips.

The steps.

1. *Clusters.* Changes to the same hand whose windows meet are one; the finest windows come first, so that a coarse one joins
   the finer one that it allows (where it allows several, the one with most claims, then the earlier).
2. *Losses completed.* A loss to nobody named is part of a change to another hand told about the same time.
3. *Misdated tellings.* A change that one voice tells long after, that stands alone between flips to another hand, and that
   has a better attested twin within about a year, is the twin with a wrong date.
4. *Runs.* Neighbours with the same hand are one flip: nobody takes what he holds.
5. *Dating.* The day that most voices allow; then the finest; then the one told first. What the others say stays in the
   derivation, and they support the flip all the same.
6. *Order.* Windows that overlap are cut so that each flip begins after the one before; where two hands are told to take the
   place on the very same day, they dispute one flip.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from whoholds.model import Side
from whoholds.reconcile.holdings.marks import FIGHTING, NOBODY, Mark

COMPLETES = 14
"""Days between a loss and the taking that completes it: a side tells of its retreat, and the other of its entry, within days
of each other (Kherson: 9 and 11 November 2022). Two weeks also takes in "last week" of either. Not tuned."""

RETROSPECT = 30
"""Days after which a change is told as history: news of a change is printed within days; the dates of background paragraphs
are where wrong months are found. Not tuned."""

TWIN = 400
"""Days within which a lone date told in retrospect may be a slip for a better attested one: a wrong month, or the wrong year
with some weeks of play."""


@dataclass(slots=True)
class Flip:
    """A hand takes the place on a day from `first` to `last`; `first` is None where it held from we do not know when.

    `marks` speak for it, `rest` for other hands or against it; `former` held before, as most tell.
    """

    hand: Side
    first: int | None
    last: int
    marks: list[Mark] = field(default_factory=list)
    rest: list[Mark] = field(default_factory=list)
    former: Side | None = None

    @property
    def voices(self) -> set[str]:
        """The voices that tell of it."""
        return {mark.voice.key for mark in self.marks}


@dataclass(slots=True)
class _Cluster:
    hand: Side
    first: int
    last: int
    marks: list[Mark]

    @property
    def order(self) -> tuple[object, ...]:
        rank = 0 if self.hand is FIGHTING else 1 if self.hand is NOBODY else 2
        return (self.first + self.last, self.first, rank, self.hand.key, self.marks[0].claim)


def flips_of(marks: Iterable[Mark]) -> list[Flip]:
    """The flips that marks of changes (denials left out) tell of, in order; their windows do not touch."""
    clusters = _completed(_clusters(marks))
    clusters.sort(key=lambda cluster: cluster.order)
    return _ordered([_dated(run) for run in _runs(_undoubled(clusters))])


def _clusters(marks: Iterable[Mark]) -> list[_Cluster]:
    """Marks of one hand whose windows meet, the finest window of each as its core."""
    groups: dict[tuple[str, str], dict[tuple[bool, int, int, int], list[Mark]]] = {}
    for mark in marks:
        former = mark.former.key if mark.hand is NOBODY and mark.former else ""
        windows = groups.setdefault((mark.hand.key, former), {})
        windows.setdefault((mark.ending, mark.width, mark.first, mark.slack), []).append(mark)
    found: list[_Cluster] = []
    for windows in groups.values():
        cores: list[tuple[int, int, _Cluster]] = []
        for number, key in enumerate(sorted(windows)):
            alike = windows[key]
            fits = _meeting(cores, alike[0])
            if fits:
                max(fits, key=lambda cluster: (len(cluster.marks), -cluster.first)).marks.extend(alike)
            else:
                cluster = _Cluster(alike[0].hand, alike[0].first, alike[0].last, list(alike))
                insort(cores, (cluster.first, number, cluster))
                found.append(cluster)
    return found


def _meeting(cores: list[tuple[int, int, _Cluster]], mark: Mark) -> list[_Cluster]:
    """The clusters whose cores, which are apart from each other and in order, meet a mark's window."""
    start = bisect_left(cores, mark.first - mark.slack, key=lambda core: core[2].last)
    stop = bisect_right(cores, mark.last + mark.slack, key=lambda core: core[0])
    return [core[2] for core in cores[start:stop]]


def _completed(clusters: list[_Cluster]) -> list[_Cluster]:
    """Losses to nobody named given to the taking that completes them, where there is one about the same time."""
    takings = sorted(
        (cluster for cluster in clusters if cluster.hand not in (NOBODY, FIGHTING)),
        key=lambda cluster: (cluster.first, *cluster.order),
    )
    firsts = [cluster.first for cluster in takings]
    kept = []
    for cluster in clusters:
        best = None
        if cluster.hand is NOBODY:
            start = bisect_left(firsts, cluster.first - COMPLETES - 366)
            stop = bisect_right(firsts, cluster.last + COMPLETES)
            fits = [(_gap(cluster, taking), i) for i, taking in enumerate(takings[start:stop], start) if _fits(cluster, taking)]
            best = takings[min(fits)[1]] if fits else None
        if best is None:
            kept.append(cluster)
        else:
            best.marks.extend(cluster.marks)
    return kept


def _fits(loss: _Cluster, taking: _Cluster) -> bool:
    former = loss.marks[0].former
    return (former is None or former.key != taking.hand.key) and _gap(loss, taking) <= COMPLETES


def _gap(one: _Cluster, other: _Cluster) -> int:
    return max(one.first - other.last, other.first - one.last, 0)


def _undoubled(clusters: list[_Cluster]) -> list[_Cluster]:
    """Clusters in order, lone misdated tellings given to their twins."""
    by_hand: dict[str, list[_Cluster]] = {}
    for cluster in clusters:
        by_hand.setdefault(cluster.hand.key, []).append(cluster)
    kept = []
    for i, cluster in enumerate(clusters):
        alone = all(near.hand.key != cluster.hand.key for near in clusters[max(0, i - 1) : i] + clusters[i + 1 : i + 2])
        twin = _twin(cluster, by_hand[cluster.hand.key]) if alone and _retrospective(cluster) else None
        if twin is None:
            kept.append(cluster)
        else:
            twin.marks.extend(cluster.marks)
    return kept


def _retrospective(cluster: _Cluster) -> bool:
    """Whether only one voice tells of it, and that long after."""
    alone = len({mark.voice.key for mark in cluster.marks}) == 1
    return alone and all(mark.said > mark.last + RETROSPECT for mark in cluster.marks)


def _twin(cluster: _Cluster, others: list[_Cluster]) -> _Cluster | None:
    """The nearest better attested change to the same hand, unless the voice tells of that one too."""
    voice = cluster.marks[0].voice.key
    near = [other for other in others if other is not cluster and _gap(cluster, other) <= TWIN]
    fits = []
    for other in near:
        voices = {mark.voice.key for mark in other.marks}
        if voice in voices:
            return None
        if len(voices) > 1:
            fits.append(other)
    return min(fits, key=lambda other: (_gap(cluster, other), other.first), default=None)


def _runs(clusters: Sequence[_Cluster]) -> list[list[Mark]]:
    """The marks of neighbours with the same hand."""
    runs: list[tuple[str, list[Mark]]] = []
    for cluster in clusters:
        if runs and runs[-1][0] == cluster.hand.key:
            runs[-1][1].extend(cluster.marks)
        else:
            runs.append((cluster.hand.key, list(cluster.marks)))
    return [marks for _, marks in runs]


def _dated(marks: list[Mark]) -> Flip:
    """The flip of a run on its best supported day."""
    takings = [mark for mark in marks if mark.hand is not NOBODY] or marks
    hand = min(takings, key=lambda mark: (mark.said, mark.claim)).hand
    latest: dict[str, Mark] = {}
    for mark in sorted(marks, key=lambda mark: (mark.said, -mark.width, mark.claim)):
        latest[mark.voice.key] = mark
    firsts = sorted(mark.first - mark.slack for mark in latest.values())
    lasts = sorted(mark.last + mark.slack for mark in latest.values())

    def rank(mark: Mark) -> tuple[int, int, int, int, str]:
        votes = bisect_right(firsts, mark.last + mark.slack) - bisect_left(lasts, mark.first - mark.slack)
        return (-votes, mark.width + 2 * mark.slack, mark.said, mark.first, mark.claim)

    dated = [mark for mark in takings if not mark.ending] or takings
    best = min(dated, key=rank)
    first, last = best.first, best.last
    for mark in sorted(latest.values(), key=lambda mark: (mark.width, mark.first)):
        if not mark.slack and mark.first <= last and first <= mark.last:
            first, last = max(first, mark.first), min(last, mark.last)
    return Flip(hand, first, last, marks, former=_former(marks, hand))


def _former(marks: Iterable[Mark], hand: Side) -> Side | None:
    """Who held before, as most voices tell; the lesser key where as many tell of another."""
    told = {(mark.voice.key, mark.former.key): mark.former for mark in marks if mark.former and mark.former.key != hand.key}
    counts = Counter(side.key for side in told.values())
    return min(told.values(), key=lambda side: (-counts[side.key], side.key, side.name), default=None)


def _ordered(flips: list[Flip]) -> list[Flip]:
    """Windows cut so that each begins after the one before; flips of one same day become one that is disputed."""
    kept: list[Flip] = []
    for flip in flips:
        before = kept[-1] if kept else None
        if before is None or before.first is None or flip.first is None:
            kept.append(flip)
            continue
        if before.first + 1 > flip.last:
            before.rest.extend(flip.marks)
        elif before.hand.key == flip.hand.key:
            before.marks.extend(flip.marks)
        else:
            kept.append(replace(flip, first=max(flip.first, before.first + 1)))
    for before, flip in zip(reversed(kept[:-1]), reversed(kept[1:]), strict=True):
        before.last = min(before.last, flip.last - 1)
    return kept

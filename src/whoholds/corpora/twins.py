"""Twins: reports that tell nothing beyond another, so that reading that other is enough and all of them are one voice.

The agencies' reports are printed by hundreds of outlets: under another headline and by-line, cut by a paragraph or two. Such a
copy is a twin of the report it was copied from when **all it tells is in that one** (`signatures.covers`) and it was published
on the same day or up to `DAYS_APART` days later, as long as "on Tuesday" means the same Tuesday. A report that was updated,
that has another toll, day, place or a "not" more, has a sentence of its own and is no twin. So nothing told is lost by not
reading twins; what is lost, where house style changes a sentence beyond what `wording` evens out, is that a copy is taken for
a voice of its own.

Pairs are looked for by the 32 bands of four of their MinHash values: of two texts that share half of their three-word runs 87 %
meet in a band, of two that share 70 % all but 1 in 6,500. Whether they are twins is decided by what they tell, never by chance.

**Order.** Reports are taken by day of publication (undated ones last), within a day those that tell most first, then by
partition and number; so the same reports give the same groups whatever order they come in. **Memory.** Signatures lie in an
unnamed temporary file; of each document some 40 bytes are held, and 30 bytes more while a band is sorted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from whoholds.corpora.signatures import covers, likeness
from whoholds.corpora.spool import Spool
from whoholds.corpora.surveyed import Surveyed, reference_to_json

DAYS_APART = 6  # the same weekday is meant; a day later "on Tuesday" would be the next one

Ranks = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Twin:
    """A report that need not be read: all it tells is in the first of its group. `likeness` is 0 to 1 (see `likeness`)."""

    report: Surveyed
    likeness: float


@dataclass(frozen=True, slots=True)
class Group:
    """A report that is read and those that are printed from it, one at least, by day of publication."""

    first: Surveyed
    others: tuple[Twin, ...]


def twins(surveyed: Iterable[Surveyed], folder: Path | None = None) -> Iterator[Group]:
    """The groups among reports in any order, by their firsts; reports without a twin are in none.

    Partition and number must tell the reports apart. `folder` is where the temporary file lies (the system's, when None);
    it takes about 600 bytes a report. Raises OSError when it cannot be written.
    """
    with Spool(folder) as spool:
        for report in surveyed:
            spool.add(report)
        firsts = _resolved(spool, _first_of_each(spool))
        members: dict[int, list[int]] = defaultdict(list)
        for rank in np.flatnonzero(firsts != np.arange(len(firsts))).tolist():
            members[int(firsts[rank])].append(rank)
        for first in sorted(members):
            yield _group(spool.report(first), [spool.report(rank) for rank in members[first]])


def _group(first: Surveyed, others: list[Surveyed]) -> Group:
    return Group(first, tuple(Twin(other, likeness(first.signature, other.signature)) for other in others))


def is_twin(first: Surveyed, other: Surveyed) -> bool:
    """Whether `other`, which comes later in order, is a twin of `first`."""
    return _in_time(first, other) and covers(first.signature.tells, other.signature.tells)


def _in_time(first: Surveyed, other: Surveyed) -> bool:
    if other.published is None:
        return True
    return first.published is not None and 0 <= (other.published - first.published).days <= DAYS_APART


def group_to_json(group: Group) -> dict[str, Any]:
    """The group as a line of twins.jsonl has it: `first` and `others` by partition, number and id, with likeness."""
    others = [{**reference_to_json(twin.report), "likeness": round(twin.likeness, 3)} for twin in group.others]
    return {"first": reference_to_json(group.first), "others": others}


def _first_of_each(spool: Spool) -> Ranks:
    """For each report, by rank, the report it was found to be a twin of, which may have been found to be one itself later."""
    firsts = np.arange(spool.ranked())
    for band in range(spool.BANDS):
        standing = np.flatnonzero(firsts == np.arange(len(firsts)))
        for run in _runs(spool.band(band, standing), standing):
            if spool.met_before(band, run):
                continue
            _pair(spool, run, firsts)
    return firsts


def _runs(keys: npt.NDArray[np.uint64], ranks: Ranks) -> Iterator[list[int]]:
    """The ranks that share a key, two at least, in ascending order."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    same = ordered[1:] == ordered[:-1]
    starts = np.flatnonzero(same & ~np.concatenate([[False], same[:-1]]))
    ends = np.flatnonzero(same & ~np.concatenate([same[1:], [False]])) + 2
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        run: list[int] = ranks[order[start:end]].tolist()
        yield run


def _pair(spool: Spool, run: list[int], firsts: Ranks) -> None:
    """Find what each report of a run is a twin of.

    A first must hold every sentence, so only those are looked at that hold its rarest: a thousand reports made from one
    pattern cost a thousand steps and not a million.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for rank in run:
        sentences = spool.sentences(rank)
        rarest = min((holders.get(sentence, []) for sentence in sentences), key=len, default=[])
        found = _first_among(spool, rarest, rank) if rarest else None
        if found is not None:
            firsts[rank] = found
            continue
        for sentence in sentences:
            holders[sentence].append(rank)


def _first_among(spool: Spool, held: list[int], rank: int) -> int | None:
    report = spool.report(rank)
    return next((first for first in held if is_twin(spool.report(first), report)), None)


def _resolved(spool: Spool, firsts: Ranks) -> Ranks:
    """The same with each twin's first one that is read: a twin of a twin is one of the first, if not published too late."""
    for rank in np.flatnonzero(firsts != np.arange(len(firsts))).tolist():
        direct = int(firsts[rank])
        root = int(firsts[direct])  # lower ranks are resolved already
        if root != direct:
            firsts[rank] = root if is_twin(spool.report(root), spool.report(rank)) else rank
    return firsts

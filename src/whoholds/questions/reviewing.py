"""What people should look at next, and how far those who looked agree.

The problem. A register holds more claims than anybody can check. Two kinds are worth a look before the others: those that the
reader itself is least sure of, and those that much hangs on: a single sentence that turns a district over is worth more than
the tenth report of the same capture.

The choice. What hangs on a claim of control is what would change without it: its place's holdings are derived once more without
the claim, and the days on which somebody else would hold the place are counted, in the place itself and in those inside it that
take their holder from it. That is exact for the place and costs a derivation, so it is done only for claims that can matter:
those that a kept holding is supported by and few others support. The rest hang on nothing: others say the same.

Agreement is Krippendorff's alpha for nominal data (Krippendorff, Content Analysis, 2004, ch. 11) over the last verdict of each
person on each claim: 1 for perfect agreement, 0 for what chance would give, below it for worse. Claims with a single verdict
say nothing about it. An edit counts as one verdict whatever was put in its place.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

import krippendorff

from whoholds.model import Accepted, Edited, Entry, Holding, Judged, Site, Testimony, hash_of
from whoholds.questions.evidence import Word, cited
from whoholds.questions.picture import Picture
from whoholds.reconcile.holdings import derive_holdings, in_force
from whoholds.register.store import Sought, Wanted

FEW = 3
"""A holding that more claims than these support does not hang on one of them."""

TRIED = 400
"""So many of the likeliest claims are tried out; what hangs on others is not worked out."""

_FIRST, _LAST = date(1900, 1, 1), date(2100, 1, 1)


class Order(StrEnum):
    """What comes first in the queue."""

    CONFIDENCE = "confidence"  # what the reader is least sure of; claims without a confidence were written by hand: last
    CONSEQUENCE = "consequence"  # what most would change without
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """What would be otherwise without a claim: from `first` to `last` (inclusive) somebody else would hold the place."""

    site: Site
    first: date
    last: date
    before: Holding | None
    after: Holding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A claim that waits for a verdict: its words and their hash, what hangs on it, and the verdicts given so far.

    `days` counts the place-days that would have another holder without it.
    """

    word: Word
    words: str
    flips: tuple[Flip, ...]
    days: int
    verdicts: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The claims to look at next, in order, and how many wait in all, of those said in a period (None: of all)."""

    order: Order
    said: tuple[date, date] | None
    claims: tuple[Waiting, ...]
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far people agree: `alpha` over the claims that several judged (None where that cannot be said), and their numbers.

    `judged` tells for each person how many claims have a verdict of theirs; `both` how many have those of two or more, `same`
    how many of these have the same from all.
    """

    alpha: float | None
    judged: Mapping[str, int]
    both: int
    same: int


def queue(
    picture: Picture,
    *,
    order: Order,
    reviewer: str,
    kind: str | None = None,
    said: tuple[date, date] | None = None,
    again: bool = False,
    claims: Collection[str] | None = None,
    limit: int = 50,
) -> Queue:
    """What `reviewer` should look at next, of claims said in a period (both ends inclusive), at most `limit` claims.

    Of these claims only, whatever was said of them, where `claims` names them.

    Claims that somebody accepted are left out, unless `again` asks for all on which the reviewer has given no verdict yet, as
    one does to find out how far two agree. `kind` is `event`, `control` or `obligation`.
    """
    verdicts = verdicts_by_claim(picture)
    own = {claim for claim, given in verdicts.items() if any(entry.by == reviewer for entry in given)}
    wanted = Wanted(kinds=None if kind is None else (kind,), said=said, claims=claims, known=picture.known)
    pool = picture.store.testimony(wanted)
    told = [one for one in pool if claims or (one.claim.id not in own and (again or not one.accepted))]
    match order:
        case Order.CONSEQUENCE:
            weighed = _by_consequence(picture, told)[:limit]
        case Order.CONFIDENCE:
            weighed = [(one, None) for one in heapq.nsmallest(limit, told, key=_doubtful)]
        case Order.NEWEST:
            weighed = [(one, None) for one in heapq.nlargest(limit, told, key=lambda one: one.entry)]
    return Queue(order=order, said=said, claims=tuple(_waiting(picture, weighed, verdicts)), waiting=len(told))


def consequence(picture: Picture, told: Testimony) -> tuple[Flip, ...]:
    """Who would hold the claim's place otherwise if the claim did not stand, stretch by stretch; empty for other claims."""
    site = told.site
    if site is None or told.claim.kind != "control":
        return ()
    everything = list(picture.store.testimony(Wanted(kinds=("control",), sites=(site.key,), known=picture.known)))
    others = [one for one in everything if one.claim.id != told.claim.id]
    return _flips(site, derive_holdings(site, everything, picture.sides), derive_holdings(site, others, picture.sides))


def agreement(picture: Picture) -> Agreement:
    """How far those who judged the same claims agree."""
    last = {
        (claim, entry.by): _verdict(entry)
        for claim, given in verdicts_by_claim(picture).items()
        for entry in given  # in order, so that the last of a person's remains
    }
    people = sorted({by for _, by in last})
    claims = sorted({claim for claim, _ in last})
    shared = [[last.get((claim, by)) for by in people] for claim in claims]
    shared = [row for row in shared if sum(verdict is not None for verdict in row) > 1]
    return Agreement(
        alpha=_alpha(shared),
        judged={by: sum(other == by for _, other in last) for by in people},
        both=len(shared),
        same=sum(len({verdict for verdict in row if verdict}) == 1 for row in shared),
    )


def verdicts_by_claim(picture: Picture) -> dict[str, tuple[Entry, ...]]:
    """The verdicts that stand in a state of knowledge, by claim, in order."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in picture.store.judgements(recorded_by=picture.known.recorded_by):
        if isinstance(entry.act, Judged):
            found[entry.act.claim].append(entry)
    return {claim: tuple(entries) for claim, entries in found.items()}


def _doubtful(told: Testimony) -> tuple[float, int]:
    return (2.0 if told.claim.confidence is None else told.claim.confidence), told.entry


def _by_consequence(picture: Picture, told: Iterable[Testimony]) -> list[tuple[Testimony, tuple[Flip, ...] | None]]:
    """Claims with what hangs on them, the gravest first; those that were not tried out come last, by doubt."""
    waiting = {one.claim.id: one for one in told}
    likely = _likely(picture, waiting.keys())
    tried = [(waiting[id], consequence(picture, waiting.pop(id))) for id in likely if id in waiting]
    tried.sort(key=lambda one: (-_days(picture, one[1]), _doubtful(one[0])))
    return [*tried, *((one, None) for one in sorted(waiting.values(), key=_doubtful))]


def _likely(picture: Picture, claims: Collection[str]) -> list[str]:
    """The claims that a holding may hang on, by how long it lasts."""
    lengths: dict[str, int] = {}
    for holding in picture.store.findings(Sought(kind="holding")) if picture.known.all else _derived(picture):
        if isinstance(holding, Holding) and len(holding.supporting) <= FEW:
            for claim in holding.supporting:
                lengths[claim] = max(lengths.get(claim, 0), _length(holding))
    return heapq.nlargest(TRIED, (id for id in lengths if id in claims), key=lambda id: (lengths[id], id))


def _derived(picture: Picture) -> Iterator[Holding]:
    for timeline in picture.own(picture.sites()).values():
        yield from timeline


def _length(holding: Holding) -> int:
    first = holding.begin.not_before or holding.told
    return ((holding.end.not_after or _LAST) - first).days


def _flips(site: Site, now: Iterable[Holding], without: Iterable[Holding]) -> tuple[Flip, ...]:
    """The stretches of days on which two timelines of a place name different holders."""
    old, new = tuple(now), tuple(without)
    days = sorted({_FIRST, *_turns(old), *_turns(new)})
    pieces = [(day, in_force(old, day), in_force(new, day)) for day in days]
    found = []
    for (one, other), run in groupby(pieces, lambda piece: (_side(piece[1]), _side(piece[2]))):
        stretch = list(run)
        if one != other:
            end = next((day for day in days if day > stretch[-1][0]), _LAST) - timedelta(1)
            found.append(Flip(site=site, first=stretch[0][0], last=end, before=stretch[0][1], after=stretch[0][2]))
    return tuple(found)


def _turns(timeline: Iterable[Holding]) -> Iterator[date]:
    for holding in timeline:
        yield holding.told
        if holding.begin.not_before:
            yield holding.begin.not_before


def _side(holding: Holding | None) -> str | None:
    return None if holding is None else holding.holder.key if holding.holder else "-"


def _days(picture: Picture, flips: tuple[Flip, ...] | None) -> int:
    """Place-days that would have another holder, up to a year for each stretch that does not end."""
    if not flips:
        return 0
    inside = sum(1 for _ in picture.store.sites(within=(flips[0].site.key,)))
    return sum(min((flip.last - max(flip.first, _FIRST)).days + 1, 366) for flip in flips) * (1 + inside)


def _waiting(
    picture: Picture,
    weighed: Iterable[tuple[Testimony, tuple[Flip, ...] | None]],
    verdicts: Mapping[str, tuple[Entry, ...]],
) -> Iterator[Waiting]:
    for told, flips in weighed:
        found = consequence(picture, told) if flips is None else flips
        (word,) = cited(picture.store, [told], picture.sides)
        given = verdicts.get(told.claim.id, ())
        words = hash_of(told.claim.evidence.quote)
        yield Waiting(word=word, words=words, flips=found, days=_days(picture, found), verdicts=given)


def _verdict(entry: Entry) -> str:
    assert isinstance(entry.act, Judged)
    match entry.act.verdict:
        case Accepted():
            return "accept"
        case Edited():
            return "edit"
    return "reject"


def _alpha(rows: list[list[str | None]]) -> float | None:
    """Alpha over claims (rows) and people (columns); None where nothing is shared or all verdicts are the same word."""
    values = sorted({verdict for row in rows for verdict in row if verdict})
    if len(values) < 2:
        return None
    numbers = {verdict: float(number) for number, verdict in enumerate(values)}
    data = [[numbers[verdict] if verdict else float("nan") for verdict in column] for column in zip(*rows, strict=True)]
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))

"""What stands in a state of knowledge: pure functions over the few acts that can change it, so that no two stores differ.

The problem: a claim is asserted, perhaps withdrawn, brought back, asserted again, judged, edited, and the edit withdrawn or
edited back. What stands? Every act but a filing can be withdrawn, a withdrawal among them, so the first step is to find the
acts that count: from the last to the first, a withdrawal that no later one has struck out strikes out the entry it names.

Of the acts that count:

- a claim is **there** if it is asserted, or if a judgement edited a claim that is there into it and nobody has judged that
  other claim since (2 "x is y instead" brings in y; 3 "x is right after all" takes y out again);
- the last word on a claim decides: an acceptance of it, a rejection, an edit away from it, or an edit into it, which is an
  acceptance. Without a word it stands as asserted.

Edits can run in a circle (x into y, and y back into x): being there is worked out from the assertions on, so a circle without
an assertion holds up nothing.

When a claim was said is a matter of the filings of its text, and so is whether the text counts at all, see `saying`. A filing
is known if its day (of publication, else of retrieval, else of the filing) has come and it had been recorded. Of these:

- the text was said on the earliest day told, of publication or retrieval; where none is told, on the day it was filed;
- an address shows one text at a time, that of the filing with the latest day, of one day the one recorded last. A text
  **counts** if one of its filings has no address (a file of one's own) or is the one that its address shows. So a page that is
  corrected takes back its claims from that day on and not before, a page that is restored brings them back, and a text that
  stands elsewhere as well goes on counting: all this in whatever order the versions were filed.

The order of filing decides only between texts of one address and one day; what is taken off an address without another text
in its place goes on counting. A state of knowledge is a number of an entry here: what was recorded by an instant has a number
up to that of the last entry then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple

from whoholds.model import Accepted, Edited, Entry, Judged, Outlined


class Imprint(NamedTuple):
    """A filing without the text: where and when a document was published, as far as told."""

    entry: int
    recorded_at: datetime
    document: str
    name: str
    url: str | None
    outlet: str | None
    published: date | None
    retrieved: date | None
    credits: tuple[str, ...] = ()
    replaces: str | None = None

    @property
    def day(self) -> date:
        """The day of publication; where none is told that of retrieval, else that of the filing (UTC)."""
        return self.published or self.retrieved or self.recorded_at.astimezone(UTC).date()

    @property
    def is_dated(self) -> bool:
        """Whether a day of publication or retrieval is told."""
        return (self.published or self.retrieved) is not None

    @property
    def rank(self) -> tuple[date, int]:
        """Orders filings by their day, those of one day as they were recorded."""
        return self.day, self.entry


class Judgement(NamedTuple):
    """A judgement by its entry: of which claim, whether it accepts it, and the claim it puts in its place."""

    entry: int
    claim: str
    accepts: bool
    instead: str | None


class Withdrawal(NamedTuple):
    """The entry `entry` withdraws the entry `target`."""

    entry: int
    target: int


@dataclass(frozen=True, slots=True)
class Record:
    """All that was entered about some claims: the entries that assert each, the judgements and the withdrawals of these."""

    asserted: Mapping[str, Sequence[int]] = field(default_factory=dict)
    judgements: Sequence[Judgement] = ()
    withdrawals: Sequence[Withdrawal] = ()


class Stand(NamedTuple):
    """A claim that stands: by which entry, and whether a person has accepted or edited it."""

    entry: int
    accepted: bool


class Saying(NamedTuple):
    """When a text was said, by whom it was published up to then, the agencies it credits, whether a day is told, its name.

    Outlets, credits and names are in the order of publication; the name is the first that is told.
    """

    said: date
    outlets: tuple[str, ...]
    credits: tuple[str, ...]
    dated: bool
    name: str = ""


class _Word(NamedTuple):
    entry: int
    stands: bool
    source: str | None  # the claim that was edited into this one


def judgement(entry: int, act: Judged) -> Judgement:
    """The judgement without its words."""
    instead = act.verdict.instead.id if isinstance(act.verdict, Edited) else None
    return Judgement(entry, act.claim, isinstance(act.verdict, Accepted), instead)


def struck(withdrawals: Iterable[Withdrawal], upto: int | None = None) -> set[int]:
    """The numbers of the entries that are withdrawn, as of the entry `upto` (None: the last)."""
    gone: set[int] = set()
    for entry, target in sorted(withdrawals, reverse=True):
        if entry not in gone and (upto is None or entry <= upto):
            gone.add(target)
    return gone


def latest_outlines(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Of outlines that are not withdrawn, in order, those that no later one of the same site and source takes the place of."""
    last: dict[object, Entry] = {}
    for entry in entries:
        act = entry.act
        if isinstance(act, Outlined):
            key = (act.site, act.source) if act.site is not None else entry.seq
            last.pop(key, None)
            last[key] = entry
    return tuple(sorted(last.values(), key=lambda entry: entry.seq))


def standing(record: Record, upto: int | None = None) -> dict[str, Stand]:
    """The claims of a record that stand as of the entry `upto` (None: the last), by id."""
    gone = struck(record.withdrawals, upto)

    def counts(entry: int) -> bool:
        return entry not in gone and (upto is None or entry <= upto)

    first = {claim: min(filter(counts, entries), default=0) for claim, entries in record.asserted.items()}
    words = _words(judgement for judgement in sorted(record.judgements) if counts(judgement.entry))
    there = _there({claim for claim, entry in first.items() if entry}, words)
    found = {}
    for claim in there:
        said = [word for word in words.get(claim, ()) if word.source is None or word.source in there]
        if said and not said[-1].stands:
            continue
        entry = first.get(claim) or min(word.entry for word in said if word.source is not None)
        found[claim] = Stand(entry, bool(said))
    return found


def _words(judgements: Iterable[Judgement]) -> dict[str, list[_Word]]:
    """The words on each claim in order, without those of edits that a later judgement of the same claim has overruled."""
    words: defaultdict[str, list[_Word]] = defaultdict(list)
    edited: dict[str, str] = {}
    for entry, claim, accepts, instead in judgements:
        former = edited.pop(claim, None)
        if former is not None:
            words[former] = [word for word in words[former] if word.source != claim]
        words[claim].append(_Word(entry, accepts, None))
        if instead is not None:
            edited[claim] = instead
            words[instead].append(_Word(entry, True, claim))
    return words


def _there(asserted: set[str], words: Mapping[str, Sequence[_Word]]) -> set[str]:
    brought = defaultdict(set)
    for claim, said in words.items():
        for word in said:
            if word.source is not None:
                brought[word.source].add(claim)
    there, waiting = set(asserted), list(asserted)
    while waiting:
        new = brought[waiting.pop()] - there
        there |= new
        waiting += new
    return there


def saying(
    imprints: Iterable[Imprint], published_by: date | None = None, upto: int | None = None, there: Iterable[Imprint] = ()
) -> Saying | None:
    """When a text was said as far as may be known: by the end of the day `published_by`, up to the entry `upto` (None: all).

    `imprints` are those of one text, `there` all those at its addresses, its own among them; without these it counts whatever
    replaced it. None where no imprint of it may be known, or where none of these counts: see the head of the module.
    """

    def is_known(imprint: Imprint) -> bool:
        return (upto is None or imprint.entry <= upto) and (published_by is None or imprint.day <= published_by)

    filed = tuple(imprints)
    if len(filed) == 1 and not filed[0].url:  # a file of one's own, as most are
        only = filed[0]
        outlet = (only.outlet,) if only.outlet else ()
        credits = tuple(dict.fromkeys(only.credits))
        return Saying(only.day, outlet, credits, only.is_dated, only.name) if is_known(only) else None
    known = sorted(filter(is_known, filed), key=lambda imprint: imprint.rank)
    if not known or _is_replaced(known, filter(is_known, there)):
        return None
    dated = [imprint.day for imprint in known if imprint.is_dated]
    return Saying(
        said=min(dated, default=known[0].day),
        outlets=tuple(dict.fromkeys(imprint.outlet for imprint in known if imprint.outlet)),
        credits=tuple(dict.fromkeys(credit for imprint in known for credit in imprint.credits)),
        dated=bool(dated),
        name=next((imprint.name for imprint in known if imprint.name), ""),
    )


def _is_replaced(own: Sequence[Imprint], there: Iterable[Imprint]) -> bool:
    """Whether every imprint of a text has an address at which another text is the last one known."""
    if not all(imprint.url for imprint in own):
        return False
    last: dict[str, Imprint] = {}
    for imprint in there:
        if imprint.url and (imprint.url not in last or imprint.rank > last[imprint.url].rank):
            last[imprint.url] = imprint
    return all(imprint.url in last and last[imprint.url].document != imprint.document for imprint in own)

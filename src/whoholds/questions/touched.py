"""What entries touch: the places whose picture can be another one after them, so that nothing else need be looked at again.

Entries about sides can touch every place, and of what was erased nobody can tell any more what it bore on. Of very many entries
it is not worked out: reading everything anew is sooner done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from whoholds.model import (
    Act,
    Allied,
    Asserted,
    Document,
    Edited,
    Entry,
    Erased,
    Filed,
    Judged,
    Parted,
    Testimony,
    Tombstone,
    Withdrawn,
)
from whoholds.questions.ground import last_entry
from whoholds.register.store import Known, Report, Store, Wanted

MOST = 5_000
"""Entries of which it is worked out what they touch."""

_AT_ONCE = 500  # documents whose claims are read at once


@dataclass(frozen=True, slots=True)
class Touched:
    """The keys of places whose claims can be others than before (None: any), and whether incidents can be.

    `only_more` tells that nothing but new reports and claims came in; `told` then are those claims that stand in the state of
    knowledge asked about, and `days` those told by the new reports.
    """

    places: frozenset[str] | None
    events: bool
    only_more: bool = False
    told: tuple[Testimony, ...] = ()
    days: tuple[date, ...] = ()


EVERYWHERE = Touched(None, events=True)
NOTHING = Touched(frozenset(), events=False, only_more=True)


def touched(store: Store, entries: Sequence[Entry], known: Known) -> Touched:
    """What entries touch in a state of knowledge."""
    if not entries or len(entries) > MOST:
        return EVERYWHERE if entries else NOTHING
    subjects = [_subject(store, entry.act) for entry in entries]
    if any(isinstance(act, Allied | Parted | Erased | Tombstone) for act in subjects):
        return EVERYWHERE
    filed = [act.document for act in subjects if isinstance(act, Filed)]
    claims = {act.claim.id for act in subjects if isinstance(act, Asserted)}
    again = _again(store, filed)
    about = {act.claim for act in subjects if isinstance(act, Judged)}
    about |= {id for id in claims if len(store.entries_about(id)) > 1}  # withdrawn, or tied to others by edits
    bearing = _bearing(store, claims, again, _tied(store, about))
    days = [day for document in filed if (day := document.published or document.retrieved)]
    return Touched(
        places=frozenset(one.site.key for one in bearing if one.site),
        events=any(one.claim.kind == "event" for one in bearing),
        only_more=not about and not again,
        told=tuple(store.testimony(Wanted(claims=claims, known=known))) if claims else (),
        days=tuple(day for day in days if known.published_by is None or day <= known.published_by),
    )


def differing(store: Store, known: Known) -> frozenset[str] | None:
    """The keys of places whose claims are others in a state of knowledge than with everything known; None for any."""
    later = touched(store, _after(store, known.recorded_by), known)
    if later.places is None or known.published_by is None:
        return later.places
    then = {one.document: _said(one) for one in store.reports(known)}
    others = [one.document for one in store.reports() if then.pop(one.document, None) != _said(one)]
    found = set(later.places)
    documents = [*others, *then]  # those that are left have been replaced at their addresses since
    for start in range(0, len(documents), _AT_ONCE):
        wanted = Wanted(documents=documents[start : start + _AT_ONCE], replaced=True)
        found |= {one.site.key for one in store.testimony(wanted) if one.site}
    return frozenset(found)


def _said(report: Report) -> tuple[object, ...]:
    return report.said, report.dated, report.outlets, report.credits


def _after(store: Store, recorded_by: datetime | None) -> list[Entry]:
    """The entries recorded after an instant, one more than MOST of them at most; none for None."""
    if recorded_by is None:
        return []
    low, high = 0, last_entry(store)
    while low < high:
        middle = (low + high + 1) // 2
        entry = store.entry(middle)
        low, high = (middle, high) if entry and entry.recorded_at <= recorded_by else (low, middle - 1)
    return list(islice(store.entries(after=low), MOST + 1))


def _subject(store: Store, act: Act) -> Act:
    """What an act is in the end about: a withdrawal of a withdrawal about what that had taken out."""
    while isinstance(act, Withdrawn):
        target = store.entry(act.entry)
        assert target is not None, "a withdrawal names an earlier entry"
        act = target.act
    return act


def _again(store: Store, filed: Sequence[Document]) -> set[str]:
    """The documents, by id, whose day, outlets or standing at their address these filings can have changed."""
    found = set()
    for document in filed:
        beside = [filing.document.id for filing in store.filings(document=document.id)]
        if document.url:
            beside += [filing.document.id for filing in store.filings(url=document.url) if filing.document.id != document.id]
        if len(beside) > 1:
            found |= set(beside)
    return found


def _tied(store: Store, claims: set[str]) -> set[str]:
    """Claims and all that edits tie to them, on whichever side of an edit."""
    found, new = set(claims), set(claims)
    while new:
        acts = [entry.act for id in new for entry in store.entries_about(id)]
        judged = [act for act in acts if isinstance(act, Judged)]
        instead = {act.verdict.instead.id for act in judged if isinstance(act.verdict, Edited)}
        new = ({act.claim for act in judged} | instead) - found
        found |= new
    return found


def _bearing(store: Store, claims: set[str], documents: set[str], tied: set[str]) -> list[Testimony]:
    """The claims with these ids, standing or not, and those of documents."""
    found = list(store.testimony(Wanted(claims=claims, replaced=True))) if claims else []
    if documents:
        found += store.testimony(Wanted(documents=documents, replaced=True))
    return found + [one for id in sorted(tied) if (one := store.claim(id))]

"""Documents, claims, findings and places by their ids, as far as a state of knowledge lets one see them.

What was entered later, and what only later publications tell, is not seen: not its words, not that it is there. The saying of
a claim (day, outlets, credits, whether a person accepted it) is told as it was known then, a document by the first of its
filings that is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from whoholds.model import Asserted, Document, Edited, Entry, Finding, Holding, Judged, Site, Testimony
from whoholds.questions.picture import Picture
from whoholds.register.knowledge import Imprint, saying
from whoholds.register.store import Filing, Known, Sought, Store, Wanted
from whoholds.register.words import fold_name

KINDS = ("holding", "undertaking", "incident")


def entry_known(store: Store, number: int, known: Known) -> Entry | None:
    """The entry of a number; None where there is none, or it was recorded later. Days of publication hide no entry."""
    entry = store.entry(number) if number > 0 else None
    return entry if entry and _recorded(entry, known) else None


def entries_known(store: Store, target: str, known: Known) -> tuple[Entry, ...]:
    """The entries about a claim or a document by its id, in order."""
    return tuple(entry for entry in store.entries_about(target) if _recorded(entry, known))


def filings_known(store: Store, document: str, known: Known) -> tuple[Filing, ...]:
    """The filings of a document by its id, in order; none for one that is not known."""
    return tuple(filing for filing in store.filings(document=document) if _known(filing, known))


def document_known(store: Store, id: str, known: Known) -> Document | None:
    """The document of this id as it was first filed, of those filings that are known; None for none."""
    return next((filing.document for filing in filings_known(store, id, known)), None)


def claim_known(store: Store, id: str, known: Known) -> tuple[Testimony, bool] | None:
    """A claim with its derivation, and whether it stands; None where it is not known."""
    told = store.claim(id)
    if told is None:
        return None
    filings = filings_known(store, told.claim.evidence.document, known)
    brought = [entry for entry in entries_known(store, id, known) if _brings(entry, id)]
    if not filings or not brought:
        return None
    now = next(store.testimony(Wanted(claims=[id], known=known, replaced=True)), None)
    if now:
        standing = any(True for _ in store.testimony(Wanted(claims=[id], known=known)))
        return replace(now, claim=told.claim), standing
    return _as_said(told, brought[0], filings, known), False


def finding_known(picture: Picture, id: str) -> Finding | None:
    """The finding that this id stands for in a state of knowledge; None where it does not follow from what was known."""
    kind = id.partition("-")[0]
    if kind not in KINDS:
        return None
    kept = next(iter(picture.store.findings(Sought(kind=kind, ids=[id]))), None)
    if picture.settled:
        return kept
    if kind == "holding":
        return _holding(picture, id, kept.site.key if isinstance(kept, Holding) else None)
    found = picture.incidents() if kind == "incident" else picture.undertakings()
    return next((one for one in found if one.id == id), None)


def findings_on(picture: Picture, told: Testimony) -> tuple[Finding, ...]:
    """The findings that a claim supports or opposes: holdings, then undertakings, then incidents, each by id."""
    id = told.claim.id
    if picture.settled:
        return tuple(one for kind in KINDS for one in picture.store.findings(Sought(kind=kind, claims=[id])))
    own = picture.own([told.site.key]) if told.site else {}
    holdings = [holding for timeline in own.values() for holding in timeline]
    found: list[list[Finding]] = [list(holdings), list(picture.undertakings()), list(picture.incidents())]
    return tuple(one for kind in found for one in sorted(kind, key=lambda one: one.id) if _names(one, id))


class KnownPlaces:
    """The places of a store that claims then known name: what a name is looked for in. See `Store` for the methods."""

    def __init__(self, picture: Picture) -> None:
        self._picture, self._store = picture, picture.store

    def site(self, key: str) -> Site | None:
        """See `Store.site`."""
        return self._picture.sites().get(key)

    def sites(self, *, keys: tuple[str, ...] | None = None) -> Iterator[Site]:
        """See `Store.sites`."""
        known = self._picture.sites()
        return iter(known.values()) if keys is None else (known[key] for key in keys if key in known)

    def sites_called(self, name: str) -> tuple[Site, ...]:
        """See `Store.sites_called`; that a place bears a name in a claim is seen only where such a claim is known."""
        known = self._picture.sites()
        return tuple(site for site in self._store.sites_called(name) if site.key in known and self._bears(site, name))

    def _bears(self, site: Site, name: str) -> bool:
        folded = fold_name(name)
        if folded == fold_name(site.name):
            return True
        told = self._store.testimony(Wanted(sites=[site.key], known=self._picture.known))
        return any(one.claim.where is not None and fold_name(one.claim.where.name) == folded for one in told)


def _holding(picture: Picture, id: str, place: str | None) -> Finding | None:
    """A holding in an earlier state of knowledge: where it is still kept, its place need not be looked for."""
    for keys in ([place] if place else [], picture.sites()):
        for timeline in picture.own(keys).values():
            for holding in timeline:
                if holding.id == id:
                    return holding
    return None


def _names(finding: Finding, claim: str) -> bool:
    return claim in finding.supporting or claim in finding.opposing


def _recorded(entry: Entry | Filing, known: Known) -> bool:
    return known.recorded_by is None or entry.recorded_at <= known.recorded_by


def _known(filing: Filing, known: Known) -> bool:
    return _recorded(filing, known) and (known.published_by is None or _imprint(filing).day <= known.published_by)


def _brings(entry: Entry, claim: str) -> bool:
    """Whether an entry brings a claim in: by asserting it, or by putting it in the place of another."""
    match entry.act:
        case Asserted():
            return True
        case Judged(verdict=Edited(instead=instead)):
            return instead.id == claim
        case _:
            return False


def _as_said(told: Testimony, brought: Entry, filings: tuple[Filing, ...], known: Known) -> Testimony:
    """The testimony of a claim that does not stand, as it was known."""
    said = saying(map(_imprint, filings), known.published_by)
    assert said is not None, "one of them is known"
    return replace(
        told,
        said=said.said,
        outlets=said.outlets,
        credits=said.credits,
        dated=said.dated,
        name=said.name,
        accepted=False,
        recorded_at=brought.recorded_at,
        entry=brought.seq,
    )


def _imprint(filing: Filing) -> Imprint:
    one = filing.document
    return Imprint(
        entry=filing.entry,
        recorded_at=filing.recorded_at,
        document=one.id,
        name=one.name,
        url=one.url,
        outlet=one.outlet,
        published=one.published,
        retrieved=one.retrieved,
        credits=one.credits,
        replaces=filing.replaces,
    )

"""Testimony out of a store's rows: the same for every store, over four plain reads.

A row whose claim has nothing else entered about it (no withdrawal, no judgement) stands if it had been recorded; the few others
are decided by `knowledge.standing`. Rows come in pages, by the number of their entry, so that a million of them never lie in
memory at once and no read stays open while the asker works on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from whoholds.model import Claim, Site, Testimony
from whoholds.register.knowledge import Imprint, Record, Saying, Stand, saying, standing
from whoholds.register.store import Known, Report, Wanted

PAGE = 5_000


class Row(NamedTuple):
    """An entry that brings in a claim, by an assertion or an edit. `body` is what the store makes the claim of."""

    entry: int
    recorded_at: datetime
    claim: str
    document: str
    site: Site | None
    noted: bool
    body: object


class Rows(Protocol):
    """What a store lends to `testimony`."""

    def upto(self, recorded_by: datetime | None) -> int:
        """The number of the last entry recorded by an instant (inclusive); of the last one where None."""
        ...

    def rows(self, wanted: Wanted, *, after: int, upto: int, limit: int) -> Sequence[Row]:
        """The first rows after number `after`, up to `upto`, that fit what is wanted, whether they stand or not."""
        ...

    def record(self, claims: Collection[str]) -> Record:
        """All that was entered about these claims and those that edits tie to them."""
        ...

    def imprints_of(self, documents: Collection[str]) -> dict[str, Sequence[Imprint]]:
        """The filings of texts, by id, in order."""
        ...

    def imprints_at(self, urls: Collection[str]) -> dict[str, Sequence[Imprint]]:
        """The filings at addresses, by address, in order."""
        ...

    def imprints(self) -> Iterable[Imprint]:
        """All filings, in order."""
        ...

    def plain_claims(self, upto: int) -> Iterable[tuple[str, int]]:
        """How many claims, with nothing else entered about them, texts have up to an entry; a text may come up again."""
        ...

    def noted_claims(self, upto: int) -> Iterable[tuple[int, str, str]]:
        """The other claims: number of the entry up to `upto` that brings one in, its id and its text."""
        ...

    def claim_in(self, row: Row, *, derivation: bool) -> Claim:
        """The claim of a row."""
        ...


def testimony(store: Rows, wanted: Wanted) -> Iterator[Testimony]:
    """See `Store.testimony`."""
    known, after = wanted.known, max(0, wanted.after)
    upto = store.upto(known.recorded_by)
    sayings: dict[str, Saying | None] = {}
    while True:
        page = store.rows(wanted, after=after, upto=upto, limit=PAGE)
        stands = _stands(store, [row.claim for row in page if row.noted], upto)
        _learn(store, sayings, page, wanted, upto)
        for row in page:
            said = sayings[row.document]
            if said is None or not _within(said.said, wanted.said):
                continue
            stand = stands.get(row.claim) if row.noted else None
            if stand.entry == row.entry if stand else not row.noted:
                yield _testimony(store, row, said, bool(stand and stand.accepted), derivation=False)
        if len(page) < PAGE:
            return
        after = page[-1].entry


def reports(store: Rows, known: Known) -> Iterator[Report]:
    """See `Store.reports`."""
    upto = store.upto(known.recorded_by)
    claims = Counter[str]()
    for document, count in store.plain_claims(upto):
        claims[document] += count
    noted = list(store.noted_claims(upto))
    stands = _stands(store, [claim for _, claim, _ in noted], upto)
    claims.update(document for entry, claim, document in noted if claim in stands and stands[claim].entry == entry)
    own, there = defaultdict[str, list[Imprint]](list), defaultdict[str, list[Imprint]](list)
    for imprint in store.imprints():
        own[imprint.document].append(imprint)
        if imprint.url:
            there[imprint.url].append(imprint)
    for document, imprints in own.items():
        beside = (other for url in {one.url for one in imprints} if url for other in there[url])
        said = saying(imprints, known.published_by, upto, beside)
        if said:
            last = max((day for one in imprints if (day := _told_by(one, known, upto))), default=None)
            yield Report(document, said.said, said.dated, said.outlets, said.credits, last, claims[document])


def _told_by(imprint: Imprint, known: Known, upto: int) -> date | None:
    """The day that a filing tells, where it may be known."""
    day = imprint.published or imprint.retrieved
    return day if day and imprint.entry <= upto and (known.published_by is None or day <= known.published_by) else None


def claim(store: Rows, id: str) -> Testimony | None:
    """See `Store.claim`: where several entries bring it in, the one by which it stands, else the first."""
    upto = store.upto(None)
    rows = store.rows(Wanted(claims=(id,)), after=0, upto=upto, limit=PAGE)
    if not rows:
        return None
    stand = standing(store.record([id])).get(id)
    row = next((row for row in rows if stand and row.entry == stand.entry), rows[0])
    said = saying(store.imprints_of([row.document])[row.document])
    assert said is not None, "a claim's document is filed"
    return _testimony(store, row, said, bool(stand and stand.accepted), derivation=True)


def _stands(store: Rows, claims: Sequence[str], upto: int) -> dict[str, Stand]:
    return standing(store.record(set(claims)), upto) if claims else {}


def _within(day: date, period: tuple[date, date] | None) -> bool:
    return period is None or period[0] <= day <= period[1]


def _learn(store: Rows, sayings: dict[str, Saying | None], page: Sequence[Row], wanted: Wanted, upto: int) -> None:
    new = {row.document for row in page} - sayings.keys()
    if not new:
        return
    imprints = store.imprints_of(new)
    urls = set() if wanted.replaced else {one.url for own in imprints.values() for one in own if one.url}
    there = store.imprints_at(urls) if urls else {}
    for document in new:
        own = imprints.get(document, ())
        beside = (other for url in {one.url for one in own} if url for other in there.get(url, ()))
        sayings[document] = saying(own, wanted.known.published_by, upto, beside)


def _testimony(store: Rows, row: Row, said: Saying, accepted: bool, *, derivation: bool) -> Testimony:
    return Testimony(
        claim=store.claim_in(row, derivation=derivation),
        said=said.said,
        recorded_at=row.recorded_at,
        entry=row.entry,
        outlets=said.outlets,
        credits=said.credits,
        accepted=accepted,
        dated=said.dated,
        name=said.name,
        site=row.site,
    )

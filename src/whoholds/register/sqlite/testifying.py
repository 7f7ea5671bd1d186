"""The rows that `views.testimony` asks for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta

from whoholds.model import Claim
from whoholds.register.codec import id_of, number_of, storable
from whoholds.register.knowledge import Imprint, Judgement, Record
from whoholds.register.sqlite import entries, reading, sites
from whoholds.register.sqlite.database import Database
from whoholds.register.sqlite.reading import is_claim
from whoholds.register.sqlite.rows import EDITED, MATTERS, PLAIN, moment
from whoholds.register.store import LONG, SHORT, SHORT_DAYS, UNTIMED, Wanted
from whoholds.register.views import Row

_SELECT = (
    "select claim.entry, recorded_at, claim.id, claim.document, claim.site, noted, claim.body"
    " from claim join entry on seq = claim.entry where {} order by claim.entry limit :limit"
)
_LONG = 400  # days of a period from which on walking all entries is quicker than its claims one by one
_TOUCHING = {
    SHORT: "select entry from claim where kind in (:*kinds) and last - first <= 40"
    " and first between :since - 40 and :until and last >= :since",
    LONG: "select entry from claim where kind in (:*kinds) and last - first > 40 and last >= :since and first <= :until",
}
# A text was said on the first day told, of publication or else retrieval, else of filing: one of its filings has it.
_SAID = (
    "claim.document in (select document from filing where published between :from and :to"
    " union all select document from filing where published is null and retrieved between :from and :to"
    " union all select document from filing where published is null and retrieved is null"
    " and entry > :begun and entry <= :ended)"
)
_TIMES = {
    UNTIMED: "claim.first is null",
    SHORT: f"claim.last - claim.first <= {SHORT_DAYS}",
    LONG: f"claim.last - claim.first > {SHORT_DAYS}",
}


class Testifier:
    """One register's claims, see `views.Rows`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def upto(self, recorded_by: datetime | None) -> int:
        return reading.last_entry(self._database, recorded_by)

    def rows(self, wanted: Wanted, *, after: int, upto: int, limit: int) -> Sequence[Row]:
        where, values = _conditions(wanted)
        if wanted.said is not None and not _is_long(wanted.said):
            where.append(_SAID)
            values |= self._said(wanted.said)
        number = "claim.entry"
        if _selective(wanted):  # few enough to read at once; the plus prevents a walk over all entries in order
            number, limit = "+claim.entry", -1
        where = [*where, f"{number} > :after", f"{number} <= :upto"]
        with self._database.snapshot():
            rows = self._database.rows(_SELECT.format(" and ".join(where)), **values, after=after, upto=upto, limit=limit)
            named = sites.by_number(self._database, {row[4] for row in rows if row[4] is not None})
            hashes = self._hashes({row[3] for row in rows})
        moments = {at: moment(at) for at in {row[1] for row in rows}}
        return [
            Row(entry, moments[at], id_of(id), hashes[document], named.get(site), noted != PLAIN, body)
            for entry, at, id, document, site, noted, body in rows
        ]

    def _said(self, period: tuple[date, date]) -> dict[str, object]:
        """The period in days, and in numbers of entries where there are texts of which no day is told."""
        begun = ended = 0
        if self._database.one("select 1 from filing where published is null and retrieved is null limit 1"):
            start, end = (datetime.combine(day, time.min, UTC) for day in period)
            begun = reading.last_entry(self._database, start - timedelta(microseconds=1)) if period[0] > date.min else 0
            ended = reading.last_entry(self._database, end + timedelta(days=1) if period[1] < date.max else None)
        return {"from": period[0].toordinal(), "to": period[1].toordinal(), "begun": begun, "ended": ended}

    def _hashes(self, documents: Collection[int]) -> dict[int, str]:
        return dict(self._database.rows("select id, hash from document where id in (:*ids)", ids=list(documents)))

    def record(self, claims: Collection[str]) -> Record:
        tied = {number_of(claim) for claim in claims}
        judgements = self._judgements(tied)
        rows = self._database.rows(f"select id, entry from claim where id in (:*ids) and noted < {EDITED}", ids=list(tied))
        asserted: dict[str, list[int]] = {}
        for id, entry in rows:
            asserted.setdefault(id_of(id), []).append(entry)
        roots = [entry for _, entry in rows] + [one.entry for one in judgements]
        return Record(asserted, judgements, reading.withdrawals(self._database, roots))

    def _judgements(self, tied: set[int]) -> list[Judgement]:
        """The judgements of claims; `tied` grows by the claims that edits tie to them."""
        size = 0
        while len(tied) > size:
            size = len(tied)
            rows = self._database.rows(
                "select entry, claim, accepts, instead from judgement where claim in (:*tied)"
                " union select entry, claim, accepts, instead from judgement where instead in (:*tied)",
                tied=list(tied),
            )
            tied |= {claim for _, claim, _, _ in rows} | {instead for *_, instead in rows if instead is not None}
        return [
            Judgement(entry, id_of(claim), bool(accepts), None if instead is None else id_of(instead))
            for entry, claim, accepts, instead in rows
        ]

    def imprints_of(self, documents: Collection[str]) -> dict[str, Sequence[Imprint]]:
        return reading.imprints_of(self._database, documents)

    def imprints_at(self, urls: Collection[str]) -> dict[str, Sequence[Imprint]]:
        return reading.imprints_at(self._database, urls)

    def imprints(self) -> list[Imprint]:
        return reading.all_imprints(self._database)

    def plain_claims(self, upto: int) -> list[tuple[str, int]]:
        rows = self._database.rows(
            "select hash, claims from (select document, count(*) as claims from claim where noted = :plain and entry <= :upto"
            " group by document) join document on document.id = document",
            plain=PLAIN,
            upto=upto,
        )
        return [(hash, claims) for hash, claims in rows]

    def noted_claims(self, upto: int) -> list[tuple[int, str, str]]:
        rows = self._database.rows(
            "select claim.entry, claim.id, hash from claim join document on document.id = document"
            " where noted <> :plain and claim.entry <= :upto",
            plain=PLAIN,
            upto=upto,
        )
        return [(entry, id_of(id), hash) for entry, id, hash in rows]

    def claim_in(self, row: Row, *, derivation: bool) -> Claim:
        assert isinstance(row.body, bytes)
        found = None
        if derivation:
            found = self._database.one("select body from derivation where entry = :entry", entry=row.entry)
        return entries.claim_of(row.body, row.document, found[0] if found else None, id=row.claim)


def _selective(wanted: Wanted) -> bool:
    some = (wanted.claims, wanted.documents, wanted.sites)
    periods = (wanted.described, wanted.said)
    return any(one is not None for one in some) or any(one is not None and not _is_long(one) for one in periods)


def _is_long(period: tuple[date, date]) -> bool:
    return (period[1] - period[0]).days > _LONG


def _conditions(wanted: Wanted) -> tuple[list[str], dict[str, object]]:
    where, values = [], dict[str, object]()
    by = "+" if wanted.said is not None and not _is_long(wanted.said) else ""  # the few documents of some days are read first
    kinds = MATTERS if wanted.kinds is None else wanted.kinds
    if wanted.kinds is not None or (wanted.described is not None and not _is_long(wanted.described)):
        values["kinds"] = [MATTERS.index(kind) for kind in kinds if kind in MATTERS]
    if wanted.kinds is not None:
        where.append("claim.kind in (:*kinds)")
    if wanted.claims is not None:
        where.append("claim.id in (:*claims)")
        values["claims"] = [number_of(claim) for claim in wanted.claims if is_claim(claim)]
    if wanted.documents is not None:
        where.append("claim.document in (select id from document where hash in (:*documents))")
        values["documents"] = [storable(document) for document in wanted.documents]
    if wanted.sites is not None:
        unplaced = f" or {by}claim.site is null" if None in wanted.sites else ""
        where.append(f"({by}claim.site in (select id from site where key in (:*sites)){unplaced})")
        values["sites"] = [storable(key) for key in wanted.sites if key is not None]
    if wanted.times is not None:
        where.append(f"({' or '.join([_TIMES[time] for time in sorted(wanted.times)]) or 'false'})")
    if wanted.described is not None:
        if by or _is_long(wanted.described):
            where.append(f"{by}last >= :since and {by}first <= :until")
        else:
            touching = [select for time, select in _TOUCHING.items() if wanted.times is None or time in wanted.times]
            where.append(f"claim.entry in ({' union all '.join(touching)})")
        values |= {"since": wanted.described[0].toordinal(), "until": wanted.described[1].toordinal()}
    return where, values

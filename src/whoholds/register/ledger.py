"""How acts become entries: which change nothing, which do not fit, and what follows from them. The same for every store.

A store lends a `Book`, a few plain reads and writes inside one transaction; `enter` does the rest. What is not obvious:

- **Versions.** Which of the texts at an address counts is a matter of what is known (see `knowledge.saying`), not of entries:
  filing a version withdraws nothing, and the versions can be filed in any order. `Filed.replaces` only tells the reader of the
  log which text was the last one there before.
- **Stale keys.** Whatever changes what stands for a claim makes its key stale (see `Store.stale`), and those of all claims
  that edits tie to it, for what one of them says can bring in or take out the others; so does a further filing of its text,
  which can move the day it was said and adds an outlet, and a filing or an erasure of any text at an address at which its text
  was filed too.
- **Erasure.** The claims of a document go with it, and all judgements of these: reasons quote words too, and so do those of
  withdrawals, which are blanked. Findings that rest on the claims go as well; since nobody can tell any more what the erased
  claims bore on, all incidents and undertakings are stale. An erased document cannot be filed again; whoever adds the same
  file is told. Its address goes as well, so a text that it had replaced there is the last one there again; whoever does not
  want that withdraws its claims.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from whoholds.model import (
    Act,
    Allied,
    Asserted,
    Claim,
    Document,
    Edited,
    Entry,
    Erased,
    Filed,
    Judged,
    Outlined,
    Parted,
    Place,
    Site,
    Tombstone,
    Use,
    Withdrawn,
    hash_of,
    polygons_of,
)
from whoholds.register.book import Addition, Book, Key
from whoholds.register.knowledge import Imprint, latest_outlines
from whoholds.register.store import EVERYTHING, ConflictError, Situate

KINDS = ("control", "event", "obligation")
_TICK = timedelta(microseconds=1)


def enter(
    book: Book, situate: Situate, acts: Sequence[Act], *, by: str, at: datetime | None, clock: Callable[[], datetime]
) -> tuple[Entry, ...]:
    """The entries that these acts became, written to the book. Raises ConflictError for an act that does not fit.

    Raises ValueError where `at` has no zone. The clock's instant is put off to the microsecond after the last entry where it
    does not lie after it, as when a clock was set back: what was known at the last entry's instant stays what it was.
    """
    if at is not None and at.tzinfo is None:
        raise ValueError("the instant of an entry needs a zone")
    seq, last = book.last()
    instant = (at or clock()).astimezone(UTC)
    if at is None:
        instant = max(instant, last + _TICK) if last else instant
    elif last is not None and instant < last:
        raise ConflictError(
            f"entries cannot be recorded at {instant.isoformat()}, before the last one ({last.isoformat()})",
            "an entry's instant is when it is taken in; a document's own day is its day of publication",
        )
    clerk = _Clerk(book, situate, acts, seq, instant, by)
    for act in acts:
        clerk.enter(act)
    clerk.flush()
    return tuple(clerk.entries)


class _Clerk:
    """One call of `enter`: entries wait in `_waiting` to be written together."""

    def __init__(self, book: Book, situate: Situate, acts: Sequence[Act], seq: int, instant: datetime, by: str) -> None:
        self._book, self._seq, self._instant, self._by = book, seq, instant, by
        self._situate = situate
        self.entries: list[Entry] = []
        self._waiting: list[Addition] = []
        self._stale: set[Key] = set()
        self._touched: set[str] = set()  # claims whose keys, and those of claims tied to them, are stale
        self._ids = {id(act): act.claim.id for act in acts if isinstance(act, Asserted)}
        self._asserted: dict[str, bool] | None = None
        self._new: set[str] = set()  # ids and addresses of the documents in `_waiting`
        self._met: set[str] | None = None  # see `Book.met`
        self._filing = [act.document for act in acts if isinstance(act, Filed)]
        self._texts: dict[str, str] = {}
        self._sites: dict[tuple[str, Place | None, Use], Site] = {}

    def enter(self, act: Act) -> None:
        match act:
            case Asserted():
                self._assert(act.claim, self._ids[id(act)])
                return
            case Tombstone():
                raise ConflictError("a tombstone cannot be entered", "enter an erasure: the store puts the tombstones")
            case Filed():
                self._file(act)
                return
        self.flush()
        self._asserted = None
        match act:
            case Withdrawn():
                self._withdraw(act)
            case Judged():
                self._judge(act)
            case Allied() | Parted():
                if all(entry.act != act for entry in self._book.affiliations()):
                    self._add(act)
                    self._stale |= {(kind, EVERYTHING) for kind in KINDS}
            case Outlined():
                self._outline(act)
            case Erased():
                self._erase(act)

    def flush(self) -> None:
        if self._waiting:
            self._book.put(self._waiting)
            self._waiting = []
            self._new = set()
        if self._touched:
            self._stale |= self._book.keys_of(tied(self._book, self._touched))
            self._touched = set()
        if self._stale:
            self._book.mark(self._stale, self._seq)
            self._stale = set()

    def _add(self, act: Act, claim: str | None = None, site: Site | None = None, noted: bool = False, root: int = 0) -> None:
        self._seq += 1
        entry = Entry(self._seq, self._instant, self._by, act)
        self.entries.append(entry)
        self._waiting.append(Addition(entry, claim, site, noted, root))
        if noted and claim is not None:
            self._touched.add(claim)

    def _file(self, act: Filed) -> None:
        document = act.document
        if not self._new.isdisjoint((document.id, document.url)):
            self.flush()
        met = self._already_met()
        erasure = self._book.erasure(document.id) if document.id in met else None
        if erasure is not None:
            raise ConflictError(
                f"{_called(document)} was erased from this register (entry {erasure})",
                "an erased document cannot be filed again",
            )
        earlier = self._book.imprints(document=document.id) if document.id in met else ()
        if any(_same(imprint, document) for imprint in earlier):
            return
        there = self._book.imprints(url=document.url) if document.url and document.url in met else ()
        last = max(there, key=lambda imprint: imprint.rank, default=None)  # of the others there none counts, now or then
        if earlier or last:
            self.flush()
            self._touch({document.id, *([last.document] if last else [])})
        self._add(Filed(document, self._replaced(document, last) or act.replaces))
        named = {document.id, *([document.url] if document.url else [])}
        self._new |= named
        met |= named
        self._texts[document.id] = document.text

    def _replaced(self, document: Document, last: Imprint | None) -> str | None:
        """The text that a document takes the place of at its address; None where it is the same one, or itself older."""
        day = document.published or document.retrieved or self._instant.date()
        return last.document if last and last.document != document.id and last.day <= day else None

    def _touch(self, documents: Iterable[str]) -> None:
        """Mark what rests on documents as stale."""
        for document in documents:
            self._stale |= self._book.keys_of(self._book.claims_of(document))

    def _already_met(self) -> set[str]:
        """The ids and addresses of this call's documents under which something may be found; asked for all at once."""
        if self._met is None:
            urls = {document.url for document in self._filing if document.url}
            self._met = set(self._book.met({document.id for document in self._filing}, urls))
        return self._met

    def _assert(self, claim: Claim, claim_id: str) -> None:
        if self._asserted is None:
            self.flush()
            self._asserted = dict(self._book.asserted(set(self._ids.values())))
        if self._asserted.get(claim_id):
            return
        _check_words(claim, claim_id, self._text(claim.evidence.document))
        site = self._site(claim)
        self._add(Asserted(claim), claim_id, site, noted=claim_id in self._asserted)
        self._asserted[claim_id] = True
        self._stale |= key_of_claim(claim, claim_id, site)

    def _text(self, document: str) -> str:
        if document not in self._texts:
            self.flush()
            text = self._book.text(document)
            if text is None:
                erased = self._book.erasure(document) is not None
                raise ConflictError(
                    f"the document {document[:12]} of a claim {'was erased' if erased else 'is not in this register'}",
                    "" if erased else "file the document before its claims",
                )
            self._texts[document] = text
        return self._texts[document]

    def _site(self, claim: Claim) -> Site | None:
        if claim.where is None:
            return None
        named = claim.where.name, claim.where.place, claim.where.use
        if named not in self._sites:
            self._sites[named] = self._situate(claim.where)
        return self._sites[named]

    def _withdraw(self, act: Withdrawn) -> None:
        target = self._book.entry(act.entry)
        if target is None:
            raise ConflictError(f"there is no entry {act.entry} to withdraw")
        if isinstance(target.act, Filed | Erased | Tombstone):
            raise ConflictError(
                f"entry {act.entry} is a {target.kind} entry, which cannot be withdrawn",
                "withdraw the document's claims" if isinstance(target.act, Filed) else "what is erased is gone",
            )
        if self._book.withdrawn(act.entry):
            return
        while isinstance(target.act, Withdrawn):
            root = self._book.entry(target.act.entry)
            assert root is not None, "a withdrawal names an earlier entry"
            target = root
        self._add(act, root=target.seq)
        match target.act:  # a tombstone's claim is gone
            case Asserted(claim):
                self._touched.add(claim.id)
            case Judged(claim=claim_id):
                self._touched.add(claim_id)
            case Allied() | Parted():
                self._stale |= {(kind, EVERYTHING) for kind in KINDS}

    def _judge(self, act: Judged) -> None:
        evidence = self._book.evidence(act.claim)
        if evidence is None:
            raise ConflictError(f"there is no claim {act.claim}")
        if act.words != hash_of(evidence.quote):
            raise ConflictError(
                f"the words of claim {act.claim} are not those that were judged", f"its words are now: {evidence.quote!r}"
            )
        instead, site = None, None
        if isinstance(act.verdict, Edited):
            claim = act.verdict.instead
            instead, site = claim.id, self._site(claim)
            if claim.evidence.document != evidence.document:
                raise ConflictError(f"claim {act.claim} cannot be replaced by words of another document")
            _check_words(claim, instead, self._text(evidence.document))
        last = self._book.judgement(act.claim)
        if last and (last.act, last.by) == (act, self._by):  # another person's verdict is one more, whatever it says
            return
        self._add(act, instead, site, noted=True)
        self._touched.add(act.claim)
        self.flush()

    def _outline(self, act: Outlined) -> None:
        try:
            polygons_of(act.geometry)
        except ValueError as error:
            raise ConflictError(
                f"the outline of {act.name or 'a place'} cannot be entered: {error}", "give a GeoJSON Polygon or MultiPolygon"
            ) from error
        same = latest_outlines(self._book.outlines(act))
        if all(entry.act != act for entry in same):
            self._add(act)

    def _erase(self, act: Erased) -> None:
        if self._book.erasure(act.document) is not None:
            return
        imprints = self._book.imprints(document=act.document)
        if not imprints:
            raise ConflictError(f"there is no document {act.document} to erase")
        urls = {imprint.url for imprint in imprints if imprint.url}
        self._touch({act.document, *(one.document for url in urls for one in self._book.imprints(url=url))})
        if self._book.claims_of(act.document):
            self._stale |= {("event", EVERYTHING), ("obligation", EVERYTHING)}
        self._add(act)
        self.flush()
        self._book.erase(act.document, self._seq)
        self._texts.clear()


def key_of_claim(claim: Claim, claim_id: str, site: Site | None) -> set[Key]:
    """The stale key of a claim: its site's for control (none without a place), else its own id."""
    if claim.kind == "control":
        return {("control", site.key)} if site else set()
    return {(claim.kind, claim_id)}


def tied(book: Book, claims: Collection[str]) -> set[str]:
    """Claims and all that edits tie to them, on whichever side of an edit, withdrawn edits among these."""
    found, new = set(claims), set(claims)
    while new:
        new = {claim for edit in book.edits(new) for claim in edit} - found
        found |= new
    return found


def _same(imprint: Imprint, document: Document) -> bool:
    told = (imprint.name, imprint.url, imprint.outlet, imprint.published)
    return told == (document.name, document.url, document.outlet, document.published)


def _called(document: Document) -> str:
    return document.url or document.name or f"document {document.id[:12]}"


def _check_words(claim: Claim, claim_id: str, text: str) -> None:
    span = claim.evidence
    if text[span.start : span.end] != span.quote:
        raise ConflictError(
            f"the words of claim {claim_id} are not in document {span.document[:12]} at {span.start}-{span.end}",
            "read the document again: its claims are of another text",
        )

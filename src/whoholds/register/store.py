"""What a store of entries can do: the one seam behind which SQLite, PostgreSQL and memory stand.

A store holds entries, and nothing that it answers cannot be worked out from them: sites, testimony and the words of documents
are its entries seen from another side, findings are written back by whoever derives them. `append` is all or nothing and the
only thing that makes a view change; nothing that was appended is ever altered, but for the words of an erased document.

Conventions: days of a period are inclusive at both ends; instants are aware datetimes in UTC; bounding boxes are
(west, south, east, north) in decimal degrees, WGS 84, west greater than east where the box crosses the date line.

Derived rows
------------
`append` notes what it made stale: for a control claim the key of its site, for an event or an obligation the claim's id, and
`EVERYTHING` where sides changed. `adopt` does so for all kinds when the rules of deriving are others than before, as after an
upgrade. `settle` writes findings and takes the note away, in one transaction: a program that dies
between the two leaves the note, and whoever asks next derives again.

Between the two somebody else may enter, erase or settle as well, and what was derived before must not be put in the place of
what was derived after. So `stale` notes, for the thread that asks, where the store stands; `settle` compares under the
writer's lock, and raises StaleError where what it is given may be out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from whoholds.model import Act, Document, Entry, Finding, Problem, Site, Testimony, Where

EVERYTHING = "*"
"""The stale key that stands for all keys of a kind."""

RULES = "rules"
"""The kind of the note, beside those of stale keys, that tells by which rules findings are derived."""

SHORT_DAYS = 40
"""A claim's time is short if its last possible day is at most so many days after its first; one with an open end is long."""

UNTIMED, SHORT, LONG = "untimed", "short", "long"

SCHEMES = ("postgresql", "postgres")
"""How the address of a register in a database begins, before the colon."""

Box = tuple[float, float, float, float]
Situate = Callable[[Where], Site]


class StoreError(Exception):
    """A register that cannot be opened, read or written: what is wrong and the way out."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class StaleError(StoreError):
    """Findings that were derived before the store changed what they rest on: nothing was kept, what was stale still is."""


class ConflictError(StoreError):
    """An act that does not fit what the register holds: a judgement of other words, a withdrawal of no entry."""


@dataclass(frozen=True, slots=True)
class Known:
    """A state of knowledge: what had been published by the end of a day, and what the register held at an instant.

    None knows everything. A document without any date counts as published when it was recorded.
    """

    published_by: date | None = None
    recorded_by: datetime | None = None

    @property
    def all(self) -> bool:
        """Whether nothing is left out."""
        return self.published_by is None and self.recorded_by is None


EVERYTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which testimony: None asks for any, an empty collection for none.

    `sites` are keys; None among them asks for claims without a place. `described` is a period that the claim's time must touch
    (one without a time touches none), `said` one in which the day must lie on which the testimony was said, as far as `known`
    lets one know. `times` are kinds of times that claims have: UNTIMED, SHORT, LONG. `replaced` asks for the claims of texts
    too that others have replaced at their addresses. `after` asks for what entries with greater numbers brought in.
    """

    kinds: Collection[str] | None = None
    claims: Collection[str] | None = None
    documents: Collection[str] | None = None
    sites: Collection[str | None] | None = None
    described: tuple[date, date] | None = None
    said: tuple[date, date] | None = None
    times: Collection[str] | None = None
    replaced: bool = False
    known: Known = field(default=EVERYTHING_KNOWN)
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which findings: None asks for any, an empty collection for none.

    `during` is a period that the finding's must touch: a holding's from the first day it can begin on (or, where that is not
    known, any day) to the last it can end on, an incident's `when`; undertakings have none and always touch. `claims` are
    claims that support or oppose it.
    """

    kind: str
    ids: Collection[str] | None = None
    sites: Collection[str] | None = None
    claims: Collection[str] | None = None
    during: tuple[date, date] | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """A document as it was filed: entry, instant, and the id of the text that stood at its address before."""

    entry: int
    recorded_at: datetime
    document: Document
    replaces: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found in a document: the characters (half-open, code points) of the first match and the words around it."""

    document: str
    name: str
    start: int
    end: int
    before: str
    words: str
    after: str


class Held(NamedTuple):
    """A row of the map: a place's own holding in force on a day, without its evidence. `begin` is its first possible day."""

    site: str
    holder: str | None
    name: str | None
    standing: str
    begin: date | None
    told: date
    retold: date


@dataclass(frozen=True, slots=True)
class Report:
    """A document that counts in a state of knowledge, and how many of its claims stand there.

    `said`, `outlets` and `credits` are as testimony has them; `dated` tells whether the day is told. `last` is the last day
    known on which it was published (or, where that is not told, retrieved); None where no day is told.
    """

    document: str
    said: date
    dated: bool
    outlets: tuple[str, ...]
    credits: tuple[str, ...]
    last: date | None
    claims: int


class Store(Protocol):
    """Entries kept for years. Methods raise StoreError where the register cannot be read or written."""

    @property
    def locator(self) -> str:
        """What the user calls it: a path, or an address without its password."""
        ...

    @property
    def writable(self) -> bool:
        """Whether entries can be appended."""
        ...

    def append(self, acts: Sequence[Act], *, by: str, at: datetime | None = None) -> tuple[Entry, ...]:
        """The entries that these acts became, in order, all or none; acts that change nothing are left out.

        Nothing is changed by a document already filed with the same text, name, address, outlet and day; by a claim already
        standing; by a withdrawal of what is withdrawn; by an alliance, parting or outline that stands word for word; by a
        person's judgement that is theirs already.
        `at` (now, where None) must not lie before the last entry. A document filed at the address of another text is a version
        of it: which of them counts follows from their days, see `testimony`. Raises ConflictError for an act that does not fit
        (the words judged are not those of the claim; no such entry or claim; a claim of a document that is not filed or erased,
        or whose words are not there; an outline that is no polygon), naming it; nothing is appended then.
        """
        ...

    def entries(self, *, after: int = 0, until: datetime | None = None) -> Iterator[Entry]:
        """The entries with greater numbers than `after`, recorded up to `until` (inclusive), in order."""
        ...

    def entry(self, seq: int) -> Entry | None:
        """The entry of this number."""
        ...

    def entries_about(self, target: str) -> tuple[Entry, ...]:
        """The entries that are about a claim or a document, by its id, in order; withdrawals of these among them."""
        ...

    def sides(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """The entries on alliances and partings that stand."""
        ...

    def judgements(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """The verdicts on claims that stand, in order; of one person's on one claim all, the last of which is theirs."""
        ...

    def outlines(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """The entries that outline places and stand, in order: of one place and source the last (see `Outlined`)."""
        ...

    def document(self, id: str) -> Document | None:
        """The document of this id as it was first filed; None where there is none or it was erased."""
        ...

    def texts(self, ids: Collection[str]) -> Mapping[str, str]:
        """The texts of documents, by id; those that are not there or were erased are left out."""
        ...

    def filings(self, *, document: str | None = None, url: str | None = None, name: str | None = None) -> Iterator[Filing]:
        """The filings of documents, in order: all, or those with this id, address or name. Erased ones are left out."""
        ...

    def ids_like(self, prefix: str) -> tuple[str, ...]:
        """The ids of claims, documents and findings that begin so, at most 20, sorted."""
        ...

    def testimony(self, wanted: Wanted) -> Iterator[Testimony]:
        """The testimony that stands in the wanted state of knowledge, in the order of its entries.

        A claim stands if it is asserted, not withdrawn, and not rejected or edited; the claim that an edit put in its place
        stands instead, accepted. Claims of a text count that is known to have been filed without an address, or to be the
        last one known at one of its addresses, by day and then by entry. Derivations are left out (`claim` has them).
        """
        ...

    def reports(self, known: Known = EVERYTHING_KNOWN) -> Iterator[Report]:
        """The documents that count in a state of knowledge, by their first filing, with the number of their standing claims.

        Far cheaper than their testimony. A document without a claim is among them, with 0.
        """
        ...

    def claim(self, id: str) -> Testimony | None:
        """A claim, standing or not, with its derivation; None where there is none or it was erased."""
        ...

    def site(self, key: str) -> Site | None:
        """The site with this key."""
        ...

    def sites(
        self, *, keys: Collection[str] | None = None, box: Box | None = None, within: Collection[str] | None = None
    ) -> Iterator[Site]:
        """The sites that claims name, by key: those with these keys, in this box, around which one of these areas lies."""
        ...

    def within(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of the areas around each site (`Site.within`), by its key; cheaper than all sites are."""
        ...

    def sites_called(self, name: str) -> tuple[Site, ...]:
        """The sites that bear a name, in the gazetteer or in a claim, whatever the case and diacritics; most claims first."""
        ...

    def search(self, words: str, *, limit: int = 20, known: Known = EVERYTHING_KNOWN) -> tuple[Hit, ...]:
        """The documents that hold all these words, best first; words in quotation marks stand together. None for no words.

        Texts that others have replaced are found too. The name is that of the first publication that is known.
        """
        ...

    def stale(self, kind: str) -> frozenset[str]:
        """What must be derived again for `control`, `event` or `obligation`: keys, or EVERYTHING among them.

        Ask before reading what is derived from: `settle` takes findings to be of the state of the last time that its thread
        asked.
        """
        ...

    def rules(self) -> str | None:
        """The rules by which the kept findings are derived, as last adopted; None before any were."""
        ...

    def adopt(self, rules: str) -> None:
        """Derive by these rules from now on: where they are not those that `rules` tells, everything becomes stale."""
        ...

    def settle(self, kind: str, keys: Collection[str], *, gone: Collection[str], found: Sequence[Finding]) -> None:
        """Put findings in the place of those with the ids in `gone`, and take the keys off the list of what is stale.

        Where EVERYTHING is among the keys all findings of the kind are gone. Raises StaleError, and does nothing, if since
        this thread last asked for the stale keys of the kind (if ever) somebody else settled or adopted rules for it, or
        something became stale that it is derived from: one of the keys for holdings, anything of the kind for incidents,
        anything at all for undertakings.
        """
        ...

    def findings(self, sought: Sought) -> Iterator[Finding]:
        """The findings kept, by id."""
        ...

    def held(self, day: date, *, box: Box | None = None) -> Iterator[Held]:
        """Every place's own holding in force on a day, by site key, from what is kept."""
        ...

    def held_ever(self) -> Iterator[Held]:
        """Every place's own holdings of whatever day, by site key and then in order of time, from what is kept."""
        ...

    def verify(self) -> Iterator[Problem]:
        """What is wrong inside: a hash that differs, words that are not there, numbers missing, rows that hang in the air."""
        ...

    def close(self) -> None:
        """Let go of files and connections; nothing may be asked afterwards."""
        ...

    def __enter__(self) -> Self:
        """The store itself."""
        ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close it."""
        ...

"""The register as it is used from Python: one object, a method for each question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from whoholds.grounding.gazetteer.around import situate
from whoholds.model import Allied, Document, Entry, EventType, Outlined, Problem, Site, Verdict
from whoholds.questions import adding, checking, deriving, judging, reviewing, siding, timetabling, tracing, writing
from whoholds.questions import due as duty
from whoholds.questions import incidents as happening
from whoholds.questions import who as holders
from whoholds.questions.as_known import KnownPlaces
from whoholds.questions.difference import Clock, Difference, difference, known_by
from whoholds.questions.extract import Extent, Extract
from whoholds.questions.ground import last_entry
from whoholds.questions.knowledge import Day, day_of, instant_of, known_of
from whoholds.questions.occurring import Occurrences, occurrences
from whoholds.questions.picture import Picture
from whoholds.questions.places import site_called
from whoholds.questions.timetable import Timetable
from whoholds.reconcile.sides import Sides
from whoholds.register import open_store
from whoholds.register.store import EVERYTHING_KNOWN, Hit, Known, Store, StoreError

if TYPE_CHECKING:
    from whoholds.pipeline import Reader, Reading

Moment = Day | datetime
Tell = deriving.Tell


class Register:
    """A register of claims: a file, a PostgreSQL database, or `:memory:`. Use as a context, or close it.

    Days are dates or "YYYY-MM-DD". `published_by` leaves out what was published after a day, `recorded_by` what the register
    took in after a day (UTC) or an instant. Raises StoreError where the register cannot be opened, read or written, PlaceError
    for a place that is not known or not one, ConflictError for what does not fit the register.
    """

    def __init__(
        self, locator: str | Path, *, create: bool = True, readonly: bool = False, reader: Reader | None = None
    ) -> None:
        self.store: Store = open_store(str(locator), situate=situate, create=create, readonly=readonly)
        self._reader = reader
        self._sides: dict[tuple[int, ...], Sides] = {}

    def add(self, documents: Iterable[Document], *, by: str | None = None, again: bool = False) -> Iterator[adding.Added]:
        """Read documents and take their claims in; what became of each, a few at a time, as it is kept.

        Documents that are there with the same text are not read, unless `again`. `by` is the reader's name and version.
        """
        return adding.Adding(self.store, self._loaded, by=by or reader_name(), again=again).add(documents)

    def picture(self, *, published_by: Day | None = None, recorded_by: Moment | None = None) -> Picture:
        """What follows from a state of knowledge, for many questions about one; kept findings are brought up to date first."""
        return self._picture(known_of(published_by, recorded_by))

    def documents(self) -> Iterator[Document]:
        """Every document once, as it was first filed, in order."""
        return adding.filed_documents(self.store)

    def read(self, document: Document) -> Reading:
        """What is read in a document now, its problems among it, as when it is added; nothing is entered."""
        return self._loaded().read(document)

    def settle(self, tell: Tell = lambda what, done, of: None) -> None:
        """Bring the kept findings in step with the entries; questions do so themselves."""
        if self.store.writable:
            deriving.settle_all(self.store, self.sides, tell)

    def who(
        self, place: str | Site, on: Day | None = None, *, published_by: Day | None = None, recorded_by: Moment | None = None
    ) -> holders.Who:
        """Who holds a place on a day; without a day, on the last one known."""
        picture = self._picture(known_of(published_by, recorded_by))
        return holders.who(picture, self._site(place), day_of(on))

    def map(
        self, on: Day | None = None, *, published_by: Day | None = None, recorded_by: Moment | None = None
    ) -> holders.Chart:
        """Who holds each place on a day; without a day, on the last one that anything was published on."""
        return holders.chart(self._picture(known_of(published_by, recorded_by)), day_of(on))

    def history(
        self, place: str | Site, *, published_by: Day | None = None, recorded_by: Moment | None = None
    ) -> holders.History:
        """All holdings of a place, in order of time."""
        return holders.history(self._picture(known_of(published_by, recorded_by)), self._site(place))

    def timetable(
        self, *, published_by: Day | None = None, recorded_by: Moment | None = None, earlier: Timetable | None = None
    ) -> Timetable:
        """Who holds each place from which day to which day, in columns; see `timetable`.

        With an earlier timetable of the same state of knowledge, or one of everything known, only what differs is looked at
        again.
        """
        picture = self._picture(known_of(published_by, recorded_by))
        if earlier and earlier.known == picture.known:
            return timetabling.renewed(picture, earlier)
        if earlier and earlier.known.all:
            return timetabling.narrowed(picture, earlier)
        return timetabling.timetable(picture)

    def occurrences(
        self, *, published_by: Day | None = None, recorded_by: Moment | None = None, earlier: Occurrences | None = None
    ) -> Occurrences:
        """The incidents in columns; with earlier ones of the same state of knowledge they are read only if some can differ."""
        picture = self._picture(known_of(published_by, recorded_by))
        seq = last_entry(self.store, earlier.seq if earlier else 0)
        if earlier and not timetabling.news(picture, earlier.seq).events:
            return replace(earlier, seq=seq)
        return occurrences(picture.incidents(), seq)

    def due(
        self,
        on: Day | None = None,
        *,
        agreement: str | None = None,
        party: str | None = None,
        all: bool = False,
        published_by: Day | None = None,
        recorded_by: Moment | None = None,
    ) -> duty.Due:
        """The duties on a day, overdue ones first; without `all`, those done or cancelled are left out."""
        picture = self._picture(known_of(published_by, recorded_by))
        day = day_of(on) or holders.latest_said(self.store, picture.known) or date.max
        duties = duty.due(picture, day, agreement=agreement, party=party, all=all)
        others = () if duties else duty.instruments(picture, agreement)
        return duty.Due(day=day, latest=on is None, known=picture.known, duties=duties, instruments=others)

    def incidents(
        self,
        place: str | Site | None = None,
        first: Day | None = None,
        last: Day | None = None,
        *,
        type: EventType | None = None,
        published_by: Day | None = None,
        recorded_by: Moment | None = None,
    ) -> happening.Incidents:
        """The incidents in a place and the areas within it, during a period that theirs touches, of a type."""
        picture = self._picture(known_of(published_by, recorded_by))
        site = None if place is None else self._site(place)
        return happening.incidents(picture, site=site, first=day_of(first), last=day_of(last), type=type)

    def extract(
        self,
        place: str | Site | None = None,
        first: Day | None = None,
        last: Day | None = None,
        *,
        published_by: Day | None = None,
        recorded_by: Moment | None = None,
    ) -> Extract:
        """All that is known of a place and what lies in it, during a period: what exports are made of."""
        picture = self._picture(known_of(published_by, recorded_by))
        site = None if place is None else self._site(place)
        return Extract(picture, Extent(site=site, first=day_of(first), last=day_of(last)))

    def search(
        self, words: str, *, limit: int = 20, published_by: Day | None = None, recorded_by: Moment | None = None
    ) -> tuple[Hit, ...]:
        """The documents that hold all these words, best first; words in quotation marks stand together."""
        return self.store.search(words, limit=limit, known=known_of(published_by, recorded_by))

    def trace(self, id: str, *, published_by: Day | None = None, recorded_by: Moment | None = None) -> tracing.Traced:
        """What an id stands for, down to the words, as far as it was known."""
        return tracing.trace(self._picture(known_of(published_by, recorded_by)), id)

    def shown(self, claim: str) -> judging.Shown:
        """A claim with the words to be judged, and the hash to name them by."""
        return judging.shown(self.store, claim)

    def judge(self, claim: str, verdict: Verdict, *, because: str, words: str, by: str) -> tuple[Entry, ...]:
        """Enter a verdict on a claim whose words have the hash `words`; no entry where it stands already."""
        return judging.judge(self.store, claim, verdict, because=because, words=words, by=by)

    def edited(self, claim: str, text: str) -> tuple[Verdict | None, list[Problem]]:
        """The verdict that a claim in the notation is; None, with problems, where it cannot be read."""
        return judging.edited(self.store, claim, text)

    def write(self, text: str, *, name: str, by: str, published: Day | None = None) -> writing.Written:
        """Enter claims and alliances written in the notation; what `from` names are documents of the register, or `name`."""
        return writing.write(self.store, text, name=name, by=by, published=day_of(published))

    def enter(self, alliances: Iterable[Allied], *, by: str) -> tuple[Entry, ...]:
        """Enter alliances, such as `told_sides` gives."""
        return self.store.append(list(alliances), by=by)

    def queue(
        self,
        reviewer: str,
        *,
        order: reviewing.Order = reviewing.Order.CONFIDENCE,
        kind: str | None = None,
        said: tuple[Day, Day] | None = None,
        again: bool = False,
        claims: Collection[str] | None = None,
        limit: int = 50,
    ) -> reviewing.Queue:
        """The claims that a reviewer should look at next: the least sure, the newest, or those on which most hangs."""
        period = (_day(said[0]), _day(said[1])) if said else None
        picture = self._picture(EVERYTHING_KNOWN)
        return reviewing.queue(
            picture, order=order, reviewer=reviewer, kind=kind, said=period, again=again, claims=claims, limit=limit
        )

    def agreement(self) -> reviewing.Agreement:
        """How far those who judged the same claims agree (Krippendorff's alpha)."""
        return reviewing.agreement(self._picture(EVERYTHING_KNOWN))

    def outlines(self, *, recorded_by: Moment | None = None) -> tuple[Entry, ...]:
        """The outlines of places that stand, as entered by then."""
        return self.store.outlines(recorded_by=instant_of(recorded_by))

    def outline(self, outlines: Iterable[Outlined], *, by: str) -> tuple[Entry, ...]:
        """Enter outlines of places; nothing is derived from them, and those that stand already make no entry."""
        return self.store.append(list(outlines), by=by)

    def withdraw(self, entry: int, *, because: str, by: str) -> tuple[Entry, ...]:
        """Take an entry back; no entry where it is taken back already."""
        return judging.withdraw(self.store, entry, because=because, by=by)

    def erase(self, document: str, *, because: str, by: str) -> tuple[Entry, ...]:
        """Destroy a document and everything that quotes it, for good; tombstones remain."""
        return judging.erase(self.store, document, because=because, by=by)

    def diff(
        self,
        first: Day,
        last: Day,
        *,
        clock: Clock = Clock.VALID,
        on: Day | None = None,
        published_by: Day | None = None,
        recorded_by: Moment | None = None,
    ) -> Difference:
        """What changed in the picture between two days: on the ground, or in what was published or recorded about a day.

        The pictures of the last two are of the day `on`; without it, of the later of the two days. What was published or
        recorded later than asked counts for none of them.
        """
        begin, end = sorted((_day(first), _day(last)))
        known = known_of(published_by, recorded_by)
        if clock is Clock.VALID:
            picture = self._picture(known)
            return difference(picture, picture, begin, end, clock, end)
        before, after = (self._picture(known_by(clock, day, known)) for day in (begin, end))
        return difference(before, after, begin, end, clock, day_of(on) or end)

    def check(self) -> Iterator[Problem]:
        """What is wrong with the register: entries, hashes, findings that differ from a fresh derivation, words missing."""
        return checking.check(self.store, self.sides())

    def mend(self) -> None:
        """Derive all findings again."""
        checking.mend(self.store, self.sides())

    def log(self, *, after: int = 0, until: Moment | None = None) -> Iterator[Entry]:
        """The entries with greater numbers than `after`, up to the end of a day or an instant, in order."""
        return self.store.entries(after=after, until=instant_of(until))

    def affiliations(self, on: Day, name: str | None = None) -> siding.Affiliations:
        """Who counts as whose side on a day; for a name, on whose side it counts and why."""
        actor = siding.actor_called(name) if name else None
        return siding.affiliations_on(self.store, self.sides(), _day(on), actor)

    def told_sides(self) -> Iterator[Allied]:
        """The alliances that claims tell and that are not entered."""
        return siding.told_sides(self.store)

    def sides(self, known: Known = EVERYTHING_KNOWN) -> Sides:
        """Who counts with whom, as entered by then."""
        key = tuple(entry.seq for entry in self.store.sides(recorded_by=known.recorded_by))
        if key not in self._sides:
            self._sides[key] = siding.sides_of(self.store, recorded_by=known.recorded_by)
        return self._sides[key]

    def site(self, place: str, *, published_by: Day | None = None, recorded_by: Moment | None = None) -> Site:
        """The site that a name or a key means, as far as it was known."""
        known = known_of(published_by, recorded_by)
        return site_called(self.store if known.all else KnownPlaces(self._picture(known)), place)

    def size(self) -> int:
        """The number of the last entry, which is how many there are."""
        return last_entry(self.store)

    def latest(self) -> date | None:
        """The last day on which a document of the register was published; None where none tells its day."""
        return holders.latest_said(self.store, EVERYTHING_KNOWN)

    def close(self) -> None:
        """Let go of the file or connection."""
        self.store.close()

    def __enter__(self) -> Self:
        """The register itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def _loaded(self) -> Reader:
        if self._reader is None:
            from whoholds.pipeline import Reader  # brings in the language model; questions do without

            self._reader = Reader()
        return self._reader

    def _picture(self, known: Known) -> Picture:
        if known.all:
            with suppress(StoreError):  # somebody else is writing: what is stale is derived for this answer alone
                self.settle()
        return Picture(self.store, self.sides(known), known)

    def _site(self, place: str | Site) -> Site:
        return place if isinstance(place, Site) else self.site(place)


@cache
def reader_name() -> str:
    """The name and version that the reader's entries are made under."""
    try:
        return f"whoholds {version('whoholds')}"
    except PackageNotFoundError:
        return "whoholds (not installed)"


def _day(day: Day) -> date:
    found = day_of(day)
    assert found is not None
    return found

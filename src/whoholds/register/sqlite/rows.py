"""Columns of the tables: what goes into them and comes out of them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from whoholds.model import Claim, Document, Entry, Site
from whoholds.register.codec import decode, encode, storable, stored
from whoholds.register.knowledge import Imprint
from whoholds.register.sqlite.around import within_text
from whoholds.register.sqlite.database import Row

KINDS = ("filed", "asserted", "withdrawn", "judged", "allied", "parted", "erased", "tombstone", "outlined")
MATTERS = ("event", "control", "obligation")
FINDINGS = ("holding", "undertaking", "incident")
PLAIN, NOTED, EDITED = range(3)  # claim.noted
FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def instant(value: datetime) -> int:
    """Microseconds since 1970, UTC."""
    return (value - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    """The instant that so many microseconds are."""
    return _EPOCH + value * _MICROSECOND


def ordinal(day: date | None) -> int | None:
    """A day's number; None for none."""
    return None if day is None else day.toordinal()


def day(number: int | None) -> date | None:
    """The day with a number."""
    return None if number is None else date.fromordinal(number)


def text(value: str | None) -> str | None:
    """A string for a text column."""
    return None if value is None else storable(value)


def string(value: str | None) -> str | None:
    """The string of a text column."""
    return None if value is None else stored(value)


def described(claim: Claim) -> tuple[int | None, int | None]:
    """The days that a claim describes, the calendar's ends where one is open; none for a claim without a time."""
    if claim.when is None:
        return None, None
    first, last = claim.when.begin.not_before, claim.when.end.not_after
    return first.toordinal() if first else FIRST_DAY, last.toordinal() if last else LAST_DAY


def filing_row(entry: Entry, document: Document, number: int, replaces: str | None) -> tuple[object, ...]:
    """A row of the table `filing`."""
    rest = [document.title, document.author, document.language, list(document.credits)]
    return (
        entry.seq,
        number,
        storable(document.name),
        text(document.url),
        text(document.outlet),
        ordinal(document.published),
        ordinal(document.retrieved),
        json.dumps(rest, separators=(",", ":")).encode(),
        replaces,
    )


FILING = (
    "select filing.entry, entry.recorded_at, document.hash, filing.name, filing.url, filing.outlet, filing.published,"
    " filing.retrieved, filing.rest, filing.replaces from filing join entry on entry.seq = filing.entry"
    " join document on document.id = filing.document"
)


def imprint(row: Row) -> Imprint:
    """The filing of a row of `FILING`."""
    entry, recorded_at, hash, name, url, outlet, published, retrieved, rest, replaces = row
    *_, credits = _rest(rest)
    return Imprint(
        entry,
        moment(recorded_at),
        hash,
        stored(name),
        string(url),
        string(outlet),
        day(published),
        day(retrieved),
        credits,
        replaces,
    )


@lru_cache(maxsize=1_000)
def _rest(rest: bytes) -> tuple[str | None, str | None, str | None, tuple[str, ...]]:
    """Title, author, language and credits; for most documents none of them is told."""
    title, author, language, credits = json.loads(rest)
    return title, author, language, tuple(credits)


def document_of(row: Row, body: str) -> Document:
    """The document of a row of `FILING`, with its text."""
    _, _, _, name, url, outlet, published, retrieved, rest, _ = row
    title, author, language, credits = _rest(rest)
    return Document(
        text=body,
        name=stored(name),
        title=title,
        url=string(url),
        outlet=string(outlet),
        author=author,
        language=language,
        published=day(published),
        retrieved=day(retrieved),
        credits=credits,
    )


def site_row(site: Site) -> tuple[object, ...]:
    """Key, name, latitude, longitude, body and areas of a site."""
    place = site.place
    point = (place.lat, place.lon) if place else (None, None)
    return storable(site.key), storable(site.name), *point, encode(site), within_text(site)


@lru_cache(maxsize=50_000)
def site_of_row(body: bytes) -> Site:
    """The site of a body."""
    return decode(Site, body)

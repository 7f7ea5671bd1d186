"""Entries: what a register is made of, in the order it was taken in, never changed.

An entry says when the register took something in, by whom, and what. Corrections are entries that name earlier ones, so what
the register held on a day is what its entries up to then say. A withdrawal may name any entry but a filing: withdrawing an
assertion takes the claim out, withdrawing a judgement undoes it, withdrawing a withdrawal brings back what it had taken out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from whoholds.model.actor import Actor
from whoholds.model.claim import Claim
from whoholds.model.document import Document
from whoholds.model.when import When


@dataclass(frozen=True, slots=True)
class Filed:
    """A document was taken in, whole. `replaces` is the id of the text that stood at the same address before, or None."""

    document: Document
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Asserted:
    """A claim was read in a document or written by hand."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The entry with the number `entry` no longer counts."""

    entry: int
    reason: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The claim says what its words say."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The claim does not say what its words say."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The words say this instead; `instead` has the same evidence or other words of the same document."""

    instead: Claim


Verdict = Accepted | Rejected | Edited


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's verdict on a claim. `words` is the hash (see `hash_of`) of the words that the person saw."""

    claim: str
    verdict: Verdict
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Allied:
    """`member` counts as of the side of `side` during `period` (an EDTF interval, both ends inclusive; None: always)."""

    member: Actor
    side: Actor
    period: When | None
    reason: str


@dataclass(frozen=True, slots=True)
class Parted:
    """`member` does not count as of the side of `side` during `period`, whatever else is known; None: never."""

    member: Actor
    side: Actor
    period: When | None
    reason: str


@dataclass(frozen=True, slots=True)
class Outlined:
    """A place or an area has this outline, by this source; nothing is derived from it.

    `site` is the key of the place that it outlines, None where that is not known. `geometry` is a GeoJSON Polygon or
    MultiPolygon (RFC 7946) as text, in degrees of longitude and latitude, WGS 84. It takes the place of what the same source
    gave for the same site before; outlines without a site stand beside each other.
    """

    name: str
    site: str | None
    geometry: str
    source: str


@dataclass(frozen=True, slots=True)
class Erased:
    """The text of a document and everything that quotes it were destroyed; `reason` names the legal ground."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands where an erased entry stood: what it was (`filed`, `asserted`, `judged`) and the number of the erasure."""

    was: str
    erased: int


Act = Filed | Asserted | Withdrawn | Judged | Allied | Parted | Outlined | Erased | Tombstone


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, its number (from 1, without gaps), when it was recorded (an aware datetime in UTC) and by whom."""

    seq: int
    recorded_at: datetime
    by: str
    act: Act

    @property
    def kind(self) -> str:
        """`filed`, `asserted`, `withdrawn`, `judged`, `allied`, `parted`, `outlined`, `erased` or `tombstone`."""
        return type(self.act).__name__.lower()


def hash_of(words: str) -> str:
    """16 hexadecimal digits of the SHA-256 of words: what a judgement names them by."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]

"""Shapes of documents, claims and entries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from whoholds.atlas.api.schemas.common import Known, Linked, Shape
from whoholds.atlas.api.schemas.findings import AnyFinding


class Claim(Linked):
    """A claim as testimony: its words, who said them, and when they were published. Its own fields follow its kind."""

    id: str
    kind: str = Field(description="event, control or obligation.")
    quote: str
    said_by: list[str]
    factuality: str
    when: str | None = Field(description="EDTF.")
    where: str | None
    where_lat: float | None
    where_lon: float | None
    where_country: str | None
    where_geonameid: int | None
    quote_start: int
    quote_end: int
    confidence: float | None = Field(description="0 to 1; null for what a person wrote.")
    document: str
    said: date | None
    dated: bool
    outlets: list[str]
    credits: list[str]
    site: str | None = Field(description="The key of its place.")
    accepted: bool
    recorded_at: datetime
    entry: int


class Word(Claim):
    """A claim as an answer cites it: by whose voice, in which document, on which line."""

    voice: str
    name: str
    line: int


class Entry(Linked):
    """An entry of the register, with what it says."""

    entry: int
    recorded_at: datetime
    by: str
    kind: str


class ClaimTrace(Claim):
    """A claim with the entries about it and the findings that it supports or opposes."""

    matter: str
    standing: bool
    words: str = Field(description="The hash that a verdict names the words by.")
    entries: list[Entry]
    findings: list[AnyFinding]
    derivation: Any = None
    published_by: date | None
    recorded_by: datetime | None


class Claims(Linked, Known):
    """A page of claims in the order of their entries."""

    claims: list[Claim]
    after: int | None = Field(description="The number to go on after; null at the end.")


class Report(Linked):
    """A document and its provenance."""

    id: str
    name: str
    title: str | None
    url: str | None
    outlet: str | None
    author: str | None
    language: str | None
    published: date | None
    retrieved: date | None
    credits: list[str]


class ListedReport(Report):
    """A document in a list: the day it was said, and how many of its claims stand."""

    said: date | None
    claims: int


class Hit(Linked):
    """Where words were found in a document."""

    document: str
    name: str
    start: int
    end: int
    before: str
    words: str
    after: str


class Documents(Linked, Known):
    """A page of documents, the latest said first; or, for a search, the places where the words were found, best first."""

    numberMatched: int | None = None  # noqa: N815
    numberReturned: int  # noqa: N815
    documents: list[ListedReport] | None = None
    hits: list[Hit] | None = None


class DocumentTrace(Report, Known):
    """A document with its text, its claims in the order of the text, and the entries about it."""

    kind: str
    text: str
    filings: list[int]
    claims: list[Word]
    entries: list[Entry]


class Entries(Linked):
    """A page of the register's log."""

    recorded_by: datetime | None
    entries: list[Entry]
    after: int | None = Field(description="The number to go on after; null at the end.")


class Difficulty(Shape):
    """Something that was not clear when a document was read."""

    code: str
    message: str
    hint: str | None = None


class Entered(Linked):
    """What a request entered; nothing where it stood already."""

    entries: list[Entry]


class Added(Linked):
    """What became of a document that was sent."""

    id: str
    name: str
    became: str
    claims: int
    withdrawn: int
    problems: list[Difficulty]


class Conflict(Shape):
    """Words that differ from those judged: what they are now."""

    words: str
    quote: str

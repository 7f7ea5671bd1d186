"""A surveyed document as a line of `documents/NNNNN.jsonl.gz`, and back.

Every line has `number`, its record's in the partition, and `place`. That of a record set aside has `aside`, a problem; all
others have what the document is called and where it comes from, its language and relevance; those that stand to be read have
text, title, author, credits and `signature` (see `signatures`) as well. A record passed over at a glance has `glanced`, and no
document, since none was made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from whoholds.corpora.glance import PassedOver
from whoholds.corpora.records import Record
from whoholds.corpora.signatures import Signature, signature_from_json, signature_to_json
from whoholds.corpora.surveyed import Surveyed
from whoholds.formats import problem_to_json
from whoholds.model import Document, Problem

Line = dict[str, Any]


def to_line(place: str, document: Document, problems: Sequence[Problem], score: float, found: Signature | None) -> Line:
    """The line of a document, without its number; it stands to be read where it has a signature."""
    line: Line = {
        "place": place,
        "name": document.name,
        "document": document.id,
        "outlet": document.outlet,
        "url": document.url,
        "published": _day(document.published),
        "retrieved": _day(document.retrieved),
        "language": document.language,
        "relevance": round(score, 4),
    }
    if problems:
        line["problems"] = [problem_to_json(problem) for problem in problems]
    if found is not None:
        line |= {
            "title": document.title,
            "author": document.author,
            "credits": list(document.credits),
            "signature": signature_to_json(found),
            "text": document.text,
        }
    return line


def glanced_line(record: Record, seen: PassedOver) -> Line:
    """The line of a record that was passed over at a glance, without its number."""
    told = record.told
    return {
        "place": record.place,
        "name": record.name,
        "document": None,
        "outlet": told.outlet,
        "url": told.url,
        "published": _day(told.published),
        "retrieved": _day(told.retrieved),
        "language": seen.language,
        "relevance": round(seen.relevance, 4),
        "glanced": True,
    }


def document_in(line: Line) -> Document:
    """The document of a line that stands to be read."""
    return Document(
        text=line["text"],
        name=line["name"],
        title=line["title"],
        url=line["url"],
        outlet=line["outlet"],
        author=line["author"],
        language=line["language"],
        published=_date(line["published"]),
        retrieved=_date(line["retrieved"]),
        credits=tuple(line["credits"]),
    )


def surveyed_in(partition: int, line: Line) -> Surveyed:
    """What the search for twins is told of a line that stands to be read."""
    return Surveyed(
        partition=partition,
        number=line["number"],
        id=line["document"],
        published=_date(line["published"]),
        outlet=line["outlet"],
        url=line["url"],
        signature=signature_from_json(line["signature"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Where a text was printed: what a register needs to know of a reprint, and people to find it."""

    place: str
    name: str
    outlet: str | None
    url: str | None
    published: date | None
    retrieved: date | None

    @classmethod
    def of(cls, line: Line) -> Self:
        """That of a line, or of what `to_json` gave."""
        return cls(
            place=line["place"],
            name=line["name"],
            outlet=line["outlet"],
            url=line["url"],
            published=_date(line["published"]),
            retrieved=_date(line["retrieved"]),
        )

    def to_json(self) -> Line:
        """It as plain values."""
        return {
            "place": self.place,
            "name": self.name,
            "outlet": self.outlet,
            "url": self.url,
            "published": _day(self.published),
            "retrieved": _day(self.retrieved),
        }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None

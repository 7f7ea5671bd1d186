"""What a source holds: records, not yet documents, and what of it had to be set aside.

A record is cheap to come by. Turning it into a document (finding the article in a page, the text in a PDF) is work that can
go wrong on its own, and is done one record at a time: see `extracting`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whoholds.model import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the container tells of a report; it wins over what the report's own text or page tells. None: not told."""

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    retrieved: date | None = None


NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Bytes that are a report: a file, a member of an archive, a response in a WARC file.

    `place` is where a person finds it again ("export.zip!a/b.html", "feb.warc.gz@123456"), `name` what the document is called.
    `content_type` is without parameters, in lower case.
    """

    place: str
    name: str
    data: bytes
    content_type: str | None = None
    charset: str | None = None
    told: Told = NOTHING_TOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A report whose text stands as such in its container: a line of JSON, a row of a table, an item of a feed."""

    place: str
    name: str
    text: str
    told: Told = NOTHING_TOLD


Record = Raw | Written

NO_LOSS = frozenset({"passed-over", "repeated", "repeated-folder"})  # codes of what is told though no report is lost by it


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that could not be read: where it is, and what was wrong with it. Nothing is ever left out without one."""

    place: str
    problem: Problem

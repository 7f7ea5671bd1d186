"""WARC files (ISO 28500), packed or not, and WACZ files, which are zip archives with WARC files in `archive/`.

A crawl holds much that is no report: requests, redirects, pictures, robots.txt. Only what was answered with 200 (or is a
`resource`) and says it is a web page, plain text or PDF is a record here; the rest is no report by its own word, and is passed
over without being set aside. What should have been a report and is damaged is set aside with the byte its record begins at, and
reading goes on with the next record that is in order.

Parts begin and end at bytes where records begin. Of a packed file those are members; how many reports there are between two of
them is estimated from the first records, since unpacking an archive only to count would cost as much as reading it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from whoholds.articles.days import parse_day
from whoholds.articles.page import is_page
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Raw, Record, SetAside, Told
from whoholds.corpora.sources.crawls import SOLID, Crawl, opened_crawl, warcs_in
from whoholds.corpora.sources.lines import MOST_PARTS
from whoholds.corpora.sources.payloads import payload_of
from whoholds.model import Problem

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

KIND = "warc"
TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
_SAMPLED = 500  # records from which it is estimated how many bytes of a packed file hold a report
_COARSE = 64_000_000  # bytes of a part of a file whose first records are no reports


def parts(path: str, options: Options, size: int) -> Iterator[Part | SetAside]:
    """The parts of a file, of about `size` reports each."""
    for names in warcs_in(path):
        if isinstance(names, SetAside):
            yield names
        else:
            yield from _parts(path, names, size)


def records(part: Part, options: Options) -> Iterator[Record | SetAside]:
    """The reports of a part, in the order of the file."""
    crawl = opened_crawl(part.path, part.names)
    if isinstance(crawl, SetAside):
        yield crawl
        return
    with crawl:
        for found in crawl.found(part.start, part.end, _taken):
            if found.held is not None:
                yield found.held


def _parts(path: str, names: tuple[str, ...], size: int) -> Iterator[Part | SetAside]:
    crawl = opened_crawl(path, names)
    if isinstance(crawl, SetAside):
        yield crawl
        return
    with crawl:
        starts = [*_starts(crawl, size)]
        if crawl.solid:
            starts = starts[:: -(-len(starts) // MOST_PARTS) or 1]
        kept = (names[0] if names else "", SOLID if crawl.solid else "")
        for start, end in zip(starts, [*starts[1:], None], strict=False):
            yield Part(kind=KIND, path=path, start=start, end=end, names=kept)
        if not starts:
            message = f"{crawl.place} has no reports in it: no page, text or PDF that was answered with 200"
            yield SetAside(crawl.place, Problem("empty", message, hint="check whether it is a WARC file, and whole"))


def _starts(crawl: Crawl, size: int) -> Iterator[int]:
    """Where parts begin, the first at 0; none where there is nothing to read.

    Reports are counted; in a file by members, where that costs unpacking, only at the beginning, and what they took there on
    average is taken for the rest.
    """
    reports, last, first = 0, 0, -1
    for number, found in enumerate(crawl.found(0, None, _is_wanted)):
        first = found.at if first < 0 else first
        if found.held and reports % size == 0 and (reports == 0 or found.at != last):
            last = found.at if reports else 0
            yield last
        reports += bool(found.held)
        if crawl.by_members and number == _SAMPLED:
            if not reports:
                yield 0
            yield from _estimated(crawl, last, size * (found.at - first) // reports if reports else _COARSE)
            return


def _estimated(crawl: Crawl, last: int, step: int) -> Iterator[int]:
    """Where records begin that are at least `step` bytes apart."""
    at = crawl.next_start(last + max(step, 1))
    while at is not None:
        yield at
        at = crawl.next_start(at + max(step, 1))


def _is_wanted(record: WarcRecord, place: str) -> bool:
    """Whether a record says it is a report; one that does not tell its type may be one."""
    from fastwarc.warc import WarcRecordType

    if record.record_type == WarcRecordType.resource:
        return _type_of(record) in TYPES and not _is_for_robots(record)
    if record.record_type != WarcRecordType.response or not record.is_http:
        return False
    return record.http_headers.status_code == 200 and _type_of(record) in (*TYPES, None) and not _is_for_robots(record)


def _taken(record: WarcRecord, place: str) -> Raw | SetAside | None:
    """The report a record holds; None for what is none."""
    if not _is_wanted(record, place):
        return None
    data = payload_of(record, place)
    if isinstance(data, Problem):
        return SetAside(place, data)
    kind = _type_of(record)
    if kind is None and not is_page(data):
        return None
    url = record.headers.get("WARC-Target-URI") or None
    url = url.strip("<>") if url else None  # WARC 1.0 had them in angle brackets
    return Raw(
        place=place,
        name=url or place,
        data=data,
        content_type=kind,
        charset=record.http_charset if record.is_http else None,
        told=Told(url=url, retrieved=_day(record.headers.get("WARC-Date"))),
    )


def _type_of(record: WarcRecord) -> str | None:
    told = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    return (told or "").partition(";")[0].strip().lower() or None


def _is_for_robots(record: WarcRecord) -> bool:
    return (record.headers.get("WARC-Target-URI") or "").partition("?")[0].rstrip(">").endswith("/robots.txt")


def _day(told: str | None) -> date | None:
    """The day (UTC) of a WARC-Date, which is of the form 2024-03-02T10:00:00Z."""
    return parse_day(told) if told else None

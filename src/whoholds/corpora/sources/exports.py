"""Exports of news databases: one text, or one document of a word processor, that holds many reports.

A plain text is cut at bytes where reports begin; so is one that is packed or in UTF-16, into fewer and larger parts, since each
is reached by reading what is before it. A document of a word processor is made a text as a whole and cut by the numbers of
its reports. What is in no report (a cover page, a list of hits) is passed over; a report without a body is set aside.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from whoholds.articles.encoding import decode
from whoholds.corpora import office
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import NOTHING_TOLD, Raw, Record, SetAside, Told, Written
from whoholds.corpora.sources.export_families import BY_NAME, LOOKED_AT, Family, family_of, read
from whoholds.corpora.sources.exported import Bare
from whoholds.corpora.sources.files import read_file, too_large
from whoholds.corpora.sources.names import endings_of, media_type_of, shown
from whoholds.corpora.sources.streams import Stream, opened, recoded
from whoholds.corpora.sources.stretches import Stretch, parts_of, stretches, stretches_in
from whoholds.model import Problem

KIND = "export"
SMALLEST_TEXT = 16_384  # bytes; smaller ones hold few reports, and are cut as they are read (`unfolded`)
SMALLEST_OFFICE = 131_072  # the same for documents of word processors, which must be read as a whole
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_TEXTS = (".txt", ".text")
_HEAD = 4_096  # bytes that tell a document of a word processor
_NONE_HINT = "read it without --as; reports are told apart in exports of LexisNexis, Nexis Uni and Factiva"


def holds_many(path: str) -> bool:
    """Whether a file is an export that must be cut when planning: told by its name, its size and the beginning of its text."""
    ending, packing = endings_of(path)
    of_office = media_type_of(path) in office.MEDIA_TYPES
    if ending not in _TEXTS and not (of_office and not packing):
        return False
    file = Path(path)
    try:
        smallest = SMALLEST_TEXT // 4 if packing else SMALLEST_OFFICE if of_office else SMALLEST_TEXT
        if not file.is_file() or file.stat().st_size < smallest:
            return False
    except OSError:
        return False
    if of_office:
        text = _office_text(path)
        return not isinstance(text, SetAside) and family_of(text[:LOOKED_AT]) is not None
    return isinstance(_family(path), Family)


def parts(path: str, options: Options, size: int) -> Iterator[Part | SetAside]:
    """The parts of an export, of `size` reports each, but at most MOST_PARTS of what cannot be read from the middle.

    What is no export is set aside.
    """
    stream = _opened(path)
    if isinstance(stream, Problem):
        yield SetAside(shown(path), stream)
        return
    with stream:
        head = stream.peek(_HEAD)[:_HEAD]
        if not office.is_document(head):
            yield from _text_parts(path, stream, size)
            return
    text = _office_text(path)
    if isinstance(text, SetAside):
        yield text
    elif (family := family_of(text[:LOOKED_AT])) is None:
        yield _none(path)
    else:
        count = sum(1 for _ in _reports(text, family))
        for start in range(0, count, size):
            yield Part(kind=KIND, path=path, start=start, end=start + size, names=(family.name,))


def records(part: Part, options: Options) -> Iterator[Record | SetAside]:
    """The reports of a part, in their order."""
    name = shown(part.path)
    if len(part.names) == 1:
        text = _office_text(part.path)
        if isinstance(text, SetAside):
            yield text
            return
        family = BY_NAME[part.names[0]]
        found = enumerate(_reports(text, family), 1)
        for number, stretch in islice(found, part.start, part.end):
            yield from _numbered(stretch, family, name, number, NOTHING_TOLD)
        return
    stream = _opened(part.path)
    if isinstance(stream, Problem):
        yield SetAside(name, stream)
        return
    family = BY_NAME[part.names[1]]
    with stream:
        for stretch in stretches_in(stream, part, family.mark):
            yield from _lined(stretch, family, name, NOTHING_TOLD)
        if stream.fault:
            yield SetAside(name, stream.fault)


def unfolded(record: Raw) -> Iterator[Record | SetAside]:
    """The reports of a file or member that is an export; any other as it is."""
    found = _export(record)
    if found is None:
        yield record
        return
    text, family, of_office = found
    told = Told(retrieved=record.told.retrieved)
    for number, stretch in enumerate(_reports(text, family), 1):
        if of_office:
            yield from _numbered(stretch, family, record.place, number, told)
        else:
            yield from _lined(stretch, family, record.place, told)


def unfolded_all(found: Iterable[Record | SetAside]) -> Iterator[Record | SetAside]:
    """The same for many, in their order."""
    for record in found:
        if isinstance(record, Raw):
            yield from unfolded(record)
        else:
            yield record


def _export(record: Raw) -> tuple[bytes, Family, bool] | None:
    """The text of an export, its family, and whether it comes from a word processor; None for what is none."""
    of_office = office.is_document(record.data)
    if of_office:
        text = office.text_of(record.data, record.place)
        if isinstance(text, Problem):
            return None  # told when the document is made
        data = text.encode("utf-8", "replace")
    elif record.content_type in (None, "text/plain"):
        wide = _WIDE.get(record.data[:2])
        data = record.data.decode(wide, "replace").encode("utf-8", "replace") if wide else record.data
    else:
        return None
    family = family_of(data[:LOOKED_AT])
    return None if family is None else (data, family, of_office)


def _text_parts(path: str, stream: Stream, size: int) -> Iterator[Part | SetAside]:
    family = _family(path)
    if family is None or isinstance(family, Problem):
        yield SetAside(shown(path), family) if family else _none(path)
        return
    reports = (found for found in stretches(stream, family.mark) if _has_report(found, family))
    yield from parts_of(KIND, path, stream, reports, size, family.name)


def _family(path: str) -> Family | Problem | None:
    """The family of a text, by its beginning."""
    stream = _opened(path)
    if isinstance(stream, Problem):
        return stream
    with stream:
        return family_of(stream.read(LOOKED_AT)) or stream.fault


def _none(path: str) -> SetAside:
    message = f"{shown(path)} is no export that is known: no lines in it part one report from the next"
    return SetAside(shown(path), Problem("no-export", message, hint=_NONE_HINT))


def _opened(path: str) -> Stream | Problem:
    """The stream of a file, in an encoding that extends ASCII."""
    stream = opened(Path(path))
    if isinstance(stream, Problem):
        return stream
    wide = _WIDE.get(stream.peek(2)[:2])
    return recoded(stream, wide) if wide else stream


def _office_text(path: str) -> bytes | SetAside:
    record = read_file(path, path)
    if isinstance(record, SetAside):
        return record
    text = office.text_of(record.data, record.place)
    return SetAside(record.place, text) if isinstance(text, Problem) else text.encode("utf-8", "replace")


def _reports(text: bytes, family: Family) -> Iterator[Stretch]:
    return (found for found in stretches(io.BytesIO(text), family.mark) if _has_report(found, family))


def _has_report(stretch: Stretch, family: Family) -> bool:
    """Whether there may be a report in a stretch: where lines begin reports, there is none before the first of them."""
    return stretch.begun or family.mark.ends


def _lined(stretch: Stretch, family: Family, name: str, told: Told) -> Iterator[Record | SetAside]:
    """The report of a stretch of a text, found again by its line."""
    if stretch.data is None:
        yield SetAside(f"{name}:{stretch.line}", too_large(f"{name}:{stretch.line}"))
        return
    decoded = decode(stretch.data, name=f"{name}:{stretch.line}")
    if isinstance(decoded, Problem):
        yield SetAside(f"{name}:{stretch.line}", decoded)
        return
    yield from _report(decoded.text, stretch, family, name, told, None)


def _numbered(stretch: Stretch, family: Family, name: str, number: int, told: Told) -> Iterator[Record | SetAside]:
    """The report of a stretch of a word processor's document, found again by its number."""
    assert stretch.data is not None, "texts of word processors are bounded"
    yield from _report(stretch.data.decode("utf-8", "replace"), stretch, family, name, told, f"{name}#{number}")


def _report(
    text: str, stretch: Stretch, family: Family, name: str, told: Told, numbered: str | None
) -> Iterator[Record | SetAside]:
    found = read(family, text, first=stretch.start == 0)
    if found is None:
        return
    place = numbered or f"{name}:{stretch.line + found.line}"
    if isinstance(found, Bare):
        message = f"{place}: {found.reason}"
        yield SetAside(place, Problem("no-body", message, hint="nothing to do if the database has no text of it"))
        return
    told = replace(told, title=found.title, outlet=found.outlet, author=found.author, published=found.published)
    yield Written(place=place, name=found.key or place, text=found.text, told=told)

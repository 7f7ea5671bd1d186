"""JSON Lines, one report a line, packed or not: {"id", "text", "published"?, "title"?, "outlet"?, "author"?, "url"?}.

A plain file is cut at bytes where lines begin, a packed one by line numbers, into fewer and larger parts, since each is
reached by unpacking what is before it. A part keeps the number of its first line in `names`, so that places are right in the
middle of a file too. A line that is no report is set aside by its number, and the others are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path

from whoholds.articles.encoding import no_json_lines
from whoholds.articles.files import LARGEST
from whoholds.articles.records import Fields, fields_of, parsed, too_long
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Record, SetAside, Told, Written
from whoholds.corpora.sources import feeds, json_documents
from whoholds.corpora.sources.lines import MOST_PARTS, Line, at_most, by_number, cuts, lines_of, skip_lines
from whoholds.corpora.sources.names import shown
from whoholds.corpora.sources.streams import Stream, opened
from whoholds.model import Problem

KIND = "jsonl"
_FIELDS = ("id", "text", "title", "outlet", "author", "url", "published")
_MARK = b"\xef\xbb\xbf"
_HEAD = 4_096  # bytes looked at to tell what the file is
_KEYS_TOLD = 20
_JSON_FEED = b"https://jsonfeed.org/version/"


def parts(path: str, options: Options, size: int) -> Iterator[Part | SetAside]:
    """The parts of a file, of `size` lines each, but at most MOST_PARTS of a packed one; what is no JSON is set aside.

    A list of reports over many lines, or one report, is read as a whole; a JSON Feed is a feed.
    """
    stream = opened(Path(path))
    if isinstance(stream, Problem):
        yield SetAside(shown(path), stream)
        return
    with stream:
        if fault := _no_lines(stream, shown(path)):
            yield SetAside(shown(path), fault)
            return
        head = stream.peek(_HEAD)[:_HEAD]
        if _JSON_FEED in head:
            yield from feeds.parts(path, options, size)
        elif json_documents.is_document(head):
            yield from json_documents.parts(path, KIND, size)
        else:
            yield from _cut(path, stream, size)


def records(part: Part, options: Options) -> Iterator[Record | SetAside]:
    """The reports of a part, in the order of the lines; blank lines are none."""
    if part.names == (json_documents.WHOLE,):
        for item in json_documents.values(part):
            yield item if isinstance(item, SetAside) else record_of(item[1], item[0], options)
        return
    name = shown(part.path)
    stream = opened(Path(part.path))
    if isinstance(stream, Problem):
        yield SetAside(name, stream)
        return
    with stream:
        number = _first_line(part) - 1
        for line in _lines(part, stream):
            if stream.fault and line.data is not None and not line.data.endswith(b"\n"):
                break  # the stump of a line in a file that is cut off: told once, with the file's fault
            number = line.number
            yield from _record(line, name, options)
        if stream.fault and (part.end is None or number < part.end):
            yield SetAside(f"{name}:{number + 1}", stream.fault)


def _lines(part: Part, stream: Stream) -> Iterator[Line]:
    if stream.packed:
        lines = lines_of(stream, LARGEST, number=part.start + 1, start=skip_lines(stream, part.start))
        return lines if part.end is None else islice(lines, part.end - part.start)
    stream.seek(part.start)
    return lines_of(stream, LARGEST, number=_first_line(part), start=part.start, end=part.end)


def _first_line(part: Part) -> int:
    return int(part.names[0]) if part.names else part.start + 1


def _cut(path: str, stream: Stream, size: int) -> Iterator[Part | SetAside]:
    packed = stream.packed
    found = [*cuts(stream, size)]
    if len(found) < 2 and stream.fault is None:
        message = f"{shown(path)} is empty"
        yield SetAside(shown(path), Problem("empty", message, hint="give a file with reports in it, one JSON object a line"))
    elif packed:
        yield from by_number(KIND, path, at_most(found, MOST_PARTS))
    else:
        for first, last in pairwise(found):
            yield Part(kind=KIND, path=path, start=first.start, end=last.start, names=(str(first.lines_before + 1),))


def _no_lines(stream: Stream, name: str) -> Problem | None:
    head = stream.peek(_HEAD)[:_HEAD].removeprefix(_MARK)
    if fault := no_json_lines(head):
        return Problem("record", f"{name}: not JSON Lines but {fault}", hint="write the file as UTF-8, one JSON object a line")
    return None


def _record(line: Line, name: str, options: Options) -> Iterator[Record | SetAside]:
    place = f"{name}:{line.number}"
    if line.data is None:
        yield SetAside(place, too_long(place))
        return
    data = line.data.removeprefix(_MARK) if line.number == 1 else line.data
    if data.strip():
        found = parsed(data, place=place)
        yield SetAside(place, found) if isinstance(found, Problem) else record_of(found, place, options)


def record_of(found: object, place: str, options: Options) -> Record | SetAside:
    """The report of one JSON value that stands at `place`, its keys named by the columns of `options`."""
    told = fields_of(_mapped(found, options), place=place)
    if isinstance(told, Fields):
        return Written(
            place=place,
            name=place if told.id is None else told.id,
            text=told.text,
            told=Told(
                title=told.title,
                url=told.url,
                outlet=told.outlet,
                author=_author(found, options),
                published=told.published,
            ),
        )
    return SetAside(place, _one(told, found))


def _mapped(found: object, options: Options) -> object:
    """The value with its fields under the names they have here; a column that is named wins over a key of that name."""
    if not options.columns or not isinstance(found, dict):
        return found
    mapped = {key: value for key, value in found.items() if key in _FIELDS}
    for field, column in options.columns:
        mapped.pop(field, None)
        if (value := dug(found, column)) is not None:
            mapped[field] = value
    return mapped


def dug(found: object, column: str) -> object:
    """The value under a key, or under keys within keys parted by full stops ("article.body"); None where there is none."""
    if isinstance(found, dict) and column in found:
        return found[column]
    for key in column.split("."):
        if isinstance(found, list) and key.isdecimal() and int(key) < len(found):
            found = found[int(key)]
        elif isinstance(found, dict):
            found = found.get(key)
        else:
            return None
    return found


def _author(found: object, options: Options) -> str | None:
    """The author, or the authors of a list, parted by commas; what is neither tells none."""
    value = dug(found, dict(options.columns).get("author", "author"))
    names = value if isinstance(value, list) else [value]
    return ", ".join(name.strip() for name in names if isinstance(name, str) and name.strip()) or None


def _one(problems: Iterable[Problem], found: object) -> Problem:
    """One problem of all that is wrong with a record, and which keys there are where the text is not among them."""
    first, *others = problems
    message = "; ".join([first.message, *(problem.message.partition(": ")[2] for problem in others)])
    keys = ", ".join(str(key)[:60] for key in list(found)[:_KEYS_TOLD]) if isinstance(found, dict) else ""
    if 'no "text"' in message and keys:
        return Problem(first.code, f"{message}; the keys are: {keys}", hint="name the key that has it: --column text=KEY")
    return Problem(first.code, message, hint=first.hint)

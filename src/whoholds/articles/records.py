"""JSON records to documents: {"id", "text", "published"?, "title"?, "outlet"?, "url"?}, one a line in a JSONL file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from whoholds.articles.days import parse_day
from whoholds.articles.documents import from_text
from whoholds.articles.encoding import no_json_lines, oddities
from whoholds.articles.files import LARGEST
from whoholds.model import Document, Problem

_SHAPE = '{"id": "...", "text": "...", "published": "2020-11-25"}'
_TEXTS = ("title", "outlet", "url")
_LONE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What one record tells: its text, and None for each of the others that it does not tell."""

    text: str
    id: str | None
    published: date | None
    title: str | None
    outlet: str | None
    url: str | None


def fields_of(record: object, *, place: str) -> Fields | list[Problem]:
    """What one parsed JSON object that stands at `place` ("IN.jsonl:3") tells; Problems when it is malformed.

    Other keys are let be. Halves of surrogate pairs in the text, which are no characters, become U+FFFD, one for one.
    """
    if not isinstance(record, dict):
        return [_bad(place, f"a JSON object is needed, not {_kind(record)}", f"write {_SHAPE}")]
    problems = [*_wrong_types(record, place)]
    published, wrong_day = _published(record.get("published"), place)
    problems += wrong_day
    text = record.get("text")
    if isinstance(text, str) and not any(map(str.isalnum, text)):
        fault = '"text" has no words in it' if text.strip() else '"text" is empty'
        problems.append(_bad(place, fault, "leave the record out, or put the report's words in"))
    if problems or not isinstance(text, str):
        return problems
    name = None if record.get("id") is None else str(record["id"])
    told = {key: record.get(key) or None for key in _TEXTS}
    return Fields(text=_LONE.sub("\ufffd", text), id=name, published=published, **told)


def from_record(record: object, *, place: str) -> tuple[Document | None, list[Problem]]:
    """The document of one parsed JSON object that stands at `place`; None, with Problems, when it is malformed."""
    told = fields_of(record, place=place)
    if not isinstance(told, Fields):
        return None, told
    document = from_text(
        told.text,
        name=place if told.id is None else told.id,
        published=told.published,
        title=told.title,
        outlet=told.outlet,
        url=told.url,
    )
    return document, oddities(told.text, name=place)


def read_jsonl(lines: Iterable[bytes], *, place: str) -> Iterator[tuple[Document | None, list[Problem]]]:
    """A result for each line that is not blank, as it is read; a bad line gives None and a Problem, and reading goes on.

    Lines that begin as no JSON Lines file can, such as those of a picture or of UTF-16, give one Problem for all.
    """
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
            if fault := no_json_lines(line):
                yield None, [_bad(place, f"not JSON Lines but {fault}", "write the file as UTF-8, one JSON object a line")]
                return
        if line.strip():
            document, problems = _read_line(line, f"{place}:{number}")
            if document and (first := seen.setdefault(document.name, number)) != number:
                problems = [*problems, _repeated(f"{place}:{number}", document.name, first)]
            yield document, problems


def _read_line(line: bytes, place: str) -> tuple[Document | None, list[Problem]]:
    if len(line) > LARGEST:
        return None, [too_long(place)]
    record = parsed(line, place=place)
    return (None, [record]) if isinstance(record, Problem) else from_record(record, place=place)


def too_long(place: str) -> Problem:
    """The problem of a line that is longer than any report."""
    return _bad(place, f"the line is longer than {LARGEST // 1_000_000} MB", "split the report it holds")


def parsed(line: bytes, *, place: str) -> object | Problem:
    """The JSON value of a line of UTF-8 that stands at `place`, a Problem where it is none. Never itself a Problem else."""
    try:
        record: object = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _bad(place, f"byte {error.start + 1} of the line is not UTF-8", "write the file as UTF-8")
    except json.JSONDecodeError as error:
        return _bad(place, f"not JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1}", "one JSON object a line")
    except RecursionError:
        return _bad(place, "brackets within brackets too deep to be read", "one flat JSON object a line")
    except ValueError:  # a number of thousands of digits
        return _bad(place, "a number too long to be read", "one flat JSON object a line")
    return record


def _wrong_types(record: dict[object, object], place: str) -> Iterator[Problem]:
    if "text" not in record:
        yield _bad(place, 'there is no "text"', f"write {_SHAPE}")
    elif not isinstance(record["text"], str):
        yield _bad(place, f'"text" must be a string, not {_kind(record["text"])}', f"write {_SHAPE}")
    if isinstance(record.get("id"), bool | list | dict | float):
        yield _bad(place, f'"id" must be a string or a whole number, not {_kind(record["id"])}', f"write {_SHAPE}")
    for key in _TEXTS:
        value = record.get(key)
        if value is not None and not isinstance(value, str):
            yield _bad(place, f'"{key}" must be a string or null, not {_kind(value)}', f'leave "{key}" out')


def _published(value: object, place: str) -> tuple[date | None, list[Problem]]:
    if value is None or value == "":
        return None, []
    if not isinstance(value, str):
        return None, [_bad(place, f'"published" must be a string, not {_kind(value)}', 'write "2020-11-25"')]
    day = parse_day(value)
    if day is None:
        return None, [
            _bad(place, f'"published" is {json.dumps(value)}, which is no day', 'write it as year-month-day: "2020-11-25"')
        ]
    return day, []


def _repeated(place: str, name: str, first: int) -> Problem:
    message = f"{place}: the id {json.dumps(name, ensure_ascii=False)} stood in line {first} already"
    return Problem("repeated-id", message, hint="give each record an id of its own, or results cannot be told apart")


def _kind(value: object) -> str:
    names = {
        "NoneType": "null",
        "bool": "true or false",
        "int": "a number",
        "float": "a number",
        "str": "a string",
        "list": "a list",
    }
    return names.get(type(value).__name__, "an object")


def _bad(place: str, message: str, hint: str) -> Problem:
    return Problem("record", f"{place}: {message}", hint=hint)

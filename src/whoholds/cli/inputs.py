"""What the user names, as documents in order: files, standard input, records of a JSON Lines file."""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from whoholds.articles import from_bytes, load, read_jsonl
from whoholds.articles.files import LARGEST, unreadable
from whoholds.model import Document, Problem

STANDARD_INPUT = "<stdin>"
T = TypeVar("T")
_CLOSED = Problem("unreadable", f"{STANDARD_INPUT} is closed", hint="name a file, or pipe the text in")


@dataclass(frozen=True, slots=True)
class Input:
    """A document the user named, its place (a path, or path and line), and what went wrong; None when it cannot be read."""

    place: str
    document: Document | None
    problems: tuple[Problem, ...]


def from_files(files: Sequence[str], published: date | None) -> Iterator[Input]:
    """The files in order; `-` is standard input. Files that share a name are called by their whole paths."""
    shared = {name for name, count in Counter(Path(file).name for file in files).items() if count > 1}
    for file in files:
        if file == "-":
            yield _standard_input(published)
            continue
        document, problems = load(Path(file), published=published)
        if document and document.name in shared:
            document = replace(document, name=file)
        yield Input(file, document, tuple(problems))


def _standard_input(published: date | None) -> Input:
    if sys.stdin is None:
        return Input(STANDARD_INPUT, None, (_CLOSED,))
    try:
        data = sys.stdin.buffer.read(LARGEST + 1)
    except OSError as error:
        return Input(STANDARD_INPUT, None, (unreadable(STANDARD_INPUT, error),))
    document, problems = from_bytes(data, name=STANDARD_INPUT, published=published)
    return Input(STANDARD_INPUT, document, tuple(problems))


def from_records(file: str, published: date | None) -> Iterator[Input]:
    """The records of a JSON Lines file, or of standard input for `-`; `published` is the day of those that tell none."""
    place = STANDARD_INPUT if file == "-" else file
    if file == "-" and sys.stdin is None:
        yield Input(place, None, (_CLOSED,))
        return
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as lines:
            yield from _records(lines, place, published)
    except (OSError, ValueError) as error:
        yield Input(place, None, (unreadable(place, error),))


def _records(lines: Iterable[bytes], file: str, published: date | None) -> Iterator[Input]:
    number = 0

    def counted() -> Iterator[bytes]:
        nonlocal number
        for number, line in enumerate(lines, 1):  # noqa: B007 -- the number is read outside
            yield line

    for document, problems in read_jsonl(counted(), place=file):
        if document and not document.published and published:
            document = replace(document, published=published)
        yield Input(f"{file}:{number}", document, tuple(problems))
    if not number:
        yield Input(file, None, (Problem("empty", f"{file} is empty", hint="give a file with a JSON object a line"),))


def in_order(inputs: Iterable[Input], through: Callable[[Iterable[Document]], Iterator[T]]) -> Iterator[tuple[Input, T | None]]:
    """Each input with what `through` makes of its document; None for those without one, in their place among the others.

    `through` may read ahead, as long as it gives one result a document, in order.
    """
    waiting: deque[Input] = deque()

    def documents() -> Iterator[Document]:
        for item in inputs:
            waiting.append(item)
            if item.document:
                yield item.document

    for result in through(documents()):
        while waiting[0].document is None:
            yield waiting.popleft(), None
        yield waiting.popleft(), result
    for item in waiting:
        yield item, None

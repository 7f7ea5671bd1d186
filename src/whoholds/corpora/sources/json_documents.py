"""JSON files that are one value over many lines: a list of reports, or one report; see `jsonl` for what a report is.

Such a value can be read only as a whole, so it may not be larger than LARGEST; its parts are runs of the list's items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from whoholds.articles.files import LARGEST
from whoholds.articles.records import parsed
from whoholds.corpora.parts import Part
from whoholds.corpora.records import SetAside
from whoholds.corpora.sources.names import shown
from whoholds.corpora.sources.streams import opened
from whoholds.model import Problem

WHOLE = "whole"  # the name in a part that says it counts items, not lines
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[|\{\s*\n)")


def is_document(head: bytes) -> bool:
    """Whether a file that begins with these bytes is one JSON value: a list, or an object that does not begin on one line."""
    return bool(_OPENING.match(head))


def parts(path: str, kind: str, size: int) -> Iterator[Part | SetAside]:
    """The parts of a list, of `size` items each, or the one of an object."""
    items = _items(path)
    if isinstance(items, Problem):
        yield SetAside(shown(path), items)
        return
    for start in range(0, len(items), size):
        yield Part(kind=kind, path=path, start=start, end=min(start + size, len(items)), names=(WHOLE,))
    if not items:
        yield SetAside(shown(path), Problem("empty", f"{shown(path)} has no reports in it", hint="give a file that has some"))


def values(part: Part) -> Iterator[tuple[str, object] | SetAside]:
    """The items of a part with their places ("a.json#3"), in order."""
    items = _items(part.path)
    if isinstance(items, Problem):
        yield SetAside(shown(part.path), items)
        return
    for number, item in [*enumerate(items, 1)][part.start : part.end]:
        yield f"{shown(part.path)}#{number}", item


def _items(path: str) -> list[object] | Problem:
    name = shown(path)
    stream = opened(Path(path))
    if isinstance(stream, Problem):
        return stream
    with stream:
        data = stream.read(LARGEST + 1)
        if stream.fault:
            return stream.fault
    if len(data) > LARGEST:
        message = f"{name} is one JSON value of more than {LARGEST // 1_000_000} MB, too large to be read as a whole"
        return Problem("too-large", message, hint=f"make it one object a line: jq -c '.[]' {name} > reports.jsonl")
    found = parsed(data.removeprefix(b"\xef\xbb\xbf"), place=name)
    if isinstance(found, Problem):
        return found
    return found if isinstance(found, list) else [found]

"""Mailboxes (mbox, RFC 4155): one file of many mails, each a report, parted by lines that begin with "From " and tell a day.

Such lines within a mail are written ">From ", one ">" more for each time it was put into a mailbox; one is taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Raw, Record, SetAside
from whoholds.corpora.sources.files import too_large
from whoholds.corpora.sources.names import shown
from whoholds.corpora.sources.streams import opened
from whoholds.corpora.sources.stretches import Mark, Stretch, parts_of, stretches, stretches_in
from whoholds.model import Problem

KIND = "mbox"
MARK = Mark(
    re.compile(
        rb"^From [^\n]{0,300}\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +[A-Z0-9][a-z0-9]{1,2} +[A-Z0-9][a-z0-9]{0,2} +"
        rb"\d\d:\d\d(?::\d\d)?[^\n]{0,40} \d{4}[^\n]{0,20}$",
        re.M,
    ),
    ends=False,
)
_QUOTED = re.compile(rb"^>(>*From )", re.M)


def parts(path: str, options: Options, size: int) -> Iterator[Part | SetAside]:
    """The parts of a mailbox, of `size` mails each, but at most MOST_PARTS of a packed one; one without mails is set aside."""
    stream = opened(Path(path))
    if isinstance(stream, Problem):
        yield SetAside(shown(path), stream)
        return
    with stream:
        parts = 0
        for part in parts_of(KIND, path, stream, (found for found in stretches(stream, MARK) if found.begun), size):
            parts += 1
            yield part
        if not parts:
            message = f"{shown(path)} has no mails in it"
            yield SetAside(shown(path), stream.fault or Problem("empty", message, hint="give a mailbox in the format mbox"))


def records(part: Part, options: Options) -> Iterator[Record | SetAside]:
    """The mails of a part, in their order."""
    name = shown(part.path)
    stream = opened(Path(part.path))
    if isinstance(stream, Problem):
        yield SetAside(name, stream)
        return
    with stream:
        for found in stretches_in(stream, part, MARK):
            if found.begun:
                yield _record(found, f"{name}:{found.line}")
        if stream.fault:
            yield SetAside(name, stream.fault)


def _record(found: Stretch, place: str) -> Raw | SetAside:
    if found.data is None:
        return SetAside(place, too_large(place))
    mail = _QUOTED.sub(rb"\1", found.data.partition(b"\n")[2])
    return Raw(place=place, name=place, data=mail, content_type="message/rfc822")

"""Parts: how a source is cut into pieces that can be read on their own, in any order, by any process."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of the records of one source.

    `kind` names the module of `sources` that reads it, `path` the source as it was named. `start` and `end` are half-open and
    count what the kind counts: bytes of a plain JSON Lines file, records or members of what can only be read from its
    beginning, offsets in a WARC file; `end` None means to the end. `names` are the files of a folder, or members, where the
    kind goes by names.
    """

    kind: str
    path: str
    start: int = 0
    end: int | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How sources are read, the same for the whole run.

    `published` is the day of reports that tell none. `columns` are pairs (field of a report, name of the column or key that
    has it): fields are id, text, title, outlet, author, url, published. `kind` forces the kind of all sources.
    `allow_private` lets addresses inside a network be fetched.
    """

    published: date | None = None
    columns: tuple[tuple[str, str], ...] = field(default=())
    kind: str | None = None
    allow_private: bool = False

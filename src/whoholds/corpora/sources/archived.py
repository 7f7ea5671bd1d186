"""Members of archives: which are read, and what is refused by what the archive tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.articles.files import LARGEST
from whoholds.corpora.records import Raw
from whoholds.corpora.sources.files import too_large
from whoholds.corpora.sources.names import (
    NESTED,
    Tally,
    endings_of,
    is_other_archive,
    is_passed_over,
    kind_of,
    media_type_of,
    shown,
)
from whoholds.model import Problem

MOST_SWELLING = 500  # times; text packs to a third or a tenth, lists that repeat themselves to a hundredth
UNWATCHED = 1_000_000  # bytes unpacked before swelling counts: a page of blanks is no bomb


class DamagedError(Exception):
    """The bytes of a member cannot be had; says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive: its name as it stands there, and its size when unpacked, in bytes, as it is told."""

    archive: str
    name: str
    size: int

    @property
    def place(self) -> str:
        """Where a person finds it again: "export.zip!a/b.html"."""
        return f"{shown(self.archive)}!{shown(self.name)}"

    @property
    def refused(self) -> Problem | None:
        """Why it is not read, as far as its name and size tell; None where it is."""
        if is_nested(self.name):
            message = f"{self.place} is an archive within an archive, which is not read"
            return Problem("nested", message, hint=f"unpack {shown(self.archive)} and give the folder")
        return too_large(self.place) if self.size > LARGEST else None

    def damaged(self, error: DamagedError) -> Problem:
        """The problem of a member whose bytes cannot be had."""
        message = f"{self.place} cannot be unpacked: {error}"
        return Problem("damaged", message, hint="fetch or copy the archive again; its other members are read")

    def record(self, data: bytes) -> Raw:
        """The record of its bytes."""
        return Raw(place=self.place, name=shown(self.name), data=data, content_type=media_type_of(self.name))


@dataclass(frozen=True, slots=True)
class Held:
    """A member that holds many reports itself: a table, JSON Lines, a feed, a WARC file.

    `content` is to be read before the next member is asked for. It raises DamagedError.
    """

    member: Member
    content: Iterator[bytes]


def is_held(name: str) -> bool:
    """Whether a member holds many reports in a form that is read from a file."""
    return kind_of(name) not in (None, "files") and not is_nested(name)


def is_nested(name: str) -> bool:
    """Whether a member is an archive itself, or a report that is packed once more."""
    kind = kind_of(name)
    return is_other_archive(name) or kind in NESTED or (kind == "files" and bool(endings_of(name)[1]))


@dataclass(frozen=True, slots=True)
class Selection:
    """Which members of an archive are read: reports and what must be refused by name, with `everything` all that may be one."""

    everything: bool

    def takes(self, name: str, tally: Tally | None = None) -> bool:
        """Whether a member is read or refused; where it is neither it is counted, but for folders and what is held."""
        if not name or name.endswith("/") or is_held(name):
            return False
        if _is_hidden(name):
            if tally:
                tally.no_reports["hidden"] += 1
            return False
        if tally.takes(name) if tally else is_passed_over(name):
            return False
        known = self.everything or kind_of(name) is not None or is_other_archive(name)
        if not known and tally:
            tally.is_unknown(name)
        return known


class Runs:
    """Members counted into runs that hold `size` taken ones each, the last maybe fewer: numbers from 0, half-open."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._start = self._taken = self._number = 0

    def add(self, taken: bool) -> tuple[int, int] | None:
        """Count a member; the run that it fills."""
        self._number += 1
        self._taken += taken
        return self.rest() if self._taken == self._size else None

    def rest(self) -> tuple[int, int] | None:
        """The run at hand, if it holds any that were taken; a new one begins."""
        found = (self._start, self._number) if self._taken else None
        self._start, self._taken = self._number, 0
        return found


def _is_hidden(name: str) -> bool:
    """Whether a member lies in a hidden folder or one that a system keeps for itself."""
    folders = name.split("/")[:-1]
    return any(folder == "__MACOSX" or (folder.startswith(".") and folder not in (".", "..")) for folder in folders)

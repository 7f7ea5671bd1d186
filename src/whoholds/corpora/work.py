"""The work on a partition, whatever the phase: its items, a result for each in order, and the files these become.

It can be done in two ways with the same results. Together, as fast as it goes. Or one by one, after a process died over the
partition: then every result is brought to a spool at once, so that a process that dies over one item is followed by one that
goes on with that item, in a process that has read nothing else.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from whoholds.corpora.keeping import FULL
from whoholds.corpora.tasks import Done, StoppedError
from whoholds.language import ModelError
from whoholds.model import Problem

Result = dict[str, Any]  # plain, as JSON has it


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be done: `place` tells people where it stands, `characters` how long it may take beside the usual."""

    place: str
    value: Any
    characters: int = 0


class Work(Protocol):
    """A phase of a partition."""

    def prepare(self) -> None:
        """Load what the work needs. Raises what `stopping` knows."""
        ...

    def items(self) -> Iterator[Item]:
        """What is to be done, in order."""
        ...

    def results(self, items: Iterator[Item]) -> Iterator[Result]:
        """A result for each item, in order; items may be taken ahead."""
        ...

    def aside(self, place: str | None, problem: Problem) -> Result:
        """The result of an item that is set aside; without a place, of all that follows in the partition."""
        ...

    def finish(self, results: Iterator[Result]) -> Done:
        """Write the files of the partition."""
        ...


class Tell(Protocol):
    """Hears how far the work is, by the position of items in their order."""

    def __call__(self, what: str, position: int, characters: int = 0) -> None:
        """`fetch`: an item is looked for; `take`: it is in work; `give`: it is done; `write`: none is left."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Careful:
    """How to do it one by one: through which spool, and which positions are set aside, with the reason.

    `ends` is a position that cannot even be fetched: the partition ends before it.
    """

    spool: Path
    poison: Mapping[int, Problem] = field(default_factory=dict)
    ends: tuple[int, Problem] | None = None


def together(work: Work, tell: Tell) -> Done:
    """Do all of it at once. Raises whatever an item raises."""

    def taken() -> Iterator[Item]:
        items = work.items()
        for position in count():
            tell("fetch", position)
            item = next(items, None)
            if item is None:
                tell("write", position)
                return
            tell("take", position, item.characters)
            yield item

    def given() -> Iterator[Result]:
        for position, result in enumerate(work.results(taken())):
            tell("give", position)
            yield result

    return work.finish(given())


def one_by_one(work: Work, careful: Careful, tell: Tell) -> Done:
    """Do it item by item, from where the spool ends; an item that raises is set aside."""
    past = _whole_lines(careful.spool)
    items = work.items()
    with careful.spool.open("ab") as spool:
        for position in count():
            tell("fetch", position)
            ends = careful.ends is not None and position == careful.ends[0]
            item = None if ends else next(items, None)
            if position >= past:
                if item is not None:
                    tell("take", position, item.characters)
                    result = _one(work, item, careful.poison.get(position))
                elif ends and careful.ends:
                    result = work.aside(None, careful.ends[1])
                if item is not None or ends:
                    spool.write(json.dumps(result).encode() + b"\n")
                    spool.flush()
                    tell("give", position)
            if item is None:
                tell("write", position)
                break
    with careful.spool.open("rb") as spool:
        return work.finish(json.loads(line) for line in spool)


def _one(work: Work, item: Item, poison: Problem | None) -> Result:
    if poison:
        return work.aside(item.place, poison)
    try:
        (result,) = work.results(iter([item]))
    except Exception as error:
        if stopping(error):
            raise
        return work.aside(item.place, Problem("failed", f"reading it failed: {type(error).__name__}: {error}", hint=REPORT))
    return result


REPORT = "tell the makers of whoholds, with the document if you may; all others were read"


def stopping(error: BaseException) -> StoppedError | None:
    """What an error tells that is no document's fault and would be the same for the next; None for others."""
    if isinstance(error, StoppedError):
        return error
    if isinstance(error, ModelError):
        return StoppedError(error.message, error.hint)
    if isinstance(error, sqlite3.DatabaseError):
        hint = "delete it, and it is made anew, or name another folder in WHOHOLDS_CACHE"
        return StoppedError(f"the gazetteer's index cannot be used: {error}", hint)
    if isinstance(error, OSError) and error.errno in FULL:
        where = f"{error.filename}: " if error.filename else ""
        return StoppedError(f"{where}{str(error.strerror).lower()}", "make room; the same command goes on from there")
    return None


def _whole_lines(path: Path) -> int:
    """How many lines a spool has; one that was cut off is taken away."""
    if not path.exists():
        return 0
    whole = lines = 0
    with path.open("rb") as spool:
        for line in spool:
            if line.endswith(b"\n"):
                whole, lines = whole + len(line), lines + 1
    with path.open("r+b") as spool:
        spool.truncate(whole)
    return lines

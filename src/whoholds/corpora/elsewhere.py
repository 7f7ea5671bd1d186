"""Phase 2: what is printed elsewhere. All surveys are looked at together, and each partition is given a file of its own.

The groups lie in a temporary database while the partitions' files are written: there may be a million reprints.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from whoholds.corpora.keeping import json_line, keep_json, kept_lines, lines, read_json, scratch
from whoholds.corpora.layout import Layout
from whoholds.corpora.rows import Printed, surveyed_in
from whoholds.corpora.surveyed import Surveyed
from whoholds.corpora.tasks import StoppedError
from whoholds.corpora.twins import Group, group_to_json, twins

_TABLE = """
    CREATE TABLE reprint (rank INTEGER PRIMARY KEY, partition, number, first_partition, first_number, printed);
    CREATE INDEX of ON reprint (partition);
    CREATE INDEX first ON reprint (first_partition);
"""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Of a partition: the numbers of documents that another one is read for, and for each that is read where else it stands."""

    reprints: frozenset[int]
    also: dict[int, tuple[Printed, ...]]


def elsewhere(layout: Layout, partition: int) -> Elsewhere:
    """What was kept for a partition; nothing where nothing of it is printed elsewhere."""
    try:
        told = read_json(layout.elsewhere(partition))
    except FileNotFoundError:
        return Elsewhere(frozenset(), {})
    also = {int(number): tuple(map(Printed.of, others)) for number, others in told["also"].items()}
    return Elsewhere(frozenset(told["reprints"]), also)


def keep_elsewhere(layout: Layout, partition: int, told: Elsewhere) -> None:
    """Keep what is known of a partition."""
    also = {number: [printed.to_json() for printed in told.also[number]] for number in sorted(told.also)}
    keep_json(layout.elsewhere(partition), {"reprints": sorted(told.reprints), "also": also})


def find_twins(layout: Layout, partitions: int) -> None:
    """Write the groups of twins and what each partition needs to know of them, where that is not done. Raises StoppedError."""
    if layout.twins.exists():
        return
    try:
        with scratch(layout.folder, "reprints") as path, closing(sqlite3.connect(path)) as base:
            base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLE}")
            with kept_lines(layout.twins) as file:  # there once all else is
                for group in twins(_surveyed(layout, partitions), layout.folder):
                    file.write(json_line(group_to_json(group)))
                    _enter(base, group)
                _look_up(base, layout)
                _hand_out(base, layout)
    except sqlite3.Error as error:
        raise StoppedError(f"{layout.folder}: {error}", "make room; the same command goes on from there") from None


def _surveyed(layout: Layout, partitions: int) -> Iterator[Surveyed]:
    for partition in range(partitions):
        for line in lines(layout.documents(partition)):
            if "text" in line:
                yield surveyed_in(partition, line)


def _enter(base: sqlite3.Connection, group: Group) -> None:
    first = (group.first.partition, group.first.number)
    rows = ((twin.report.partition, twin.report.number, *first) for twin in group.others)
    base.executemany("INSERT INTO reprint VALUES (NULL, ?, ?, ?, ?, NULL)", rows)


def _look_up(base: sqlite3.Connection, layout: Layout) -> None:
    """Find out what each reprint is called and where it stands."""
    for (partition,) in base.execute("SELECT DISTINCT partition FROM reprint ORDER BY 1").fetchall():
        numbers = dict(base.execute("SELECT number, rank FROM reprint WHERE partition = ?", (partition,)))
        found = (line for line in lines(layout.documents(partition)) if line["number"] in numbers)
        told = [(json.dumps(Printed.of(line).to_json()), numbers[line["number"]]) for line in found]
        base.executemany("UPDATE reprint SET printed = ? WHERE rank = ?", told)


def _hand_out(base: sqlite3.Connection, layout: Layout) -> None:
    concerned = "SELECT partition FROM reprint UNION SELECT first_partition FROM reprint ORDER BY 1"
    for (partition,) in base.execute(concerned).fetchall():
        reprints = base.execute("SELECT number FROM reprint WHERE partition = ?", (partition,))
        also: dict[int, list[Printed]] = defaultdict(list)
        of = "SELECT first_number, printed FROM reprint WHERE first_partition = ? ORDER BY first_number, rank"
        for number, printed in base.execute(of, (partition,)):
            also[number].append(Printed.of(json.loads(printed)))
        told = Elsewhere(frozenset(number for (number,) in reprints), {number: tuple(found) for number, found in also.items()})
        keep_elsewhere(layout, partition, told)

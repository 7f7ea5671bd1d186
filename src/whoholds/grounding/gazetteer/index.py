"""The index file: a read-only SQLite database of places and of every key that names them."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable
from pathlib import Path

from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.keys import fold_once, skeleton

FORMAT = 2  # raise when the tables below or what is put into them change meaning
_PER_KEY = 60  # namesakes kept for one name, the most prominent ones
_RANKS = 4
_SHORTEST_SKELETON = 4

_SCHEMA = """
create table place (
    id integer primary key, name text, lat real, lon real, country text, feature text, geonameid integer,
    population integer, radius_m integer, admin1 text, prominence real
);
create table name (key text primary key, places blob) without rowid;
create table spelling (skeleton text, key text, primary key (skeleton, key)) without rowid;
"""


def compile_index(path: Path, entries: Iterable[Entry]) -> int:
    """Write the index of these entries to a new file and return how many places it holds. Raises OSError or sqlite3.Error."""
    connection = sqlite3.connect(path)
    try:
        connection.executescript("pragma journal_mode = off; pragma synchronous = off; pragma page_size = 8192;" + _SCHEMA)
        names: dict[str, list[int]] = {}
        prominences: list[float] = []
        rows = []
        for number, entry in enumerate(entries):
            rows.append(_row(number, entry))
            prominences.append(entry.prominence)
            for name, rank in entry.names:
                key = fold_once(name)
                if len(key) > 1:
                    packed = number * _RANKS + rank
                    owners = names.get(key)
                    if owners is None:
                        names[key] = [packed]
                    elif owners[-1] // _RANKS != number:  # the names of an entry come best rank first
                        owners.append(packed)
        connection.executemany("insert into place values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.executemany(
            "insert into name values (?, ?)", ((key, _packed(names[key], prominences)) for key in sorted(names))
        )
        connection.executemany("insert or ignore into spelling values (?, ?)", sorted(_spellings(names)))
        connection.commit()
        return len(rows)
    finally:
        connection.close()


def unpack(blob: bytes) -> list[tuple[int, Rank]]:
    """The places of a key with the rank of the name, as `compile_index` packed them, best first."""
    numbers = array("I")
    numbers.frombytes(blob)
    return [(number // _RANKS, Rank(number % _RANKS)) for number in numbers]


def _row(number: int, entry: Entry) -> tuple[object, ...]:
    place = entry.place
    return (
        number,
        place.name,
        place.lat,
        place.lon,
        place.country,
        place.feature,
        place.geonameid,
        place.population,
        place.radius_m,
        entry.admin1,
        round(entry.prominence, 2),
    )


def _packed(owners: list[int], prominences: list[float]) -> bytes:
    if len(owners) > 1:
        owners = sorted(owners, key=lambda packed: (-prominences[packed // _RANKS], packed % _RANKS, packed))[:_PER_KEY]
    return array("I", owners).tobytes()


def _spellings(names: dict[str, list[int]]) -> Iterable[tuple[str, str]]:
    for key, owners in names.items():
        if any(packed % _RANKS < Rank.ALTERNATE for packed in owners):
            bones = skeleton(key)
            if len(bones) >= _SHORTEST_SKELETON:
                yield bones, key

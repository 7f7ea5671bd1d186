"""The index file: a read-only SQLite database of places and of every key that names them."""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.keys import fold_once, skeleton
from whoholds.model.site import key_of

FORMAT = 4  # raise when the tables below or what is put into them change meaning
PER_KEY = 60  # namesakes kept for one name, the most prominent ones
EDITION = 2  # the same for what the embedded index alone has
_RANKS = 4
_ALTERNATE = int(Rank.ALTERNATE)
_SHORTEST_SKELETON = 4
_BATCH = 20_000  # places

Owner = tuple[str, int, float]  # key, place packed with the rank of the name, prominence
PLACE_COLUMNS = (
    "id integer primary key, name text, lat real, lon real, country text, feature text, geonameid integer,"
    " population integer, radius_m integer, admin1 text, prominence real"
)
SCHEMA = f"""
create table place ({PLACE_COLUMNS});
create table name (key text primary key, places blob) without rowid;
create table spelling (skeleton text, key text, primary key (skeleton, key)) without rowid;
"""
# What lies in what, of the embedded index only: `cell` tells about where a place with a division is, `around` is a row of keys.
AROUND_SCHEMA = """
create table area (key text primary key, id integer) without rowid;
create table around (id integer primary key, keys text);
create table ground (id integer primary key, key text, shown text, around integer, cell integer);
"""
_CELL = 4  # to a degree
_ONCE = "pragma journal_mode = off; pragma synchronous = off; pragma page_size = 8192; pragma cache_size = -16000;"


def compile_index(path: Path, entries: Iterable[Entry]) -> int:
    """Write the index of these entries to a new file and return how many places it holds. Raises OSError or sqlite3.Error.

    The names wait in a temporary file to be sorted, so that memory holds no more than a batch of entries.
    """
    connection = sqlite3.connect(path)
    try:
        connection.executescript(
            _ONCE + SCHEMA + AROUND_SCHEMA + "create temp table owner (key text, packed integer, prominence real);"
        )
        count = 0
        places: list[tuple[object, ...]] = []
        owners: list[Owner] = []
        arounds: dict[tuple[str, ...], int] = {}
        areas: list[tuple[str, int]] = []
        grounds: list[tuple[object, ...]] = []
        for entry in entries:
            places.append(place_row(count, entry))
            if (entry.place.feature == "A" or entry.code) and entry.place.geonameid is None:
                areas.append((key_of(entry.place), count))
            if entry.within or entry.key or entry.shown:
                grounds.append(_ground_row(count, entry, arounds))
            owners += owner_rows(count, entry)
            count += 1
            if len(places) == _BATCH:
                _insert(connection, places, owners)
                _insert_grounds(connection, grounds)
        _insert(connection, places, owners)
        _insert_grounds(connection, grounds)
        connection.executemany("insert or ignore into area values (?, ?)", areas)
        _write_arounds(connection, arounds)
        write_names(connection)
        connection.commit()
        return count
    finally:
        connection.close()


def place_row(number: int, entry: Entry) -> tuple[object, ...]:
    """The row of a place in the table of that name."""
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


def owner_rows(number: int, entry: Entry) -> Iterator[Owner]:
    """Key, place packed with the rank of the name, and prominence: a row for each key of the entry, its best name counting."""
    seen = set()
    for name, rank in entry.names:
        key = fold_once(name)
        if len(key) > 1 and key not in seen:
            seen.add(key)
            yield key, number * _RANKS + rank, entry.prominence


def write_names(connection: sqlite3.Connection, *, least_spelled: float = 0.0) -> None:
    """Sort the table `owner` (key, packed, prominence) of the connection into its `name` and `spelling`; index the ids.

    Names of places less prominent than `least_spelled` get no spelling, and so are not found by a transliteration.
    """
    connection.execute("create temp table bones (skeleton text, key text)")
    rows = connection.execute("select key, packed, prominence from owner order by key")
    connection.executemany("insert into name values (?, ?)", _names(connection, rows, least_spelled))
    connection.execute("insert into spelling select distinct skeleton, key from bones order by skeleton, key")
    connection.execute("drop table bones")
    connection.execute("create index place_geonameid on place (geonameid) where geonameid is not null")


def cell_of(lat: float, lon: float) -> int:
    """The number of the quarter of a degree that a point lies in; the next to the north has 1,440 more, to the east 1 more."""
    return math.floor(lat * _CELL) * 360 * _CELL + math.floor(lon * _CELL)


def cells_around(lat: float, lon: float, far: int) -> list[int]:
    """The numbers of the cell of a point and of those up to `far` cells from it."""
    here, steps = cell_of(lat, lon), range(-far, far + 1)
    return [here + row * 360 * _CELL + column for row in steps for column in steps]


def _ground_row(number: int, entry: Entry, arounds: dict[tuple[str, ...], int]) -> tuple[object, ...]:
    place = entry.place
    around = arounds.setdefault(entry.within, len(arounds))
    cell = cell_of(place.lat, place.lon) if place.feature == "P" and len(entry.within) > 1 else None
    return number, entry.key or None, entry.shown or None, around, cell


def _insert_grounds(connection: sqlite3.Connection, grounds: list[tuple[object, ...]]) -> None:
    connection.executemany("insert into ground values (?, ?, ?, ?, ?)", grounds)
    grounds.clear()


def _write_arounds(connection: sqlite3.Connection, arounds: dict[tuple[str, ...], int]) -> None:
    rows = ((number, " ".join(keys)) for keys, number in arounds.items())
    connection.executemany("insert into around values (?, ?)", rows)
    connection.execute("create index ground_cell on ground (cell) where cell is not null")


def unpack(blob: bytes) -> list[tuple[int, Rank]]:
    """The places of a key with the rank of the name, as they were packed, best first."""
    numbers = array("I")
    numbers.frombytes(blob)
    return [(number // _RANKS, Rank(number % _RANKS)) for number in numbers]


def _insert(connection: sqlite3.Connection, places: list[tuple[object, ...]], owners: list[Owner]) -> None:
    connection.executemany("insert into place values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
    connection.executemany("insert into owner values (?, ?, ?)", owners)
    places.clear()
    owners.clear()


def _names(connection: sqlite3.Connection, rows: Iterable[Owner], least_spelled: float) -> Iterator[tuple[str, bytes]]:
    spelled: list[tuple[str, str]] = []
    owners: list[Owner] = []
    for owner in chain(rows, [("", 0, 0.0)]):  # no key is empty
        if owners and owner[0] != owners[0][0]:
            key = owners[0][0]
            if len(owners) > 1:
                owners.sort(key=_order)
            for _, packed, prominence in owners:
                if packed % _RANKS < _ALTERNATE and prominence >= least_spelled:
                    spelled.append((skeleton(key), key))
                    break
            yield key, array("I", [packed for _, packed, _ in owners[:PER_KEY]]).tobytes()
            owners = []
            if len(spelled) >= _BATCH:
                _insert_spelled(connection, spelled)
        owners.append(owner)
    _insert_spelled(connection, spelled)


def _order(owner: Owner) -> tuple[float, int, int]:
    _, packed, prominence = owner
    return -prominence, packed % _RANKS, packed


def _insert_spelled(connection: sqlite3.Connection, spelled: list[tuple[str, str]]) -> None:
    long = [(bones, key) for bones, key in spelled if len(bones) >= _SHORTEST_SKELETON]
    connection.executemany("insert into bones values (?, ?)", long)
    spelled.clear()

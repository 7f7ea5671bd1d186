"""An index being made: places and names as they come, kept with the position in the source, until it is whole.

A draft is an SQLite file. Each batch is one transaction with the position after it, so that whatever ends the program leaves a
draft to go on from.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from whoholds.grounding.gazetteer.added.folder import About
from whoholds.grounding.gazetteer.added.problem import GazetteerError
from whoholds.grounding.gazetteer.added.rows import Bad, Row
from whoholds.grounding.gazetteer.index import FORMAT, PLACE_COLUMNS, SCHEMA, owner_rows, place_row, write_names

_SCHEMA = f"""
create table place ({PLACE_COLUMNS}, division text);
create table silent (id integer primary key, names text);
create table owner (key text, packed integer, prominence real);
create table bad (line integer, reason text);
create table state (told text);
"""
_QUICK = "pragma synchronous = off; pragma cache_size = -16000; pragma journal_mode = truncate;"
LEAST_SPELLED = 3.0  # prominence of added places that are found by a transliteration; lesser ones have too many neighbours


@dataclass(frozen=True, slots=True)
class State:
    """How far a draft has come: line and offset (bytes) in the source, records read, and what they gave."""

    origin: str
    line: int = 0
    offset: int = 0
    records: int = 0
    places: int = 0
    silent: int = 0
    unplaced: int = 0
    bad: int = 0


class Draft:
    """An unfinished index. Raises GazetteerError on opening where it cannot be written, or another process has it open."""

    def __init__(self, path: Path, origin: str) -> None:
        """Open the draft at this path, or begin one; `origin` tells what it is made of, and one of another origin is dropped.

        `state` is how far it came, `outdated` tells whether one was dropped.
        """
        self.path = path
        self.outdated = False
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            state = self._open()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise GazetteerError(f"{path}: another process is making this gazetteer", "wait until it is done") from error
            hint = "check the folder and delete this file, or name another folder in WHOHOLDS_DATA"
            raise GazetteerError(f"{path}: cannot be written: {error}", hint) from error
        except sqlite3.DatabaseError:  # damaged, or of another version
            self._drop()
            state = self._open()
        if state is not None and state.origin != origin:
            self.outdated = True
            self._drop()
            state = self._open()
        self.state = state or State(origin)

    def commit(self, rows: list[Row], bad: list[Bad], state: State) -> None:
        """Put in a batch, and the position after it, together."""
        connection = self._connection
        first = self.state.places
        places = [(*place_row(first + i, row.entry), row.division) for i, row in enumerate(rows)]
        connection.executemany("insert into place values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
        owners = [owner for i, row in enumerate(rows) for owner in owner_rows(first + i, row.entry)]
        connection.executemany("insert into owner values (?, ?, ?)", owners)
        silent = [(first + i, row.silent) for i, row in enumerate(rows) if row.silent]
        connection.executemany("insert into silent values (?, ?)", silent)
        connection.executemany(
            "insert into bad values (?, ?)",
            [(item.line, item.reason.encode("utf-8", "replace").decode("utf-8")) for item in bad],
        )
        mute = sum(not row.entry.names for row in rows)
        self.state = replace(state, places=first + len(rows), silent=self.state.silent + mute, bad=self.state.bad + len(bad))
        connection.execute("delete from state")
        connection.execute("insert into state values (?)", (json.dumps(asdict(self.state)),))
        connection.commit()

    def bad(self, limit: int = -1) -> Iterator[Bad]:
        """The bad lines so far, as many as the limit says."""
        for line, reason in self._connection.execute("select line, reason from bad order by line limit ?", (limit,)):
            yield Bad(line, reason)

    def finish(self, path: Path, about: About) -> About:
        """Make the index of what was put in, beside, and rename it when whole; the draft is gone then. Counts the keys."""
        self._connection.close()
        beside = path.with_name(f".{path.stem}.new")
        beside.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(beside)) as connection:
                connection.executescript(
                    "pragma journal_mode = off; pragma synchronous = off; pragma page_size = 8192; pragma cache_size = -32000;"
                    + SCHEMA.replace(PLACE_COLUMNS, PLACE_COLUMNS + ", division text")
                    + "create table about (told text); create table silent (id integer primary key, names text);"
                )
                connection.execute("attach ? as draft", (str(self.path),))
                connection.execute("insert into main.place select * from draft.place")
                connection.execute("insert into main.silent select * from draft.silent")
                write_names(connection, least_spelled=LEAST_SPELLED)
                (keys,) = connection.execute("select count(*) from main.name").fetchone()
                whole = replace(about, keys=keys)
                told = {**{key: value for key, value in asdict(whole).items() if key != "name"}, "format": FORMAT}
                connection.execute("insert into about values (?)", (json.dumps(told),))
                connection.commit()
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        self._unlink()
        return whole

    def close(self) -> None:
        """Let go of the draft; it stays for another time."""
        self._connection.close()

    def discard(self) -> None:
        """Close and delete the draft."""
        self._drop()

    def _open(self) -> State | None:
        self._connection = sqlite3.connect(self.path, timeout=1.0)
        self._connection.executescript("pragma locking_mode = exclusive;" + _QUICK)
        if not self._connection.execute("select 1 from sqlite_master where name = 'state'").fetchone():
            self._connection.executescript("begin;" + _SCHEMA + "commit;")
            return None
        row = self._connection.execute("select told from state").fetchone()
        self._connection.execute("begin immediate").execute("commit")
        try:
            return State(**json.loads(row[0])) if row else None
        except (ValueError, TypeError) as error:  # of another version
            raise sqlite3.DatabaseError(str(error)) from error

    def _drop(self) -> None:
        self._connection.close()
        self._unlink()

    def _unlink(self) -> None:
        for path in (self.path, self.path.with_name(self.path.name + "-journal")):
            path.unlink(missing_ok=True)

"""Where added indexes stand, and what is known of each."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from whoholds.grounding.gazetteer.added.problem import GazetteerError
from whoholds.grounding.gazetteer.index import FORMAT
from whoholds.grounding.gazetteer.indexed import EMBEDDED, Index

LICENCE = "GeoNames, https://www.geonames.org, licensed CC BY 4.0: name it as the source where you publish"
_SUFFIX = ".sqlite"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_OWN_FIRST = {"table": 0, "geojson": 0}  # what the user wrote is kept where a dump has the same place


@dataclass(frozen=True, slots=True)
class About:
    """What an added index was made of: its kind (`geonames`, `divisions`, `table`, `geojson`) and its file, with size in bytes
    and the file's own date as an ISO day in UTC; how many places and keys came of it, how many lines gave none.

    `silent` counts places none of whose names is in Latin script, `unplaced` divisions for which no town is known, `skipped`
    bad lines left out.
    """

    name: str
    kind: str
    source: str
    size: int
    dated: str
    places: int
    keys: int
    silent: int = 0
    unplaced: int = 0
    skipped: int = 0

    @property
    def licence(self) -> str:
        """What its source asks for; "" where that is the user's affair."""
        return LICENCE if self.kind in ("geonames", "divisions") else ""


@dataclass(frozen=True, slots=True)
class Damaged:
    """An added index that cannot be used, and why."""

    name: str
    path: Path
    reason: str


def data_folder() -> Path:
    """`gazetteers` in the folder that `WHOHOLDS_DATA` names, else in the user's data folder; it need not exist."""
    chosen = os.environ.get("WHOHOLDS_DATA")
    if chosen:
        return Path(chosen) / "gazetteers"
    from platformdirs import user_data_path

    return user_data_path("whoholds") / "gazetteers"


def checked_name(name: str) -> str:
    """The name of a gazetteer in lower case. Raises GazetteerError for one that cannot be a file's."""
    lowered = name.strip().lower()
    if not _NAME.fullmatch(lowered) or lowered == EMBEDDED:
        raise GazetteerError(f"'{name}' cannot be the name of an added gazetteer", "use letters a-z, digits, _ and -")
    return lowered


def name_for(file: str) -> str:
    """A name made of a file's: its stem in lower case with - for what a name may not have."""
    stem = re.sub(r"(?i)(\.(?:txt|csv|tsv|geojson|json|zip|gz))+$", "", Path(file).name)
    name = re.sub(r"[^a-z0-9_-]+", "-", stem.lower()).strip("-_")[:64].rstrip("-_")
    return name if name and name != EMBEDDED else "added"


def path_of(name: str) -> Path:
    """Where the index of this name stands, or would stand."""
    return data_folder() / (name + _SUFFIX)


def draft_of(name: str) -> Path:
    """Where the unfinished index of this name stands, or would stand."""
    return data_folder() / f".{name}.draft"


def added() -> list[tuple[About, Path] | Damaged]:
    """Every added index in the order they are asked: the user's own lists before dumps, then by name."""
    found: list[tuple[About, Path] | Damaged] = []
    for path in sorted(data_folder().glob("*" + _SUFFIX)):
        try:
            found.append((_about(path), path))
        except (sqlite3.DatabaseError, OSError, ValueError, TypeError) as error:
            found.append(Damaged(path.stem, path, str(error)))
    return sorted(found, key=lambda one: (1, "") if isinstance(one, Damaged) else (_OWN_FIRST.get(one[0].kind, 1), one[0].name))


def drafts() -> list[str]:
    """The names of gazetteers whose adding was interrupted."""
    return sorted(path.name[1 : -len(".draft")] for path in data_folder().glob(".*.draft"))


def added_indexes() -> Iterator[Index]:
    """The added indexes, open; one that is damaged is told on standard error and left out."""
    for one in added():
        if isinstance(one, Damaged):
            tell_damage(one.name, one.path, one.reason)
            continue
        about, path = one
        try:
            index = Index(path, about.name)
        except (sqlite3.DatabaseError, OSError) as error:
            tell_damage(about.name, path, error)
        else:
            yield index


def tell_damage(name: str, path: Path, reason: object) -> None:
    """Say on standard error that an added gazetteer is not used, and what can be done."""
    if sys.stderr is not None:
        sys.stderr.write(
            f"whoholds: the added gazetteer '{name}' cannot be used and is left out: {reason}: {path}\n"
            f"    add its file again, or remove it: whoholds gazetteer remove {name}\n"
        )


def remove(name: str) -> Path:
    """Delete an added index and any draft of it; gives where it stood. Raises GazetteerError for none, and OSError."""
    path, draft = path_of(name), draft_of(name)
    if not path.exists() and not draft.exists():
        names = ", ".join(one.name if isinstance(one, Damaged) else one[0].name for one in added()) or "none"
        raise GazetteerError(f"there is no added gazetteer '{name}'", f"added are: {names}")
    for file in (path, draft, draft.with_name(draft.name + "-journal"), skipped_of(name)):
        file.unlink(missing_ok=True)
    return path


def skipped_of(name: str) -> Path:
    """Where the bad lines that were left out of a gazetteer are listed."""
    return data_folder() / f"{name}.skipped.txt"


def _about(path: Path) -> About:
    if path.stat().st_size == 0:
        raise ValueError("the file is empty")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        (told,) = connection.execute("select told from about").fetchone()
    finally:
        connection.close()
    values = json.loads(told)
    if values.pop("format") != FORMAT:
        raise ValueError("another version of whoholds made it")
    return About(**{**values, "name": path.stem})

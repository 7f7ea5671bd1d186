"""The gazetteers in use, and what a name means in them, for people and as JSON."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import clipped, width_of
from whoholds.grounding.gazetteer import Candidate, Gazetteer
from whoholds.grounding.gazetteer.added import folder
from whoholds.grounding.gazetteer.cache import editions, index_path
from whoholds.grounding.gazetteer.indexed import EMBEDDED, Index

_GAP = "  "
_WIDEST = 36  # cells of a column
Listed = dict[str, Any] | folder.Damaged


def gazetteers_in_use() -> list[Listed]:
    """The embedded gazetteer and the added ones, as `list --json` has them; damaged ones as such."""
    path = index_path()
    index = Index(path)
    places, keys = index.size()
    index.close()
    found: list[Listed] = [
        {
            "name": EMBEDDED,
            "kind": EMBEDDED,
            "source": editions(),
            "size": path.stat().st_size,
            "dated": "",
            "places": places,
            "keys": keys,
            "path": str(path),
            "index_size": path.stat().st_size,
            "licence": folder.LICENCE,
        }
    ]
    for one in folder.added():
        found.append(one if isinstance(one, folder.Damaged) else _row(*one))
    return found


def _row(about: folder.About, path: Path) -> Listed:
    try:
        Index(path).close()
    except (sqlite3.DatabaseError, OSError) as error:
        return folder.Damaged(about.name, path, str(error))
    return {**asdict(about), "path": str(path), "index_size": path.stat().st_size, "licence": about.licence}


def print_gazetteers(paper: Paper, found: Sequence[Listed], unfinished: Sequence[str]) -> None:
    """Print a table of them, in the order they are asked, what GeoNames asks for, and what is unfinished or damaged."""
    whole = [one for one in found if isinstance(one, dict)]
    rows = [
        (
            one["name"],
            f"{one['places']:,}",
            f"{one['keys']:,}",
            _bytes(one["index_size"]),
            "its packages" if one["kind"] == EMBEDDED else Path(one["source"]).name,
            one["dated"],
        )
        for one in whole
    ]
    _print_table(paper, ("gazetteer", "places", "names", "index", "made of", "dated"), rows, right=(1, 2, 3))
    for one in whole:
        paper.line([("dim", f"# {one['name']}: {one['source']}")], hanging=2)
    licences = sorted({one["licence"] for one in whole if one["licence"]})
    for licence in licences:
        names = ", ".join(one["name"] for one in whole if one["licence"] == licence)
        paper.line([("dim", f"# {names}: {licence}")], hanging=2)
    for one in whole:
        count = one.get("skipped", 0)
        if count:
            left = f"{count:,} bad line{' was' if count == 1 else 's were'} left out: {folder.skipped_of(one['name'])}"
            paper.line([("dim", f"# {one['name']}: {left}")], hanging=2)
    for broken in found:
        if isinstance(broken, folder.Damaged):
            way = f"add its file again, or: whoholds gazetteer remove {broken.name}"
            paper.line([("failure", f"{broken.name}: not in use, it is damaged: {broken.reason}; {way}")], hanging=4)
    for name in unfinished:
        paper.line(
            [("hint", f"{name}: unfinished; add the same file to go on, or: whoholds gazetteer remove {name}")], hanging=4
        )
    paper.flush()


def meanings(gazetteer: Gazetteer, name: str) -> list[dict[str, Any]]:
    """What a name can mean, as `find --json` has it: the places in order of prominence, with their gazetteers."""
    return [_meaning(gazetteer, item) for item in gazetteer.candidates(name) or gazetteer.variants(name)]


def print_meanings(paper: Paper, found: Sequence[dict[str, Any]]) -> None:
    """Print a table of places."""
    rows = [
        (
            one["name"],
            one["country"] or "-",
            one["admin1"] or "-",
            one["feature"],
            f"{one['lat']:.4f}",
            f"{one['lon']:.4f}",
            f"{one['population']:,}" if one["population"] else "-",
            str(one["geonameid"] or "-"),
            f"{one['prominence']:.1f}",
            one["as"] + (f", {one['edits']} edit{'s' * (one['edits'] > 1)} away" if one["edits"] else ""),
            ", ".join(one["gazetteers"]),
        )
        for one in found
    ]
    heads = (
        "place",
        "country",
        "division",
        "class",
        "latitude",
        "longitude",
        "people",
        "GeoNames",
        "weight",
        "as",
        "gazetteer",
    )
    _print_table(paper, heads, rows, right=(4, 5, 6, 7, 8))
    paper.flush()


def _meaning(gazetteer: Gazetteer, item: Candidate) -> dict[str, Any]:
    place = asdict(item.place)
    return {
        **place,
        "admin1": item.admin1,
        "prominence": item.prominence,
        "as": item.rank.name.lower(),
        "edits": item.edits,
        "is_country": item.is_country,
        "gazetteers": list(gazetteer.holders(item)),
        "other_names": gazetteer.silent_names(item),
    }


def _print_table(paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int]) -> None:
    table = [list(heads), *([clipped(cell, _WIDEST) for cell in row] for row in rows)]
    widths = [max(map(width_of, column)) for column in zip(*table, strict=True)]
    for number, row in enumerate(table):
        cells = []
        for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
            room = " " * (width - width_of(cell))
            cells.append(room + cell if at in right else cell + room)
        first, *rest = cells
        style = "dim" if number == 0 else ""
        paper.line([(style or "place", first + _GAP), (style, _GAP.join(rest).rstrip())])


def _bytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size < 1e9 else f"{size / 1e9:,.2f} GB"

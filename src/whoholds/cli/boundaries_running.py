"""Running the commands of `whoholds boundaries`: each gives its exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import clipped, shown, width_of
from whoholds.cli.register_running import FAILED, failed, opened, print_json, told
from whoholds.cli.register_words import place_named
from whoholds.formats import problem_to_json
from whoholds.formats.boundaries import take_boundaries
from whoholds.formats.findings import entry_to_json
from whoholds.model import Entry, Outlined, Problem, polygons_of

_SHOWN = 20  # lines of a kind


@told
def add(
    locator: str, files: Sequence[str], *, name_field: str | None, source: str | None, layer: str | None, by: str, as_json: bool
) -> int:
    """Import files of boundaries; 1 where something of them was left out."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    remarks: list[str] = []
    with opened(locator) as register:
        for file in files:
            path = Path(file)
            taken = take_boundaries(register.store, path, source=source or path.name, name_field=name_field, layer=layer)
            entries += register.outline(taken.acts, by=by)
            problems += taken.problems
            remarks += taken.remarks
            if not as_json:
                _tell(taken.problems, taken.remarks)
    if as_json:
        told_problems = [problem_to_json(problem) for problem in problems]
        print_json({"entries": [entry_to_json(entry) for entry in entries], "problems": told_problems, "remarks": remarks})
    else:
        _sum_up(entries)
    return FAILED if problems else 0


@told
def show(locator: str, *, recorded_by: date | datetime | None, as_json: bool) -> int:
    """List the outlines that stand."""
    with opened(locator) as register:
        entries = register.outlines(recorded_by=recorded_by)
        sites = {site.key: site for site in register.store.sites(keys=[act.site for _, act in _acts(entries) if act.site])}
    if as_json:
        print_json([entry_to_json(entry) for entry in entries])
        return 0
    rows = [("entry", "name", "place", "points", "source")]
    for entry, act in _acts(entries):
        site = sites.get(act.site or "")
        place = "".join(text for _, text in place_named(site)) if site else act.site or "-"
        points = sum(len(ring) for polygon in polygons_of(act.geometry) for ring in polygon)
        rows.append((str(entry.seq), shown(act.name) or "-", place, f"{points:,}", shown(act.source)))
    _print_table(rows)
    return 0


@told
def remove(locator: str, numbers: Sequence[int], *, source: str | None, because: str, by: str, as_json: bool) -> int:
    """Withdraw outlines by number or source."""
    with opened(locator) as register:
        standing = {entry.seq: act for entry, act in _acts(register.outlines())}
        chosen = [*numbers, *(seq for seq, act in standing.items() if act.source == source)]
        for number in chosen:
            if number not in standing:
                return failed(f"entry {number} is no outline that stands", f"see: whoholds boundaries list {locator}")
        if not chosen:
            return failed(f"no outline is from '{source}'", f"see: whoholds boundaries list {locator}")
        entries = [entry for number in dict.fromkeys(chosen) for entry in register.withdraw(number, because=because, by=by)]
    if as_json:
        print_json([entry_to_json(entry) for entry in entries])
    else:
        Paper(sys.stdout).line([("", f"{_count(len(entries), 'outline')} removed")])
    return 0


def _acts(entries: Iterable[Entry]) -> list[tuple[Entry, Outlined]]:
    return [(entry, entry.act) for entry in entries if isinstance(entry.act, Outlined)]


def _tell(problems: Sequence[Problem], remarks: Sequence[str]) -> None:
    paper = Paper(sys.stderr)
    for problem in problems[:_SHOWN]:
        paper.line([("problem", shown(problem.message))], hanging=4)
        if problem.hint:
            paper.line([("hint", f"    {shown(problem.hint)}")], hanging=4)
    for remark in remarks[:_SHOWN]:
        paper.line([("hint", shown(remark))], hanging=4)
    for what, found in (("problems", problems), ("remarks", remarks)):
        if len(found) > _SHOWN:
            paper.line([("hint", f"{len(found) - _SHOWN} more {what}; --json has all of them")])


def _sum_up(entries: Sequence[Entry]) -> None:
    placed = sum(act.site is not None for _, act in _acts(entries))
    without = len(entries) - placed
    words = f"{_count(len(entries), 'new outline')}"
    if entries:
        words += f": {placed} of places, {without} without a place"
    Paper(sys.stdout).line([("", words)])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    paper = Paper(sys.stdout)
    if len(rows) == 1:
        paper.line([("hint", "no outlines; places are shown as cells, see: whoholds boundaries add")])
        return
    cut = [[clipped(cell, 60) for cell in row] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(*cut, strict=True)]
    for i, row in enumerate(cut):
        line = "  ".join(cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True))
        paper.line([("heading" if i == 0 else "", line.rstrip())])

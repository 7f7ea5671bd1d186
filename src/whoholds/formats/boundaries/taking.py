"""Files of boundaries taken in: each area with the place of the register or the gazetteer that it outlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import shapely

from whoholds.formats.boundaries.raw import Area
from whoholds.formats.boundaries.reading import read_boundaries
from whoholds.model import Outlined, Problem, Site
from whoholds.questions.outlining import Unplaced, outlined, place_of
from whoholds.register.store import Store

_TOUCHING = 1e-5  # degrees
_MOST_PARTS = 200  # features of one name: more of them have no name but the word for "unknown"


@dataclass(slots=True)
class Taken:
    """What becomes of a file: outlines to be entered, what was left out and why, remarks on what was not."""

    acts: list[Outlined] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def take_boundaries(store: Store, path: Path, *, source: str, name_field: str | None = None, layer: str | None = None) -> Taken:
    """The outlines of a file for a register: see `read_boundaries` and `place_of`. Raises nothing for any file.

    An area that no one place fits is taken without a place; one whose axes are exchanged is left out.
    """
    found = read_boundaries(path, name_field=name_field, layer=layer)
    taken = Taken(problems=list(found.problems), remarks=list(found.remarks))
    acts: dict[int, Outlined] = {}
    placed: defaultdict[str, list[tuple[Area, Site]]] = defaultdict(list)
    for area in _whole(found.areas):
        where = f"{path.name}: feature {area.number}{f' ({area.name})' if area.name else ''}"
        site = place_of(store, area.name, area.geometry, area.key)
        match site:
            case Site():
                placed[site.key].append((area, site))
            case Unplaced(reason, sites, exchanged) if exchanged:
                hint = "it was left out: write longitude before latitude"
                taken.problems.append(Problem("exchanged", f"{where}: {reason}", hint=hint))
            case Unplaced(reason, sites):
                keys = ", ".join(f"{other.name} {other.key}" for other in sites)
                taken.remarks.append(f"{where} was taken without a place: {reason}{f' ({keys})' if keys else ''}")
                acts[area.number] = outlined(area.name, None, area.geometry, source)
    for parts in placed.values():
        acts |= _joined(parts, source, path.name, taken.remarks)
    taken.acts += [acts[number] for number in sorted(acts)]
    return taken


def _whole(areas: Sequence[Area]) -> list[Area]:
    """Areas of which none touches another of its name: what a file gives in several features is one, numbered as the first."""
    by_name: defaultdict[tuple[str, str], list[Area]] = defaultdict(list)
    for area in areas:
        by_name[area.name, area.key].append(area)
    found: list[Area] = []
    for (name, _), same in by_name.items():
        if not name or not 1 < len(same) <= _MOST_PARTS:
            found += same
            continue
        union = shapely.union_all([area.geometry for area in same])
        for part in shapely.get_parts(union):
            touching = [area for area in same if shapely.dwithin(area.geometry, part, _TOUCHING)]
            first = min(touching, key=lambda area: area.number)
            found.append(replace(first, geometry=part))
    return sorted(_gathered(found), key=lambda area: area.number)


def _gathered(areas: Iterable[Area]) -> Iterator[Area]:
    """One area a number: what belongs to one feature stays together."""
    by_number: defaultdict[int, list[Area]] = defaultdict(list)
    for area in areas:
        by_number[area.number].append(area)
    for parts in by_number.values():
        yield parts[0] if len(parts) == 1 else replace(parts[0], geometry=shapely.union_all([area.geometry for area in parts]))


def _joined(parts: list[tuple[Area, Site]], source: str, file: str, remarks: list[str]) -> dict[int, Outlined]:
    """One outline of the features of one name that outline one place; those of other names have none. By feature."""
    (first, site), *others = parts
    same = [area for area, _ in others if area.name == first.name]
    whole = shapely.union_all([first.geometry, *(area.geometry for area in same)]) if same else first.geometry
    found = {first.number: outlined(first.name, site, whole, source)}
    for area, _ in others:
        if area.name != first.name:
            what = f"outlines {site.name} as feature {first.number} ({first.name}) does"
            remarks.append(f"{file}: feature {area.number} ({area.name}) was taken without a place: it {what}")
            found[area.number] = outlined(area.name, None, area.geometry, source)
    return found

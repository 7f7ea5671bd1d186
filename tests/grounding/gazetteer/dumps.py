"""Gazetteer files as GeoNames and others write them, of made-up places, for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from tests.grounding.gazetteer.small import ENTRIES
from whoholds.grounding.gazetteer.added import adding
from whoholds.grounding.gazetteer.added.adding import Added, Refused
from whoholds.grounding.gazetteer.index import compile_index
from whoholds.grounding.gazetteer.indexed import Index


def dump_line(
    code: int = 900_000_001,
    name: str = "Old Mill",
    lat: object = 34.5,
    lon: object = 36.25,
    *,
    others: str = "",
    feature: str = "P",
    kind: str = "PPL",
    country: str = "SY",
    admin1: str = "11",
    admin2: str = "1101",
    population: object = 0,
    ascii_name: str | None = None,
) -> str:
    """A line of a GeoNames dump, without its end."""
    cells = [code, name, name if ascii_name is None else ascii_name, others, lat, lon, feature, kind, country, ""]
    cells += [admin1, admin2, "", "", population, "", 12, "Asia/Damascus", "2024-05-01"]
    return "\t".join(map(str, cells))


def write(path: Path, lines: Iterable[str]) -> Path:
    """A file of these lines, each with its end."""
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def embedded(folder: Path) -> Index:
    """An embedded index of the small gazetteer."""
    path = folder / "embedded.sqlite"
    if not path.exists():
        compile_index(path, ENTRIES)
    return Index(path)


def add(
    file: Path,
    name: str = "mine",
    *,
    country: str | None = None,
    skip_bad: bool = False,
    told: list[str] | None = None,
    progress: Callable[[adding.Step], None] = lambda step: None,
) -> Added | Refused:
    """Add a file as the command does, with no other gazetteer in use than the embedded one."""
    return adding.add(
        file,
        name=name,
        country=country,
        skip_bad=skip_bad,
        indexes=lambda: [embedded(file.parent)],
        progress=progress,
        tell=(told if told is not None else []).append,
    )

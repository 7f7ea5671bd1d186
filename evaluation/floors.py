"""Floors: the figures below which a change does not pass."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "floors.toml"


def load() -> dict[str, float]:
    """The floors by dotted name of the figure."""
    return dict(flatten(tomllib.loads(PATH.read_text(encoding="utf-8"))))


def flatten(report: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    """Every number of a nested report with its dotted name; what is no number is left out."""
    for key, value in report.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from flatten(value, f"{name}.")
        elif isinstance(value, (int, float)):
            yield name, value


def below(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """A line for each figure that lies below its floor; floors of figures that were not measured are passed over."""
    return [
        f"{name}: {figures[name]:.3f} is below the floor of {floor:.3f}"
        for name, floor in floors.items()
        if name in figures and figures[name] < floor
    ]


def unmeasured(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """The floors whose figure was not measured."""
    return [name for name in floors if name not in figures]

"""How far two coders agree on one field: counts, shares, and Krippendorff's alpha.

Alpha is the share of disagreement that is left of what chance would give, taken from one: 1 is full agreement, 0 no more than
chance, less is worse (K. Krippendorff, Content Analysis, 4th ed. 2018, chapter 12). Names are compared as equal or not
(nominal), days by the squared number of days between them (interval), counts of people by the squared share of their sum by
which they differ (ratio), points by the squared kilometres between them.

It is computed here for two coders with nothing missing, where it needs no more than the pairs and how often each value comes.
The library krippendorff, which the tests compare it with, has room for any number of coders and for gaps, and for that takes
memory by units times values squared: a terabyte for ten thousand events in three thousand places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

_EARTH_KM = 12_742.0  # its diameter


class Level(StrEnum):
    """How values of a field are compared."""

    NOMINAL = "nominal"
    INTERVAL = "interval"
    RATIO = "ratio"
    DISTANCE = "distance"  # values are (latitude, longitude) in decimal degrees


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What two coders tell of one field in claims that are paired: `both` tell it, of which `agree` the same; or only one does.

    `alpha` is None where fewer than two pairs have it, or all values are one: then there is nothing that chance could give.
    `median` is the median difference of their values, in days, people or kilometres; None for fields without differences.
    """

    field: str
    both: int
    agree: int
    only_first: int
    only_second: int
    alpha: float | None
    median: float | None = None

    @property
    def share(self) -> float | None:
        """The share of `both` that agree; None where none is told by both."""
        return self.agree / self.both if self.both else None


def alpha(pairs: Sequence[tuple[Hashable, Hashable]], level: Level) -> float | None:
    """Krippendorff's alpha of the values that two coders gave, none of them missing; None where it is not defined."""
    counts = Counter(value for pair in pairs for value in pair)
    if len(pairs) < 2 or len(counts) < 2:
        return None
    values = list(counts)
    place = {value: number for number, value in enumerate(values)}
    first, second = (np.array([place[pair[side]] for pair in pairs]) for side in (0, 1))
    weights = np.array([counts[value] for value in values], dtype=float)
    columns = _columns(values, level)
    observed = float(_squares(columns[first], columns[second], level).mean())
    total = weights.sum()
    by_chance = sum(
        float(weights[row] * (weights * _squares(columns[row], columns, level)).sum()) for row in range(len(values))
    )
    return float(1.0 - observed / (by_chance / (total * (total - 1))))


def _columns(values: Sequence[Any], level: Level) -> NDArray[Any]:
    """Values as rows of numbers: names by their numbers, points as points of the unit sphere."""
    match level:
        case Level.NOMINAL:
            return np.arange(len(values), dtype=float)[:, None]
        case Level.DISTANCE:
            lat, lon = np.radians(np.array(values, dtype=float)).T
            return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    return np.array(values, dtype=float)[:, None]


def _squares(one: NDArray[Any], other: NDArray[Any], level: Level) -> NDArray[Any]:
    """The squared differences of rows."""
    apart = one - other
    match level:
        case Level.NOMINAL:
            return np.asarray((apart[..., 0] != 0).astype(float))
        case Level.INTERVAL:
            return np.asarray(apart[..., 0] ** 2)
        case Level.RATIO:
            total = (one + other)[..., 0]
            shares = np.divide(apart[..., 0], total, out=np.zeros_like(total), where=total != 0)
            return np.asarray(shares**2)
    chord = np.sqrt((apart**2).sum(axis=-1)) / 2
    return np.asarray((_EARTH_KM * np.arcsin(np.minimum(1.0, chord))) ** 2)

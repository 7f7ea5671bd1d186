"""Where days and numbers lie on a drawing: positions in per cent of its width, so that it needs no script to fit a page."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_MOST_TICKS = 7
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)
_DAYS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of a scale: where, and what stands there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Days:
    """The days `first` to `last`, both inclusive, over the whole width; a day is as wide as every other."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day begins, in per cent; days outside lie at the edges."""
        inside = min(max(day, self.first), self.last)
        return self._part((inside - self.first).days)

    def after(self, day: date) -> float:
        """Where a day ends, in per cent."""
        inside = min(max(day, self.first), self.last)
        return self._part((inside - self.first).days + 1)

    def ticks(self) -> tuple[Tick, ...]:
        """First days of months or years, or days, at most eight or so."""
        span = (self.last - self.first).days + 1
        for step in _DAYS:
            if span / step <= _MOST_TICKS:
                days = (self.first + timedelta(i) for i in range(0, span, step))
                return tuple(Tick(self.at(day), day.isoformat()) for day in days)
        months = next((step for step in _MONTHS if span / (step * 30.44) <= _MOST_TICKS), _MONTHS[-1])
        return tuple(self._months(months))

    def _months(self, step: int) -> Iterable[Tick]:
        number = math.ceil((self.first.year * 12 + self.first.month - 1) / step) * step
        while number <= self.last.year * 12 + self.last.month - 1:
            day = date(number // 12, number % 12 + 1, 1) if number >= 12 else date.min
            if day >= self.first:
                yield Tick(self.at(day), f"{day.year:04}" if step % 12 == 0 else f"{day:%Y-%m}")
            number += step

    def _part(self, days: int) -> float:
        return round(100 * days / ((self.last - self.first).days + 1), 3)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers 0 to `most` over the width; by their logarithms where they lie too far apart for that."""

    most: int
    logarithmic: bool

    def at(self, number: int) -> float:
        """Where a number lies, in per cent."""
        if self.logarithmic:
            return round(100 * math.log10(1 + number) / math.log10(1 + self.most), 3)
        return round(100 * number / self.most, 3)

    def ticks(self) -> tuple[Tick, ...]:
        """Round numbers, from 0."""
        if self.logarithmic:
            powers = range(math.floor(math.log10(self.most)) + 1)
            return (Tick(0.0, "0"), *(Tick(self.at(10**power), f"{10**power:,}") for power in powers))
        step = _round_up(self.most / 4)
        return tuple(Tick(self.at(number), f"{number:,}") for number in range(0, self.most + 1, step))


def numbers(values: Iterable[int]) -> Numbers:
    """The scale of some numbers, to 0 and a little further."""
    told = [value for value in values if value > 0]
    most = _round_up(max(told, default=1) * 1.1)
    return Numbers(most, bool(told) and max(told) > 100 * min(told))


def _round_up(value: float) -> int:
    """The next number with one digit of 1, 2 or 5 and zeros."""
    if value <= 1:
        return 1
    power = 10 ** math.floor(math.log10(value))
    return next(int(power * digit) for digit in (1, 2, 5, 10) if power * digit >= value)

"""Maps of control to documents: for each day a plain list of the settlements that changed hands, with a claim for each line.

The map is the speaker: the documents' outlet, in its own voice. The first day's list has every settlement that lies in a
polygon, as held; later ones what changed since the map before. Where days lie between two maps, a change was on one of
them: its time is from the day after the map before to the day of the map. What leaves all polygons is lost by whoever held it,
to the side that the map is drawn against where the user names it. Where several sides have polygons, the ground between them is
best told as contested: a loss to nobody named is, to the register, part of a taking told within two weeks of it.

The texts are the same for the same maps, settlements and legend, and so are the ids of documents and claims. A day's document
has an address by the map's name and the day, so that a map which was drawn anew replaces what the old one told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from whoholds.formats.imports import Fault
from whoholds.formats.imports.ground import Ground, Settlement
from whoholds.formats.imports.legend import Contested, Legend, Meaning, Unknown
from whoholds.formats.imports.polygons import BadMapError, Patch, bounds_of, read_map
from whoholds.formats.imports.texts import address
from whoholds.model import Actor, Change, Claim, Control, Derivation, Document, Problem, When
from whoholds.questions.importing import Coded

_NOBODY, _FOUGHT = -1, -2  # numbers of sides; others count from 0
_LISTED = 8

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlMap:
    """How a map's files are read: its name, its legend, the property that tells who holds a polygon (None: the first known).

    `against` holds what lies in no polygon any more; Contested, where it is fought over. `url` is where a day's map can be
    seen, with `{day}` in it. Every `restate` days all holders are told again; 0 is never.
    """

    name: str
    legend: Legend
    field: str | None = None
    against: Actor | Contested | None = None
    url: str | None = None
    restate: int = 0


def control_documents(
    files: Iterable[tuple[date, Path]], chart: ControlMap, ground: Ground
) -> Iterator[tuple[date, Coded | None, tuple[Fault, ...]]]:
    """For each file, in order of days: its day, its document (None where it cannot be read) and what is wrong with it."""
    course = _Course(chart, ground)
    for day, path in files:
        try:
            patches = read_map(path, chart.field)
        except BadMapError as bad:
            yield day, None, (Fault(str(path), None, bad.problem),)
            continue
        except OSError as error:
            yield day, None, (Fault(str(path), None, Problem("unreadable", f"cannot be read: {error.strerror or error}")),)
            continue
        numbers, problems = course.laid(patches)
        if numbers is None:
            yield day, None, tuple(Fault(str(path), None, problem) for problem in problems)
            continue
        faults = tuple(Fault(str(path), None, problem, lost=False) for problem in problems)
        yield day, course.document(day, numbers), faults


@dataclass(slots=True)
class _Course:
    """What the maps so far have told."""

    chart: ControlMap
    ground: Ground
    sides: list[Actor] = field(default_factory=list)
    before: Numbers | None = None
    last: date | None = None
    told: date | None = None

    def laid(self, patches: tuple[Patch, ...]) -> tuple[Numbers | None, list[Problem]]:
        """The number of the side that holds each settlement; None where a polygon's holder is not known."""
        meanings = [self.chart.legend.meaning(patch.value) for patch in patches]
        strange = sorted(
            {patch.value for patch, meaning in zip(patches, meanings, strict=True) if isinstance(meaning, Unknown)}
        )
        if strange:  # who holds what lies in them is not known, and must not seem to have changed hands
            return None, [_strange(strange)]
        pairs = [(patch, self._number(meaning)) for patch, meaning in zip(patches, meanings, strict=True)]
        laid = [(patch, number) for patch, number in pairs if number is not None]
        box = bounds_of(patch for patch, _ in laid)
        if box:
            self.ground.reach(box)
        numbers = np.full(len(self.ground), _NOBODY, np.int32)
        twice = np.zeros(len(self.ground), bool)
        for patch, number in laid:
            inside = self.ground.under(patch)
            other = inside[(numbers[inside] != _NOBODY) & (numbers[inside] != number)]
            twice[other[(numbers[other] != _FOUGHT) & (number != _FOUGHT)]] = True
            numbers[inside] = number
            numbers[other] = _FOUGHT
        return numbers, [self._twice(np.flatnonzero(twice))] if twice.any() else []

    def _number(self, meaning: Meaning) -> int | None:
        """The number of a side, the same for all maps; None for what is left out."""
        if isinstance(meaning, Contested):
            return _FOUGHT
        if not isinstance(meaning, Actor):
            return None
        if meaning not in self.sides:
            self.sides.append(meaning)
        return self.sides.index(meaning)

    def _twice(self, which: NDArray[np.intp]) -> Problem:
        names = ", ".join(self.ground.settlements[number].place.name for number in which[:_LISTED])
        more = f" and {len(which) - _LISTED:,} more" if len(which) > _LISTED else ""
        message = f"polygons of several sides lie over {names}{more}; taken as contested"
        return Problem("overlap", message, hint="give the lines between the sides as contested in the legend")

    def document(self, day: date, numbers: Numbers) -> Coded:
        """The document of a day; from now on it is what maps are compared with."""
        first, since = self.before is None, self.last
        before = np.full(len(numbers), _NOBODY, np.int32)
        if self.before is not None:
            before[: len(self.before)] = self.before
        if isinstance(self.chart.against, Contested):
            numbers[(numbers == _NOBODY) & (before != _NOBODY)] = _FOUGHT
        again = self.chart.restate and self.told and (day - self.told).days >= self.chart.restate
        listed = np.flatnonzero((numbers != before) | ((numbers != _NOBODY) if again else False))
        if first or again:
            self.told = day
        self.before, self.last = numbers, day
        lines = [
            self._line(int(number), int(before[number]), int(numbers[number]), first=first)
            for number in sorted(listed, key=lambda number: _order(self.ground.settlements[number]))
        ]
        return self._written(day, since, lines)

    def _line(self, number: int, before: int, after: int, *, first: bool) -> tuple[Settlement, Control, str]:
        settlement = self.ground.settlements[number]
        control = self._control(before, after, first=first)
        place = settlement.place
        at = f"{settlement.where.name} ({place.country or '-'} {place.lat:.4f} {place.lon:.4f})"
        return settlement, control, f"{at}: {_words(control)}"

    def _control(self, before: int, after: int, *, first: bool) -> Control:
        against = self.chart.against if isinstance(self.chart.against, Actor) else None
        holder = self.sides[after] if after >= 0 else None
        former = self.sides[before] if before >= 0 else None
        if after == _FOUGHT:
            return Control(change=Change.CONTESTED)
        if after == _NOBODY:
            if against is None or against == former:
                return Control(change=Change.LOSES, former=former)
            return Control(change=Change.GAINS, holder=against, former=former)
        if first or before == after:
            return Control(change=Change.HOLDS, holder=holder)
        if before == _NOBODY and against != holder:
            former = against
        return Control(change=Change.GAINS, holder=holder, former=former)

    def _written(self, day: date, since: date | None, lines: list[tuple[Settlement, Control, str]]) -> Coded:
        name = self.chart.name
        head = f"{name}: who holds what on {day}" if since is None else f"{name}: what changed hands from {since} to {day}"
        rows = [words for _, _, words in lines] or ["Nothing is held." if since is None else "Nothing changed hands."]
        url = self.chart.url.replace("{day}", day.isoformat()) if self.chart.url else address("map", name, day.isoformat())
        document = Document(
            text="\n".join([head, "", *rows, ""]),
            name=f"{name} {day}",
            title=f"{name}, {day}",
            url=url,
            outlet=name,
            language="en",
            published=day,
        )
        return Coded(document, tuple(self._claims(document, len(head) + 2, lines, _time(day, since), day)))

    def _claims(
        self, document: Document, start: int, lines: list[tuple[Settlement, Control, str]], window: When, day: date
    ) -> Iterator[Claim]:
        on = When(day.isoformat())
        for settlement, control, words in lines:
            span = document.span(start, start + len(words))
            start += len(words) + 1
            changed = control.change in (Change.GAINS, Change.LOSES)
            derivation = Derivation("point in polygon", span, settlement.key)
            yield Claim(
                matter=control, evidence=span, when=window if changed else on, where=settlement.where, derivation=derivation
            )


def _time(day: date, since: date | None) -> When:
    """When what changed between two maps did: on a day after the one, up to that of the other."""
    first = since + timedelta(days=1) if since else day
    return When(day.isoformat() if first >= day else f"{first}/{day}")


def _order(settlement: Settlement) -> tuple[str, str, str]:
    return settlement.place.country or "", settlement.where.name, settlement.key


def _words(control: Control) -> str:
    holder = control.holder.name if control.holder else ""
    former = control.former.name if control.former else ""
    match control.change:
        case Change.CONTESTED:
            return "contested"
        case Change.HOLDS:
            return f"{holder} holds"
        case Change.LOSES:
            return f"{former} loses" if former else "no longer contested, held by nobody on the map"
        case _:
            return f"{holder} gains from {former}" if former else f"{holder} gains"


def _strange(values: list[str]) -> Problem:
    told = ", ".join(f"'{value}'" for value in values[:_LISTED])
    more = f" and {len(values) - _LISTED} more" if len(values) > _LISTED else ""
    hint = f"tell it with --side '{values[0]}=NAME'; NAME may be contested, or - for a polygon to pass over"
    return Problem("unknown-holder", f"is left out: whose side are polygons called {told}{more}?", hint=hint)

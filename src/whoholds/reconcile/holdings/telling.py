"""Telling in words why a holding is as it is: which day, by whose word, and what was set aside."""

from __future__ import annotations

from collections.abc import Iterable

from whoholds.model import Derivation
from whoholds.reconcile.holdings.flips import Flip
from whoholds.reconcile.holdings.marks import Mark, day_of
from whoholds.reconcile.holdings.standing import Verdict


def derivation_of(flip: Flip, verdict: Verdict) -> Derivation:
    """The reasons for a holding as a tree: its beginning, dates told otherwise, its standing, and who says otherwise."""
    parts = [_beginning(flip)]
    other = [mark for mark in flip.marks if mark.change and _elsewhen(mark, flip)]
    if other:
        parts.append(Derivation("another day told for the same change", None, _each(other)))
    if any(not mark.change for mark in verdict.supporting):
        states = [mark for mark in verdict.supporting if not mark.change]
        parts.append(Derivation("told to hold", None, _each(states)))
    parts.append(Derivation(f"standing {verdict.standing}", None, verdict.because))
    if verdict.opposing:
        parts.append(Derivation("told otherwise", None, _each(verdict.opposing)))
    return Derivation("holding", None, verdict.hand.name, tuple(parts))


def _beginning(flip: Flip) -> Derivation:
    if flip.first is None:
        return Derivation("held since an unknown day", None, f"told of {day_of(flip.last)}")
    days = _days(flip.first, flip.last)
    changes = [mark for mark in flip.marks if mark.change and not _elsewhen(mark, flip)]
    if changes:
        names = sorted({mark.voice.label for mark in changes})
        rule = "changed hands on the day that most voices allow" if len(names) > 1 else "changed hands"
        return Derivation(rule, None, f"{days}: {', '.join(names)}")
    if flip.rest:
        return Derivation("others told to hold from this day", None, days)
    return Derivation("a change nobody told, after the last day told of the hand before", None, days)


def _elsewhen(mark: Mark, flip: Flip) -> bool:
    return flip.first is not None and not mark.meets(flip.first, flip.last)


def _each(marks: Iterable[Mark]) -> str:
    """Days and voices, in order of days, each once."""
    told = sorted({(mark.first, mark.last, mark.voice.label) for mark in marks})
    return "; ".join(f"{_days(first, last)} ({name})" for first, last, name in told)


def _days(first: int, last: int) -> str:
    return str(day_of(first)) if first == last else f"{day_of(first)}/{day_of(last)}"

"""Affiliations that people entered in a register."""

from __future__ import annotations

from collections.abc import Iterable

from whoholds.model import Affiliation, Allied, Entry, Parted, When, Withdrawn

_ENTRY = "entry "


def affiliations_of(entries: Iterable[Entry]) -> tuple[Affiliation, ...]:
    """The affiliations that entries state, by entry number; those withdrawn in the same entries are left out.

    A withdrawal withdrawn restores. The days are those the period can have at the most: the first day it can begin on to the
    last it can end on. Other entries, and entries given twice, add nothing.
    """
    ordered = sorted({entry.seq: entry for entry in entries}.values(), key=lambda entry: entry.seq)
    withdrawn: set[int] = set()
    for entry in reversed(ordered):  # a later withdrawal decides whether an earlier one counts
        if isinstance(entry.act, Withdrawn) and entry.seq not in withdrawn:
            withdrawn.add(entry.act.entry)
    return tuple(
        _affiliation(entry.seq, entry.act)
        for entry in ordered
        if isinstance(entry.act, Allied | Parted) and entry.seq not in withdrawn
    )


def entry_of(affiliation: Affiliation) -> int | None:
    """The number of the entry that states it; None for one from a table or a claim."""
    number = affiliation.source.removeprefix(_ENTRY)
    return int(number) if number != affiliation.source and number.isdecimal() else None


def _affiliation(seq: int, act: Allied | Parted) -> Affiliation:
    period: When | None = act.period
    return Affiliation(
        member=act.member,
        side=act.side,
        first=period.begin.not_before if period else None,
        last=period.end.not_after if period else None,
        apart=isinstance(act, Parted),
        source=f"{_ENTRY}{seq}",
    )

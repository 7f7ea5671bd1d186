"""Dating: what tense a clause is told in, which of a duty's times is its deadline, and days moved by durations."""

from __future__ import annotations

from datetime import date, timedelta

from whoholds.grammar.clause import Clause, verb_tags
from whoholds.grounding.times import Relation, TimeExpression
from whoholds.model import When

DEADLINES = frozenset({Relation.BY, Relation.UNTIL, Relation.BEFORE, Relation.WITHIN, Relation.TO})


def going_on(clause: Clause) -> bool:
    """Whether the clause tells in the present progressive or as existing now ("there is shelling")."""
    verb = clause.host or clause.head
    now = any(child.lower in ("is", "are", "'re", "’re") for child in verb.children if child.deprel in ("aux", "cop"))
    return now and verb.tag == "VBG" and not any(child.lower in ("going", "to") for child in verb.children)


def present(clause: Clause) -> bool:
    """Whether the clause is told in the present tense (perfect and progressive included)."""
    tags = verb_tags(clause)
    return not tags & {"VBD", "MD"} and bool(tags & {"VBZ", "VBP"})


def due_of(times: list[TimeExpression], anchor: When | None) -> When | None:
    """The deadline told by the time expressions of a duty; durations ("within 30 days") count from `anchor`'s last day."""
    for time in times:
        if time.relation is Relation.WITHIN and time.value.startswith("P"):
            if anchor is not None and (moved := shifted(anchor, time.value, 1)) is not None:
                return moved
            if time.when is not None:
                return When(time.when.edtf.rpartition("/")[2], time.when.span)
        elif time.when is not None and time.relation in DEADLINES:
            return time.when
    for time in times:
        if time.when is not None and time.relation not in (Relation.SINCE, Relation.AFTER, Relation.FROM):
            return time.when
    return None


def shifted(anchor: When, duration: str, sign: int) -> When | None:
    """A day moved by an ISO 8601 duration of years, months, weeks or days; None when either is not that exact."""
    day = anchor.end.not_after
    if day is None or not duration[1:-1].isdigit():
        return None
    amount, unit = sign * int(duration[1:-1]), duration[-1]
    try:
        if unit in "DW":
            return When((day + timedelta(days=amount * (7 if unit == "W" else 1))).isoformat())
        if unit in "MY":
            months = day.year * 12 + day.month - 1 + amount * (12 if unit == "Y" else 1)
            return When(_clamped(months // 12, months % 12 + 1, day.day).isoformat())
    except (ValueError, OverflowError):
        return None
    return None


def _clamped(year: int, month: int, day: int) -> date:
    for last in range(day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, min(day, 28))

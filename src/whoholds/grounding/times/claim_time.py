"""The time of a claim: what the expressions attached to its clause say together."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.grounding.times.expression import Kind, Relation, TimeExpression
from whoholds.model import When

_OPENERS = frozenset({Relation.FROM, Relation.BETWEEN})
_JOINERS = frozenset({Relation.TO, Relation.AND, Relation.UNTIL})
_JOINT = 12  # characters that " and on the " and its like take
_LIMITS = frozenset({Relation.UNTIL, Relation.BY, Relation.BEFORE})
_GRAINS = ("day", "month", "season", "year", "decade", "century")


def claim_time(times: Sequence[TimeExpression]) -> When | None:
    """The time that a claim holds, from the expressions of its clause in text order; None when none of them is resolved.

    "since D" is `D/..`, "until D" `../D`, "from D to E" and "D and E" are `D/E`; of several the finest wins, the earlier of
    equals. What another counts from is left out. A time of day stands for its day, also "before dawn on D". "now" is the day
    of publication, open to the left.
    """
    resolved = [expression for expression in times if expression.when is not None and not _counted_from(expression, times)]
    if not resolved:
        return None
    for start, first in enumerate(resolved):
        last = first
        for following in resolved[start + 1 :]:
            if not _goes_on(last, following, first):
                break
            last = following
        joined = _joined(first, last) if last is not first else None
        if joined:
            return joined
    return _bounded(min(resolved, key=_coarseness))


def _counted_from(expression: TimeExpression, times: Sequence[TimeExpression]) -> bool:
    """Whether another expression counts from this one: in "two weeks after 10 November" the day is not that of the claim."""
    return any(other.when is not None and other.anchor is not None and other.anchor.holds(expression.span) for other in times)


def _goes_on(last: TimeExpression, following: TimeExpression, first: TimeExpression) -> bool:
    """Whether the expression continues a list or range: joined right after the last one, or closing what "from" opened."""
    if following.relation not in _JOINERS:
        return False
    return following.span.start - last.span.end <= _JOINT or (first.relation in _OPENERS and last is first)


def _coarseness(expression: TimeExpression) -> int:
    if expression.value.endswith("_REF"):
        return len(_GRAINS) + 1
    if expression.kind is Kind.DURATION:
        return len(_GRAINS)
    return _GRAINS.index(expression.when.grain) if expression.when else len(_GRAINS)


def _joined(first: TimeExpression, second: TimeExpression) -> When | None:
    """The interval from the first to the second; None where they do not follow one another."""
    assert first.when and second.when
    begin, end = first.when.edtf.split("/")[0], second.when.edtf.split("/")[-1]
    start, stop = first.when.begin.not_before, second.when.end.not_after
    if not start or not stop or start > stop or ".." in (begin, end):
        return None
    return When(f"{begin}/{end}", first.when.span)


def _bounded(expression: TimeExpression) -> When:
    assert expression.when
    edtf, span = expression.when.edtf, expression.when.span
    begin, end = edtf.split("/")[0], edtf.split("/")[-1]
    if expression.kind is Kind.DURATION:
        return expression.when
    if expression.value == "PRESENT_REF":
        return When(f"../{end}", span)
    of_day = expression.kind is Kind.TIME
    if expression.relation is Relation.SINCE or (expression.relation is Relation.FROM and not of_day):
        return When(f"{_vague_start(expression, begin)}/..", span)
    if expression.relation in _LIMITS and not (of_day and expression.relation is not Relation.UNTIL):
        return When(f"../{end.rstrip('~')}", span)
    if expression.relation is Relation.AFTER and not of_day:
        return When(f"{begin}/..", span)
    return expression.when


def _vague_start(expression: TimeExpression, begin: str) -> str:
    """The begin of "since late August", about its first day."""
    within = expression.when is not None and "/" in expression.when.edtf
    return (
        f"{begin}~"
        if within and len(expression.value) == 7 and "W" not in expression.value and not begin.endswith("~")
        else begin
    )

"""Hypothesis strategies for deriving: testimony of control of one site, and timelines of holdings.

The extremes among them: claims without a date, at both ends of the calendar, dated after they were told; denials of what nobody
claimed; two hands on one day; a holder that is not told; outlets without a name; the same claim from several outlets.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from whoholds.model import (
    Actor,
    Change,
    Claim,
    Control,
    Document,
    Factuality,
    Role,
    Testimony,
    When,
)

HANDS = (
    Actor(name="Northern army", country="UKR", role=Role.MIL),
    Actor(name="Southern army", country="RUS", role=Role.MIL),
    Actor(name="Eastern Front", country="SYR", role=Role.REB, organisation="Eastern Front"),
)
SPEAKERS = (*HANDS, Actor(name="Red Cross", role=Role.NGO), Actor(name="residents", role=Role.CVL))
FIRST = date(2020, 1, 1)
_TEXT = Document(text="." * 400)
_RECORDED = datetime(2026, 1, 1, tzinfo=UTC)

days = st.sampled_from([*range(61), *range(61, 1500, 37)]).map(lambda number: FIRST + timedelta(number))
"""Days close together, and some years apart."""

_SHAPES = ("{a}", "{a}", "{a}~", "{a:.7}", "{a:.4}", "{a}/{b}", "{a}/..", "../{b}")
_MATTERS = [
    Control(change=Change.CONTESTED),
    *(Control(change=Change.LOSES, former=former) for former in (None, *HANDS)),
    *(Control(change=Change.HOLDS, holder=holder) for holder in (None, *HANDS, *HANDS)),
    *(Control(change=Change.GAINS, holder=holder, former=former) for holder in (None, *HANDS) for former in (None, *HANDS)),
]
_FACTUALITIES = [*[Factuality.ACTUAL] * 5, *Factuality]
_OUTLETS = [("Agency",), ("Wire",), ("Daily", "Agency"), ("Blog",), ()]


@st.composite
def whens(draw: st.DrawFn, days: st.SearchStrategy[date] = days) -> When:
    """Days, months and years, about or not, and intervals, closed or open."""
    first, last = sorted((draw(days), draw(days)))
    return When(draw(st.sampled_from(_SHAPES)).format(a=first.isoformat(), b=last.isoformat()))


@st.composite
def control_testimony(draw: st.DrawFn, days: st.SearchStrategy[date] = days) -> Testimony:
    """One claim of who holds a place, as somebody said it."""
    start = draw(st.integers(0, 390))
    speaker = draw(st.sampled_from((None, *SPEAKERS)))
    claim = Claim(
        matter=draw(st.sampled_from(_MATTERS)),
        evidence=_TEXT.span(start, start + 5),
        said_by=(speaker,) if speaker else (),
        factuality=draw(st.sampled_from(_FACTUALITIES)),
        when=draw(st.none() | whens(days)),
    )
    outlets = draw(st.sampled_from(_OUTLETS))
    return Testimony(claim=claim, said=draw(days), recorded_at=_RECORDED, entry=start + 1, outlets=outlets)


extreme_control = control_testimony(days | st.sampled_from([date.min, date.max]))
"""Testimony that reaches to the ends of the calendar as well."""

histories = st.lists(control_testimony(), max_size=9)
"""What is told of one site, in no order."""

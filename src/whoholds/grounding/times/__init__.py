"""Time expressions in text, as TIMEX3 annotates them, grounded to EDTF."""

from whoholds.grounding.times.claim_time import claim_time
from whoholds.grounding.times.expression import Anchor, Kind, Relation, TimeExpression
from whoholds.grounding.times.finder import find_times

__all__ = ["Anchor", "Kind", "Relation", "TimeExpression", "claim_time", "find_times"]

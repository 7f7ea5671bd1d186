"""Boundaries as features, as far as they are known."""

from __future__ import annotations

from whoholds.atlas.api.answering import Asking, Json
from whoholds.atlas.api.parameters import Box
from whoholds.formats import boundaries


def boundary_features(ask: Asking, box: Box | None) -> list[Json]:
    """The outlines whose boxes touch a box, in the order of their entries."""
    outlines = ask.desk.register.store.outlines(recorded_by=ask.asked.known.recorded_by)
    return boundaries.boundary_features(outlines, box)

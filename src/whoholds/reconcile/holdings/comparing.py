"""Comparing: the holding of a day, and what differs between two pictures of who holds what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from whoholds.model import Holding, Side, Site


@dataclass(frozen=True, slots=True)
class Shift:
    """What differs at a site between two pictures; None where a picture has no holding there."""

    site: Site
    before: Holding | None
    after: Holding | None

    @property
    def kind(self) -> str:
        """`new`, `gone`, `hand` (another holder), `standing`, or `day` (the same, but since another day)."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "gone"
        if _key(self.before.holder) != _key(self.after.holder):
            return "hand"
        return "standing" if self.before.standing != self.after.standing else "day"


def in_force(holdings: Sequence[Holding], day: date) -> Holding | None:
    """Of a timeline (in order), the holding of a day: the last that is told by then, else the first if it can have begun.

    None before the first can have begun and for an empty timeline.
    """
    begun = None
    for holding in holdings:
        if holding.told > day:
            break
        begun = holding
    if begun is None and holdings:
        first = holdings[0].begin.not_before
        return holdings[0] if first is None or first <= day else None
    return begun


def changes(before: Iterable[Holding], after: Iterable[Holding]) -> tuple[Shift, ...]:
    """What differs between two pictures, each with one holding a site at most, by site key; equal ones are left out.

    Holdings differ where holder, standing or beginning do; the claims behind them may differ without a shift.
    """
    old = {holding.site.key: holding for holding in before}
    new = {holding.site.key: holding for holding in after}
    found = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if _shown(was) != _shown(now):
            site = (now or was or old[key]).site
            found.append(Shift(site, was, now))
    return tuple(found)


def _shown(holding: Holding | None) -> tuple[object, ...] | None:
    if holding is None:
        return None
    return (_key(holding.holder), holding.standing, holding.begin)


def _key(side: Side | None) -> str | None:
    return side.key if side else None

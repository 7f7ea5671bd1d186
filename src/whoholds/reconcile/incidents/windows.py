"""Windows: where the claims can be that tell of a claim's happening, as far as a store can be asked for them.

What `linking` takes for possible, seen from one claim. In days: those whose time touches its own or the day before or after;
those without a day, said on its days or in the week after; those with an open end, said by then. In places:
its own, the areas around it, what lies within it, what lies nearby; and what is told without a place, where the days are sharp.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from whoholds.model import Site
from whoholds.reconcile.incidents.facets import FRESH_DAYS, NEWS_DAYS, Facet, ordinal
from whoholds.reconcile.incidents.linking import BAND_DEGREES, SELDOM, is_sharp

Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Places:
    """Places of claims: `sites` are keys, `within` keys of areas in which they lie, `around` the point near which they lie.

    `around` is latitude and longitude in decimal degrees and stands for a square of at least ten kilometres each way; None for
    none. `unplaced` tells whether claims without any place are among them.
    """

    sites: tuple[str, ...]
    within: tuple[str, ...]
    around: tuple[float, float] | None
    unplaced: bool


@dataclass(frozen=True, slots=True)
class Look:
    """Events to ask a store for; None asks for any, periods are inclusive at both ends.

    `described` is a period that their time touches, `said` one in which they were said; `time` is what time they have:
    "untimed", "short" (40 days at most) or "long" (more, or with an open end).
    """

    time: str
    described: Period | None
    said: Period | None
    places: Places | None

    def covers(self, other: Look) -> bool:
        """Whether all that another asks for is asked for by this."""
        return (
            self.time == other.time
            and self.places in (None, other.places)
            and _holds(self.described, other.described)
            and _holds(self.said, other.said)
        )


@dataclass(frozen=True, slots=True)
class Window:
    """Where the neighbours of a claim can be: in its own document, and where the looks tell."""

    documents: tuple[str, ...]
    looks: tuple[Look, ...] = ()


def window_of(facet: Facet) -> Window:
    """Where the neighbours of a claim can be."""
    here = Window((facet.document,))
    seldom, sharp = facet.type in SELDOM, is_sharp(facet)
    if facet.first is None or not (facet.site or seldom or sharp):
        return here
    places = _places(facet, unplaced=seldom or sharp)
    if facet.wide or facet.last is None:
        begins = (ordinal(facet.first - 2), ordinal(facet.first + 2))
        return replace(here, looks=tuple(Look(time, begins, None, places) for time in ("short", "long")))
    near = (ordinal(facet.first - 1), ordinal(facet.last + 1))
    open_ = (ordinal(facet.first - 1 - FRESH_DAYS), ordinal(facet.last + 1 + NEWS_DAYS + FRESH_DAYS))
    undated = (ordinal(facet.first), ordinal(facet.last + NEWS_DAYS))
    looks = (Look("short", near, None, places), Look("long", near, open_, places))
    return replace(here, looks=(*looks, *_untimed(facet, undated, seldom, places)))


def _untimed(facet: Facet, said: Period, seldom: bool, places: Places | None) -> tuple[Look, ...]:
    """What has neither time nor place is a neighbour only of what seldom happens."""
    if places is not None:
        return (Look("untimed", None, said, replace(places, unplaced=seldom)),)
    if seldom:
        return (Look("untimed", None, said, None),)
    site = facet.testimony.site
    return (Look("untimed", None, said, Places((site.key, *site.within), (), None, False)),) if site else ()


def _places(facet: Facet, *, unplaced: bool) -> Places | None:
    """None for all: what is told without a place, or with a country, can have been anywhere in it."""
    site = facet.testimony.site
    if site is None or (facet.vague and unplaced):
        return None
    if facet.vague:
        return Places((site.key, *site.within), (), None, False)
    return Places((site.key, *site.within), (site.key,), _point(site), unplaced)


def _point(site: Site) -> tuple[float, float] | None:
    return (site.place.lat, site.place.lon) if site.place else None


def _holds(outer: Period | None, inner: Period | None) -> bool:
    return outer is None or (inner is not None and outer[0] <= inner[0] and inner[1] <= outer[1])


NEAR_DEGREES = BAND_DEGREES
"""Half the height of the square around a point."""

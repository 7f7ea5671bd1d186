"""A place: who holds it, who held it, on whose word, what happened there and what is owed there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from whoholds.atlas.asked import Asked, IsAsked
from whoholds.atlas.desk import Desk, TheDesk
from whoholds.atlas.pages import parts
from whoholds.atlas.pages.asking import area_of, latest_day, seen, shown_day, site_of
from whoholds.atlas.pages.locators import Locator, locator_of
from whoholds.atlas.pages.rendering import page
from whoholds.atlas.pages.timelines import bands
from whoholds.model import Finding, Incident, Site, Undertaking
from whoholds.questions import PlaceError
from whoholds.questions.due import Duty, duty_on, in_order
from whoholds.questions.incidents import lies_in
from whoholds.questions.picture import Picture
from whoholds.questions.who import history, who
from whoholds.register.store import Sought, Wanted

router = APIRouter(include_in_schema=False)

_SHOWN = 40  # incidents, and places inside an area
_NEIGHBOURS = 40
_NEAR_DEGREES = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What lies around and inside a place; `more` tells that it holds more places than are listed."""

    areas: tuple[Site, ...]
    inside: tuple[Site, ...]
    more: bool
    locator: Locator | None


@router.get("/places/{key:path}")
def place_page(request: Request, desk: TheDesk, asked: IsAsked, key: str) -> Response:
    """The page of a place, by its key; by a name that means just one place, the way there."""
    try:
        site = site_of(desk, asked, key)
    except PlaceError as error:
        status = 300 if error.sites else 404
        return page(request, "place_unknown.html", asked, status=status, title=key or "Places", error=error)
    if site.key != key:
        return RedirectResponse(parts.place_href(site, asked), status_code=307)
    day = shown_day(desk, asked)
    picture = seen(desk, asked).picture
    told, chapters = who(picture, site, asked.on), history(picture, site)
    held = [one for one in _there(picture, site, "incident") if isinstance(one, Incident)]
    return page(
        request,
        "place.html",
        asked,
        title=site.name,
        site=site,
        day=told.day if told.holding or asked.on else day,
        who=told,
        history=chapters,
        bands=bands(chapters.chapters, latest_day(desk, asked)),
        incidents=sorted(held, key=_day, reverse=True)[:_SHOWN],
        unlisted=max(0, len(held) - _SHOWN),
        duties=_duties(picture, site, day),
        around=_surroundings(desk, asked, site),
    )


def _day(incident: Incident) -> tuple[date, str]:
    return incident.when.not_before or incident.when.not_after or date.min, incident.id


def _duties(picture: Picture, site: Site, day: date) -> list[Duty]:
    """The duties about a place and what lies in it."""
    there = (one for one in _there(picture, site, "undertaking") if isinstance(one, Undertaking))
    return in_order(duty for one in there if (duty := duty_on(one, day)))


def _there(picture: Picture, site: Site, kind: str) -> list[Finding]:
    """The incidents or undertakings in a place and what lies in it; where they are kept, without reading all others."""
    if picture.settled:
        inside = (one.key for one in picture.store.sites(within=[site.key]))
        return list(picture.store.findings(Sought(kind=kind, sites=[site.key, *inside])))
    every = picture.incidents() if kind == "incident" else picture.undertakings()
    return [one for one in every if lies_in(one.site, site)]


def _surroundings(desk: Desk, asked: Asked, site: Site) -> Surroundings:
    areas = [area for key in site.within if (area := area_of(desk, asked, key))]
    inside = list(islice(_known(desk, asked, desk.register.store.sites(within=[site.key])), _SHOWN + 1))
    return Surroundings(
        areas=tuple(areas),
        inside=tuple(sorted(inside[:_SHOWN], key=lambda one: one.name.casefold())),
        more=len(inside) > _SHOWN,
        locator=locator_of(site, _near(desk, asked, site)),
    )


def _near(desk: Desk, asked: Asked, site: Site) -> list[Site]:
    """The places of the register around one."""
    if site.place is None:
        return []
    lat, lon = site.place.lat, site.place.lon
    box = (lon - 2 * _NEAR_DEGREES, lat - _NEAR_DEGREES, lon + 2 * _NEAR_DEGREES, lat + _NEAR_DEGREES)
    inside = (max(-180.0, box[0]), max(-90.0, box[1]), min(180.0, box[2]), min(90.0, box[3]))
    near = _known(desk, asked, desk.register.store.sites(box=inside))
    return [one for one in islice(near, _NEIGHBOURS) if one.key != site.key]


def _known(desk: Desk, asked: Asked, sites: Iterator[Site]) -> Iterator[Site]:
    """Those of some places that a known claim names."""
    if asked.known.all:
        return sites
    keys = list(islice((site.key for site in sites), 20 * _SHOWN))
    told = desk.register.store.testimony(Wanted(sites=keys, known=asked.known)) if keys else iter(())
    return iter({one.site.key: one.site for one in told if one.site}.values())

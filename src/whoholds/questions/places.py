"""Which place of the register a name means.

A name is looked for as a site's key, among the names that the register's sites bear, and in the gazetteer, in any spelling. A
gazetteer's place that no claim names still has an answer where it lies in an area of the register, and one around places of the
register where these are asked for. "Lachin district" and "the town of Lachin" ask for what is of that kind only. Where several
places remain the asker has to choose: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from whoholds.grounding.gazetteer import gazetteer
from whoholds.grounding.gazetteer.around import situate
from whoholds.model import Place, Problem, Site, Where

_KIND = r"city|town|village|district|region|province|governorate|oblast|county|raion|state"
_AFTER = re.compile(rf"(?P<name>.+?)\s+(?P<kind>{_KIND})$", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:the\s+)?(?P<kind>{_KIND})\s+of\s+(?P<name>.+)$", re.IGNORECASE)
_SETTLEMENTS = frozenset({"city", "town", "village"})
_LISTED = 8


class PlaceError(LookupError):
    """A name that means no place of the register, or several: what is wrong, the way out, and the places it can mean."""

    def __init__(self, message: str, hint: str, sites: Sequence[Site] = ()) -> None:
        super().__init__(message)
        self.message, self.hint, self.sites = message, hint, tuple(sites)

    @property
    def problem(self) -> Problem:
        """The same as a value."""
        return Problem("ambiguous-place" if self.sites else "unknown-place", self.message, hint=self.hint)


class Places(Protocol):
    """Where places are looked for: a store, or what is known of one. See `Store` for the methods."""

    def site(self, key: str) -> Site | None:
        """See `Store.site`."""
        ...

    def sites(self, *, keys: tuple[str, ...] | None = None) -> Iterator[Site]:
        """See `Store.sites`."""
        ...

    def sites_called(self, name: str) -> tuple[Site, ...]:
        """See `Store.sites_called`."""
        ...


def site_called(store: Places, name: str) -> Site:
    """The one site that a name or a key means. Raises PlaceError where there is none, or more than one."""
    if not name.strip():
        raise PlaceError("the name of the place is empty", "name a place, such as Kalbajar, or a key, such as geonames:585514")
    found = store.site(name) or _keyed(name)
    if found:
        return found
    meant = _meant(store, name)
    if len(meant) == 1:
        return meant[0]
    if not meant:
        raise PlaceError(f"no claim is about '{name}' or an area around it", _way_out(name))
    message = f"'{name}' can mean {len(meant)} places"
    raise PlaceError(message, "give the key of the one you mean in its place", meant[:_LISTED])


def places_called(name: str) -> tuple[Place, ...]:
    """The gazetteer's places that a name can mean, the most prominent first; of one kind where the name tells which."""
    found = gazetteer().lookup(name)
    bare, kind = parted(name)
    return found or tuple(place for place in gazetteer().lookup(bare) if kind and is_of(place, kind))


def parted(name: str) -> tuple[str, str]:
    """A name without the word for what kind of place it is, and that word: "Lachin" and "district"; "" where there is none."""
    parts = _AFTER.fullmatch(name.strip()) or _BEFORE.fullmatch(name.strip())
    return (parts["name"], parts["kind"].lower()) if parts else (name, "")


def is_of(place: Place | None, kind: str) -> bool:
    """Whether a place can be of a kind: a settlement for "town", none for "district"; True where its class is not known."""
    feature = place.feature if place else ""
    return not feature or (feature == "P") is (kind in _SETTLEMENTS)


def _keyed(name: str) -> Site | None:
    """The site of a key that no claim is about, but the gazetteer knows."""
    place = gazetteer().embedded.with_key(name) if name.startswith("geonames:") else None
    return situate(Where(name=place.name, place=place)) if place else None


def _meant(store: Places, name: str) -> list[Site]:
    """The sites that a name can mean: those that claims are about, else those in one of them, else those around some."""
    bare, kind = parted(name)
    called = list(store.sites_called(name)) or [site for site in store.sites_called(bare) if kind and is_of(site.place, kind)]
    looked_up = [situate(Where(name=name, place=place)) for place in places_called(name)]
    known = _unique([*called, *(own for site in looked_up if (own := store.site(site.key)))])
    if known:
        return known
    others = _unique(looked_up)
    return [site for site in others if _lies_in_known(store, site)] or _around_known(store, others)


def _lies_in_known(store: Places, site: Site) -> bool:
    return any(True for _ in store.sites(keys=site.within))


def _around_known(store: Places, sites: list[Site]) -> list[Site]:
    keys = {key for site in store.sites() for key in site.within} if sites else set()
    return [site for site in sites if site.key in keys]


def _unique(sites: Iterable[Site]) -> list[Site]:
    return list({site.key: site for site in reversed(list(sites))}.values())[::-1]


def _way_out(name: str) -> str:
    spelled = list(dict.fromkeys(place.name for place in places_called(name)))[:3]
    if spelled:
        return f"the gazetteer has {', '.join(spelled)}; add reports about it with: whoholds add"
    return "check the spelling, or find the place with: whoholds gazetteer find"

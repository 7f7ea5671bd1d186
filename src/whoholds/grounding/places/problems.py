"""What is told of names whose place is unsure or unknown."""

from __future__ import annotations

from whoholds.model import Place, Problem, Where


def close(where: Where) -> Problem:
    """Two places fit the name about as well; the first was taken."""
    told = " and ".join(_told(place) for place in (where.place, *where.alternatives[:1]) if place)
    message = f'two places fit "{where.name}": {told}; took the first, kept the other as an alternative'
    return Problem("place-ambiguous", message, where.span, "a country or region named beside it would settle it")


def unknown(where: Where, namesake: Place | None) -> Problem:
    """No place fits the name; `namesake` is one that was not taken as it lies in a country that the text does not speak of."""
    done = "it was put in the middle of the ground that the text is about" if where.place else "it has no coordinates"
    but = f" (the nearest to fit is {_told(namesake)}, in a country that the text does not speak of)" if namesake else ""
    hint = "add a gazetteer that has it: whoholds gazetteer add FILE"
    return Problem("place-unknown", f'no gazetteer entry fits "{where.name}"{but}; {done}', where.span, hint)


def _told(place: Place) -> str:
    return f"{place.name} ({place.country or 'no country'} {place.lat:.2f} {place.lon:.2f})"

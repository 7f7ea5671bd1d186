"""The features by which the candidates of a name are compared: each a fact about the place, the name or the document.

Those of FIRST look at the name alone; those of SECOND also at what else the document names, as far as that is known: every
other name counts for each of its candidates by how likely that candidate is. Values lie between 0 and 1 but for prominence
and its like, whose unit is a factor of ten in population. `scoring` weighs them; the tables below say what `explain` tells.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import Candidate, Rank, fold
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.places.names import Name

Array = NDArray[np.float64]

# Feature by feature, what it says of a candidate.
FIRST = {
    "prominence": "as the gazetteer has it, about the decimal logarithm of the population",
    "prominence of a large town": "what a town's prominence exceeds 5 by",
    "best known": "no namesake is more prominent",
    "alias": "the name is a curated alias of the place, or it is a City of the name (New York City)",
    "alternate name": "the name is one of the place's many alternate names",
    "country": "it is a whole country",
    "capital": "it is the capital of its country",
    "area": "it is an administrative area, but no country",
    "wide area": "how far an area reaches, as the decimal logarithm of its radius in units of 10 km, from 0 to 2",
    "area named like its town": "an area around a town of its name, where no word tells which is meant",
    "region": "it is a region, island or valley",
    "landscape": "it is a water or a mountain",
    "site": "it is a site or building",
    "feature agrees": "the word beside the name tells this class (region, city, river)",
    "feature differs": "the word beside the name tells another class",
    "container": "it lies in what follows the name after a comma (Arlington, Va.)",
    "spelling": "letters of its name that differ from the name as written",
    "capital that governs": "share of the mentions that stand for a government, for a capital or a country",
    "named like the outlet": "a town of less than 300,000 people whose name the outlet bears",
    "outlet's country": "the outlet's address or name tells its country",
}
SECOND = {
    "country named": "how often its country is named, as w / (w + 1)",
    "share of the countries named": "how much of what names countries at all names its country",
    "share of the country": "share of the document's other places that are of its country",
    "division named": "how often its first-order division (state, province) is named, as w / (w + 1)",
    "share of the division": "share of the document's other places that are of its division",
    "near": "the nearest other place, as exp(-km / 60), by how likely it is; 0 km for what lies in a country or wide area",
    "in the neighbourhood": "other places around it, each as exp(-km / 200), as sum / (sum + 1)",
    "company": "other names that could lie within 100 km or so, as n / (n + 3)",
    "most company": "that number in relation to the best of its namesakes",
    "prominence in a local report": "prominence, by the share of all names that could lie close together",
    "country of the dateline": "the report was filed from its country",
    "near the dateline": "the place the report was filed from, as exp(-km / 150)",
    "like those listed with it": "names in one list with it are of its kind and country",
    "as elsewhere": "the same name, told where it lies elsewhere in the text, means this place or its surroundings",
    "areas named": "for an area: share of the other names that are areas of its country",
    "division of the country spoken of": "for an area: the greater of how often its country is named and its share",
    "capital of the country spoken of": "for a capital: the same",
    "capital, but a namesake's country is spoken of": "for a capital: by how much the same is greater for the best namesake",
    "large town, but a namesake's country is spoken of": "what a town's prominence exceeds 5 by, times the same",
    "only a namesake's country is spoken of": "the same for the best namesake, where its own is not spoken of at all",
}
NAMES = (*FIRST, *SECOND)
_LARGE = 5.0  # prominence
_CITY = 5.5
_WELL_WITHIN, _SEAT_KM = 0.75, 150.0  # of an area's radius; from its point
_LESS_KNOWN = 1.0  # prominence by which a town may fall short of its area
_REACH = 1.3  # of an area's radius, within which a place counts as lying in it

_CLASSES = {"A": "area", "L": "region", "H": "landscape", "T": "landscape", "S": "site"}

(PROMINENCE, LARGE_TOWN, _BEST, _ALIAS, _ALTERNATE, _COUNTRY, CAPITAL, _AREA, _WIDE_AREA, _LIKE_TOWN, *_,
 _AGREES, _DIFFERS, _CONTAINER, _SPELLING, _GOVERNS, _OUTLET, _OUTLET_COUNTRY) = range(len(FIRST))  # fmt: skip
_CLASS_AT = {feature: list(FIRST).index(name) for feature, name in _CLASSES.items()}


def first_look(name: Name, nations: frozenset[str], outlet: str) -> Array:
    """The features of FIRST, a row for each candidate; `nations` are the outlet's, `outlet` the town it is named after."""
    rows = np.zeros((len(name.candidates), len(FIRST)))
    best = max(item.prominence for item in name.candidates)
    for row, item in zip(rows, name.candidates, strict=True):
        place = item.place
        row[PROMINENCE] = item.prominence
        row[_BEST] = item.prominence == best
        if item.rank is not Rank.NAME:
            row[_ALIAS if item.rank is Rank.ALIAS or fold(place.name) == f"{name.group} city" else _ALTERNATE] = 1.0
        if item.is_country:
            row[_COUNTRY] = 1.0
            row[_GOVERNS] = name.governing
        elif place.feature == "P":
            row[LARGE_TOWN] = max(0.0, item.prominence - _LARGE)
            if _is_capital(item):
                row[CAPITAL] = 1.0
                row[_GOVERNS] = name.governing
            row[_OUTLET] = name.group == outlet and item.prominence < _CITY
        elif place.feature in _CLASS_AT:
            row[_CLASS_AT[place.feature]] = 1.0
            if place.feature == "A":
                row[_LIKE_TOWN] = not name.feature and _has_town(item, name)
                row[_WIDE_AREA] = min(2.0, max(0.0, math.log10(max(1, place.radius_m) / 10_000)))
        if name.feature:
            row[_AGREES if _fits(place.feature, name.feature) else _DIFFERS] = 1.0
        if (name.container and any(_inside(item, outer) for outer in name.container)) or (
            name.state and item.admin1 == name.state
        ):
            row[_CONTAINER] = 1.0
        row[_SPELLING] = item.edits
        row[_OUTLET_COUNTRY] = place.country in nations
    return rows


def _is_capital(candidate: Candidate) -> bool:
    nation = countries.country(candidate.place.country or "")
    return nation is not None and nation.capital == candidate.place.name


def _has_town(area: Candidate, name: Name) -> bool:
    """Whether a town of the same name, about as well known, lies well within the area, as its seat would."""
    ground = area.place
    reach = max(_SEAT_KM, _WELL_WITHIN * ground.radius_m / 1000)
    return any(
        item.place.feature == "P"
        and item.place.country == ground.country
        and item.prominence >= area.prominence - _LESS_KNOWN
        and kilometres(item.place.lat, item.place.lon, ground.lat, ground.lon) <= reach
        for item in name.candidates
    )


def _fits(feature: str, wanted: str) -> bool:
    return feature == wanted or (wanted == "L" and feature in "ALT") or (wanted == "A" and feature == "L")


def _inside(candidate: Candidate, container: Candidate) -> bool:
    if candidate.place.country != container.place.country or candidate.place == container.place:
        return False
    if container.is_country:
        return True
    if candidate.admin1 and container.admin1:
        return candidate.admin1 == container.admin1
    place, outer = candidate.place, container.place
    return outer.feature in "AL" and kilometres(place.lat, place.lon, outer.lat, outer.lon) <= _REACH * outer.radius_m / 1000

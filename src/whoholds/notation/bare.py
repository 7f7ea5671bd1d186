"""What of a claim the notation holds."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from whoholds.model import Actor, Claim, Matter, Place, When, Where


def bare(claim: Claim) -> Claim:
    """The claim without derivation, confidence, runner-up places, spans of sub-parts and what else the gazetteer knows."""
    matter: Matter = replace(
        claim.matter, **{field.name: _bare(getattr(claim.matter, field.name)) for field in fields(claim.matter)}
    )
    return Claim(
        matter=matter,
        evidence=claim.evidence,
        said_by=_bare(claim.said_by),
        factuality=claim.factuality,
        when=_bare(claim.when),
        where=claim.where and place_as_told(claim.where.name, claim.where.place),
    )


def place_as_told(name: str, place: Place | None) -> Where:
    """A place with its name as written, coordinates, country and GeoNames id only."""
    if place is None:
        return Where(name=name)
    told = Place(
        name=name,
        lat=float(place.lat),
        lon=float(place.lon),
        country=place.country,
        feature="",
        geonameid=place.geonameid,
    )
    return Where(name=name, place=told)


def _bare(value: Any) -> Any:
    match value:
        case Actor() | When():
            return replace(value, span=None)
        case tuple():
            return tuple(_bare(item) for item in value)
    return value

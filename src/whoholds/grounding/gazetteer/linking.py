"""GeoNames' codes of first-order divisions linked to ISO 3166-2, which codes them otherwise.

The problem. A town knows the division it lies in by GeoNames' code ("UA.08"), the table of divisions has names and points
under ISO's code ("UA-65"), and no package that we use has both. Names cannot link them: the code has none.

The choice. Towns do: those of one GeoNames code make up a piece of ground, and so do the towns nearer to one ISO point than to
its neighbours. The two pieces are one division where they overlap most. What they have in common by all that they have together
(the Jaccard index) says so; the code of the towns around the ISO point and that of the town of the division's name say more,
since a point on a ragged border gathers a neighbour's towns. Each code goes to one division, the surest first. Where ISO has
two levels (the Kurdistan Region and its governorates), both are asked, and the level that GeoNames codes fits better.

Limits. Where the two disagree on what the divisions are (a reform that one has not followed), codes stay without a division:
better none than a neighbour's. A town that GeoNames has under the wrong code lies in the wrong division.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from whoholds.grounding.gazetteer.divisions import Division
from whoholds.grounding.gazetteer.entry import Rank
from whoholds.grounding.gazetteer.keys import fold_once
from whoholds.grounding.gazetteer.towns import Floats, Towns

_NEAREST = 7  # towns around the point of a division
_FINER = 2  # times as many divisions as codes: then ISO has other, smaller ones
_WHOLE = 0.4  # of what a division of second order and a code have together, to be one: else it is but a part
_NAMED = 1.5  # more than all that an enclave, such as a capital, can have in common with what is around it
_LEAST = 0.6  # of a sum whose most is 3.5

Codes = dict[tuple[str, str], str]  # country and GeoNames' code to ISO's


def linked(found: list[Division], towns: Towns) -> Codes:
    """The ISO code of each country's GeoNames codes, as far as they can be told."""
    by_country: dict[str, list[Division]] = {}
    for division in found:
        by_country.setdefault(division.country, []).append(division)
    codes: Codes = {}
    for country, own in by_country.items():
        admins = towns.admins(country)
        if admins:
            codes |= {(country, admin): code for admin, code in _of_country(country, own, towns, admins)}
    return codes


def _of_country(country: str, own: list[Division], towns: Towns, admins: list[str]) -> Iterator[tuple[str, str]]:
    people, sizes = towns.people(country), Counter(admins)
    finer = sum(division.parent is None for division in own) > _FINER * len(sizes)
    pairs = []
    for division in own:
        inside = Counter(admins[row] for row in division.reach.towns)
        score = {admin: shared / (sizes[admin] + inside.total() - shared) for admin, shared in inside.items()}
        whole = division.parent is not None or finer
        if whole:
            score = {admin: share for admin, share in score.items() if share >= _WHOLE}
        around = _around(division, people, admins)
        named = _named(country, division, towns)
        told = {admin: count / around.total() for admin, count in around.items()}
        if named:
            told[named] = told.get(named, 0.0) + _NAMED
        for admin, value in told.items():
            if not whole or admin in score:
                score[admin] = score.get(admin, 0.0) + value
        pairs += [(-value, admin, division.code) for admin, value in score.items() if admin and value >= _LEAST]
    taken: set[str] = set()
    for _, admin, code in sorted(pairs):
        if admin not in taken and code not in taken:
            taken |= {admin, code}
            yield admin, code


def _around(division: Division, people: Floats, admins: list[str]) -> Counter[str]:
    east = (people[:, 1] - division.lon) * np.cos(np.radians(division.lat))
    apart = (people[:, 0] - division.lat) ** 2 + east**2
    if len(apart) > _NEAREST:  # those at the distance of the last come in their order
        near = np.flatnonzero(apart <= np.partition(apart, _NEAREST - 1)[_NEAREST - 1])
        near = near[np.argsort(apart[near], kind="stable")][:_NEAREST]
    else:
        near = np.arange(len(apart))
    return Counter(admins[row] for row in near.tolist())


def _named(country: str, division: Division, towns: Towns) -> str:
    """The code of the biggest town that the division is named after; "" where there is none."""
    for name, rank in division.names:
        if rank < Rank.ALTERNATE and (admin := towns.admin_of(country, fold_once(name), division.lat, division.lon)):
            return admin
    return ""

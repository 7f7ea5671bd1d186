"""Grouping: claims joined by links, and parted again where a chain of links has joined what does not belong together."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterator, Mapping, Sequence

from whoholds.reconcile.incidents.facets import Facet
from whoholds.reconcile.incidents.linking import APART, BAND_DEGREES, FAMILY, score

LINK = 60
"""Points from which two claims are linked."""

JOIN = 40
"""Average points, over all pairs, from which two groups are one."""

LARGEST = 120
"""Claims that one component may have before its weakest links are cut: what grouping costs grows with the square."""

_STEP = 20

Pairs = Mapping[tuple[int, int], int]


def pairs_of(facets: Sequence[Facet]) -> dict[tuple[int, int], int]:
    """The points of all pairs that can be of one happening, by their places in `facets` (the lower first).

    Candidates are swept in order of time, within a type's neighbours.
    """
    pairs: dict[tuple[int, int], int] = {}
    for i, j in candidates(facets):
        points = score(facets[i], facets[j])
        if points is not None:
            pairs[(i, j) if i < j else (j, i)] = points
    return pairs


def candidates(facets: Sequence[Facet]) -> Iterator[tuple[int, int]]:
    """The pairs worth comparing, at most twice: of times that touch or adjoin, of wars that begin together, of one document."""
    narrow = sorted((f.first, i) for i, f in enumerate(facets) if not f.wide and f.first is not None)
    yield from _swept(facets, narrow)
    wide = sorted((f.first, i) for i, f in enumerate(facets) if f.dated and f.wide and f.first is not None)
    for place, (first, i) in enumerate(wide):
        for begun, j in wide[place + 1 :]:
            if begun > first + 2:
                break
            yield i, j
    documents: dict[str, list[int]] = {}
    for i, facet in enumerate(facets):
        documents.setdefault(facet.document, []).append(i)
    for members in documents.values():
        for place, i in enumerate(members):
            for j in members[place + 1 :]:
                if not (facets[i].dated and facets[j].dated) or facets[i].first is None or facets[j].first is None:
                    yield i, j


def _swept(facets: Sequence[Facet], narrow: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of times that touch or adjoin, of near types and places that can be one: those still open when the next begins."""
    open_: dict[Hashable, list[int]] = {}
    for first, i in narrow:
        facet = facets[i]
        family, found = FAMILY[facet.type], set[int]()
        for key in _looked_under(facet):
            if there := open_.get((family, key)):
                open_[family, key] = alive = [j for j in there if (facets[j].last or 0) + 1 >= first]
                found.update(alive)
        for j in found:
            yield i, j
        for key in _filed_under(facet):
            open_.setdefault((family, key), []).append(i)


def _filed_under(facet: Facet) -> Iterator[Hashable]:
    if facet.site is None:
        yield "unplaced"
        return
    yield "placed"
    yield "site", facet.site
    for key in facet.around:
        yield "within", key
    if facet.lat is not None and not facet.vague:
        yield facet.lat // BAND_DEGREES


def _looked_under(facet: Facet) -> Iterator[Hashable]:
    yield "unplaced"
    if facet.site is None:
        yield "placed"
        return
    yield "site", facet.site
    yield "within", facet.site
    for key in facet.around:
        yield "site", key
    if facet.lat is not None and not facet.vague:
        band = facet.lat // BAND_DEGREES
        yield from (band - 1, band, band + 1)


def components(size: int, pairs: Pairs, link: int) -> list[list[int]]:
    """What links of at least so many points join, each in ascending order, by their first members."""
    parent = list(range(size))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for (i, j), points in pairs.items():
        if points >= link:
            a, b = root(i), root(j)
            parent[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for i in range(size):
        found.setdefault(root(i), []).append(i)
    return [found[key] for key in sorted(found)]


def groups(facets: Sequence[Facet], pairs: Pairs) -> Iterator[tuple[list[int], list[int]]]:
    """Which claims tell of one happening, and which deny it: places in `facets`, which are in the order of claim ids.

    Each claim that is not a denial is in exactly one group; a denial is in the one that it fits best, or in none.
    """
    joined = components(len(facets), pairs, LINK)
    for component, inside in zip(joined, _inside(joined, len(facets), pairs), strict=True):
        if len(component) == 1:
            yield from () if facets[component[0]].denied else [(component, [])]
            continue
        told = [i for i in component if not facets[i].denied]
        found = [group for part in _pieces(told, inside) for group in _joined(part, inside)]
        against: dict[int, list[int]] = {}
        for i in component:
            if facets[i].denied and (best := _best(i, found, inside)) is not None:
                against.setdefault(best, []).append(i)
        yield from ((group, against.get(number, [])) for number, group in enumerate(found))


def _inside(joined: Sequence[Sequence[int]], size: int, pairs: Pairs) -> list[dict[tuple[int, int], int]]:
    """The pairs that lie within each component."""
    home = [0] * size
    for number, component in enumerate(joined):
        for i in component:
            home[i] = number
    found: list[dict[tuple[int, int], int]] = [{} for _ in joined]
    for (i, j), points in pairs.items():
        if home[i] == home[j]:
            found[home[i]][i, j] = points
    return found


def _pieces(members: list[int], pairs: Pairs, link: int = LINK) -> Iterator[list[int]]:
    """A component in pieces of at most LARGEST, cut where links are weakest; alike to the last, they are cut in order."""
    if len(members) <= LARGEST:
        if members:
            yield members
        return
    if link > max(pairs.values(), default=0):
        yield from (members[at : at + LARGEST] for at in range(0, len(members), LARGEST))
        return
    places = {member: place for place, member in enumerate(members)}
    own = {(places[i], places[j]): points for (i, j), points in pairs.items() if i in places and j in places}
    for part in components(len(members), own, link):
        yield from _pieces([members[place] for place in part], pairs, link + _STEP)


def _joined(members: list[int], pairs: Pairs) -> list[list[int]]:
    """Average linkage: the two groups with the highest average are joined, while it is high enough; ties to the lesser ids."""
    clusters = {i: [i] for i in members}
    sums: dict[int, dict[int, int]] = {i: {} for i in members}
    inside = set(members)
    for (i, j), points in pairs.items():
        if i in inside and j in inside:
            sums[i][j] = sums[j][i] = points
    heap = [(-float(points), i, j, 1, 1) for i in members for j, points in sums[i].items() if i < j and points >= JOIN]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if a not in clusters or b not in clusters or (len(clusters[a]), len(clusters[b])) != (size_a, size_b):
            continue
        _merge(a, b, clusters, sums)
        for c, points in sums[a].items():
            average = points / (len(clusters[a]) * len(clusters[c]))
            if average >= JOIN:
                i, j = min(a, c), max(a, c)
                heapq.heappush(heap, (-average, i, j, len(clusters[i]), len(clusters[j])))
    return [sorted(clusters[key]) for key in sorted(clusters)]


def _merge(a: int, b: int, clusters: dict[int, list[int]], sums: dict[int, dict[int, int]]) -> None:
    """Join cluster `b` to `a` (the lower). Pairs that nothing speaks for count APART, each of them."""
    size_a, size_b = len(clusters[a]), len(clusters[b])
    for c in sums[a].keys() | sums[b].keys():
        if c in (a, b):
            continue
        size = len(clusters[c])
        both = sums[a].get(c, APART * size_a * size) + sums[b].get(c, APART * size_b * size)
        sums[a][c] = sums[c][a] = both
        sums[c].pop(b, None)
    sums[a].pop(b, None)
    clusters[a] += clusters.pop(b)
    del sums[b]


def _best(denial: int, found: Sequence[Sequence[int]], pairs: Pairs) -> int | None:
    """The group that a denial fits best on average; None where it is linked to no claim of any."""
    best: tuple[float, int] | None = None
    for number, group in enumerate(found):
        points = [pairs.get((min(i, denial), max(i, denial)), APART) for i in group]
        if max(points) >= LINK:
            average = sum(points) / len(points)
            if best is None or average > best[0]:
                best = average, number
    return best and best[1]

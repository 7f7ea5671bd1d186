"""Tallies: how many were killed, injured or there, by whose count, and which counts were corrected since."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.model import Tally
from whoholds.reconcile.incidents.facets import Facet, ordinal

_WHATS = ("killed", "injured", "crowd")


def tallies_of(facets: Sequence[Facet]) -> tuple[Tally, ...]:
    """Every number that claims give, by what is counted, day said, voice and claim.

    A number is corrected where the same voice gives another later: on a later day, or farther on in the same document. What
    one voice says in two documents of one day stands side by side.
    """
    found = [
        Tally(
            what=what,
            count=count,
            voice=facet.voice.name,
            said=ordinal(facet.said),
            claim=facet.id,
            corrected=any(_corrects(other, facet, place) for other in facets),
        )
        for place, what in enumerate(_WHATS)
        for facet in facets
        if (count := facet.counts[place]) is not None
    ]
    return tuple(sorted(found, key=lambda tally: (_WHATS.index(tally.what), tally.said, tally.voice, tally.claim)))


def _corrects(later: Facet, earlier: Facet, place: int) -> bool:
    if later.voice.key != earlier.voice.key or later.counts[place] in (None, earlier.counts[place]):
        return False
    if later.said != earlier.said:
        return later.said > earlier.said
    start = later.testimony.claim.evidence.start
    return later.document == earlier.document and start > earlier.testimony.claim.evidence.end

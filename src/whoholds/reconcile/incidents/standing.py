"""Standing of an incident: who admits it, who confirms it, who denies it or names another doer."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.model import Derivation, EventType, Standing
from whoholds.reconcile.incidents.facets import Facet

_ADMITTED = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.REJECT, EventType.RETREAT, EventType.CONCEDE})
"""What a side speaks against itself by owning up to; of a signature or an aid convoy the doer's is one word among others."""


def standing_of(told: Sequence[Facet], against: Sequence[Facet]) -> tuple[Standing, tuple[Derivation, ...]]:
    """The standing, and the reasons for it with the words they rest on.

    In this order: conceded where the doer's own side says that it did it, and has not denied it later; disputed where somebody
    denies it, or two voices name doers that have nobody in common; claimed where it is only told as possible; confirmed by
    two voices of which one at least is on neither side of it; claimed.
    """
    actual = [facet for facet in told if facet.actual]
    owned = [facet for facet in actual if _admits(facet)]
    denials = {facet.voice.key: max(f.said for f in against if f.voice.key == facet.voice.key) for facet in against}
    owned = [facet for facet in owned if facet.said >= denials.get(facet.voice.key, facet.said)]
    if owned:
        return Standing.CONCEDED, tuple(_says("admitted by", facet) for facet in owned)
    if against:
        return Standing.DISPUTED, tuple(_says("denied by", facet) for facet in against)
    rivals = doers_disputed(told)
    if rivals:
        return Standing.DISPUTED, tuple(_says("doer named by", facet, ", ".join(sorted(facet.doers))) for facet in rivals)
    if not actual:
        return Standing.CLAIMED, (Derivation("told only as possible"),)
    parties = frozenset(key for facet in told for key in facet.doers | facet.undergoers)
    voices = {facet.voice.key: facet for facet in reversed(actual)}
    neutral = [facet for facet in voices.values() if facet.voice.side is None or facet.voice.side.key not in parties]
    if len(voices) > 1 and neutral:
        return Standing.CONFIRMED, tuple(_says("told by", voices[key]) for key in sorted(voices))
    return Standing.CLAIMED, (Derivation("one voice" if len(voices) == 1 else "only voices of those it concerns"),)


def doers_disputed(told: Sequence[Facet]) -> list[Facet]:
    """The claims that name doers, one for each set of them, where two different voices name sets with nobody in common."""
    named = [facet for facet in told if facet.doers]
    for place, a in enumerate(named):
        if any(not a.doers & b.doers and a.voice.key != b.voice.key for b in named[place + 1 :]):
            return list({facet.doers: facet for facet in reversed(named)}.values())[::-1]
    return []


def _admits(facet: Facet) -> bool:
    side = facet.voice.side
    return side is not None and facet.type in _ADMITTED and side.key in facet.doers


def _says(rule: str, facet: Facet, value: str = "") -> Derivation:
    shown = f"{facet.voice.name}: {value}" if value else facet.voice.name
    return Derivation(rule, facet.testimony.claim.evidence, shown)

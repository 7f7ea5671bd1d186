"""Standing: how well a flip is attested, and which hand leads where it is disputed.

A party's word counts fully only against its own side. "We took it" from the side that gains is one voice that claims; "we left
it" from the side that loses settles the matter. So, for one flip:

- Each voice has one position: that of what it said last (on the same day: against its own interest, then of the later day).
- A hand is *conceded* where a voice of a side that another hand or the former holder stands for gives it the place.
- Among several hands the one that is conceded leads; then the one with most voices that stand on no side of the dispute; then
  one that is claimed at least by itself; then the one that such a voice has told of last; then the newer hand. Two sides'
  claims for themselves weigh the same however often repeated, so the newer hand leads: the map moves and says "disputed",
  and does not swing with whoever spoke last.
- A dispute is settled when testimony of full weight (a concession, or two voices of no side) is newer than the last opposing
  word. Until then the standing is *disputed*. The opposing claims stay beside the finding either way.
- Undisputed, a flip is *conceded*, or *confirmed* by two voices that are not all the holder's own, or *claimed*.
- Fighting is *contested*, whoever tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from whoholds.model import Side, Standing
from whoholds.reconcile.holdings.flips import Flip
from whoholds.reconcile.holdings.marks import FIGHTING, NOBODY, Mark
from whoholds.reconcile.voices import Voice


@dataclass(frozen=True, slots=True)
class Verdict:
    """What voices make of a flip: the leading hand and its standing, the marks for and against it, and the reason."""

    hand: Side
    standing: Standing
    supporting: tuple[Mark, ...]
    opposing: tuple[Mark, ...]
    rivals: tuple[Side, ...]
    voices: tuple[str, ...]
    against: tuple[str, ...]
    because: str


@dataclass(slots=True)
class _Weight:
    """What a hand has for it: the day of the last concession, the days on which voices of no side spoke, its own claim."""

    conceded: int = 0
    conceding: Voice | None = None
    unaligned: list[int] = field(default_factory=list)
    own: bool = False


def verdict_on(flip: Flip, before: Side | None) -> Verdict:
    """The verdict on a flip; `before` is the hand that led before it."""
    told = [(flip.hand, mark) for mark in flip.marks]
    told += [(_meant(mark, flip, before), mark) for mark in flip.rest]
    hands = {hand.key: hand for hand, _ in reversed(told)}
    hands[flip.hand.key] = flip.hand
    losers = _losers(flip, before)
    positions = _positions(told, losers)
    weights = _weights(hands, positions, losers)
    leading = max(hands, key=lambda key: _rank(weights[key], key == flip.hand.key, key))
    return _verdict(hands[leading], told, positions, weights[leading], hands, before)


def _meant(mark: Mark, flip: Flip, before: Side | None) -> Side:
    """The hand that an opposing mark speaks for: a denial, for whoever held before."""
    if not mark.against:
        return mark.hand
    other = mark.former or flip.former or before
    return NOBODY if other is None or other.key == mark.hand.key else other


def _losers(flip: Flip, before: Side | None) -> set[str]:
    """The sides that a flip is a loss for."""
    formers = {mark.former.key for mark in flip.marks if mark.former}
    formers.update(mark.hand.key for mark in flip.rest if not mark.against)
    return formers | ({before.key} if before else set())


def _positions(told: Iterable[tuple[Side, Mark]], losers: set[str]) -> dict[str, tuple[str, Mark]]:
    """For each voice the key of the hand that it gave the place last, and the mark that tells so."""
    latest: dict[str, tuple[tuple[int, bool, int, str], str, Mark]] = {}
    for hand, mark in told:
        side = mark.voice.side
        selfless = side is not None and side.key != hand.key
        rank = (mark.said, selfless, mark.last, mark.claim)
        kept = latest.get(mark.voice.key)
        if kept is None or rank > kept[0]:
            latest[mark.voice.key] = (rank, hand.key, mark)
    return {voice: (key, mark) for voice, (_, key, mark) in latest.items()}


def _weights(hands: Iterable[str], positions: dict[str, tuple[str, Mark]], losers: set[str]) -> dict[str, _Weight]:
    weights = {key: _Weight() for key in hands}
    parties = losers | set(weights)
    for key, mark in positions.values():
        weight, side = weights[key], mark.voice.side
        if side is not None and (side.key == key or (key == NOBODY.key and mark.against)):
            weight.own = True  # a party that denies another's holding, though nobody tells what it stands for
        elif side is None or side.key not in parties:
            weight.unaligned.append(mark.said)
        elif key != FIGHTING.key and mark.said > weight.conceded:
            weight.conceded, weight.conceding = mark.said, mark.voice
    return weights


def _rank(weight: _Weight, newer: bool, key: str) -> tuple[bool, int, bool, int, bool, str]:
    return (weight.conceded > 0, len(weight.unaligned), weight.own, max(weight.unaligned, default=0), newer, key)


def _verdict(
    hand: Side,
    told: list[tuple[Side, Mark]],
    positions: dict[str, tuple[str, Mark]],
    weight: _Weight,
    hands: dict[str, Side],
    before: Side | None,
) -> Verdict:
    supporting = tuple(mark for meant, mark in told if meant.key == hand.key)
    opposing = tuple(mark for meant, mark in told if meant.key != hand.key)
    voices = {voice: mark.voice for voice, (key, mark) in positions.items() if key == hand.key}
    against = [mark for key, mark in positions.values() if key != hand.key]
    standing, because = _standing(hand, voices, against, weight)
    others = {key: side for key, side in hands.items() if key != hand.key}
    if hand is FIGHTING and before is not None:
        others.setdefault(before.key, before)
    rivals = tuple(others[key] for key in sorted(others) if key not in (FIGHTING.key, NOBODY.key))
    return Verdict(hand, standing, supporting, opposing, rivals, _names(voices.values()), _names(_voices(against)), because)


def _standing(hand: Side, voices: dict[str, Voice], against: list[Mark], weight: _Weight) -> tuple[Standing, str]:
    """The standing and the reason for it."""
    if hand is FIGHTING:
        return Standing.CONTESTED, "told as fought over"
    settled = max([weight.conceded, *sorted(weight.unaligned, reverse=True)[1:2]])
    if any(mark.said >= settled for mark in against):
        return Standing.DISPUTED, f"{_list(_names(_voices(against)))} says otherwise"
    after = f", after {_list(_names(_voices(against)))} had said otherwise" if against else ""
    if weight.conceding is not None:
        return Standing.CONCEDED, f"{weight.conceding.label} says so, against its own side{after}"
    if len(voices) > 1 and any(voice.side is None or voice.side.key != hand.key for voice in voices.values()):
        return Standing.CONFIRMED, f"{len(voices)} independent voices{after}"
    if weight.own:
        return Standing.CLAIMED, f"only {hand.name} itself says so{after}"
    return Standing.CLAIMED, f"one voice says so{after}"


def _voices(marks: Iterable[Mark]) -> Iterable[Voice]:
    return (mark.voice for mark in marks)


def _names(voices: Iterable[Voice]) -> tuple[str, ...]:
    return tuple(sorted({voice.label for voice in voices}))


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "nobody"

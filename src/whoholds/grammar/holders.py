"""Holders: who holds a place after a change, and who held it before, where the sentence itself does not say.

"The town fell on Monday": to whom is told elsewhere, if at all. While sentences are read, memory keeps what each told of
a place (`Tenure`), and `unsaid_holder` asks it. Once all are read, `with_formers` gives each gain the holder before it:
who held the place or left it at an earlier time, whatever the order of telling. Sides are compared, so that no state takes
a place from itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from whoholds.grammar.clause import Clause, is_verbal
from whoholds.grammar.memory import Memory, Tenure, same_place
from whoholds.grammar.scene import Scene
from whoholds.grammar.selection import Draft
from whoholds.language import Token
from whoholds.model import (
    Actor,
    Change,
    Claim,
    Control,
    Derivation,
    Event,
    EventType,
    Factuality,
    Role,
    Span,
    When,
    Where,
)

_AGAIN = frozenset(
    "retake recapture regain recover reclaim reconquer liberate free cleanse retaking liberation cleansing reconquest".split()
)
_AGAIN_BACK = frozenset({"win", "take", "get"})  # "win back"
FIGHTERS = frozenset({Role.MIL, Role.REB, Role.UAF})
_STATE = frozenset({Role.GOV, Role.MIL, Role.COP, Role.SPY, Role.LEG, Role.JUD, None})


def side(actor: Actor) -> tuple[str | None, bool]:
    """The side of an actor: a country's state (True) or the armed groups in it."""
    return actor.country, actor.role in _STATE


def unsaid_holder(clause: Clause, where: Where, former: Actor | None, scene: Scene, memory: Memory) -> Actor | None:
    """Who comes to hold a place where the clause does not say; None where the document does not tell it either.

    What was told of the place last decides: a place taken back goes to the other side, and one that a state's forces hold was
    taken at another time by those they took it from. Else it is who gains ground in this document, else the last armed actor.
    """
    told = memory.tenure_of(where)
    if told is not None and told.holder is not None:
        again, state = retakes(clause.head), told.holder.role in _STATE
        elsewhen = _at_another_time(clause, told, scene)
        if not (again and told.change is Change.HOLDS) and not (elsewhen and (again or state)):
            return told.holder if former is None or side(told.holder) != side(former) else None
        return told.former or opponent(told.holder, scene, memory)
    for tenure in reversed(memory.tenures):
        gainer = (
            tenure.holder if tenure.change is not Change.LOSES else tenure.former and opponent(tenure.former, scene, memory)
        )
        if gainer is not None and (former is None or side(gainer) != side(former)):
            return gainer
    if not is_verbal(clause.head) and not retakes(clause.head):
        return None  # "since the capture of the town": nothing near tells by whom
    return scene.last_armed(clause.head.start, former or _teller(clause, scene))


def _teller(clause: Clause, scene: Scene) -> Actor | None:
    """Who tells that a place fell: "the army denied that the town had been captured", which was not by the army."""
    governor = clause.head.head
    if governor is None or clause.head.deprel != "ccomp" or retakes(clause.head):
        return None
    tellers = scene.actors(governor.child("nsubj"), clause.sentence)
    return tellers[0] if tellers else None


def occupier(where: Where, scene: Scene, memory: Memory) -> Actor | None:
    """Who held a place that is only said to have been under occupation: the side of which another took it."""
    told = memory.tenure_of(where)
    if told is None or told.holder is None:
        return None
    return told.former or opponent(told.holder, scene, memory)


def retakes(head: Token) -> bool:
    """Whether the predicate tells that somebody got back, or freed, what another had held."""
    back = any(child.lower == "back" for child in head.children)
    return head.lemma in _AGAIN or (head.lemma in _AGAIN_BACK and back)


def _at_another_time(clause: Clause, told: Tenure, scene: Scene) -> bool:
    days = [time.when for time in scene.times(clause) if time.when is not None]
    if not days:
        return False
    return told.when is None or _begins(days[0]) != _begins(told.when)


def opponent(actor: Actor, scene: Scene, memory: Memory) -> Actor | None:
    """The other side of the fight for ground: told of as holding or losing some, else the story's only other armed party."""
    known = [other for tenure in reversed(memory.tenures) for other in (tenure.holder, tenure.former) if other is not None]
    return _other(actor, known, scene)


def _other(actor: Actor, known: Sequence[Actor], scene: Scene) -> Actor | None:
    for other in known:
        if side(other) != side(actor):
            return other
    others = [scene.forces_of(party) for party in scene.parties() if side(party) != side(actor)]
    return others[0] if len(others) == 1 and others[0].role in FIGHTERS else None


# former holders


@dataclass(frozen=True, slots=True)
class _Held:
    """Who is told to have held or left a place, from when (None: not told), and the words that tell it."""

    actor: Actor
    since: date | None
    claim: Claim


def with_formers(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """The drafts with each gain's former holder filled in from what the document tells of the place elsewhere.

    What is taken back was the other side's, even where the document tells only of other places that it holds or held.
    """
    found: list[Draft] = []
    holders = [actor for claim, _, _ in drafts if isinstance(claim.matter, Control) for actor in _sides(claim.matter)]
    listed: dict[Span, _Held] = {}  # the places of one list were held by one side
    for claim, sentence, head in drafts:
        matter = claim.matter
        if (
            isinstance(matter, Control)
            and matter.change is Change.GAINS
            and matter.former is None
            and matter.holder is not None
        ):
            held = _held_before(claim, matter.holder, drafts) or listed.get(claim.evidence)
            if held is not None:
                listed[claim.evidence] = held
                claim = _with_former(claim, matter, held.actor, held.claim.evidence)
            elif retakes(head) and (other := _other(matter.holder, holders, scene)) is not None:
                claim = _with_former(claim, matter, other, other.span)
        found.append((claim, sentence, head))
    return found


def _sides(matter: Control) -> list[Actor]:
    return [actor for actor in (matter.holder, matter.former) if actor is not None]


def _with_former(claim: Claim, matter: Control, former: Actor, told: Span | None) -> Claim:
    codes = " ".join(str(code) for code in (former.country, former.role) if code)
    step = Derivation("held before, told elsewhere", told, f"{former.name} [{codes}]")
    derivation = claim.derivation
    if derivation is not None:
        derivation = replace(derivation, parts=(*derivation.parts, step))
    return replace(claim, matter=replace(matter, former=former), derivation=derivation)


def _held_before(claim: Claim, holder: Actor, drafts: Sequence[Draft]) -> _Held | None:
    """The other side told last to have held or left the claim's place before the claim's time."""
    gained = _begins(claim.when)
    best: _Held | None = None
    for held in _tenures(claim, drafts):
        if side(held.actor) == side(holder) or not _before(held, gained, claim):
            continue
        if best is None or (held.since or date.min) > (best.since or date.min):
            best = held
    return best


def _before(held: _Held, gained: date | None, claim: Claim) -> bool:
    """Whether a tenure is one of before the gain: by their days where both are told, else by kind and order of telling."""
    told_before = held.claim.evidence.start < claim.evidence.start
    if held.since is not None and gained is not None:
        return held.since < gained or (held.since == gained and (told_before or _gone(held.claim)))
    if _gone(held.claim):
        return True
    if held.claim.when is not None and held.since is None:  # open to the left: held until then
        until = held.claim.when.end.not_after
        return until is not None and gained is not None and until < gained
    undated = held.since is None and told_before
    gain = isinstance(held.claim.matter, Control) and held.claim.matter.change is Change.GAINS
    return undated and not (gain and gained is not None)


def _gone(claim: Claim) -> bool:
    """Whether a claim tells that somebody left or lost a place."""
    return not isinstance(claim.matter, Control) or claim.matter.change is Change.LOSES


def _tenures(claim: Claim, drafts: Sequence[Draft]) -> Iterator[_Held]:
    for other, _, _ in drafts:
        if other is claim or other.factuality is not Factuality.ACTUAL or not same_place(other.where, claim.where):
            continue
        match other.matter:
            case Control(change=Change.GAINS | Change.HOLDS, holder=Actor() as actor):
                yield _Held(actor, _begins(other.when), other)
            case Control(change=Change.LOSES, former=Actor() as actor):
                yield _Held(actor, _begins(other.when), other)
            case Event(type=EventType.RETREAT, actors=(Actor() as actor, *_)) if actor.role in FIGHTERS:
                yield _Held(actor, _begins(other.when), other)


def _begins(when: When | None) -> date | None:
    return when.begin.not_before if when is not None else None

"""Events: something that somebody did, with its doers, undergoers and numbers."""

from __future__ import annotations

from whoholds.grammar.clause import Clause
from whoholds.grammar.conditions import fits
from whoholds.grammar.evidence import evidence
from whoholds.grammar.lexicon import Frame
from whoholds.grammar.memory import Memory
from whoholds.grammar.mood import Mood
from whoholds.grammar.numbers import casualties, coordinated, phrase_count, vague
from whoholds.grammar.predicate import Predicate
from whoholds.grammar.scene import Scene
from whoholds.language import Token
from whoholds.model import Actor, Count, Event, EventType, Use

_ONE = Count(1, 1)
_BODILY = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.COERCE})
_OBLIGE = frozenset({"oblige", "require", "stipulate", "bind", "obligate", "provide"})
_REFUSES = frozenset({"refuse", "decline"})
PROMISES = frozenset({"promise", "pledge", "vow"})
_MENACES = frozenset({"threaten", "menace", "vow", "swear"})
_MUTUAL = frozenset({EventType.AGREE, EventType.CONSULT, EventType.COOPERATE})


def event(predicate: Predicate, scene: Scene, memory: Memory) -> Event | None:
    """The event of a predicate; None where the words tell a duty or a demand and no happening."""
    frame = predicate.frames["event"]
    clause = predicate.clause_for("event")
    found = predicate.mood
    assert frame.event is not None
    if found.duty == "set" and found.duty_word is not None and _lays_down(found.duty_word):
        return None  # "they must let inspectors in" tells what somebody asks, and no happening
    if found.duty == "sought" or (found.duty and predicate.frames.keys() & _duties(found)):
        return None
    if _told_by_governor(predicate.head, frame):
        return None
    if refused(predicate, scene):
        actors = scene.actors(clause.subject, clause.sentence)
        return Event(type=EventType.REJECT, actors=actors, recipients=slot_actors(("with", "to", "object"), clause, scene))
    actors = slot_actors(frame.actors, clause, scene)
    recipients = slot_actors(frame.recipients, clause, scene)
    if frame.event in _BODILY and "object" in frame.recipients and _names_place(clause.object, scene):
        recipients = ()  # what is done to a city is not done to the government it can stand for
    if frame.event in _MUTUAL and not frame.alone:
        actors, recipients = _together(actors, recipients, clause, scene, memory, frame)
    if not actors and fits(clause, "subject", "#truce", scene):
        actors = scene.parties()  # a truce that holds or collapses is kept or broken by both
    recipients = tuple(actor for actor in recipients if actor not in actors)
    killed, injured = _count(frame.killed, clause, scene), _count(frame.injured, clause, scene)
    if frame.event is EventType.ASSAULT:
        dead, hurt = casualties(evidence(clause, scene.document).quote)
        killed = dead or killed if killed == _ONE else killed or dead  # "Yerevan admits to 2,400 dead": told beats implied
        injured = hurt or injured if injured == _ONE else injured or hurt
    return Event(
        type=frame.event,
        actors=actors,
        recipients=recipients,
        killed=killed,
        injured=injured,
        crowd=_count(frame.crowd, clause, scene),
    )


def _told_by_governor(head: Token, frame: Frame) -> bool:
    """Whether the verb above tells it all: "*threatened* to attack", "*refused* to meet"; but "refused to withdraw" is two."""
    if head.deprel != "xcomp" or head.head is None:
        return False
    refused = head.head.lemma in _REFUSES and frame.event is not EventType.RETREAT
    return refused or head.head.lemma in _MENACES


def _duties(mood: Mood) -> set[str]:
    """The aspects beside which a duty leaves no event; what is promised outside a deal is planned as anything else is."""
    word = mood.duty_word
    return {"step"} if mood.duty == "promised" and word is not None and word.lemma in PROMISES else {"action", "step"}


def _lays_down(word: Token) -> bool:
    """Whether a word only says what somebody is bound to do, now or ever: "must", "obliges"."""
    return word.tag == "MD" or word.lemma in _OBLIGE


def refused(predicate: Predicate, scene: Scene) -> bool:
    """Whether somebody says that they will not: "he would not talk to terrorists" is a refusal, not an event denied."""
    clause, found = predicate.clause, predicate.mood
    if not found.negated or clause.passive or clause.host is not clause.head:
        return False
    modal = any(child.lower in ("will", "would", "wo", "wouldn", "shall") for child in clause.head.all("aux"))
    return modal and bool(scene.actors(clause.subject, clause.sentence))


def _names_place(token: Token | None, scene: Scene) -> bool:
    """Whether a noun phrase is the literal name of a place: "explosions rocked *Khartoum*"."""
    where = scene.named_place(token) if token is not None else None
    if token is None or where is None or where.span is None:
        return False
    return where.use is Use.LITERAL and where.span.start <= token.start < where.span.end


def slot_actors(slots: tuple[str, ...], clause: Clause, scene: Scene) -> tuple[Actor, ...]:
    """The actors in the first of these slots that has any."""
    for slot in slots:
        found = scene.actors(clause.slot(slot), clause.sentence)
        if found:
            return found
    return ()


def _together(
    actors: tuple[Actor, ...], recipients: tuple[Actor, ...], clause: Clause, scene: Scene, memory: Memory, frame: Frame
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Both sides of something mutual are its actors: "X met Y", "talks between X and Y", a mediator and the parties."""
    found = list(actors)
    for slot in ("with", "between", "by", *frame.recipients):
        for actor in scene.actors(clause.slot(slot), clause.sentence):
            if all(actor.name != other.name for other in found):
                found.append(actor)
    if frame.event is EventType.AGREE and len(found) < 2:
        for actor in memory.parties or scene.parties():
            if all((actor.country, actor.role) != (other.country, other.role) for other in found):
                found.append(actor)
    return tuple(found), () if frame.event is not EventType.CONSULT or actors else recipients


def _count(slots: tuple[str, ...], clause: Clause, scene: Scene) -> Count | None:
    for slot in slots:
        token = clause.slot(slot)
        if token is None:
            continue
        heads = [token] if vague(token) else coordinated(token)
        counts = [found for head in heads if (found := phrase_count(head, scene.document.text)) is not None]
        if counts:
            return counts[0] if len(counts) == 1 else _sum(counts)
    return None


def _sum(counts: list[Count]) -> Count:
    lows = [count.low for count in counts]
    highs = [count.high for count in counts]
    low = None if None in lows else sum(low for low in lows if low is not None)
    high = None if None in highs else sum(high for high in highs if high is not None)
    if low is None and high is None:
        return counts[0]
    return Count(low, high)

"""Control: who comes to hold, loses, holds or contests a place."""

from __future__ import annotations

from whoholds.grammar.clause import Clause, is_verbal, preposition, verb_clause
from whoholds.grammar.conditions import UNARMED
from whoholds.grammar.events import slot_actors
from whoholds.grammar.holders import FIGHTERS, occupier, opponent, side, unsaid_holder
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.memory import Memory, Tenure
from whoholds.grammar.predicate import Predicate
from whoholds.grammar.scene import Scene
from whoholds.grammar.telling import Telling
from whoholds.grammar.thread import Thread
from whoholds.grammar.timing import time_of
from whoholds.language import Token
from whoholds.model import Actor, Change, Control, Factuality, Where

_ENDED = frozenset({"longer", "anymore", "more"})
_STRONGHOLDS = frozenset("stronghold bastion base camp hub redoubt headquarters fief outpost position capital enclave".split())
_OTHER_VERBS = frozenset(
    {"take in", "take on", "take off", "hold off", "hold up", "hold back", "keep up", "keep out", "keep off"}
)
_WILD = frozenset({"H", "T", "R", "L", "V"})  # waters, heights, roads: no town, district or capital
_NOBODY = frozenset({"neither", "nobody", "none", "no"})


def controls(predicate: Predicate, scene: Scene, memory: Memory) -> list[tuple[Control, Where]]:
    """The control claims of a predicate, one for each place it names or stands for; none where no place can be told."""
    frame = predicate.frames["control"]
    clause = predicate.clause_for("control")
    assert frame.control is not None
    if _other_verb(clause) or repeatedly(clause):
        return []
    places = _places(frame.place, clause, scene)
    if not places:
        return []
    holder = _first(slot_actors(frame.holder, clause, scene))
    former = _first(slot_actors(frame.former, clause, scene))
    change = frame.control
    if holder is None and clause.subject is not None and clause.subject.lemma in ("flag", "banner"):
        whose = clause.subject.all("nmod:poss", "amod", "compound", "nmod")  # "*the rebels'* flag flies over the town"
        holder = next((found[0] for child in whose if (found := scene.actors(child, clause.sentence))), None)
    if change is Change.GAINS and former is None and "nobody" not in frame.former:
        former = _owner(frame.place, clause, scene)
    if change is Change.HOLDS:
        change, holder, former = _held(predicate, clause, holder, former)
    if change is Change.GAINS and frame.handover and former is None and holder is None:
        told = memory.tenure_of(places[0])  # "we are handing the town back": who was told to hold it gives it
        former = told.holder if told is not None else None
        holder = opponent(former, scene, memory) if former is not None else None
    if change is Change.GAINS and frame.handover:
        memory.gave(former, holder)
        holder, former = holder or _receiver(clause.object, former, predicate, scene) or memory.taker, former or memory.giver
        holder = holder or scene.other_party(former)
        memory.gave(former, holder)
    if change is Change.GAINS and holder is None:
        holder = unsaid_holder(clause, places[0], former, scene, memory)
    if change is Change.GAINS and holder is None and former is not None:
        change = Change.LOSES  # driven out or given up, to whom is not told
    if change is Change.GAINS and holder is not None and former is not None and side(holder) == side(former):
        former = None
    if change is Change.HOLDS and holder is None and clause.head.lemma == "occupation":
        holder = occupier(places[0], scene, memory)
    if change in (Change.GAINS, Change.HOLDS) and (holder is None or _unarmed(holder)):
        return []
    if change is Change.CONTESTED and predicate.mood.factuality is Factuality.POSSIBLE:
        return []  # "the battle for the capital might be followed by …": what might be is not the battle
    if change in (Change.LOSES, Change.CONTESTED):
        holder = None
    _remember(predicate, clause, change, holder, former, places, scene, memory)
    return [(Control(change=change, holder=holder, former=former), where) for where in places]


def ended(clause: Clause) -> bool:
    """Whether a state is told as over: "*no longer* under the control of", "is not *anymore* in their hands"."""
    heads = [clause.host or clause.head, clause.head]
    above = clause.head.head
    if above is not None and above.lower in _ENDED:  # "is not anymore …", parsed with the adverb for its head
        return any(child.lower in ("not", "n't", "n’t", "no") for child in above.all("advmod"))
    return any(child.lower in _ENDED for verb in heads for child in verb.all("advmod"))


def repeatedly(clause: Clause) -> bool:
    """Whether something is told to have happened more than once: "has changed hands six times" tells nobody's gain."""
    beside = clause.head.all("obl", "obl:unmarked", "advmod")
    return any(child.lemma == "time" or child.lower in ("twice", "thrice", "repeatedly", "often") for child in beside)


def _owner(slots: tuple[str, ...], clause: Clause, scene: Scene) -> Actor | None:
    """Whose a place is said to have been: "the *Islamic State* stronghold of Raqqa", "*rebel*-held Douma"."""
    place = next((token for slot in slots if (token := clause.slot(slot)) is not None), None)
    for noun in (place, *place.all("appos")) if place is not None else ():
        strong = noun.lemma in _STRONGHOLDS
        for child in noun.children:
            held = child.deprel == "amod" and child.lemma in ("hold", "control", "occupy")
            named = child.all("compound", "obl", "obl:agent", "nmod") if held else [child] if strong else []
            for name in named:
                owns = name.deprel in ("compound", "nmod:poss", "amod", "obl", "obl:agent", "nmod")
                found = scene.actors(name, clause.sentence) if owns else ()
                if found and found[0].role in FIGHTERS:
                    return found[0]
    return None


def _unarmed(holder: Actor) -> bool:
    """Whether an actor is of those who hold no ground; "men" can be anybody's."""
    return holder.role in UNARMED and not holder.name.lower().endswith("men")


def _held(
    predicate: Predicate, clause: Clause, holder: Actor | None, former: Actor | None
) -> tuple[Change, Actor | None, Actor | None]:
    """What a word of holding tells: a state, its beginning ("is back in rebel hands"), its end, or that nobody holds all."""
    if _nobody(clause):
        return Change.CONTESTED, None, None
    if ended(clause):
        return Change.LOSES, None, holder
    if not predicate.mood.negated and _put(clause.head):
        return Change.GAINS, holder, former
    return Change.HOLDS, holder, former


def _other_verb(clause: Clause) -> bool:
    """Whether a particle makes the verb another one: "the pullback will *take in* the port"."""
    return any(f"{clause.head.lemma} {child.lower}" in _OTHER_VERBS for child in clause.head.all("compound:prt"))


def _nobody(clause: Clause) -> bool:
    """Whether neither of two, or none, is said to hold the place: "neither side holds the town"."""
    subject = clause.subject or clause.obliques.get("copular subject")
    if any(child.lower in _NOBODY for child in clause.head.all("det")):
        return True  # "with neither side master of the town"
    if subject is None:
        return False
    return subject.lower in _NOBODY or any(child.lower in _NOBODY for child in subject.all("det", "cc:preconj", "advmod", "cc"))


def _places(slots: tuple[str, ...], clause: Clause, scene: Scene) -> list[Where]:
    """The places in the first of these slots that has any."""
    for slot in slots:
        token = clause.slot(slot)
        if token is None:
            continue
        exact = _exact(token, scene)
        found = [exact, *scene.places(token)[1:]] if exact is not None else _fitting(token, clause, scene)
        if found:
            return found + [where for where in _listed(token, scene) if all(where.name != other.name for other in found)]
        building = token.lemma in word_classes()["building"] and token.lemma not in word_classes()["governed"]
        if building and (near := scene.near(clause)) is not None:
            return [near]  # "took over the police station *in Pibor*"
    return []


def _fitting(token: Token, clause: Clause, scene: Scene) -> list[Where]:
    """The places a noun phrase stands for; none for a new, unnamed one ("a strip of land"), a river or a person.

    After a name in the same sentence "a mountainous area" describes that.
    """
    if token.child("nmod:desc") is not None and token.upos == "PROPN":
        return []  # "seized *Fr.* Chito Suganob"
    instances = _instances(token)
    if instances is not None and token.upos == "NOUN":
        return [where for head in (instances, *instances.all("conj")) if (where := scene.where(head)) is not None]
    if token.upos != "NOUN" or token.lemma not in word_classes()["place_noun"] or scene.named_place(token) is not None:
        return scene.places(token)
    named = any(scene.named_place(other) is not None for other in clause.sentence.tokens[: token.i] if other.upos == "PROPN")
    if not named and any(det.lower in ("a", "an", "another", "every", "each", "any", "no") for det in token.all("det")):
        return []
    settled = token.lemma in word_classes()["governed"]
    return [where for where in scene.places(token) if not settled or where.place is None or where.place.feature not in _WILD]


def _instances(noun: Token) -> Token | None:
    """The first of the places that a phrase lists: "the land east of the river, *including Nova Kakhovka* and …"."""
    return next((token for token in noun.subtree() if preposition(token) in ("including", "such as", "among them")), None)


def _exact(noun: Token, scene: Scene) -> Where | None:
    """The place that a noun is said to be, rather than one that only describes it: "Karabakh's second city, *Shusha*"."""
    if noun.upos != "NOUN" or noun.lemma not in word_classes()["place_noun"] or noun.child("nummod") is not None:
        return None
    if _instances(noun) is not None:
        return None
    near = ("of",) if noun.lemma in word_classes()["governed"] else ("of", "at", "in")  # "the base *at Tartus*"
    for child in (*noun.all("appos"), *(of for of in noun.all("nmod") if preposition(of) in near)):
        if child.upos == "PROPN" and (where := scene.named_place(child)) is not None:
            return where
    return None


def _listed(noun: Token, scene: Scene) -> list[Where]:
    """The places of a list that names what a noun of place stands for: "the towns of A, *B and C*"."""
    found: list[Where] = []
    if noun.lemma not in word_classes()["place_noun"]:
        return found
    for child in noun.children:
        if child.deprel in ("nmod", "appos", "compound") and preposition(child) in ("", "of"):
            found += [where for other in child.all("conj") if (where := scene.where(other)) is not None]
    return found


def _remember(
    predicate: Predicate,
    clause: Clause,
    change: Change,
    holder: Actor | None,
    former: Actor | None,
    places: list[Where],
    scene: Scene,
    memory: Memory,
) -> None:
    if predicate.mood.factuality is not Factuality.ACTUAL or (change is not Change.LOSES and predicate.mood.negated):
        return
    dated = time_of(Telling(clause, predicate.mood, None, scene, Thread()))
    when = dated.when if dated else None
    memory.tenures += [Tenure(where, change, holder, former, when) for where in places]


def _put(noun: Token) -> bool:
    """Whether a noun of holding tells a change: "the war *left* the territory in rebel hands", "is *back* in their hands"."""
    head = noun.head
    if any(child.lower in ("back", "again") for child in noun.all("advmod")) or (head is not None and head.lower == "back"):
        return True
    verb = next((above for above in noun.ancestors() if is_verbal(above)), None)
    return verb is not None and verb.lemma in ("leave", "put", "bring", "place", "return") and noun.child("cop") is None


def _receiver(place: Token | None, former: Actor | None, predicate: Predicate, scene: Scene) -> Actor | None:
    """Who comes to a place that another clause says was ceded: "X entered the region, a territory ceded by Y"."""
    if place is None or former is None:
        return None
    for above in place.ancestors():
        if is_verbal(above):
            sentence = predicate.clause.sentence
            comer = _first(scene.actors(verb_clause(above, sentence).subject, sentence))
            return comer if comer is not None and comer.country != former.country else None
    return None


def _first(actors: tuple[Actor, ...]) -> Actor | None:
    return actors[0] if actors else None

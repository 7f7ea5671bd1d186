"""Predicates: every word of a sentence that the lexicon knows, with its clause, its mood and the frames that fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from whoholds.grammar.clause import Clause, is_verbal, preposition, verb_clause
from whoholds.grammar.conditions import accepts, fits
from whoholds.grammar.embedding import embedding
from whoholds.grammar.lexicon import ASPECTS, Entry, Frame, lexicon
from whoholds.grammar.mood import Mood, mood
from whoholds.grammar.nominal import CARRIES, copular_clause, noun_clause
from whoholds.grammar.scene import Scene
from whoholds.grounding.times import Relation
from whoholds.language import Sentence, Token
from whoholds.model import Action, EventType

_PARTICLES = frozenset({"in", "up", "off", "out", "down", "over", "back", "away"})
_NO_PREDICATE = frozenset({"aux", "aux:pass", "cop", "amod", "case", "fixed"})


@dataclass(slots=True)
class Predicate:
    """A predicate in its clause; `frames` holds, for each of event, control, action and step, the frame that decides it."""

    clause: Clause
    mood: Mood
    frames: dict[str, Frame] = field(default_factory=dict)
    clauses: dict[str, Clause] = field(default_factory=dict)

    @property
    def head(self) -> Token:
        return self.clause.head

    def clause_for(self, aspect: str) -> Clause:
        """The clause as the frame of this aspect sees it."""
        return self.clauses[aspect]


def predicates(sentence: Sentence, scene: Scene) -> Iterator[Predicate]:
    """The predicates of a sentence: verbs first, then nouns and adjectives that no verb took into its own predicate."""
    if scene.topic.beside_the_point(sentence):
        return
    known = lexicon()
    taken: set[int] = set()
    for token in sentence.tokens:
        if token.deprel in _NO_PREDICATE or not is_verbal(token):
            continue
        if token.lemma in known.verbs:
            found = _fit(known.verbs[token.lemma], token, sentence, scene, taken)
            if found is not None:
                yield found
                continue
        if token.tag in ("VB", "VBN") and token.lemma not in ("be", "have"):
            bare = _duty(token, sentence, scene) or _refusal(token, sentence, scene)
            if bare is not None:
                yield bare
    for token in sentence.tokens:
        if token.i in taken or token.deprel == "compound":
            continue
        if token.upos == "NOUN" and token.lemma in known.nouns:
            table = known.nouns
        elif token.upos == "ADJ" and token.lemma in known.adjectives:
            table = known.adjectives
        else:
            continue
        found = _fit(table[token.lemma], token, sentence, scene, taken)
        if found is not None:
            yield found


_REFUSAL = Frame(name="assent: would not", event=EventType.REJECT, recipients=("with", "to", "nobody"))
_STATES = frozenset("be have know need want seem like think feel last happen matter affect hesitate".split())


def _refusal(token: Token, sentence: Sentence, scene: Scene) -> Predicate | None:
    """A verb that the lexicon does not know, but that somebody says they will not do ("the party would not attend")."""
    if token.lemma in _STATES or token.tag != "VB":
        return None
    if not any(child.lower in ("not", "n't", "n’t", "never") for child in token.all("advmod")):
        return None
    if not any(child.lower in ("will", "would", "wo") for child in token.all("aux")):
        return None
    clause = verb_clause(token, sentence)
    if clause.passive or not fits(clause, "subject", "party", scene):
        return None
    found = mood(clause)
    return Predicate(clause, found, {"event": _REFUSAL}, {"event": clause}) if found.told else None


_ANY_DUTY = Frame(name="deals: any duty", action=Action.OTHER, recipients=(), place=("in",))
_DATED = frozenset({Relation.BY, Relation.UNTIL, Relation.WITHIN})


def _duty(token: Token, sentence: Sentence, scene: Scene) -> Predicate | None:
    """A verb that the lexicon does not know, but that tells a duty with its day ("was to take office on May 12")."""
    if not any(child.deprel in ("mark", "aux", "cop", "aux:pass") for child in token.children):
        return None
    known = embedding(token)
    if known is not None and known.speaker and token.tag == "VB":
        return None
    clause = verb_clause(token, sentence)
    times = scene.times(clause)
    article = scene.topic.treaty and any(aux.lower == "shall" for aux in token.all("aux"))
    if (not times and not article) or fits(clause, "subject", "#talks", scene):
        return None
    found = mood(clause)
    dated = any(time.relation in _DATED for time in times)
    if not (found.duty == "set" or (dated and found.told and any(cue.lower in ("will", "shall") for cue, _ in found.cues))):
        return None
    return Predicate(clause, found, {"action": _ANY_DUTY}, {"action": clause})


def _fit(entries: list[Entry], token: Token, sentence: Sentence, scene: Scene, taken: set[int]) -> Predicate | None:
    found: Predicate | None = None
    plain: Clause | None = None  # a verb's clause is the same for all frames without a companion
    companions: dict[str, Token | bool] = {}
    for entry in entries:
        wanted = entry.companion
        if wanted not in companions:
            companions[wanted] = _companion(token, wanted)
        consumed = companions[wanted]
        if consumed is False or (found is not None and entry.frame.aspects <= found.frames.keys()):
            continue
        if consumed is True and is_verbal(token) and token.upos != "NOUN":
            clause = plain = plain or _clause(token, sentence, entry, consumed)
        else:
            clause = _clause(token, sentence, entry, consumed)
        if not accepts(entry.frame, clause, scene):
            continue
        if found is None:
            found = Predicate(clause, mood(clause))
        for aspect in ASPECTS:
            if aspect in entry.frame.aspects and aspect not in found.frames:
                found.frames[aspect] = entry.frame
                found.clauses[aspect] = clause
                if isinstance(consumed, Token):
                    taken.add(consumed.i)
    if found is None or not found.frames or (token.upos == "NOUN" and _bare(found)):
        return None
    return found


def _bare(predicate: Predicate) -> bool:
    """A noun that only names a kind of happening ("after the attack"), told with nothing of its own, asserts nothing."""
    clause = predicate.clause
    if clause.host is not None or clause.subject is not None or clause.object is not None or clause.obliques:
        return False
    head = clause.head
    if head.deprel == "obj" and head.head is not None and is_verbal(head.head) and head.head.lemma in CARRIES:
        return False  # "ordered the retreat"
    if head.child("amod") is not None and head.child("det", "nmod:poss") is None and preposition(head) in ("after", "amid"):
        return False  # "after fierce fighting", told here for the first time
    return clause.head.deprel not in ("root", "conj") and not any(
        child.deprel in ("nummod", "acl") for child in clause.head.children
    )


def _clause(token: Token, sentence: Sentence, entry: Entry, consumed: Token | bool) -> Clause:
    if is_verbal(token) and token.upos != "NOUN":
        return verb_clause(token, sentence, consumed if isinstance(consumed, Token) else None)
    if token.upos == "ADJ" or (entry.companion and consumed is True):
        return copular_clause(token, sentence, entry.frame)
    return noun_clause(token, sentence, entry.frame)


def _companion(token: Token, wanted: str) -> Token | bool:
    """The dependant that completes the predicate; True when none is needed or it is a preposition, False when it is missing."""
    if not wanted:
        return True
    if token.upos == "NOUN":
        modifier = next((child for child in token.all("compound", "amod") if wanted in (child.lemma, child.lower)), None)
        return modifier or preposition(token) == wanted  # "*hunger* strike", "*in* control"
    name, _, noun = wanted.rpartition(" ")
    for child in token.children:
        relation = child.deprel
        if child.entity == "DATE":  # "shot *on Thursday*" is not "shoot on"
            continue
        if not name:
            if relation in ("compound:prt", "advmod", "xcomp") and noun in (child.lower, child.lemma):
                return True
            if relation in ("obj", "nsubj:pass") and child.lemma == noun:
                return child
            if relation in ("obl", "obl:agent", "advcl", "nmod") and _leads(child, noun):
                return True
            if relation in ("xcomp", "ccomp") and noun == "for" and any(mark.lower == "for" for mark in child.all("mark")):
                return True  # "called *for* him to resign"
            if relation == "obj" and any(_leads(other, noun) for other in child.all("nmod")):
                return True
            if relation == "obj" and noun in _PARTICLES and _follows(token, noun, child):
                return True  # "handed *over* 700 tents", read as more than 700
            if relation == "obl" and child.lower == noun:
                return True
        elif relation in ("obl", "nmod", "advmod") and noun in (child.lemma, child.lower) and preposition(child) == name:
            return child
        elif relation in ("compound:prt", "advmod") and child.lower == name and _also(token, noun):
            return True
    return False


def _leads(phrase: Token, word: str) -> bool:
    """Whether a prepositional phrase begins with the companion; a particle is none of its own, but for "out of"."""
    name = preposition(phrase)
    return (name == word and word not in _PARTICLES) or (word == "out" and name == "out of")


def _follows(verb: Token, particle: str, phrase: Token) -> bool:
    """Whether a particle stands right after the verb, though it hangs on the phrase that comes next."""
    return any(token.i == verb.i + 1 and token.lower == particle for token in phrase.subtree())


def _also(token: Token, name: str) -> bool:
    return any(
        preposition(child) == name or child.lower == name for child in token.children if child.deprel in ("obl", "advmod")
    )

"""Predicates: every word of a sentence that the lexicon knows, with its clause, its mood and the frames that fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from whoholds.grammar.clause import Clause, copular_clause, is_verbal, noun_clause, preposition, verb_clause
from whoholds.grammar.conditions import accepts
from whoholds.grammar.lexicon import Entry, Frame, lexicon, word_classes
from whoholds.grammar.mood import Mood, mood
from whoholds.grammar.scene import Scene
from whoholds.language import Sentence, Token

_NO_PREDICATE = frozenset({"aux", "aux:pass", "cop", "amod", "case", "fixed"})
_OTHER_NEWS = (
    2  # words of sport or markets that make a sentence theirs; one occurs in conflict reports ("the pound", "a match")
)
_ASPECTS = ("event", "control", "action", "step")


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
    if beside_the_point(sentence):
        return
    known = lexicon()
    taken: set[int] = set()
    for token in sentence.tokens:
        if is_verbal(token) and token.lemma in known.verbs and token.deprel not in _NO_PREDICATE:
            found = _fit(known.verbs[token.lemma], token, sentence, scene, taken)
            if found is not None:
                yield found
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


def _fit(entries: list[Entry], token: Token, sentence: Sentence, scene: Scene, taken: set[int]) -> Predicate | None:
    found: Predicate | None = None
    for entry in entries:
        consumed = _companion(token, entry)
        if consumed is False:
            continue
        clause = _clause(token, sentence, entry, consumed)
        if not accepts(entry.frame, clause, scene):
            continue
        if found is None:
            found = Predicate(clause, mood(clause))
        for aspect in _ASPECTS:
            if getattr(entry.frame, aspect) is not None and aspect not in found.frames:
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
    return clause.head.deprel not in ("root", "conj") and not any(
        child.deprel in ("nummod", "acl") for child in clause.head.children
    )


def beside_the_point(sentence: Sentence) -> bool:
    """Whether a sentence is about sport or markets, whose language is that of war ("captured the title", "under fire")."""
    classes = word_classes()
    sport = {token.lemma for token in sentence.tokens if token.lemma in classes["sport_word"]}
    market = {token.lemma for token in sentence.tokens if token.lemma in classes["market_word"]}
    return len(sport) >= _OTHER_NEWS or len(market) >= _OTHER_NEWS


def _clause(token: Token, sentence: Sentence, entry: Entry, consumed: Token | bool) -> Clause:
    if is_verbal(token) and token.upos != "NOUN":
        return verb_clause(token, sentence, consumed if isinstance(consumed, Token) else None)
    if token.upos == "ADJ" or entry.companion:
        return copular_clause(token, sentence, entry.frame)
    return noun_clause(token, sentence, entry.frame)


def _companion(token: Token, entry: Entry) -> Token | bool:
    """The dependant that completes the predicate; True when none is needed, False when it is missing."""
    wanted = entry.companion
    if not wanted:
        return True
    if token.upos == "NOUN":
        return preposition(token) == wanted
    name, _, noun = wanted.rpartition(" ")
    for child in token.children:
        relation = child.deprel
        if not name:
            if relation in ("compound:prt", "advmod", "xcomp") and noun in (child.lower, child.lemma):
                return True
            if relation in ("obj", "nsubj:pass") and child.lemma == noun:
                return child
            if relation in ("obl", "obl:agent", "advcl", "nmod") and preposition(child) == noun:
                return True
            if relation == "obl" and child.lower == noun:
                return True
        elif relation in ("obl", "nmod", "advmod") and noun in (child.lemma, child.lower) and preposition(child) == name:
            return child
        elif relation in ("compound:prt", "advmod") and child.lower == name and _also(token, noun):
            return True
    return False


def _also(token: Token, name: str) -> bool:
    return any(
        preposition(child) == name or child.lower == name for child in token.children if child.deprel in ("obl", "advmod")
    )

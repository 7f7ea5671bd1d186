"""The scene: what the words of one document stand for, asked by token.

It joins the grounding with reference, for places (`whereabouts`), actors (`reference`) and times. What cannot be resolved gives
nothing, never a guess at random.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from whoholds.grammar.chronology import Chronology
from whoholds.grammar.clause import Clause, antecedent
from whoholds.grammar.locating import Ground, told_place
from whoholds.grammar.reference import PERSONAL, ActorReference
from whoholds.grammar.topic import Topic
from whoholds.grammar.whereabouts import Whereabouts
from whoholds.grounding import Grounding
from whoholds.grounding.countries import by_capital, by_name
from whoholds.grounding.times import TimeExpression
from whoholds.language import Sentence, Token
from whoholds.model import Actor, Document, Role, Span, Where

_FOLLOWERS = frozenset({"man", "fighter", "soldier", "unit", "troop", "force", "boy"})
_ARMED = frozenset({Role.MIL, Role.REB, Role.UAF, Role.COP})
_WHOLE = frozenset({"army", "forces", "troops", "military", "soldiers"})  # rather than "artillery", "tanks"
_RECENT_ACTORS = 10


class Scene:
    """Places, actors and times of a document by token; built once per document."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], grounding: Grounding) -> None:
        self.document = document
        self.topic = Topic(sentences)
        self.sentences = sentences
        self._grounding = grounding
        self._whereabouts = Whereabouts(document, sentences, grounding)
        self._sentence_starts = [sentence.start for sentence in sentences]
        self.chronology = Chronology(sentences, grounding.times)
        self._mentions = [actor for actor in grounding.actors if actor.span is not None]
        self._mention_starts = [actor.span.start for actor in self._mentions if actor.span]
        self.is_person = grounding.actor_context.is_person
        self._reference = ActorReference(sentences, self._mentions, self._find_actors, self.is_person)
        self._actor_cache: dict[int, tuple[Actor, ...]] = {}

    # places

    def named_place(self, token: Token) -> Where | None:
        """The place named by a token or by the name that modifies it."""
        return self._whereabouts.named_place(token)

    def is_place(self, token: Token) -> bool:
        """Whether a noun phrase names a place or stands for one."""
        return self._whereabouts.is_place(token)

    def where(self, token: Token) -> Where | None:
        """The place a noun phrase stands for; None when it cannot be told."""
        return self._whereabouts.where(token)

    def places(self, token: Token) -> list[Where]:
        """The places that a noun phrase and its conjuncts stand for."""
        return self._whereabouts.places(token)

    def near(self, clause: Clause) -> Where | None:
        """Where a duty is to be done, as far as the words of its clause tell; None when they do not."""
        found = told_place(clause, Ground.DUTY, self)
        return found.where if found is not None else None

    def literal_places(self, span: Span) -> list[Where]:
        """The names inside a run of words that are literally places, in text order."""
        return self._whereabouts.setting.literal_places(span)

    def place_head(self, where: Where) -> Token | None:
        """The word of a name that ties it to its sentence."""
        return self._whereabouts.setting.head(where)

    def main_place(self, told: Sequence[Where], tables: Sequence[Where] = ()) -> Where | None:
        """The place that the document is about, given where what it told so far happened or was signed; None for none."""
        return self._whereabouts.setting.main_place(told, tables)

    def main_country(self) -> Where | None:
        """The country that the document tells of most, as it first names it; None where it names none."""
        return self._whereabouts.setting.main_country()

    def story_country(self) -> Where | None:
        """The country the document names most often; None where it names none."""
        return self._whereabouts.story_country()

    # actors

    def actors(self, token: Token | None, sentence: Sentence) -> tuple[Actor, ...]:
        """The actors that a noun phrase and its conjuncts stand for; none for a thing or an unresolved pronoun."""
        if token is None:
            return ()
        token = antecedent(token) or token
        key = token.start
        if key not in self._actor_cache:
            self._actor_cache[key] = self._find_actors(token, sentence)
        return self._actor_cache[key]

    def _find_actors(self, token: Token, sentence: Sentence) -> tuple[Actor, ...]:
        if token.upos == "PRON" or token.tag == "PRP$":
            found = self._reference.actors(token, sentence)
            others = [
                actor for other in token.all("conj") for actor in self._find_actors(other, sentence)
            ]  # "he and the rebels"
            return (*found, *(actor for actor in others if actor not in found))
        found = tuple(self._grounding.actor_context.actors(token, sentence))
        middle = _middle(token)
        if middle is not None and found:
            between = [actor for actor in self._grounding.actor_context.actors(middle, sentence) if actor not in found]
            found = (found[0], *between, *found[1:])
        owner = token.child("nmod:poss")
        if token.lemma in _FOLLOWERS and owner is not None and found:
            led = self.actors(owner, sentence)
            if led and led[0].role is not None:  # "his men": of the side that he leads
                role = led[0].role if led[0].role in _ARMED else Role.MIL
                return tuple(replace(actor, country=led[0].country, role=role) for actor in found)
        return found

    def parties(self) -> tuple[Actor, ...]:
        """The two parties the document tells of most; fewer where it tells of fewer."""
        found = self._grounding.actor_context.parties()
        if len({actor.country for actor in found}) > 1:  # between states: the states rather than their armies
            found = [self.state_of(actor) or actor for actor in found]
        return tuple(found)

    def other_party(self, actor: Actor | None) -> Actor | None:
        """The party of the story that is not this actor's side; None where the story has no two sides, one of them this."""
        parties = self.parties()
        if actor is None or len(parties) < 2:
            return None
        others = [party for party in parties if party.country != actor.country]
        return self.state_of(others[0]) if len(others) == 1 else None

    def state_of(self, actor: Actor | None) -> Actor | None:
        """The state whose forces an actor is, as the document first names it; the actor itself where it names none."""
        if actor is None or actor.role is not Role.MIL or actor.country is None:
            return actor
        same = (other for other in self._mentions if other.country == actor.country and other.role is Role.GOV)
        return next((other for other in same if by_name(other.name) or by_capital(other.name)), actor)

    def forces_of(self, actor: Actor) -> Actor:
        """The forces of a state, as the document first names them; the actor itself where it names none or is no state."""
        if actor.role is not Role.GOV or actor.country is None:
            return actor
        forces = [other for other in self._mentions if other.country == actor.country and other.role is Role.MIL]
        whole = (other for other in forces if other.name.split()[-1].lower() in _WHOLE)
        return next(whole, forces[0] if forces else actor)

    def last_armed(self, position: int, other_than: Actor | None) -> Actor | None:
        """The armed actor mentioned last before a position, on another side than the one given; None when there is none."""
        before = self._mentions[: bisect_left(self._mention_starts, position)]
        side = None if other_than is None else (other_than.country, other_than.role)
        armed = (actor for actor in reversed(before[-_RECENT_ACTORS:]) if actor.role in (Role.MIL, Role.REB, Role.UAF))
        return next((actor for actor in armed if (actor.country, actor.role) != side), None)

    def is_actor(self, token: Token) -> bool:
        """Whether the noun phrase stands for somebody who can act, be it not known who."""
        if token.lower in PERSONAL:
            return True
        return bool(self.actors(token, self._sentence_of(token)))

    def role(self, token: Token) -> Role | None:
        """The role of the first actor that the noun phrase stands for."""
        found = self.actors(token, self._sentence_of(token))
        return found[0].role if found else None

    def _sentence_of(self, token: Token) -> Sentence:
        return self.sentences[max(0, bisect_right(self._sentence_starts, token.start) - 1)]

    # times

    def times(self, clause: Clause) -> list[TimeExpression]:
        """The time expressions that date a clause."""
        return self.chronology.times(clause)

    def times_of(self, verb: Token, sentence: Sentence) -> list[TimeExpression]:
        """The time expressions whose nearest verb is this one."""
        return self.chronology.times_of(verb, sentence)

    def sentence_times(self, sentence: Sentence) -> list[TimeExpression]:
        """All time expressions of a sentence, in text order."""
        return self.chronology.sentence_times(sentence)


def _middle(token: Token) -> Token | None:
    """The middle of "A, B and C" where the parser tied B as an apposition or as a second subject; None for no such list."""
    last = next((other for other in token.all("conj") if other.child("cc") is not None), None)
    joined = last.child("cc") if last is not None else None
    if last is None or joined is None:
        return None
    beside = token.head.all(token.deprel) if token.head is not None else []
    for other in (*token.all("appos"), *beside):
        if token.i < other.i < joined.i and other.upos == last.upos:
            words = other.subtree()
            if words[-1].i == joined.i - 1 and all(word.i > token.i for word in words):
                return other
    return None

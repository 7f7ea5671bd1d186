"""The scene: what the words of one document stand for, asked by token.

It joins the grounding with reference, for places (`whereabouts`), actors (`reference`) and times. What cannot be resolved gives
nothing, never a guess at random.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from whoholds.grammar.clause import Clause, antecedent, is_verbal
from whoholds.grammar.reference import ActorReference
from whoholds.grammar.topic import Topic
from whoholds.grammar.whereabouts import Whereabouts
from whoholds.grounding import Grounding
from whoholds.grounding.countries import by_capital, by_name
from whoholds.grounding.times import TimeExpression
from whoholds.language import Sentence, Token
from whoholds.model import Actor, Document, Role, Span, Where

_FOLLOWERS = frozenset({"man", "fighter", "soldier", "unit", "troop", "force", "boy"})
_ARMED = frozenset({Role.MIL, Role.REB, Role.UAF, Role.COP})
_RECENT_ACTORS = 10


class Scene:
    """Places, actors and times of a document by token; built once per document."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], grounding: Grounding) -> None:
        self.document = document
        self.topic = Topic(sentences)
        self.sentences = sentences
        self._grounding = grounding
        self._whereabouts = Whereabouts(document, grounding)
        self._sentence_starts = [sentence.start for sentence in sentences]
        starts = [time.span.start for time in grounding.times]
        self._times = {id(sentence): _times_in(sentence, grounding.times, starts) for sentence in sentences}
        self._mentions = [actor for actor in grounding.actors if actor.span is not None]
        self._mention_starts = [actor.span.start for actor in self._mentions if actor.span]
        self._reference = ActorReference(sentences, self._mentions, self._find_actors)
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
        """Where a clause happens; None when it is not told."""
        return self._whereabouts.near(clause)

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
            return self._reference.actors(token, sentence)
        found = tuple(self._grounding.actor_context.actors(token, sentence))
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

    def last_armed(self, position: int, other_than: Actor | None) -> Actor | None:
        """The armed actor mentioned last before a position, on another side than the one given; None when there is none."""
        before = self._mentions[: bisect_left(self._mention_starts, position)]
        side = None if other_than is None else (other_than.country, other_than.role)
        armed = (actor for actor in reversed(before[-_RECENT_ACTORS:]) if actor.role in (Role.MIL, Role.REB, Role.UAF))
        return next((actor for actor in armed if (actor.country, actor.role) != side), None)

    def is_actor(self, token: Token) -> bool:
        """Whether the noun phrase stands for somebody who can act."""
        return bool(self.actors(token, self._sentence_of(token)))

    def role(self, token: Token) -> Role | None:
        """The role of the first actor that the noun phrase stands for."""
        found = self.actors(token, self._sentence_of(token))
        return found[0].role if found else None

    def _sentence_of(self, token: Token) -> Sentence:
        return self.sentences[max(0, bisect_right(self._sentence_starts, token.start) - 1)]

    # times

    def times(self, clause: Clause) -> list[TimeExpression]:
        """The time expressions that date a clause: its own, else its host's, else those of the verb it is coordinated with."""
        times = self._times[id(clause.sentence)]
        if not times:
            return []
        found = [time for time, chain in times if clause.head in chain and _nearest(chain, clause)]
        host = clause.host
        if not found and host is not None and host is not clause.head:
            found = [time for time, chain in times if chain and next((t for t in chain if is_verbal(t)), None) is host]
        verb: Token | None = host or clause.head
        while not found and verb is not None and verb.deprel in ("conj", "xcomp", "advcl") and verb.head is not None:
            told = verb.head.child("ccomp")  # "…, the ministry said, taking back the town": dated by what was said
            verb = told if told is not None and told is not verb and told.i < verb.head.i else verb.head
            found = [time for time, chain in times if next((t for t in chain if is_verbal(t)), None) is verb]
        return found

    def times_inside(self, span: Span, sentence: Sentence) -> list[TimeExpression]:
        """The time expression inside a run of words when it holds just one, whatever the parser hung it on."""
        inside = [time for time, _ in self._times[id(sentence)] if span.covers(time.span)]
        dated = [time for time in inside if time.when is not None and not time.value.startswith("P")] or inside
        return dated if len(dated) == 1 else []

    def times_of(self, verb: Token, sentence: Sentence) -> list[TimeExpression]:
        """The time expressions whose nearest verb is this one."""
        return [time for time, chain in self._times[id(sentence)] if next((t for t in chain if is_verbal(t)), None) is verb]

    def sentence_times(self, sentence: Sentence) -> list[TimeExpression]:
        """All time expressions of a sentence, in text order."""
        return [time for time, _ in self._times[id(sentence)]]


def _nearest(chain: Sequence[Token], clause: Clause) -> bool:
    """Whether no other verb stands between the time and the predicate."""
    for token in chain:
        if token is clause.head:
            return True
        if is_verbal(token) and token.deprel not in ("amod", "case"):
            return False
    return False


def _times_in(
    sentence: Sentence, times: Sequence[TimeExpression], starts: Sequence[int]
) -> list[tuple[TimeExpression, list[Token]]]:
    """The sentence's time expressions, each with the words it hangs on from the nearest up; `starts` are those of `times`."""
    found = []
    for time in times[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]:
        tokens = sentence.at(time.span.start, time.span.end)
        if tokens:
            found.append((time, list(_chain(tokens))))
    return found


def _chain(tokens: list[Token]) -> Iterator[Token]:
    inside = set(map(id, tokens))
    top = next((token for token in tokens if token.head is None or id(token.head) not in inside), tokens[0])
    if is_verbal(top) and top.deprel == "root" and len(tokens) == 1:
        yield top
    yield from top.ancestors()

"""Voices: the speakers of a predicate as actors, by the name that the text gives them.

An office told with a personal name ("the mayor, Narek Aleksanyan") is the person's; without one it keeps what it is of
("officials in Baku"). "He added" is whoever spoke last before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from whoholds.grammar.clause import is_verbal, preposition, verb_clause
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.predicate import Predicate
from whoholds.grammar.scene import Scene
from whoholds.grammar.speakers import Quotations, speaker_heads
from whoholds.language import Sentence, Token
from whoholds.model import Actor

_PROMISES = frozenset({"promise", "pledge", "offer", "vow"})
_PERSONAL = frozenset({"he", "she"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_TITLE = 3  # words between an office and the name: "commander Maj. Gen. Supiadin"
_NAMES = frozenset({"appos", "flat", "nmod:desc"})


class Voices:
    """The speakers of one document's predicates; built once per document."""

    def __init__(self, scene: Scene, sentences: Sequence[Sentence]) -> None:
        self._scene = scene
        self._quotations = Quotations(sentences)

    def speakers(self, predicate: Predicate) -> tuple[Actor, ...]:
        """Who is said to assert a predicate, nearest the outlet first; none for the outlet's own voice."""
        sentence = predicate.clause.sentence
        found: list[Actor] = []
        for head in speaker_heads(predicate.clause.host or predicate.head, sentence, predicate.mood):
            found += self._speaker(head, sentence)
        if not found:
            quoted = self._quotations.speaker(sentence)
            if quoted is not None:
                found += self._speaker(*quoted)
        unique: list[Actor] = []
        for actor in found:
            if all(actor.name != other.name for other in unique):
                unique.append(actor)
        return tuple(unique)

    def promisers(self, predicate: Predicate) -> tuple[Actor, ...]:
        """As `speakers`, but of an event that is only promised first who promised it ("*Canada* promised new sanctions")."""
        speakers, sentence = self.speakers(predicate), predicate.clause.sentence
        verb = next((cue for cue, effect in predicate.mood.cues if effect == "planned" and cue.lemma in _PROMISES), None)
        if verb is None or not is_verbal(verb) or verb in predicate.mood.speech:
            return speakers
        promiser = verb_clause(verb, sentence).subject
        first = self._speaker(promiser, sentence) if promiser is not None else []
        return (*first, *(actor for actor in speakers if all(actor.name != other.name for other in first)))

    def _speaker(self, head: Token, sentence: Sentence) -> list[Actor]:
        if head.lower in _PERSONAL and head.deprel in _SUBJECTS:
            before = self._quotations.before(sentence)
            spoke = self._speaker(*before) if before is not None else []
            if len(spoke) == 1 and (before is None or before[0].tag not in ("NNS", "NNPS")):
                return spoke
        actors = list(self._scene.actors(head, sentence))
        if actors:
            return [self._named(actors[0], head), *actors[1:]]
        cited = head.head is not None and head.head.lemma in ("cite", "quote") and head.deprel == "obj"
        if head.upos == "PRON" or (cited and head.lemma not in word_classes()["source_noun"]):
            return []  # "citing early snow" gives a reason, "citing a report" a speaker
        before_it = [child for child in head.children if child.deprel in ("compound", "amod", "flat", "nmod:poss")]
        start = min(part.start for part in (head, *before_it) if part.i <= head.i)
        return [self._called(Actor(name="x"), start, head.end)]

    def _called(self, actor: Actor, start: int, end: int) -> Actor:
        span = self._scene.document.span(start, end)
        return replace(actor, name=span.quote, span=span)

    def _named(self, actor: Actor, head: Token) -> Actor:
        """The speaker by personal name, else with whose or from where: "spokesman *of the police*", "officials *in Baku*"."""
        if actor.span is None or head.entity == "PERSON":
            return actor
        beside = head.head.children if head.head is not None else []
        for child in (*head.children, *beside):  # a name after its office may be tied to the verb as a second subject
            after = (
                child.deprel in _NAMES if child in head.children else child.deprel == head.deprel and child.i - head.i <= _TITLE
            )
            if after and child.i > head.i and child.entity == "PERSON":
                words = [child, *child.all("flat", "compound")]
                return self._called(actor, min(word.start for word in words), max(word.end for word in words))
        if actor.span.end != head.end or self._scene.is_person(actor):
            return actor
        for child in head.all("nmod"):
            first = min(token.start for token in child.subtree())
            if preposition(child) in ("of", "for", "in", "at", "from") and 0 < first - head.end <= 2:
                inner = [child, *child.all("compound", "flat", "amod", "nmod:poss", "nmod")]
                return self._called(actor, actor.span.start, max(token.end for part in inner for token in part.subtree()))
        return actor

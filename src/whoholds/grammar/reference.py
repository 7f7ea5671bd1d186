"""Reference: which actor a pronoun stands for.

A pronoun is looked up first among the subjects told before it in its own sentence (the speaker of what is said comes before a
speaker inserted later), then as the subject of the sentence before, then as the last mention that fits. "He" and "she" want a
person, "they" and "it" anything else, "we" the side that speaks. What finds nothing stays unresolved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from whoholds.language import Sentence, Token
from whoholds.model import Actor, Role

PERSONAL = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_GROUP = frozenset({"they", "it", "them", "their", "its", "themselves", "itself", "who", "which"})
_OWN_SIDE = frozenset({"we", "us", "our", "ours"})
_WINDOW = 8  # mentions back
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})

Find = Callable[[Token, Sentence], tuple[Actor, ...]]


class ActorReference:
    """Pronouns of one document to actors.

    `find` gives the actors of a noun phrase, `mentions` are all actors in text order, `is_person` tells persons named.
    """

    def __init__(
        self, sentences: Sequence[Sentence], mentions: Sequence[Actor], find: Find, is_person: Callable[[Actor], bool]
    ) -> None:
        self._sentences = sentences
        self._mentions = mentions
        self._starts = [actor.span.start for actor in mentions if actor.span]
        self._find = find
        self._is_person = is_person
        self._numbers = {id(sentence): number for number, sentence in enumerate(sentences)}

    def actors(self, token: Token, sentence: Sentence) -> tuple[Actor, ...]:
        """The actors that a pronoun stands for; none when nothing fits."""
        word = token.lower
        if word in _OWN_SIDE:
            quoted = any(other.text in ("“", '"', "”") for other in sentence.tokens)  # somebody's own words: not the army's
            own = None if quoted else next((actor for actor in self._mentions if actor.role is Role.MIL), None)
            return (own,) if own is not None else ()
        if word not in PERSONAL and word not in _GROUP:
            return ()
        fits = self._personal if word in PERSONAL else self._grouped
        for found in self._subjects(token, sentence):
            if found and fits(found[0]):
                return found if word in ("they", "them", "their") else found[:1]
        i = bisect_left(self._starts, token.start)
        last = next((actor for actor in reversed(self._mentions[max(0, i - _WINDOW) : i]) if fits(actor)), None)
        return (last,) if last is not None else ()

    def _subjects(self, token: Token, sentence: Sentence) -> Iterator[tuple[Actor, ...]]:
        """Actors of the subjects before the token in its sentence, then of those of the sentence before."""
        for other in sentence.tokens[: token.i]:
            if other.deprel in _SUBJECTS and other.upos != "PRON":
                yield self._find(other, sentence)
        number = self._numbers.get(id(sentence), 0)
        if number:
            before = self._sentences[number - 1]
            for other in before.tokens:
                if other.deprel in _SUBJECTS and other.upos != "PRON":
                    yield self._find(other, before)

    def _personal(self, actor: Actor) -> bool:
        return actor.role is not None and self._is_person(actor)

    def _grouped(self, actor: Actor) -> bool:
        return actor.role is not None and (not self._is_person(actor) or len(actor.name.split()) == 1)

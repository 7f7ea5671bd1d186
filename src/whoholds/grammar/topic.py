"""Topic: what a document is about, as far as rules need to know.

Sport and markets borrow the language of war ("captured the title", "under fire"), and reports on wars end with a line on them.
A document or a sentence with enough of their words is theirs. The thresholds were set on the development gold and on pages of
our own: one such word occurs in conflict reports ("the pound", "a match"), two in a sentence hardly ever.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from whoholds.grammar.lexicon import lexicon, word_classes
from whoholds.language import Sentence
from whoholds.model import Action

_SENTENCE_WORDS = 2
_DOCUMENT_WORDS = {"sport_word": 6, "market_word": 9}


_DEALS = frozenset(
    {"deal", "agreement", "accord", "pact", "treaty", "truce", "ceasefire", "cease-fire", "armistice", "protocol"}
)
TRUCES = frozenset({"truce", "ceasefire", "cease-fire", "armistice"})
_ARTICLES = 3  # "shall" in a report is rare, in an agreement it is in every article
_NOT_TELLING = frozenset({Action.OTHER, Action.NEGOTIATE})


class Topic:
    """The topic of a document: whether it is another one altogether, which duty it is about, and whether it tells of deals.

    `treaty` is whether the text is that of an agreement itself.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        lemmas = {token.lemma for sentence in sentences for token in sentence.tokens}
        self.foreign = any(len(lemmas & word_classes()[name]) >= least for name, least in _DOCUMENT_WORDS.items())
        self.action = _action(sentences)
        self.deal = not lemmas.isdisjoint(_DEALS)
        self.treaty = _is_treaty(sentences)
        self.truce = not lemmas.isdisjoint(TRUCES)

    def beside_the_point(self, sentence: Sentence) -> bool:
        """Whether a sentence is about sport or markets."""
        if self.foreign:
            return True
        lemmas = {token.lemma for token in sentence.tokens}
        return any(len(lemmas & word_classes()[name]) >= _SENTENCE_WORDS for name in _DOCUMENT_WORDS)


def _is_treaty(sentences: Sequence[Sentence]) -> bool:
    """Whether the sentences are those of an agreement's own text: several say what "shall" be done. False for none."""
    return sum(any(token.lower == "shall" for token in sentence.tokens) for sentence in sentences) >= _ARTICLES


def _action(sentences: Sequence[Sentence]) -> Action | None:
    """The action that the words of the document name most often; None when they name none.

    A ceasefire named once is a deal's name rather than what the document is about.
    """
    known: Counter[Action] = Counter()
    for sentence in sentences:
        for token in sentence.tokens:
            if token.lemma in word_classes()["weapon_laid_down"]:
                known[Action.DISARM] += 1
            for entry in lexicon().nouns.get(token.lemma, ()):
                action = entry.frame.action
                if action is not None and action not in _NOT_TELLING and not entry.companion:
                    known[action] += 1
                    break
    if known[Action.CEASE_FIRE] == 1:
        del known[Action.CEASE_FIRE]
    return known.most_common(1)[0][0] if known else None

"""Noun phrases as they stand on the page, without trusting the tree much.

A phrase is a run of adjectives, nouns, names and numbers; possessors ("Azerbaijan's") are phrases of their own that the next
one points back to, and a complement ("of Kherson", "loyal to Haftar") one that it points on to. `first` is the first token of
the phrase without article, `own` the first after a possessor, `last` its last; all are places in the sentence, inclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from whoholds.grounding.actors.names import Hit
from whoholds.grounding.actors.tables import role_words
from whoholds.language.sentence import Sentence, Token

_INNER = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_WITHIN = frozenset("compound flat flat:name amod nmod:poss nummod goeswith fixed nmod:desc nmod:npmod dep".split())
_ARGUMENTS = ("nsubj", "obj", "iobj", "obl", "csubj")
_JOINED = frozenset({"flat", "flat:name", "goeswith", "fixed"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_LINKS = frozenset({"of", "in", "from", "at", "near", "with", "for", "on"})
_PRONOUNS = frozenset({"his", "her", "its", "their", "our", "my", "your"})
_DEFINITE = frozenset({"the", "that", "this", "these", "those", "both"})


@dataclass(slots=True, eq=False)
class Phrase:
    """A noun phrase. `determiner` is the word before it ("the", "its") or "", in lower case; `link` joins its complement."""

    sentence: Sentence
    first: int
    own: int
    last: int
    hits: Mapping[int, Hit]
    determiner: str = ""
    possessor: Phrase | None = None
    possesses: bool = False
    complement: Phrase | None = None
    link: str = ""

    @property
    def head(self) -> Token:
        """Its last token."""
        return self.sentence.tokens[self.last]

    @property
    def definite(self) -> bool:
        """Whether it points to something told before or known."""
        return self.determiner in _DEFINITE or self.determiner in _PRONOUNS

    @property
    def by_pronoun(self) -> bool:
        """Whether a possessive pronoun stands before it."""
        return self.determiner in _PRONOUNS


def phrases_in(sentence: Sentence, hits: Mapping[int, Hit]) -> list[Phrase]:
    """The phrases of a sentence in text order, linked to their possessors and complements."""
    found: list[Phrase] = []
    builder = _Builder(sentence, hits, found)
    for token in sentence.tokens:
        builder.take(token)
    builder.close()
    _link(found)
    return found


class _Builder:
    """Cuts the tokens of one sentence into phrases, from left to right."""

    def __init__(self, sentence: Sentence, hits: Mapping[int, Hit], found: list[Phrase]) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.hits = hits
        self.found = found
        self.times = role_words().sets["times"]
        self.heads = role_words().heads
        self.agents = role_words().agents
        self.begin = -1
        self.determiner = ""
        self.possessor: Phrase | None = None

    def take(self, token: Token) -> None:
        i = token.i
        if i in self.hits:
            if self.hits[i].first == i and self.begin >= 0 and self._parts(i):
                self.close()
            self._open(i)
        elif token.upos == "DET" or (token.upos == "PRON" and token.lower in _PRONOUNS):
            self.close()
            self.determiner = token.lower
        elif token.text in _POSSESSIVE and (token.upos == "PART" or token.tag == "POS"):
            self._possess(i)
        elif self._inner(token):
            if self.begin >= 0 and self._parts(i):
                self.close()
            self._open(i)
        elif not self._hyphenates(i):
            self.close()

    def _hyphenates(self, i: int) -> bool:
        """Whether token `i` goes on a word: a hyphen, or the "in" of "commander-in-chief"."""
        before, token = self.tokens[i - 1], self.tokens[i]
        if self.begin < 0 or i == 0 or before.space_after or token.space_after:
            return False
        return token.text == "-" or (before.text == "-" and self.tokens[i + 1 : i + 2] != [] and self.tokens[i + 1].text == "-")

    def close(self) -> None:
        """End the phrase under way, if any."""
        if self.begin >= 0:
            self._add(len(self.tokens) if self._end is None else self._end)
        self.begin = -1
        self.determiner = ""
        self.possessor = None

    _end: int | None = None

    def _open(self, i: int) -> None:
        if self.begin < 0:
            self.begin = i
        self._end = i

    def _add(self, end: int) -> Phrase | None:
        end = self._trimmed(end)
        if end < self.begin:
            return None
        first = self.possessor.first if self.possessor else self.begin
        phrase = Phrase(self.sentence, first, self.begin, end, self.hits, self.determiner, self.possessor)
        self.found.append(phrase)
        return phrase

    def _trimmed(self, end: int) -> int:
        """Without adjectives after the noun ("fighters loyal to"), and hyphens at the end."""
        nouns = any(self.tokens[k].upos in _NOMINAL or k in self.hits for k in range(self.begin, end))
        while end >= self.begin and end not in self.hits:
            token = self.tokens[end]
            trailing = token.upos in ("ADJ", "VERB", "NUM") and nouns and token.lower not in self.heads
            if not trailing and token.text != "-":
                break
            end -= 1
        return end

    def _possess(self, i: int) -> None:
        if self.begin < 0 or self._end != i - 1:
            self.close()
            return
        possessor = self._add(i - 1)
        self.begin = -1
        self.possessor = possessor
        self.determiner = possessor.determiner if possessor else ""
        if possessor:
            possessor.possesses = True

    def _inner(self, token: Token) -> bool:
        before = self.tokens[token.i - 1] if token.i else None
        if token.lower in self.times or (token.lower in ("least", "most") and before is not None and before.lower == "at"):
            return False
        if token.upos in _INNER:
            return True
        if token.upos != "VERB" or token.tag not in ("VBN", "VBG"):
            return False
        if token.deprel == "amod":
            return True
        after = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else None
        if before is not None and before.text == "-":
            return after is not None and after.upos in _INNER
        return before is not None and before.upos in ("DET", "PART") and token.tag == "VBN"

    def _parts(self, i: int) -> bool:
        """Whether a new phrase begins at token `i` although the one before it runs up to it."""
        before, token = self.tokens[i - 1], self.tokens[i]
        if before.text == "-" or before.upos not in _NOMINAL or before.deprel in _WITHIN:
            return False
        if token.deprel in _JOINED or (before.upos == token.upos == "PROPN"):
            return False
        if token.entity_start and token.entity == "PERSON" and (before.lower in self.heads or before.lower in self.agents):
            return False  # an office and who holds it
        if before.deprel.startswith(_ARGUMENTS):
            return True
        if before.deprel == "conj" and before.head and before.head.deprel in _WITHIN and before.head.head is token:
            return False  # "Afghan and coalition forces"
        head = before.head
        return head is None or not self.begin <= head.i <= i + 6 or head.i < i


def _link(found: list[Phrase]) -> None:
    loyal = role_words().sets["loyal"]
    for phrase, after in pairwise(found):
        if after.possessor is phrase:
            continue
        gap = phrase.sentence.tokens[phrase.last + 1 : after.first]
        between = [token.lower for token in gap if token.upos != "ADV"]
        while between and between[-1] == after.determiner:
            between.pop()
        if len(between) == 1 and between[0] in _LINKS:
            phrase.link, phrase.complement = between[0], after
        elif len(between) == 2 and between[0] in loyal and between[1] in ("to", "with", "by"):
            phrase.link, phrase.complement = "loyal", after
    for phrase in found:
        last = phrase.complement
        while last is not None and last.possesses:  # "of Sudan's army": the complement is the army, not Sudan
            last = next((other for other in found if other.possessor is last), None)
        phrase.complement = last


def up_to(phrase: Phrase, last: int) -> Phrase:
    """The phrase up to token `last`, without complement."""
    return Phrase(phrase.sentence, phrase.first, phrase.own, last, phrase.hits, phrase.determiner, phrase.possessor)


def text_of(sentence: Sentence, first: int, last: int) -> str:
    """The text of tokens `first` to `last`, both inclusive."""
    tokens = sentence.tokens
    if first == last:
        return tokens[first].text
    return "".join(token.text + " " * token.space_after for token in tokens[first : last + 1]).strip()

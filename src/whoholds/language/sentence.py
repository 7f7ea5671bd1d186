"""Sentences as the rest of whoholds sees them: light tokens with a Universal Dependencies tree, whatever pipeline made them.

Offsets are code points of `Document.text`. Tags follow UD (`upos`, `deprel`, with subtypes: `nsubj:pass`, `obl:agent`,
`nmod:poss`, `acl:relcl`) and the Penn Treebank (`tag`). Entity labels: PERSON ORG LOC NORP DATE MISC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Token:
    """A word: its place `i` in the sentence, characters, lemma, tags, head (None at the root) and dependants in text order.

    `space_after` tells whether white space follows; `entity` is the entity label or "", and `entity_start` whether the
    token opens its entity.
    """

    i: int
    text: str
    lower: str
    lemma: str
    upos: str
    tag: str
    deprel: str
    start: int
    end: int
    space_after: bool = True
    entity: str = ""
    entity_start: bool = False
    head: Token | None = None
    children: list[Token] = field(default_factory=list)
    _preposition: str | None = None

    def __repr__(self) -> str:
        return f"{self.text}/{self.upos}/{self.deprel}"

    def subtree(self) -> list[Token]:
        """The token and all it governs, in text order."""
        found = [self]
        for token in found:
            found.extend(token.children)
        found.sort(key=_position)
        return found

    def ancestors(self) -> Iterator[Token]:
        """Its head, the head's head, and so on to the root."""
        token = self.head
        while token is not None:
            yield token
            token = token.head

    def child(self, *deprels: str) -> Token | None:
        """The first dependant with one of these relations, or None."""
        for token in self.children:
            if token.deprel in deprels:
                return token
        return None

    def all(self, *deprels: str) -> list[Token]:
        """The dependants with one of these relations, in text order."""
        if not self.children:  # most words
            return []
        return [token for token in self.children if token.deprel in deprels]

    @property
    def preposition(self) -> str:
        """The preposition before the noun phrase that it heads ("because of" as one); "" for none. Found once: trees stay."""
        if self._preposition is None:
            self._preposition = _preposition(self) if self.children else ""
        return self._preposition


def _position(token: Token) -> int:
    return token.i


def _preposition(token: Token) -> str:
    cases = token.all("case") or [
        case for part in token.all("compound", "flat") for case in part.all("case") if part.i < token.i
    ]
    case = cases[0] if cases else token.child("mark")
    if case is None:
        return ""
    words = [case, *case.all("fixed"), *(other for other in cases[1:] if other.i == case.i + 1)]  # "out of", "because of"
    return " ".join(word.lower for word in words)


@dataclass(slots=True, eq=False)
class Entity:
    """A named entity: its label and its tokens `first` to `last`, both inclusive."""

    label: str
    first: int
    last: int


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence of a block: tokens, root, entities, the characters it covers (half-open) and the block it stands in.

    `role` is the role of its block (`headline`, `body`, `caption`, ...), `paragraph` the block's number in the document.
    """

    tokens: list[Token]
    entities: list[Entity]
    role: str = "body"
    paragraph: int = 0

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def root(self) -> Token:
        """The first token without a head."""
        return next((token for token in self.tokens if token.head is None), self.tokens[0])

    def at(self, start: int, end: int) -> list[Token]:
        """The tokens that touch characters `start` to `end` (half-open) of the document."""
        return [token for token in self.tokens if token.start < end and start < token.end]

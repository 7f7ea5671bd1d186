"""Trees in spaCy's English scheme (ClearNLP's dependencies) to Universal Dependencies, as well as can be done without reading.

The schemes differ in what stands for a phrase. ClearNLP hangs "in Goma" on its preposition, "is ready" on its copula and a
list on its links, one after the other; UD hangs all three on the word of content:

    fled (prep> in (pobj> Goma))            fled (obl> Goma (case> in))
    is (nsubj> he) (acomp> ready)           ready (nsubj> he) (cop> is)
    A (cc> and) (conj> B (conj> C))         A (conj> B (cc> and)) (conj> C)

So every preposition with an object and every copula with a predicate has a deputy, one of its own dependants, that takes its
place: what hung on it, and what it hung on, goes to the deputy, and itself hangs on the last deputy in line. Deputies are
always dependants, so shrinking each line of deputies to one word leaves a tree a tree. Not converted: names of weights and
sums ("$ 5 million"), predicates that are clauses, shared dependants of lists.

Heads are places in the sentence, -1 at the root.
"""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.language.schemes import schemes

RELATIONS = frozenset({"pobj", "pcomp", "dobj", "nsubjpass", "auxpass"})  # what tells the scheme from UD
_BE = frozenset("be am is are was were been being 'm 're 's ’m ’re ’s".split())
_OBJECTS = ("pobj", "pcomp")
_PREDICATES = ("attr", "acomp")
_BETWEEN = frozenset({"advmod", "neg", "punct", "aux", "cc", "npadvmod"})  # may stand between a copula and "in Goma"
_OTHER_COMPLEMENTS = frozenset({"attr", "acomp", "ccomp", "xcomp", "oprd", "dobj", "auxpass", "expl"})
_CIRCUMSTANCES = frozenset({"prep", "advmod", "dative", "npadvmod", "quantmod", "mark", "case", "amod", "nmod"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_VERBAL = frozenset({"VERB", "AUX"})
Tree = tuple[list[int], list[str], list[str]]


def to_universal(
    lowers: Sequence[str],
    tags: Sequence[str],
    upos: Sequence[str],
    heads: Sequence[int],
    relations: Sequence[str],
    entities: Sequence[str],
) -> Tree:
    """Heads, relations and universal tags in UD, of words in lower case with Penn and universal tags and IOB2 entities.

    Any tree stays one with the same words.
    """
    sentence = _Sentence(lowers, tags, upos, heads, relations)
    tree = sentence.converted()
    _join_names(tree, entities)
    return tree


class _Sentence:
    """A sentence in the old scheme; nothing of it changes."""

    def __init__(
        self, lowers: Sequence[str], tags: Sequence[str], upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]
    ) -> None:
        self.lowers, self.tags, self.upos, self.heads, self.relations = lowers, tags, upos, heads, relations
        self.children: list[list[int]] = [[] for _ in heads]
        for i, head in enumerate(heads):
            if head >= 0:
                self.children[head].append(i)
        self.deputies = [self._deputy(i) for i in range(len(heads))]

    def converted(self) -> Tree:
        places = [self._placed(i) for i in range(len(self.heads))]
        upos = [self._upos(i, relation) for i, (_, relation) in enumerate(places)]
        return [head for head, _ in places], [relation for _, relation in places], upos

    def _deputy(self, i: int) -> int:
        """The dependant that takes the place of a word in UD, or the word itself."""
        objects = self._of(i, *_OBJECTS)
        if objects:
            return objects[0]
        if self.relations[i] == "prep":  # "out of town": the second preposition has the object
            second = [child for child in self._of(i, "prep") if child > i and self._of(child, "pobj")]
            return second[0] if second else i
        if self.lowers[i] in _BE and self.relations[i] not in ("aux", "auxpass", "case") and not self._of(i, "expl"):
            return self._predicate(i)
        return i

    def _predicate(self, i: int) -> int:
        predicates = self._of(i, *_PREDICATES)
        if predicates:
            return next((child for child in predicates if child > i), predicates[0])
        children = self.children[i]
        if not self._of(i, "nsubj") or any(self.relations[child] in _OTHER_COMPLEMENTS for child in children):
            return i
        behind = [child for child in children if child > i and self.relations[child] not in _BETWEEN]
        if behind and self.relations[behind[0]] == "prep" and self._of(behind[0], "pobj"):
            return behind[0]
        return i

    def _of(self, i: int, *relations: str) -> list[int]:
        return [child for child in self.children[i] if self.relations[child] in relations]

    def _last(self, i: int) -> int:
        """The last deputy in line."""
        while self.deputies[i] != i:
            i = self.deputies[i]
        return i

    def _placed(self, i: int) -> tuple[int, str]:
        """Head and relation of a word in UD."""
        if self.deputies[i] != i:
            return self._displaced(i)
        top = i  # the word whose place this one takes
        while self.heads[top] >= 0 and self.deputies[self.heads[top]] == top:
            top = self.heads[top]
        if self.heads[top] < 0:
            return -1, "root"
        return self._last(self._governor(top)), self._relation(top)

    def _displaced(self, i: int) -> tuple[int, str]:
        """Where a preposition or a copula goes."""
        deputy, last = self.deputies[i], self._last(i)
        if self.relations[deputy] in _PREDICATES or self.lowers[i] in _BE:
            return last, "cop"
        head = self.heads[i]
        if head == i - 1 and self.deputies[head] == i and (self.lowers[head], self.lowers[i]) in schemes().fixed:
            return head, "fixed"
        return last, "mark" if self._is_clause(deputy) else "case"

    def _is_clause(self, i: int) -> bool:
        return self.relations[i] == "pcomp" and self.upos[i] in _VERBAL

    def _governor(self, i: int) -> int:
        """The word in the old tree that a word's place hangs on: the first of a list for its links, a link for its "and"."""
        head = self.heads[i]
        if self.relations[i] == "conj":
            while self.relations[head] == "conj" and self.heads[head] >= 0:
                head = self.heads[head]
        elif self.relations[i] == "cc" and self.deputies[i] == i:
            return next((link for link in self._of(head, "conj") if link > i), head)
        return head

    def _relation(self, i: int) -> str:
        """The relation of whoever takes the place of a word."""
        relation, head = self.relations[i], self.heads[i]
        deputy = self.deputies[i]
        nominal = self.upos[head] in _NOMINAL
        if deputy != i and self.lowers[i] not in _BE:
            if relation == "agent":
                return "advcl" if self._is_clause(deputy) else "obl:agent"
            if relation in _CIRCUMSTANCES:
                if self._is_clause(deputy):
                    return "acl" if nominal else "advcl"
                return "nmod" if nominal else "obl"
        if relation == "aux" and self.tags[i] == "TO":
            return "mark"
        if relation == "attr" and self._of(head, "expl"):
            return "nsubj"
        if relation == "npadvmod" and nominal:
            return "nmod:unmarked"
        return schemes().relations.get(relation, relation)

    def _upos(self, i: int, relation: str) -> str:
        if relation == "cop":
            return "AUX"
        if relation == "mark" and self.upos[i] == "ADP":
            return "SCONJ"
        if self.lowers[i] in _BE and self._of(i, "expl"):
            return "VERB"
        return self.upos[i]


def _join_names(tree: Tree, entities: Sequence[str]) -> None:
    """Hang the words of a person's name on its first, as UD does, not on its last."""
    heads, relations, _ = tree
    first = 0
    while first < len(heads):
        end = first + 1
        if entities[first] == "B-PERSON":
            while end < len(heads) and entities[end] == "I-PERSON":
                end += 1
            names = range(first, end - 1)
            if end - first > 1 and all(heads[i] == end - 1 and relations[i] == "compound" for i in names):
                _turn(heads, relations, first, end - 1)
        first = end


def _turn(heads: list[int], relations: list[str], first: int, last: int) -> None:
    outer = heads[last], relations[last]
    for i, head in enumerate(heads):
        if head == last:
            heads[i] = first
    for i in range(first + 1, last + 1):
        heads[i], relations[i] = first, "flat"
    heads[first], relations[first] = outer

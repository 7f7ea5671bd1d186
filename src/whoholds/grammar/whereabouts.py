"""Whereabouts: the places of one document asked by token, by name or by reference.

"The town", "there", "it" and "these districts" are looked up among the places mentioned before: the last one told in the same
paragraph, else the one the document tells of most. A noun phrase that cannot be placed gives None.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from whoholds.grammar.clause import Clause, antecedent, is_verbal, preposition
from whoholds.grammar.lexicon import word_classes
from whoholds.grounding import Grounding
from whoholds.grounding.countries import country
from whoholds.language import Token
from whoholds.model import Document, Use, Where

_NAME_PARTS = frozenset({"compound", "flat", "amod", "nmod", "appos", "nmod:poss", "nmod:unmarked", "nmod:desc"})
_LIST_GAP = 25  # characters between the names of one list ("in A, B and parts of C")
_TITLE_WEIGHT = 3  # mentions that naming in the title is worth
_PRONOUNS = frozenset({"it", "there", "here", "them", "which", "that", "this"})
_POINTING = frozenset({"these", "those", "both", "all"})
_LOCATIVE = (
    "out of", "in", "at", "near", "on", "around", "outside", "inside", "into", "from", "to", "towards", "over", "across", "of",
    "against",
)  # fmt: skip
_LESSER = frozenset({"provincial", "regional", "district", "state", "ancient", "former"})  # capitals that are not the country's
_COUNTRY_RADIUS_M = 150_000  # a smaller area is a region


class Whereabouts:
    """Places of a document by token; built once per document."""

    def __init__(self, document: Document, grounding: Grounding) -> None:
        self.document = document
        self._grounding = grounding
        self._places = {where.span.start: where for where in grounding.places if where.span is not None}
        self._order = [where for where in grounding.places if where.span is not None and where.use is not Use.DEMONYM]
        self._starts = [where.span.start for where in self._order if where.span is not None]
        self._unmarked: dict[str, Where] = {}
        self._told_of: set[str | None] = set()

    def named_place(self, token: Token) -> Where | None:
        """The place named by a token or by the name that modifies it ("the *Kalbajar* district", "the city of *Goma*")."""
        found = self._places.get(token.start)
        if found is not None and found.use is not Use.DEMONYM:
            return found
        if found is None and token.upos == "PROPN" and token.deprel not in ("compound", "flat"):
            inside = self._covering(token)  # the second word of a name whose parts are tied side by side
            if inside is not None:
                return inside
        if token.lemma not in word_classes()["place_noun"]:
            if token.upos == "PROPN":
                return self._first_name(token, ("compound", "flat", "amod")) or self._unmarked_name(token)
            return None
        return self._first_name(token, _NAME_PARTS) or self._modifying_name(token)

    def _modifying_name(self, noun: Token) -> Where | None:
        for child in noun.children:
            name = child.upos == "PROPN" or (child.upos == "NOUN" and child.text.istitle())
            if name and child.deprel in ("compound", "nmod", "appos") and preposition(child) in ("", "of"):
                found = self._unmarked_name(child, sure=preposition(child) == "of")
                if found is not None:
                    return found
        return None

    def _unmarked_name(self, token: Token, *, sure: bool = False) -> Where | None:
        """A name that nothing marked as a place, but that the gazetteer knows in a country the document tells of.

        Statistical taggers take rare towns for persons; where grammar expects a place, a name in the right country is better
        evidence than their label. After "town of" (`sure`), or where the document tells of no country, any will do.
        """
        if token.entity in ("DATE", "NORP"):
            return None
        parts = [token, *token.all("flat", "compound", "punct")]
        parts = [part for part in parts if part.upos == "PROPN" or part.text == "-" or part is token]
        start, end = min(part.start for part in parts), max(part.end for part in parts)
        name = self.document.text[start:end]
        span = self.document.span(start, end)
        if name not in self._unmarked:
            self._unmarked[name] = self._grounding.place_resolver.resolve(name, span)
        found = self._unmarked[name]
        if found.place is None or not (sure or not self._countries() or found.place.country in self._countries()):
            return None
        return replace(found, span=span)

    def _countries(self) -> set[str | None]:
        if not self._told_of:
            self._told_of = {where.place.country for where in self._grounding.places if where.place is not None}
        return self._told_of

    def _covering(self, token: Token) -> Where | None:
        i = bisect_left(self._starts, token.end) - 1
        if i >= 0:
            where = self._order[i]
            if where.span is not None and where.span.start <= token.start < where.span.end:
                return where
        return None

    def _first_name(self, token: Token, relations: Sequence[str] | frozenset[str]) -> Where | None:
        for child in token.children:
            if child.deprel in relations and preposition(child) in ("", "of", "'s", "’s", "in"):
                for part in (child, *child.all("compound", "flat", "amod")):
                    found = self._places.get(part.start)
                    if found is not None and found.use is not Use.DEMONYM:
                        return found
        return None

    def is_place(self, token: Token) -> bool:
        """Whether a noun phrase names a place or stands for one."""
        token = antecedent(token) or token
        if token.lower in ("it", "them", "there") or token.lemma in word_classes()["place_noun"]:
            return True
        found = self.named_place(token)
        return found is not None and found.use is not Use.DEMONYM

    def where(self, token: Token) -> Where | None:
        """The place a noun phrase stands for, by its name or by reference; None when it cannot be told."""
        token = antecedent(token) or token
        named = self.named_place(token)
        if named is not None:
            return named
        if token.lower in _PRONOUNS or token.lemma in word_classes()["place_noun"]:
            for other in (token.child("appos"), token.head if token.deprel == "appos" else None):
                named = self.named_place(other) if other is not None else None
                if named is not None:
                    return named
            return self._referred_place(token)
        if token.lemma in word_classes()["part_noun"] or token.upos == "NUM":
            for child in token.children:
                if child.deprel in ("nmod", "obl", "compound", "nmod:poss", "appos"):
                    found = self.where(child)
                    if found is not None:
                        return found
            appositive = token.child("appos")
            return self.where(appositive) if appositive is not None else None
        return None

    def places(self, token: Token) -> list[Where]:
        """The places that a noun phrase and its conjuncts stand for, one each, unresolved ones left out."""
        pointed = any(child.lower in _POINTING for child in token.all("det", "det:predet")) or token.child("nummod") is not None
        if pointed and token.tag == "NNS" and token.lemma in word_classes()["place_noun"] and self.named_place(token) is None:
            several = self._referred_places(token)
            if several:
                return several
        found: list[Where] = []
        listed = [child for child in token.all("nmod") if preposition(child) in ("including", "such as")]
        if listed and self.named_place(token) is None:  # "territory east of the river, including A and B"
            token = listed[0]
        for head in (token, *token.all("conj")):
            where = self.where(head)
            if where is not None and all(where.name != other.name for other in found):
                found.append(where)
        return found

    def _before(self, token: Token) -> list[Where]:
        """The literal places of a known kind mentioned before a token, no countries, in text order."""
        before = self._order[: bisect_left(self._starts, token.start)]
        known = [where for where in before if where.place is not None and where.place.feature]
        return [where for where in known if where.use is Use.LITERAL and not _is_country(where)]

    def _referred_places(self, token: Token) -> list[Where]:
        """What "these districts" stands for: the places listed last, close together; one alone is no list."""
        found: list[Where] = []
        for where in reversed(self._before(token)):
            if found and found[-1].span and where.span and found[-1].span.start - where.span.end > _LIST_GAP:
                break
            found.append(where)
        unique = {where.name: where for where in reversed(found)}
        return list(unique.values()) if len(unique) > 1 else []

    def _referred_place(self, token: Token) -> Where | None:
        if token.lemma in ("country", "nation", "state"):
            return self._last_country(token)
        if token.lemma == "capital" and not any(child.lower in _LESSER for child in token.all("amod")):
            return self._capital(token)
        before = self._before(token)
        if not before:
            return None
        last = before[-1]
        if last.span is not None and "\n\n" not in self.document.text[last.span.end : token.start]:
            return last
        counts = Counter(where.name for where in before)
        for name in counts:
            if self.document.title and name in self.document.title:
                counts[name] += _TITLE_WEIGHT
        best = max(counts.values())
        return next(where for where in reversed(before) if counts[where.name] == best)

    def _last_country(self, token: Token) -> Where | None:
        before = self._order[: bisect_left(self._starts, token.start)]
        return next((where for where in reversed(before) if _is_country(where)), None)

    def _capital(self, token: Token) -> Where | None:
        for start in sorted((s for s in self._places if s < token.start), reverse=True):
            where = self._places[start]
            code = where.place.country if where.place else None
            state = country(code) if code else None
            if state is not None and state.capital:
                return self._grounding.place_resolver.resolve(state.capital, self.document.span(token.start, token.end))
        return None

    def near(self, clause: Clause) -> Where | None:
        """Where a clause happens: a locative phrase of the predicate, of its host, or of a clause above it in the sentence."""
        heads = [clause.head]
        if clause.host is not None and clause.host is not clause.head:
            heads.append(clause.host)
        for name in _LOCATIVE:
            token = clause.obliques.get(name)
            if token is not None and token is not clause.obliques.get("companion"):
                found = self._literal(token)
                if found is not None:
                    return found
        for head in heads:
            for child in head.children:
                if child is clause.obliques.get("companion"):
                    continue
                if child.deprel.startswith(("obl", "advmod", "nmod")):
                    found = self._literal(child) or (self._referred_place(child) if child.lower in ("there", "here") else None)
                    if found is not None:
                        return found
        for argument in (clause.object, clause.subject):
            if argument is not None:
                found = self.where(argument) if argument is clause.object else None
                found = found or self._inside(argument)
                if found is not None:
                    return found
        for above in (clause.host or clause.head).ancestors():
            for child in above.all("obl") if is_verbal(above) else ():
                if preposition(child) in ("in", "at", "near"):
                    found = self._literal(child)
                    if found is not None:
                        return found
        return None

    def _literal(self, token: Token) -> Where | None:
        found = self.named_place(token)
        if found is None and token.lemma in word_classes()["place_noun"]:
            found = self.where(token)
        if found is None:
            found = self._inside(token)
        return found

    def _inside(self, token: Token) -> Where | None:
        for child in token.all("nmod"):
            if preposition(child) in ("in", "at", "near", "of", "on", "around", "outside"):
                found = self.named_place(child)
                if found is not None and found.use is Use.LITERAL:
                    return found
        return None


def _is_country(where: Where) -> bool:
    return where.place is not None and where.place.feature == "A" and where.place.radius_m >= _COUNTRY_RADIUS_M

"""Whereabouts: the places of one document asked by token, by name or by reference.

"The town", "there", "it" and "these districts" are looked up among the places mentioned before: the last one told in the same
paragraph, else the one the document tells of most. A noun phrase that cannot be placed gives None.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from whoholds.grammar.clause import antecedent, preposition
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.setting import LINES, TITLE_WEIGHT, Setting, is_country, is_region
from whoholds.grounding import Grounding
from whoholds.grounding.countries import by_demonym, by_name, country
from whoholds.language import Sentence, Token
from whoholds.model import Document, Use, Where

_NAME_PARTS = frozenset({"compound", "flat", "amod", "nmod", "appos", "nmod:poss", "nmod:unmarked", "nmod:desc"})
_SMALL = {"two": 2, "three": 3, "four": 4, "five": 5}
_SETTLEMENTS = frozenset({"city", "town", "village", "capital"})
_FACILITIES = frozenset({"airport", "port", "palace", "station", "harbour", "harbor", "outskirt", "citadel"})
_SEAT = 0.25  # degrees, about 25 km: how far the town of a region's name may lie from the region's point
_LIST_GAP = 25  # characters between the names of one list ("in A, B and parts of C")
_PRONOUNS = frozenset({"it", "its", "there", "here", "them", "which", "that", "this"})
POINTING = frozenset({"these", "those", "both", "all"})
_LESSER = frozenset({"provincial", "regional", "district", "state", "ancient", "former"})  # capitals that are not the country's
SETTLED = frozenset({"town", "city", "village", "settlement", "locality", "suburb", "municipality", "hub"})
_CALLED = frozenset({"contact", "control", "demarcation", "separation", "river"})
_RULED = frozenset({"district", "region", "province", "county", "governorate", "oblast"})
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "obj", "appos"})


class Whereabouts:
    """Places of a document by token; built once per document."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], grounding: Grounding) -> None:
        self.document = document
        self._grounding = grounding
        self._places = {where.span.start: where for where in grounding.places if where.span is not None}
        self._order = [where for where in grounding.places if where.span is not None and where.use is not Use.DEMONYM]
        self._starts = [where.span.start for where in self._order if where.span is not None]
        self.setting = Setting(document, sentences, self._order)
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
        # "Syria's second city" is not Syria
        parts = _NAME_PARTS - {"nmod:poss"} if token.lemma in _SETTLEMENTS else _NAME_PARTS
        found = self._first_name(token, parts)
        if (
            found is not None
            and found.place is not None
            and token.lemma in SETTLED
            and is_region(found.place)
            and not _all(token)
        ):
            return None  # "the largest city of eastern Congo" is not called Congo
        return found or self._modifying_name(token)

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
        if token.lower in ("it", "its", "them", "there") or token.lemma in word_classes()["place_noun"]:
            return True
        found = self.named_place(token)
        return found is not None and found.use is not Use.DEMONYM

    def where(self, token: Token) -> Where | None:
        """The place a noun phrase stands for, by its name or by reference; None when it cannot be told."""
        token = antecedent(token) or token
        named = self.named_place(token)
        if named is not None:
            return named
        if token.lemma in LINES:
            return self._line(token)
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

    def _line(self, token: Token) -> Where | None:
        """A road, front or border, which has no point of its own, by what the text calls it; None where it calls it nothing."""
        told = [child for child in token.children if _qualifies(child)]
        if not told:
            return None
        start = min(token.start, *(child.start for child in told))
        end = max(token.end, *(part.end for child in told if child.i > token.i for part in child.subtree()), token.end)
        span = self.document.span(start, end)
        return Where(name=span.quote, span=span)

    def places(self, token: Token) -> list[Where]:
        """The places that a noun phrase and its conjuncts stand for, one each, unresolved ones left out."""
        pointed = any(child.lower in POINTING for child in token.all("det", "det:predet")) or token.child("nummod") is not None
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
        return [where for where in known if where.use is Use.LITERAL and not is_country(where)]

    def _referred_places(self, token: Token) -> list[Where]:
        """What "these districts" stands for: the places listed last, close together; one alone is no list."""
        found: list[Where] = []
        for where in reversed(self._before(token)):
            if found and found[-1].span and where.span and found[-1].span.start - where.span.end > _LIST_GAP:
                break
            found.append(where)
        unique = {where.name: where for where in reversed(found)}
        number = token.child("nummod")
        if number is not None and (count := _SMALL.get(number.lower)) is not None and count != len(unique):
            last = {where.name: where for where in self._before(token)}  # "all three cities": the last three told of
            return list(last.values())[-count:] if len(last) >= count else []
        return list(unique.values()) if len(unique) > 1 else []

    def _referred_place(self, token: Token) -> Where | None:
        if token.lemma in ("country", "nation", "state"):
            return self._last_country(token)
        if token.lemma == "capital" and not any(child.lower in _LESSER for child in token.all("amod")):
            return self._capital(token)
        before = [where for where in self._before(token) if _may_be(token, where)]
        if token.lemma in _FACILITIES:  # an airport is that of a city, not of a valley or province
            before = [where for where in before if where.place is not None and where.place.feature == "P"] or before
        if not before:
            return None
        called = [where for where in before if self._called(where, token.lemma)]
        before = called or before  # "the district of A …, the road to B. The district …"
        near = [where for where in before if self._same_paragraph(where, token)]
        if near and token.lower == "it":  # what was told about rather than where it lay
            near = [where for where in near if self._argued(where)] or near
        if near:
            return near[-1]
        counts = Counter(where.name for where in before)
        for name in counts:
            if self.document.title and name in self.document.title:
                counts[name] += TITLE_WEIGHT
        best = max(counts.values())
        return next(where for where in reversed(before) if counts[where.name] == best)

    def story_country(self) -> Where | None:
        """The country named most often, in whatever sense but as an adjective; None where none is named."""
        named = [where for where in self._order if by_name(where.name) is not None]
        counts = Counter(where.place.country for where in named if where.place is not None)
        best = counts.most_common(1)[0][0] if counts else None
        return next((where for where in named if where.place is not None and where.place.country == best), None)

    def _argued(self, where: Where) -> bool:
        """Whether a name, or the noun it names ("the town of Lyman"), is what its clause is about."""
        head = self.setting.head(where)
        while head is not None and head.head is not None and head.head.lemma in word_classes()["place_noun"]:
            head = head.head
        return head is not None and head.deprel in _ARGUMENTS

    def _called(self, where: Where, noun: str) -> bool:
        """Whether a name was told with a noun: "the *district* of Kalbajar", "Kalbajar *district*"."""
        head = self.setting.head(where)
        if head is None:
            return False
        tied = head.head if head.deprel in ("nmod", "compound", "appos", "flat") else None
        return noun in SETTLED | _RULED and (head.lemma == noun or (tied is not None and tied.lemma == noun))

    def _same_paragraph(self, where: Where, token: Token) -> bool:
        return where.span is not None and "\n\n" not in self.document.text[where.span.end : token.start]

    def _last_country(self, token: Token) -> Where | None:
        before = self._order[: bisect_left(self._starts, token.start)]
        return next((where for where in reversed(before) if is_country(where)), None)

    def _capital(self, token: Token) -> Where | None:
        """The capital of the country told with the word ("the Kenyan capital"), else of the one told of most."""
        for child in token.all("amod", "nmod:poss", "nmod", "compound"):
            state = by_demonym(child.text) or by_name(child.text)
            if state is not None and state.capital:
                return self._resolved(state.capital, token)
        told = Counter(
            where.place.country for where in self._places.values() if where.place is not None and where.place.country
        )
        if not told:
            return None
        code = max(told, key=lambda code: told[code])
        state = country(code) if code else None
        return self._resolved(state.capital, token) if state is not None and state.capital else None

    def _resolved(self, name: str, token: Token) -> Where:
        return self._grounding.place_resolver.resolve(name, self.document.span(token.start, token.end))


def _may_be(token: Token, where: Where) -> bool:
    """Whether a place is of the sort that a noun names: a town no province, a province no town."""
    feature = where.place.feature if where.place is not None else ""
    if token.lemma in SETTLED:
        region = where.place is not None and is_region(where.place) and not _seat(where)
        return feature not in ("H", "T", "R", "L") and not region
    if token.lemma in _RULED:
        return feature in ("A", "L", "P", "")
    return True


def _seat(where: Where) -> bool:
    """Whether a region shares its name with a town near its middle: "Daraa" is the town as well as the province."""
    place = where.place
    return place is not None and any(
        other.feature == "P" and abs(other.lat - place.lat) < _SEAT and abs(other.lon - place.lon) < _SEAT
        for other in where.alternatives
    )


def _all(noun: Token) -> bool:
    """Whether a noun tells of the whole: "*all* the towns", "*all* but two villages"."""
    return any(child.lower == "all" for child in noun.all("det", "det:predet"))


def _qualifies(child: Token) -> bool:
    """Whether a word is part of what a road or front is called: "*coastal* road", "line of *contact*", "border with *Chad*"."""
    if child.deprel == "nmod":
        return (child.upos == "PROPN" and child.entity != "DATE") or child.lemma in _CALLED
    return child.deprel in ("compound", "amod", "flat")

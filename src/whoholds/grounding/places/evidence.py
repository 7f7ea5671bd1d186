"""What speaks for a capitalised name outside location entities being a place."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import Candidate, Rank
from whoholds.grounding.places.lexicon import lexicon
from whoholds.language import Token

# How prominent (about the logarithm of the population) a name outside entities must be, by what speaks for it. Swept on LGL,
# TR-News, GeoVirus and GeoWebNews: 0.6 more or less of any changes their mean F1 at 161 km by at most 0.6 points.
WITH_CUE = 3.0
_WITHOUT_CUE = 4.6
_AT_START = 5.3
_IN_ORGANISATION = 5.2
_OF_PLACE = 4.0  # "University of Hartford"
# A name outside entities, or taken for another kind of name, is also one if it is of a country the document is about.
_OF_NATION = 3.7
_OF_NATION_MISTAKEN = 4.2
_AS_PERSON = 4.0
_APPOSED = frozenset({"city", "town", "village", "district", "province", "lake", "mount", "river", "island"})


class Evidence:
    """The tokens of a sentence, those already taken, and the words of persons' full names in the document."""

    def __init__(self, tokens: Sequence[Token], taken: Sequence[bool], people: frozenset[str]) -> None:
        self.tokens = tokens
        self.taken = taken
        self.people = people
        self.words = lexicon()

    def convincing(self, first: int, last: int, candidates: tuple[Candidate, ...], whole: bool) -> bool:
        """Whether the sentence makes the name a place; `whole` tells that no capitalised word follows."""
        tokens = self.tokens
        best = candidates[0]
        prominence = max(item.prominence - (0.7 if item.rank is Rank.ALTERNATE else 0.0) for item in candidates[:8])
        if tokens[first].entity == "PERSON":
            return whole and self._no_person(first, last, prominence)
        if best.is_country:
            return tokens[first].upos in ("PROPN", "NOUN", "X", "ADJ") or last > first
        if not self._proper(first, last):
            return False
        if tokens[first].entity == "ORG":
            return prominence >= self._in_organisation(first, last)
        if tokens[first].entity in ("MISC", "NORP"):
            if last + 1 < len(tokens) and tokens[last + 1].lower in self.words.happenings:
                return prominence >= _OF_PLACE  # "the Kherson offensive"
            return prominence >= _IN_ORGANISATION and self.cue(first, last)
        if not whole or (
            first and tokens[first - 1].upos == "PROPN" and tokens[first - 1].text[:1].isupper() and not self.taken[first - 1]
        ):
            return False  # part of a longer run that the gazetteer does not know: a person, a company
        if self.cue(first, last):
            return prominence >= WITH_CUE
        capital_by_position = first == last == 0  # a second capital is no accident of the sentence's start
        return prominence >= (_AT_START if capital_by_position else _WITHOUT_CUE)

    def _proper(self, first: int, last: int) -> bool:
        """Whether the words are a proper name's: "New Jersey", of which "New" may be taken for an adjective."""
        words = self.tokens[first : last + 1]
        return any(token.upos == "PROPN" for token in words) and all(
            token.upos in ("PROPN", "ADJ", "NOUN", "X") for token in (words[0], words[-1])
        )

    def _in_organisation(self, first: int, last: int) -> float:
        """How prominent a name in that of an organisation must be: less where the organisation is one of a place."""
        tokens = self.tokens
        if last > first and tokens[last].text in ("County", "Parish", "Township"):
            return WITH_CUE
        if last + 1 < len(tokens) and tokens[last + 1].entity == "ORG" and tokens[last + 1].lower in self.words.institutions:
            return WITH_CUE
        if first and tokens[first - 1].lower == "of":
            return _OF_PLACE
        return _IN_ORGANISATION

    def _no_person(self, first: int, last: int, prominence: float) -> bool:
        """Whether a name that the parser takes for a person's is rather a place's, as nobody in the text is called so."""
        tokens = self.tokens
        if self.within_person(first, last):
            return False
        if self.cue(first, last):
            return prominence >= _AS_PERSON
        if first and tokens[first - 1].lemma in self.words.verbs and self._is_capital(first, last):
            return True  # "accused Kigali"
        return prominence >= _WITHOUT_CUE and bool(
            (last + 1 < len(tokens) and tokens[last + 1].text == ",")
            or (first and tokens[first - 1].lower in ("of", "and", ","))
        )

    def _is_capital(self, first: int, last: int) -> bool:
        return countries.by_capital(" ".join(token.text for token in self.tokens[first : last + 1])) is not None

    def of_nations(
        self, first: int, last: int, candidates: tuple[Candidate, ...], whole: bool, nations: frozenset[str]
    ) -> bool:
        """Whether the name is a known place of one of the document's countries, and nothing else for all the sentence tells."""
        tokens = self.tokens
        if not whole or self.within_person(first, last) or tokens[last].upos not in ("PROPN", "ADJ", "NOUN", "X"):
            return False
        if (
            first
            and tokens[first - 1].entity
            and tokens[first - 1].entity == tokens[first].entity
            and not tokens[first].entity_start
        ):
            return False
        least = _OF_NATION_MISTAKEN if tokens[last].entity else _OF_NATION
        return any(
            item.place.country in nations and item.rank < Rank.ALTERNATE and item.prominence >= least for item in candidates
        )

    def within_person(self, first: int, last: int) -> bool:
        """Whether the tokens are part of a longer name of a person."""
        tokens = self.tokens
        if tokens[first].entity != "PERSON":
            return False
        before = first > 0 and tokens[first - 1].entity == "PERSON" and not tokens[first].entity_start
        after = last + 1 < len(tokens) and tokens[last + 1].entity == "PERSON" and not tokens[last + 1].entity_start
        return before or after or tokens[first].text in self.people

    def cue(self, first: int, last: int) -> bool:
        """Whether the words around speak for a place: a preposition, a feature or site word, a verb of taking or entering."""
        tokens, words = self.tokens, self.words
        if first and (tokens[first - 1].lower in words.prepositions or tokens[first - 1].lemma in words.takings):
            return True
        if first > 1 and tokens[first - 1].lower == "of" and tokens[first - 2].lower in words.positions | words.ground:
            return True  # "north of Goma", "the outskirts of Goma"
        if last + 1 < len(tokens) and tokens[last + 1].lower in words.sites:
            return True
        return bool(self.feature(first, last))

    def feature(self, first: int, last: int) -> str:
        """The feature class that a word beside the name tells, or ""."""
        tokens, features = self.tokens, self.words.features
        if last + 1 < len(tokens) and tokens[last + 1].lower in features:
            return features[tokens[last + 1].lower]
        if first > 1 and tokens[first - 1].lower == "of" and tokens[first - 2].lower in features:
            return features[tokens[first - 2].lower]
        if first > 0 and tokens[first - 1].lower in _APPOSED:
            return features.get(tokens[first - 1].lower, "T")
        return ""

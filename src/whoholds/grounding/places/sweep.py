"""One sentence gone through for toponyms: what finding them in entities and outside has in common."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import Candidate, Gazetteer, Rank
from whoholds.grounding.places.evidence import Evidence
from whoholds.grounding.places.lexicon import lexicon
from whoholds.grounding.places.mention import Mention
from whoholds.language import Sentence
from whoholds.model import Document, Use

_CUT_OFF = 2  # tokens before a name that may belong to it
_PARTIES = frozenset({"D", "R", "I", "DFL", "Con", "Lab"})  # "D-Charleston"
_TOWN_LIKE_SITE = 4.3  # prominence of a town whose name ends like a building's ("College Park")
_SHORTEST = 3  # letters
_KINDS = frozenset({"County", "Township", "Twp.", "Parish", "Borough", "Province", "Oblast", "State"})  # that names keep


class Sweep:
    """The mentions of one sentence as they are found: `found` in the order of finding, `taken` the tokens they cover."""

    def __init__(self, document: Document, sentence: Sentence, gazetteer: Gazetteer, people: frozenset[str]) -> None:
        self.text = document.text
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.gazetteer = gazetteer
        self.people = people
        self.words = lexicon()
        self.found: list[Mention] = []
        self.taken = [False] * len(sentence.tokens)
        self.evidence = Evidence(sentence.tokens, self.taken, people)

    def keep(self, mentions: Sequence[Mention]) -> None:
        """Take mentions found before as they are."""
        for mention in mentions:
            if mention.sentence is self.sentence:
                self.found.append(mention)
                self.taken[mention.first : mention.last + 1] = [True] * (mention.last - mention.first + 1)

    def _people(self, first: int, last: int) -> int:
        """Take the tokens as a demonym if they are one, and tell how many they were."""
        word = self._slice(first, last)
        if first != last and (self.taken[last] or self.tokens[first].lower == "the"):
            return 0
        nation = countries.by_demonym(word)
        if nation is None:
            region = self.words.peoples.get(word)
            candidates = self.gazetteer.candidates(region)[:1] if region else ()
        elif self.tokens[last].upos == "PROPN" and not self.tokens[last].entity and countries.by_name(word):
            return 0
        else:
            candidates = self.gazetteer.candidates(nation.name)[:1]
        if not candidates or (self.tokens[first].entity == "PERSON" and (first != last or word in self.people)):
            return 0
        self._add(first, last, candidates, use=Use.DEMONYM)
        return last - first + 1

    def _candidates(self, first: int, last: int) -> tuple[Candidate, ...]:
        found = self.gazetteer.candidates(self._slice(first, last))
        if found and self.tokens[last].lower in self.words.sites and found[0].prominence < _TOWN_LIKE_SITE:
            return tuple(item for item in found if item.place.feature != "P")  # a building is no town that is named like one
        return found

    def _whole(self, first: int, last: int, candidates: tuple[Candidate, ...]) -> tuple[int, int, tuple[Candidate, ...]]:
        """The name with a capitalised adjective of position before it ("North Dallas") and the kind of area after it
        ("Laurel County"), and what it can mean.
        """
        tokens = self.tokens
        if last + 1 < len(tokens) and tokens[last + 1].text in _KINDS and not self.taken[last + 1]:
            onward = last + 2 < len(tokens) and tokens[last + 2].text[:1].isupper()
            if tokens[last + 1].text != "State" or not onward:  # "Bowling Green State University"
                last += 1
                candidates = self._candidates(first, last) or candidates
        before = first - 1
        position = before > 0 and not self.taken[before] and tokens[before].lower in self.words.positions
        if position and tokens[before].text[:1].isupper() and tokens[before - 1].text[:1].islower():
            first = before
        return first, last, candidates

    def _start(self, first: int, last: int) -> int:
        """Where the name begins of which the parser took only the end ("New [Jersey]", "People's [Republic of China]")."""
        for start in range(max(0, first - _CUT_OFF), first):
            if self.tokens[start].text[:1].isupper() and not self._taken(start, first - 1):
                joined = self._candidates(start, last)
                if joined and joined[0].rank < Rank.ALTERNATE and not self.evidence.within_person(start, first - 1):
                    return start
        return first

    def _ends(self, first: int, end: int) -> int | None:
        for at in range(first, len(self.tokens)):
            if self.tokens[at].end >= end:
                return at if self.tokens[at].end == end and not self._taken(first, at) else None
        return None

    def _represented(self, at: int) -> bool:
        """Whether the token follows the letter of a party: where a member of parliament is from ("D-Charleston")."""
        return at > 1 and self.tokens[at - 1].text == "-" and self.tokens[at - 2].text in _PARTIES

    def _abbreviated(self, first: int, last: int) -> bool:
        """Whether this is a short form of a state that stands alone, and so is another word ("Miss", "Mass")."""
        token = self.tokens[first]
        if first != last or token.lower.replace(".", "") not in self.words.abbreviations or token.text.count(".") > 1:
            return False
        if token.entity == "LOC" and token.text.endswith(".") and last + 1 < len(self.tokens):
            return self.tokens[last + 1].text[:1].isupper()  # "Ga. pastor"
        return not (first and (self.tokens[first - 1].text in (",", "(") or self._represented(first)))

    def _common(self, first: int, last: int) -> bool:
        """Whether the words are hardly ever a place."""
        word = self._slice(first, last).lower().replace(".", "")
        return len(word) < _SHORTEST or word in self.words.common

    def _strain(self, first: int, last: int) -> bool:
        """Whether the words tell a strain or a currency rather than a place: "West Nile virus", "$US"."""
        tokens = self.tokens
        if last + 1 < len(tokens) and tokens[last + 1].lower in self.words.illnesses:
            return True
        return first > 0 and tokens[first - 1].text.endswith("$")

    def _slice(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def _taken(self, first: int, last: int) -> bool:
        return any(self.taken[first : last + 1])

    def _add(
        self,
        first: int,
        last: int,
        candidates: tuple[Candidate, ...],
        use: Use = Use.LITERAL,
    ) -> None:
        feature = self.evidence.feature(first, last)
        if candidates and use is not Use.DEMONYM:
            first, last, candidates = self._whole(first, last, candidates)
        start, end = self.tokens[first].start, self.tokens[last].end
        for at in range(first, last + 1):
            self.taken[at] = True
        self.found.append(
            Mention(
                self.sentence,
                first,
                last,
                self.text[start:end],
                start,
                end,
                candidates,
                use,
                feature,
            )
        )

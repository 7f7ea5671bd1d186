"""Toponyms among the entities of a sentence: what the parser takes for locations."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import Candidate, Gazetteer
from whoholds.grounding.places.evidence import WITH_CUE
from whoholds.grounding.places.sweep import Sweep
from whoholds.language import Sentence, Token
from whoholds.model import Document

_SEPARATORS = frozenset({",", "-", "–", "—", "/", "&", "and", "or", "'s", "’s", ";"})


class Locations(Sweep):
    """A sweep that knows what to do with entities; `unknown` are those locations that no gazetteer knows, yet to be taken."""

    def __init__(self, document: Document, sentence: Sentence, gazetteer: Gazetteer, people: frozenset[str]) -> None:
        super().__init__(document, sentence, gazetteer, people)
        self.unknown: list[tuple[int, int]] = []

    def _location(self, first: int, last: int) -> None:
        first, last = self._trimmed(first, last)
        if first > last or self._taken(first, last) or self._abbreviated(first, last) or self._surname(first, last):
            return
        if self._people(first, last):
            return
        for start, end in self._shapes(first, last):
            candidates = self._candidates(start, end)
            if candidates:
                self._add(start, end, candidates)
                return
        inside = list(self._parts(first, last))
        if inside:
            for start, end, candidates in inside:
                self._add(start, end, candidates)
            return
        self.unknown.append((first, last))
        self.taken[first : last + 1] = [True] * (last - first + 1)

    def sure_unknown(self) -> Iterator[str]:
        """The names of the locations no gazetteer knows that the words around make places."""
        for first, last in self.unknown:
            words = {self.tokens[first].lower, self.tokens[last].lower}
            if self.evidence.cue(first, last) or words & self.words.sites or words & self.words.features.keys():
                yield self._slice(first, last)

    def take_unknown(self, known: dict[str, set[str]], sure: frozenset[str]) -> None:
        """Take the locations that no gazetteer knows: a name that the document has elsewhere in them ("Rodeo Gainesville"), or
        what they may be spelled like, or, if they are among the sure ones, as they are.
        """
        for first, last in self.unknown:
            if not self._known_inside(first, last, known):
                variants = self.gazetteer.variants(self._slice(first, last))
                if variants or self._slice(first, last) in sure:
                    self._add(first, last, variants)

    def _known_inside(self, first: int, last: int, known: dict[str, set[str]]) -> bool:
        if first == last or self.tokens[last].lower in self.words.sites:
            return False
        for at in range(first, last + 1):
            for name in sorted(known.get(self.tokens[at].text, ()), key=lambda name: (-len(name), name)):
                for end in range(last, at - 1, -1):
                    if self._slice(at, end) == name and not self._common(at, end):
                        self._add(at, end, self._candidates(at, end))
                        return True
        return False

    def _surname(self, first: int, last: int) -> bool:
        """Whether this is rather the surname of somebody whose full name the document has, or too short for a name."""
        word = self.tokens[first].text
        if first != last or countries.by_name(word) or countries.by_demonym(word):
            return False
        if len(word) < 3:
            return True
        return word in self.people and not self.evidence.cue(first, last)

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        while first <= last and (self.tokens[first].lower in ("the", "a", "'s", "’s") or not _wordy(self.tokens[first])):
            first += 1
        while first < last and self.tokens[first].text in self.words.positions and self.tokens[first + 1].text[:1].isupper():
            first += 1  # "southern California", but "South Los Angeles"
        while first <= last and (self.tokens[last].lower in ("'s", "’s", "'", "’") or not _wordy(self.tokens[last])):
            last -= 1
        return first, last

    def _shapes(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The span with what else belongs to the name before it, as it stands, then without a feature word at its end or before
        "of", then without adjectives of position.
        """
        tokens, features = self.tokens, self.words.features
        if (start := self._start(first, last)) < first:
            yield start, last
        yield first, last
        if last > first and features.get(tokens[last].lower, "") in ("A", "P"):
            yield first, last - 1
        if last > first + 1 and tokens[first + 1].lower == "of":
            yield first + 2, last
        while first < last and tokens[first].lower in self.words.positions:
            first += 1
            if tokens[first].text == "-":
                first = min(first + 1, last)
            yield first, last

    def _parts(self, first: int, last: int) -> Iterator[tuple[int, int, tuple[Candidate, ...]]]:
        """Known names inside a span that is not known as a whole ("Homs and Hama", "Kelbajar-Vardenis")."""
        at = first
        while at <= last:
            match = None
            if self.tokens[at].text[:1].isupper():
                for end in range(last, at - 1, -1):
                    whole = at == first and end == last
                    if whole or self.tokens[end].text[:1].islower() or not self._parted(at, end, first, last):
                        continue
                    candidates = self._candidates(at, end)
                    if candidates and candidates[0].prominence >= WITH_CUE and not self._common(at, end):
                        match = (at, end, candidates)
                        break
            if match:
                yield match
                at = match[1]
            at += 1

    def _parted(self, at: int, end: int, first: int, last: int) -> bool:
        """Whether these tokens are a name by themselves within a longer one: between commas and hyphens, after "of", or before
        the name of an institution ("Douglas County Jail").
        """
        tokens = self.tokens
        after = end == last or tokens[end + 1].lower in _SEPARATORS
        if at == first:
            return after or tokens[end + 1].lower in self.words.institutions
        return after and (tokens[at - 1].lower in _SEPARATORS or tokens[at - 1].lower == "of")


def _wordy(token: Token) -> bool:
    return token.text[0].isalnum()

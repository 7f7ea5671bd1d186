"""One sentence gone through for toponyms: those among its entities, and capitalised names outside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from whoholds.grounding import countries
from whoholds.grounding.places.locations import Locations

_LONGEST = 7  # tokens of a name, hyphens among them
_JOINTS = frozenset("of the de del da do dos la las el al ul ez az ad an as ash at e i y and - 's ’s ' ’ –".split())
_ARTICLES = frozenset({"al", "el", "ad", "as", "at", "an", "ash", "az", "ar", "ez"})
_SMALL = frozenset({"the", "a", "an", "as", "at"})  # in capitals at the start of a sentence


class Scan(Locations):
    """The mentions of one sentence as they are found."""

    def run(self) -> None:
        """Take the locations among the entities and the names outside them that the sentence itself makes convincing."""
        for entity in self.sentence.entities:
            if entity.label == "LOC":
                self._location(entity.first, entity.last)
        self._names()

    def again(self, known: dict[str, set[str]]) -> None:
        """Take the names that the document has elsewhere."""
        for at, token in enumerate(self.tokens):
            if self.taken[at] or token.text not in known or self.evidence.within_person(at, at):
                continue
            for name in sorted(known[token.text], key=lambda name: (-len(name), name)):
                end = token.start + len(name)
                if (
                    self.text.startswith(name, token.start)
                    and (last := self._ends(at, end)) is not None
                    and not self.evidence.within_person(at, last)
                    and (token.entity in ("LOC", "ORG", "NORP") or self.evidence.cue(at, last))
                    and not self._common(at, last)
                ):
                    first = self._start(at, last)
                    self._add(first, last, self._candidates(first, last))
                    break

    def _names(self) -> None:
        tokens, done = self.tokens, 0
        for at in self._openers:
            token = tokens[at]
            if at < done or self.taken[at] or token.entity in ("LOC", "DATE"):
                continue
            pair = at + 1 < len(tokens) and tokens[at + 1].text[:1].isupper() and self._people(at, at + 1)
            done = at + (pair or self._people(at, at) or self._name(at))
        for at, token in enumerate(tokens):
            if token.text == "-" and self._represented(at + 1):
                self._constituency(at + 1)

    @cached_property
    def _openers(self) -> tuple[int, ...]:
        """The tokens that a name may begin with, in order."""
        return tuple(self._opening())

    def _opening(self) -> Iterator[int]:
        for at, token in enumerate(self.tokens):
            if token.text[0].isupper():
                if token.lower not in _SMALL or self._great(at):
                    yield at
            elif token.lower in _ARTICLES and self._article(at):
                yield at

    def _article(self, at: int) -> bool:
        """Whether an Arabic article in lower case is joined to a name ("al-Hasakah")."""
        tokens = self.tokens
        return at + 2 < len(tokens) and tokens[at + 1].text == "-" and tokens[at + 2].text[:1].isupper()

    def _constituency(self, first: int) -> int:
        """Take the longest known name after the letter of a party, and tell how many tokens it has."""
        for last in range(min(first + 2, len(self.tokens) - 1), first - 1, -1):
            if self.tokens[last].text[:1].isupper() and not self._taken(first, last):
                candidates = self._candidates(first, last)
                if candidates:
                    self._add(first, last, candidates)
                    return last - first + 1
        return 0

    def _great(self, at: int) -> bool:
        """Whether a name begins with this article or preposition: "The Hague", not "The Gambia" or "As Zimbabwe"."""
        if self.tokens[at].lower != "the" or at + 1 >= len(self.tokens):
            return False
        longer, shorter = self._candidates(at, at + 1), self._candidates(at + 1, at + 1)
        return bool(longer) and (not shorter or longer[0].prominence > shorter[0].prominence)

    def names_of(self, nations: frozenset[str]) -> None:
        """Take the names that only the document's countries make convincing."""
        done = 0
        for at in self._openers if nations else ():
            if at >= done and not self.taken[at] and self.tokens[at].entity not in ("DATE", "NORP"):
                done = at + self._name(at, nations)

    def _name(self, first: int, nations: frozenset[str] = frozenset()) -> int:
        """Take the longest known name that starts here, and tell how many tokens it has."""
        tokens = self.tokens
        label = tokens[first].entity
        ends = [first]
        for at in range(first + 1, min(first + _LONGEST, len(tokens))):
            token = tokens[at]
            if self.taken[at] or (token.entity != label and (token.entity or label)):
                break
            if token.text[:1].isupper() and token.text[:1].isalpha():
                ends.append(at)
            elif token.lower not in _JOINTS:
                break
        for last in reversed(ends):
            candidates = self._candidates(first, last)
            if not candidates or not self._likely(first, last):
                continue
            if self._strain(first, last):
                return 0
            whole = last == ends[-1]
            if (
                self.evidence.of_nations(first, last, candidates, whole, nations)
                if nations
                else self.evidence.convincing(first, last, candidates, whole)
            ):
                if self._start(first, last) < first:
                    return 0  # the end of a longer name
                self._add(first, last, candidates)
                return last - first + 1
        return 0

    def _likely(self, first: int, last: int) -> bool:
        """Whether the words are more likely a name than other words."""
        if not self._common(first, last) and not self._abbreviated(first, last):
            return True
        return countries.by_name(self._slice(first, last)) is not None

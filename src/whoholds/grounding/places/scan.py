"""One sentence gone through for toponyms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import Candidate, Gazetteer, Rank
from whoholds.grounding.places.evidence import WITH_CUE, Evidence
from whoholds.grounding.places.lexicon import lexicon
from whoholds.grounding.places.mention import Mention
from whoholds.language import Sentence, Token
from whoholds.model import Document, Use

_LONGEST = 7  # tokens of a name, hyphens among them
_JOINTS = frozenset("of the de del da do dos la las el al ul ez az ad an as ash at e i y and -".split()) | {"'", "’", "–"}
_ARTICLES = frozenset({"al", "el", "ad", "as", "at", "an", "ash", "az", "ar", "ez"})
_SEPARATORS = frozenset({",", "-", "–", "—", "/", "&", "and", "or", "'s", "’s", ";"})
_IN_NAMES = frozenset({"County", "Township", "Parish", "Borough", "City"})  # feature words that names keep


class Scan:
    """The mentions of one sentence as they are found: `found` in the order of finding, `taken` the tokens they cover."""

    def __init__(self, document: Document, sentence: Sentence, gazetteer: Gazetteer, people: frozenset[str]) -> None:
        self.document = document
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

    def run(self) -> None:
        """Take the locations among the entities and the names outside them that the sentence itself makes convincing."""
        for entity in self.sentence.entities:
            if entity.label == "LOC":
                self._location(entity.first, entity.last)
        self._names()

    def again(self, known: dict[str, set[str]]) -> None:
        """Take the names that the document has elsewhere."""
        tokens = self.tokens
        for at, token in enumerate(tokens):
            if self.taken[at] or token.text not in known or self.evidence.within_person(at, at):
                continue
            for name in known[token.text]:
                end = token.start + len(name)
                if (
                    self.text.startswith(name, token.start)
                    and (last := self._ends(at, end)) is not None
                    and not self.evidence.within_person(at, last)
                ):
                    self._add(at, last, self._candidates(at, last))
                    break

    def _ends(self, first: int, end: int) -> int | None:
        for at in range(first, len(self.tokens)):
            if self.tokens[at].end >= end:
                return at if self.tokens[at].end == end and not self._taken(first, at) else None
        return None

    # Entities

    def _location(self, first: int, last: int) -> None:
        first, last = self._trimmed(first, last)
        if first > last or self._taken(first, last) or self._abbreviated(first, last) or self._surname(first, last):
            return
        if self._people(first, last):
            return
        tokens = self.tokens
        for start, end in self._shapes(first, last):
            candidates = self._candidates(start, end)
            if candidates:
                if end + 1 == last and tokens[last].text in _IN_NAMES:
                    end = last
                self._add(start, end, candidates)
                return
        inside = list(self._parts(first, last))
        if inside:
            for start, end, candidates in inside:
                self._add(start, end, candidates)
            return
        self._add(first, last, self.gazetteer.variants(self._slice(first, last)))

    def _abbreviated(self, first: int, last: int) -> bool:
        """Whether this is a short form of a state that stands alone, and so is another word ("Miss", "Mass")."""
        word = self.tokens[first].lower.replace(".", "")
        return first == last and word in self.words.abbreviations and not (first and self.tokens[first - 1].text in (",", "("))

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
        while first <= last and (self.tokens[last].lower in ("'s", "’s", "'", "’") or not _wordy(self.tokens[last])):
            last -= 1
        return first, last

    def _shapes(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The whole span, then without a feature word at its end or before "of", then without adjectives of position."""
        tokens, features = self.tokens, self.words.features
        if first > 0 and tokens[first - 1].lower in self.words.positions and first - 1 > 0 and not self.taken[first - 1]:
            joined = self._candidates(first - 1, last)
            country = bool(joined) and joined[0].is_country  # "south Sudan" is no country, "South Sudan" is one
            if joined and joined[0].rank < Rank.ALTERNATE and not (country and tokens[first - 1].text.islower()):
                yield first - 1, last
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
                    if (
                        candidates
                        and candidates[0].prominence >= WITH_CUE
                        and self._slice(at, end).lower() not in self.words.common
                    ):
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

    # Names outside entities

    def _names(self) -> None:
        tokens = self.tokens
        at = 0
        while at < len(tokens):
            token = tokens[at]
            step = 1
            if not self.taken[at] and self._opens_name(at) and token.entity not in ("LOC", "DATE"):
                step = self._people(at, min(at + 1, len(tokens) - 1)) or self._people(at, at) or self._name(at) or 1
            at += step

    def _opens_name(self, at: int) -> bool:
        token = self.tokens[at]
        if token.text[:1].isupper():
            return True
        return (
            token.lower in _ARTICLES
            and at + 2 < len(self.tokens)
            and self.tokens[at + 1].text == "-"
            and self.tokens[at + 2].text[:1].isupper()
        )

    def _people(self, first: int, last: int) -> int:
        """Take the tokens as a demonym if they are one, and tell how many they were."""
        word = self._slice(first, last)
        if first != last and (self.taken[last] or not self.tokens[last].text[:1].isupper()):
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

    def names_of(self, nations: frozenset[str]) -> None:
        """Take the names that only the document's countries make convincing."""
        if not nations:
            return
        at = 0
        while at < len(self.tokens):
            step = 1
            if not self.taken[at] and self._opens_name(at) and self.tokens[at].entity not in ("DATE", "NORP"):
                step = self._name(at, nations) or 1
            at += step

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
            word = self._slice(first, last)
            if first == last and (len(word) < 3 or word.lower() in self.words.common) and not countries.by_name(word):
                continue
            candidates = self._candidates(first, last)
            whole = last == ends[-1]
            if not candidates:
                continue
            if (
                self.evidence.of_nations(first, last, candidates, whole, nations)
                if nations
                else self.evidence.convincing(first, last, candidates, whole)
            ):
                self._add(first, last, candidates)
                return last - first + 1
        return 0

    # Common ground

    def _candidates(self, first: int, last: int) -> tuple[Candidate, ...]:
        return self.gazetteer.candidates(self._slice(first, last))

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
                self.evidence.feature(first, last),
            )
        )


def _wordy(token: Token) -> bool:
    return token.text[0].isalnum()

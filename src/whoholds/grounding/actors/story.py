"""What a document has told so far: whose country an underspecified mention ("the ministry", "rebels") is likely to be of.

A country is looked for among earlier mentions of the same noun, then of the same role, then among the state's own bodies or the
ground that the sentence tells of, and last in what the whole story is about. Where nothing of that tells, none is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from whoholds.grounding import countries
from whoholds.grounding.actors.names import Hit, Kind
from whoholds.grounding.actors.told import ARMED, STATE, Reading
from whoholds.language.sentence import Sentence
from whoholds.model import Role

_LOCATIVE = frozenset({"in", "near", "at", "inside", "across", "into", "around", "outside", "from", "throughout"})
_DATELINE = 2  # a dateline weighs as much as this many mentions of a country; not tuned
_LONGEST_DATELINE = 12  # tokens up to the dash: "PORT SUDAN, Sudan (Reuters), March 26 -"
_DASHES = frozenset({"—", "–", "-", "--"})
_HOME = frozenset({Role.CVL, Role.REF, Role.OPP, Role.COP, Role.MED, Role.UAF})


@dataclass(slots=True)
class Story:
    """The countries of one document: the `ground` of each sentence (token, country), how often each is named, what was met.

    `dateline` is the sentence and the token of the dash that end it, (-1, 0) for none.
    """

    ground: Sequence[Sequence[tuple[int, str]]]
    named: Counter[str]
    grounds: Counter[str]
    dateline: tuple[int, int] = (-1, 0)
    by_key: dict[str, str] = field(default_factory=dict)
    by_tail: dict[str, Reading] = field(default_factory=dict)
    by_role: dict[Role, str] = field(default_factory=dict)
    state: str | None = None
    nearest: str | None = None
    armed: Reading | None = None
    uniform: Reading | None = None

    @property
    def main(self) -> str | None:
        """The country the story is mostly about, or None where two are level or none is named."""
        best = self.named.most_common(2)
        return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None

    @property
    def field_of_it(self) -> str | None:
        """The country most of its places lie in, else the one it is mostly about."""
        best = (self.grounds + self.grounds + self.named).most_common(1)  # where things happen counts more than who is named
        return best[0][0] if best else None

    def country_of(self, reading: Reading, definite: bool, by_pronoun: bool, sentence: int) -> str | None:
        """The country of an open reading at sentence number `sentence`, or None."""
        role = reading.role
        if reading.ethnic and not (reading.ethnic == self.field_of_it and reading.key.startswith(("sep", "sec"))):
            return self._other_than(reading.ethnic, sentence)
        if by_pronoun and self.nearest:
            return self.nearest
        if reading.key in self.by_key and (definite or role in ARMED or role in STATE):
            return self.by_key[reading.key]
        here = _nearest(self.ground[sentence], reading.last)
        if role in ARMED:
            return self._first(
                self.by_role.get(Role.REB), self.by_role.get(Role.UAF), here, self._last_ground(sentence), self.main
            )
        if role in _HOME:
            return self._first(here, self.by_role.get(role) if role else None, self._last_ground(sentence), self.main)
        if role in STATE and role:
            if role in (Role.MIL, Role.SPY):
                return self._first(self.by_role.get(role), self.state, self.main, self.field_of_it)
            return self._first(self.by_role.get(role), self.main, self.state, self.field_of_it)
        return self._first(self.nearest, self.main, self.field_of_it)

    def note(self, reading: Reading) -> None:
        """Remember a resolved reading."""
        if " " in reading.key and reading.kind in ("known", "role"):
            self.by_tail[reading.key.rpartition(" ")[2]] = reading
        if reading.country is None:
            return
        self.nearest = reading.country
        if reading.key:
            self.by_key[reading.key] = reading.country
        if reading.role is None:
            return
        if reading.kind not in ("country", "seat"):
            self.by_role[reading.role] = reading.country
        if reading.role in (Role.MIL, Role.COP):
            self.uniform = reading
        if reading.role in STATE:
            self.state = reading.country
        if reading.role in ARMED and reading.kind == "known":
            self.armed = reading

    def _first(self, *options: str | None) -> str | None:
        return next((option for option in options if option), None)

    def _last_ground(self, sentence: int) -> str | None:
        for k in range(sentence, -1, -1):
            if self.ground[k]:
                return self.ground[k][0][1]
        return self.field_of_it

    def _other_than(self, ethnic: str, sentence: int) -> str | None:
        """Where people of another country's ethnicity fight: the ground here or lately, else the other party."""
        near = [country for k in range(sentence, -1, -1) for _, country in self.ground[k]]
        options = [*near, *(country for country, _ in self.grounds.most_common()), *(c for c, _ in self.named.most_common())]
        return next((country for country in options if country and country != ethnic), None)


def story_of(
    title: str | None, sentences: Sequence[Sentence], hits: Sequence[Mapping[int, Hit]], grounds: Mapping[int, str]
) -> Story:
    """The story of a document. `grounds` has the country (alpha-3) of the place at a character."""
    named: Counter[str] = Counter()
    places: Counter[str] = Counter()
    ground: list[list[tuple[int, str]]] = []
    first, dash = _dateline(sentences)
    for number, (sentence, found) in enumerate(zip(sentences, hits, strict=True)):
        here = [place for place in _places(sentence, found, grounds) if number != first or place[0] > dash]
        places.update(country for _, country in here)
        ground.append(here)
        named.update(_named(found))
        named.update(country for _, country in _grounded(sentence, found, grounds))
    for country in _titled(title):
        named[country] += 2
    dateline = _dateline_country(sentences[first], dash, hits[first], grounds) if dash else None
    if dateline:
        named[dateline] += _DATELINE
    return Story(ground, named, places, (first, dash))


def _nearest(places: Sequence[tuple[int, str]], at: int) -> str | None:
    """The country of the place nearest to a token; one behind it counts double, for where is mostly told after who."""
    return min(places, key=lambda place: place[0] - at if place[0] > at else 2 * (at - place[0]), default=(0, None))[1]


def _named(hits: Mapping[int, Hit]) -> Iterable[str]:
    """Countries named, also by bodies of one country alone."""
    for i, hit in hits.items():
        if i == hit.first:
            country = hit.country
            if hit.known and len(hit.known.options) == 1:
                country = hit.known.options[0][0]
            if country:
                yield country


def _grounded(sentence: Sentence, hits: Mapping[int, Hit], grounds: Mapping[int, str]) -> list[tuple[int, str]]:
    """Places of the gazetteer; whole countries are ground only behind a preposition of place."""
    return [(token.i, grounds[token.start]) for token in sentence.tokens if token.start in grounds and token.i not in hits]


def _places(sentence: Sentence, hits: Mapping[int, Hit], grounds: Mapping[int, str]) -> Iterable[tuple[int, str]]:
    """The places told in a sentence by token and country, those of the gazetteer first."""
    yield from _grounded(sentence, hits, grounds)
    for i, hit in hits.items():
        if i == hit.first and hit.kind in (Kind.COUNTRY, Kind.SEAT) and i and hit.country:
            before = sentence.tokens[i - 1].lower
            if before in _LOCATIVE:
                yield i, hit.country


def _titled(title: str | None) -> Iterable[str]:
    for word in (title or "").replace("’", "'").split():
        word = word.strip(".,:;!?\"'()").removesuffix("'s")
        found = word[:1].isupper() and (countries.by_name(word) or countries.by_demonym(word) or countries.by_capital(word))
        if found:
            yield found.alpha3


def _dateline(sentences: Sequence[Sentence]) -> tuple[int, int]:
    """Number of the first sentence of the body, and the token of the dash that ends its dateline; (-1, 0) for none."""
    body = next((k for k, sentence in enumerate(sentences) if sentence.role == "body"), -1)
    tokens = sentences[body].tokens[:_LONGEST_DATELINE] if body >= 0 else []
    dash = next((token.i for token in tokens if token.text in _DASHES and token.i and tokens[token.i - 1].space_after), 0)
    return (body, dash) if dash else (-1, 0)


def _dateline_country(sentence: Sentence, dash: int, hits: Mapping[int, Hit], grounds: Mapping[int, str]) -> str | None:
    for token in sentence.tokens[:dash]:
        hit = hits.get(token.i)
        country = (hit.country if hit else None) or grounds.get(token.start)
        if country:
            return country
    return None

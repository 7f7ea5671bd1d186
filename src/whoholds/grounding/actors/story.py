"""What a document has told so far: whose country an underspecified mention ("the ministry", "rebels") is likely to be of.

A country is looked for among earlier mentions of the same noun, then of the same role, then among the state's own bodies or the
ground that the sentence tells of, and last in what the whole story is about. Where nothing of that tells, none is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from whoholds.grounding import countries
from whoholds.grounding.actors.names import Hit, Kind
from whoholds.grounding.actors.tables import role_words
from whoholds.grounding.actors.told import ARMED, FOLK, STATE, Reading
from whoholds.language.sentence import Sentence, Token
from whoholds.model import Document, Role

_LOCATIVE = frozenset({"in", "near", "at", "inside", "across", "into", "around", "outside", "from", "throughout"})
_DATELINE = 2  # a dateline weighs as much as this many mentions of a country; not tuned
_LONGEST_DATELINE = 12  # tokens up to the dash: "PORT SUDAN, Sudan (Reuters), March 26 -"
_OPENING = 3  # sentences, of which a headline may be the first
_SHORTEST_TOWN = 3  # letters of a town in capitals
_TELLING = frozenset({"VERB", "AUX", "DET", "PRON"})  # words that no dateline has
_DASHES = frozenset({"—", "–", "-", "--"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_HOME = frozenset({Role.CVL, Role.REF, Role.OPP, Role.COP, Role.MED, Role.UAF})
_FLED = ("refugee", "asylum", "migrant", "exile")  # they are told of where they are not at home
_NO_ARMY = frozenset({"PSE", "VAT"})
_STEADY = 2  # places a country must have told before one of them, named by nothing else, counts as ground; not tuned


@dataclass(slots=True)
class Story:
    """The countries of one document: the `ground` of each sentence (token, country), how often each is named, what was met.

    `dateline` is the sentence and the token of the dash that end it, (-1, 0) for none. `main` is the country the story is
    mostly about, None where two are level or none is named; `field_of_it` the one most of its places lie in, else the one named
    most. Both are settled when it is made, since what is named does not change; the rest is met as the document is read.
    """

    ground: Sequence[Sequence[tuple[int, str]]]
    named: Counter[str]
    grounds: Counter[str]
    day: date | None = None
    dateline: tuple[int, int] = (-1, 0)
    by_key: dict[str, str] = field(default_factory=dict)
    by_tail: dict[str, Reading] = field(default_factory=dict)
    by_role: dict[Role, str] = field(default_factory=dict)
    state: str | None = None
    nearest: str | None = None
    armed: Reading | None = None
    folk: tuple[str, str | None] | None = None
    uniform: Reading | None = None
    body: Reading | None = None
    main: str | None = field(init=False)
    field_of_it: str | None = field(init=False)

    def __post_init__(self) -> None:
        best = self.named.most_common(2)
        self.main = best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None
        grounds = (self.grounds + self.grounds + self.named).most_common(1)  # where things happen counts more than who is named
        self.field_of_it = grounds[0][0] if grounds else None

    @property
    def home(self) -> str | None:
        """The country the story is set in, where its places and its names agree; else None."""
        return self.main if self.main == self.field_of_it else None

    def facing(self, country: str, sentence: int) -> str:
        """The country that another one fights at sentence number `sentence`; the same where the story tells of no other."""
        here = [place for place, _ in Counter(land for _, land in self.ground[sentence]).most_common()]
        options = [*here, self.field_of_it, self.main, self.state, *(land for land, _ in self.named.most_common(2))]
        return next((other for other in options if other and other != country), country)

    def country_of(self, reading: Reading, definite: bool, by_pronoun: bool, sentence: int) -> str | None:
        """The country of an open reading at sentence number `sentence`, or None."""
        role = reading.role
        if reading.ethnic and not (reading.ethnic == self.field_of_it and reading.key.startswith(("sep", "sec"))):
            return self._other_than(reading.ethnic, sentence)
        if by_pronoun and self.nearest:
            return self.nearest
        if reading.key in self.by_key and (definite or role in ARMED or role in STATE):
            return self.by_key[reading.key]
        if role is Role.PPL:
            return self.by_role.get(role)
        here = _nearest([place for place in self.ground[sentence] if self._is_ground(place[1])], reading.last)
        if role in FOLK and self.folk and here in (self.folk[1], None):
            return self.folk[0]
        if role is Role.REF and reading.key.startswith(_FLED):
            return self._first(self.by_role.get(role), self.by_role.get(Role.CVL), self.main, here, self._last_ground(sentence))
        if role in ARMED:
            told = self.by_role.get(Role.REB), self.by_role.get(Role.UAF)
            return self._first(here if here == self.field_of_it else None, *told, here, self._last_ground(sentence), self.main)
        if role in _HOME:
            return self._first(
                here, self.home, self.by_role.get(role) if role else None, self._last_ground(sentence), self.main
            )
        if role in STATE and role:
            if here and reading.plain and reading.key.rstrip("s") in role_words().sets["stationed"]:
                return here
            if role in (Role.MIL, Role.SPY):
                army = [self._with_army(country) for country in (self.home, self.state, self.main)]
                return self._first(self.by_role.get(role), *army, self.field_of_it)
            return self._first(self.home, self.by_role.get(role), self.main, self.state, self.field_of_it)
        return self._first(self.nearest, self.main, self.field_of_it)

    def note(self, reading: Reading, sentence: int, at_home: bool) -> None:
        """Remember a resolved reading of sentence number `sentence`; `at_home` tells that it is people where they live."""
        if " " in reading.key and reading.kind in ("known", "role"):
            self.by_tail[reading.key.rpartition(" ")[2]] = reading
        if reading.country is None:
            return
        if at_home and not reading.open:
            self._note_folk(reading, sentence)
        self.nearest = reading.country
        if reading.key:
            self.by_key[reading.key] = reading.country
        if reading.role is None:
            return
        if reading.kind not in ("country", "seat"):
            self.by_role[reading.role] = reading.country
        if reading.role in (Role.MIL, Role.COP):
            self.uniform = reading
        words = role_words()
        if reading.organisation or reading.key in words.bodies or reading.key in words.sets["commands"]:
            self.body = reading
        if reading.role in STATE and reading.country not in _NO_ARMY:
            self.state = reading.country
        if reading.role in ARMED and (reading.kind == "known" or (reading.kind == "role" and reading.organisation)):
            self.armed = reading

    def _note_folk(self, reading: Reading, sentence: int) -> None:
        """Remember people who live on the ground of another country: later "families" there are theirs."""
        here = _nearest(self.ground[sentence], reading.last)
        if here and here != reading.country:
            self.folk = reading.country or "", here
        elif here:
            self.folk = None

    def _is_ground(self, country: str) -> bool:
        """Whether places there are to be trusted: the text names the country too, or tells of several places in it."""
        return self.named[country] > self.grounds[country] or self.grounds[country] >= _STEADY or not self.main

    def _with_army(self, country: str | None) -> str | None:
        return None if country in _NO_ARMY else country

    def _first(self, *options: str | None) -> str | None:
        return next((option for option in options if option), None)

    def _last_ground(self, sentence: int) -> str | None:
        for k in range(sentence, -1, -1):
            trusted = next((country for _, country in self.ground[k] if self._is_ground(country)), None)
            if trusted:
                return trusted
        return self.field_of_it

    def _other_than(self, ethnic: str, sentence: int) -> str | None:
        """Where people of another country's ethnicity fight: the ground here or lately, else the other party."""
        near = [country for k in range(sentence, -1, -1) for _, country in self.ground[k]]
        options = [*near, *(country for country, _ in self.grounds.most_common()), *(c for c, _ in self.named.most_common())]
        return next((country for country in options if country and country != ethnic), None)


def story_of(
    document: Document, sentences: Sequence[Sentence], hits: Sequence[Mapping[int, Hit]], grounds: Mapping[int, str]
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
    for country in _titled(document.title):
        named[country] += 2
    dateline = _dateline_country(sentences[first], dash, hits[first], grounds) if dash else None
    if dateline:
        named[dateline] += _DATELINE
    return Story(ground, named, places, document.published or _told_day(sentences), (first, dash))


def _nearest(places: Sequence[tuple[int, str]], at: int) -> str | None:
    """The country of the place nearest to a token; one behind it counts double, for where is mostly told after who."""
    return min(places, key=lambda place: place[0] - at if place[0] > at else 2 * (at - place[0]), default=(0, None))[1]


def _named(hits: Mapping[int, Hit]) -> Iterable[str]:
    """Countries named, also by bodies of one country alone."""
    for i, hit in hits.items():
        if i == hit.first:
            country = hit.country
            if hit.known:
                lands = {option.country for option in hit.known.options}
                country = lands.pop() if len(lands) == 1 else None
            if country:
                yield country


def _grounded(sentence: Sentence, hits: Mapping[int, Hit], grounds: Mapping[int, str]) -> list[tuple[int, str]]:
    """Places of the gazetteer; whole countries are ground only behind a preposition of place."""
    return [(token.i, grounds[token.start]) for token in sentence.tokens if token.start in grounds and token.i not in hits]


def _names_event(sentence: Sentence, i: int) -> bool:
    """Whether the place at token `i` only names what was held or signed there: "the Munich Security Conference"."""
    happenings = role_words().sets["happenings"]
    for token in sentence.tokens[i + 1 : i + 5]:
        if token.upos not in ("PROPN", "NOUN", "ADJ"):
            return False
        if token.lower in happenings and token.text[0].isupper():
            return True
    return False


def _places(sentence: Sentence, hits: Mapping[int, Hit], grounds: Mapping[int, str]) -> Iterable[tuple[int, str]]:
    """The places told in a sentence by token and country, those of the gazetteer first."""
    yield from (place for place in _grounded(sentence, hits, grounds) if not _names_event(sentence, place[0]))
    for i, hit in hits.items():
        if i == hit.first and hit.kind in (Kind.COUNTRY, Kind.SEAT) and i and hit.country:
            before = sentence.tokens[i - 1].lower
            if before in _LOCATIVE:
                yield i, hit.country


def _told_day(sentences: Sequence[Sentence]) -> date | None:
    """The middle of the first year that the text tells in figures."""
    for sentence in sentences:
        for token in sentence.tokens:
            if token.upos == "NUM" and _YEAR.fullmatch(token.text):
                return date(int(token.text), 7, 1)
    return None


def _titled(title: str | None) -> Iterable[str]:
    for word in (title or "").replace("’", "'").split():
        word = word.strip(".,:;!?\"'()").removesuffix("'s")
        found = word[:1].isupper() and (countries.by_name(word) or countries.by_demonym(word) or countries.by_capital(word))
        if found:
            yield found.alpha3


def _dateline(sentences: Sequence[Sentence]) -> tuple[int, int]:
    """Number of the sentence of the body with a dateline, and the token that ends it; (-1, 0) for none."""
    bodies = [k for k, sentence in enumerate(sentences) if sentence.role == "body"]
    for number in bodies[:_OPENING]:
        tokens = sentences[number].tokens[:_LONGEST_DATELINE]
        end = _dash_end(tokens) if number == bodies[0] or (tokens and tokens[0].text.isupper()) else 0
        end = end or _capitals_end(tokens)
        if end:
            return number, end
    return -1, 0


def _dash_end(tokens: Sequence[Token]) -> int:
    """The token of the dash that ends a dateline, 0 for none."""
    dash = next((token.i for token in tokens if token.text in _DASHES and token.i and tokens[token.i - 1].space_after), 0)
    return 0 if any(token.upos in _TELLING for token in tokens[:dash]) else dash


def _capitals_end(tokens: Sequence[Token]) -> int:
    """The token that ends a dateline without dash, 0 for none: "LIBREVILLE:", "MOSCOW, June 28. /TASS/."."""
    if not tokens or not tokens[0].text.isupper() or len(tokens[0].text) < _SHORTEST_TOWN:
        return 0
    for token in tokens[1:]:
        if token.text == ":" or (token.text == "/" and "/" in (before.text for before in tokens[: token.i])):
            return token.i
        if token.text.islower():
            return 0
    return 0


def _dateline_country(sentence: Sentence, dash: int, hits: Mapping[int, Hit], grounds: Mapping[int, str]) -> str | None:
    for token in sentence.tokens[:dash]:
        hit = hits.get(token.i)
        country = (hit.country if hit else None) or grounds.get(token.start)
        if country:
            return country
    return None

"""Actors of a document: every mention read with all that the rest of the document tells.

The document is gone through twice: first names are gathered with the offices and groups told beside them ("rebel leader Riek
Machar", "the Eritrean Defence Forces (EDF)"), then each mention is read in text order, and what is left open is filled from the
story so far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from whoholds.grounding import countries
from whoholds.grounding.actors.names import Hit, Kind, name_hits
from whoholds.grounding.actors.phrases import Phrase, phrases_in
from whoholds.grounding.actors.reading import Reader, text_of, up_to
from whoholds.grounding.actors.story import story_of
from whoholds.grounding.actors.tables import Known, role_words
from whoholds.grounding.actors.told import ARMED, STATE, Reading
from whoholds.language.sentence import Sentence, Token
from whoholds.model import Actor, Document, Problem, Role, Use, Where

_LOCATIVE = frozenset("in near at inside across into around outside from throughout to toward towards".split())
_GROUPS = frozenset("group movement organisation organization alliance militia militias paramilitaries paramilitary".split())
_RANKS = frozenset({"officer", "officers"})
_ENEMIES = frozenset({"enemy", "adversary", "opponent"})
_FIGHTING = ARMED | {Role.MIL, Role.GOV}


class ActorContext:
    """The actors of one document. `places` are its places in any order; their countries tell whose ground is spoken of.

    Raises nothing: what cannot be settled is left open and told by `problems`.
    """

    def __init__(self, document: Document, sentences: Sequence[Sentence], places: Sequence[Where] = ()) -> None:
        self._document = document
        self._number = {id(sentence): k for k, sentence in enumerate(sentences)}
        self._hits = [name_hits(sentence.tokens) for sentence in sentences]
        self._phrases = [phrases_in(sentence, hits) for sentence, hits in zip(sentences, self._hits, strict=True)]
        self._owner: list[dict[int, Phrase]] = [_owners(phrases) for phrases in self._phrases]
        grounds = _grounds(places, frozenset({Use.LITERAL, Use.MODIFIER}))
        self._story = story_of(document.title, sentences, self._hits, _grounds(places, frozenset({Use.LITERAL})))
        self._learnt: dict[str, Reading] = {}
        self._chosen: dict[int, tuple[str | None, Role]] = {}
        self._reader = Reader(self._choose, self._recall, grounds)
        self._problems: list[Problem] = []
        self._readings: dict[int, Reading] = {}
        self._actors: dict[int, Actor] = {}
        self._parties: list[Phrase] = []
        self._learn()
        self._resolve()

    def actor(self, head: Token, sentence: Sentence) -> Actor | None:
        """The actor that the noun phrase headed by `head` names, without its conjuncts; None when it names no actor."""
        number = self._number.get(id(sentence))
        phrase = self._owner[number].get(head.i) if number is not None else None
        if number is None or phrase is None:
            return None
        hit = self._hits[number].get(head.i)
        if hit and hit.last < phrase.last:
            return self._adjective(phrase, hit)
        return self._actors.get(id(phrase)) or self._within(phrase, head, number)

    def _within(self, phrase: Phrase, head: Token, number: int) -> Actor | None:
        """An actor inside a phrase that is none: "Government" in "the Government building"."""
        if head.i >= phrase.last:
            return None
        part = up_to(phrase, head.i)
        reading = self._reader.read(part)
        if reading is None:
            return None
        party = reading.kind == "sides" or reading.key in _ENEMIES
        reading = self._settle_party(reading) if party else self._settle(part, reading, number)
        return self._build(reading.first, reading.last, phrase.sentence, reading.country, reading.role, reading.organisation)

    def actors(self, head: Token, sentence: Sentence) -> list[Actor]:
        """The actors of a noun phrase with its conjuncts, in text order; "the two sides" are the story's two parties."""
        found: list[Actor] = []
        for token in _conjuncts(head):
            for actor in self._single(token, sentence):
                if actor not in found:
                    found.append(actor)
        return found

    def mentions(self) -> list[Actor]:
        """Every actor mentioned, in text order; the longest of nested ones, and no country or capital that is only a place."""
        found: list[Actor] = []
        end = -1
        for phrase in self._in_order():
            actor = self._actors.get(id(phrase))
            if actor is None or actor.span is None or actor.span.start < end or phrase.possesses:
                continue
            if self._is_mention(phrase, self._readings[id(phrase)]):
                found.append(actor)
                end = actor.span.end
        return found

    def parties(self) -> list[Actor]:
        """The two parties of the story, met most first; fewer where the document tells of fewer."""
        found = (self._actors.get(id(party)) for party in self._parties)
        return [actor for actor in found if actor is not None]

    def problems(self) -> list[Problem]:
        """The mentions whose country could not be told."""
        return list(self._problems)

    def _in_order(self) -> Iterator[Phrase]:
        for phrases in self._phrases:
            yield from phrases

    def _is_mention(self, phrase: Phrase, reading: Reading) -> bool:
        if reading.kind in ("country", "seat"):
            before = phrase.sentence.tokens[phrase.first - 1].lower if phrase.first else ""
            return before not in _LOCATIVE and phrase.determiner != "of"
        return reading.told and not (reading.kind == "people" and phrase.head.upos == "ADJ")

    def _single(self, token: Token, sentence: Sentence) -> list[Actor]:
        actor = self.actor(token, sentence)
        if actor is None:
            return []
        number = self._number[id(sentence)]
        phrase = self._owner[number][token.i]
        reading = self._readings.get(id(phrase))
        if reading and reading.kind == "sides" and len(self._parties) == 2:
            return [self._actors[id(party)] for party in self._parties]
        return [*self._sharing(phrase, actor, number), actor]

    def _sharing(self, phrase: Phrase, actor: Actor, number: int) -> list[Actor]:
        """Nationalities that share a noun with the next one: "Russian and Syrian forces"."""
        tokens = phrase.sentence.tokens
        hit = self._hits[number].get(phrase.own)
        before = self._hits[number].get(phrase.own - 2)
        if not hit or not before or tokens[phrase.own - 1].lower != "and" or Kind.PEOPLE not in (hit.kind, before.kind):
            return []
        if before.kind is not Kind.PEOPLE or hit.last >= phrase.last or tokens[before.last].upos == "NOUN":
            return []
        return [self._build(before.first, before.last, phrase.sentence, before.country, actor.role, None)]

    def _adjective(self, phrase: Phrase, hit: Hit) -> Actor | None:
        """The actor that a name before a noun stands for: "Russian" in "a Russian withdrawal"."""
        words = role_words()
        reading = self._readings.get(id(phrase))
        if hit.known:
            country, role = self._choose(hit.known)
            body = None if hit.known.person else hit.known.name
            if country is None and role in ARMED:
                country = self._story.field_of_it
            return self._build(hit.first, hit.last, phrase.sentence, country, role, body)
        noun = phrase.head.lower
        told: Role | None = Role.GOV
        if noun in words.sets["hold"] or phrase.sentence.tokens[hit.last].tag in ("NNS", "NNPS"):
            told = None
        elif reading and reading.kind in ("role", "person") and reading.role in STATE:
            told = reading.role
        elif noun in words.sets["arms"]:
            told = Role.MIL
        return self._build(hit.first, hit.last, phrase.sentence, hit.country, told, None)

    def _choose(self, known: Known) -> tuple[str | None, Role]:
        """Country and role of a known name here: the first of its countries that the document is about, else the first."""
        found = self._chosen.get(id(known))
        if found is None:
            options = known.options
            if len(options) > 1:
                named = self._story.named
                near = [option for option in options if option[0] and named[option[0]]]
                wide = [option for option in options if option[0] is None]
                options = (max(near, key=lambda option: named[option[0] or ""]),) if near else (*wide, *options)
            country, role = options[0]
            found = self._chosen[id(known)] = country, known.role_on(self._document.published, role)
        return found

    def _recall(self, name: str) -> Reading | None:
        return self._learnt.get(name.lower())

    def _learn(self) -> None:
        """First pass: names with what is told beside them."""
        for phrases in self._phrases:
            for phrase in phrases:
                reading = self._reader.read(phrase)
                if reading:
                    self._readings[id(phrase)] = reading
                    if reading.kind == "person" and reading.told:
                        self._teach(phrase, reading)
            outer = {id(phrase.complement): phrase for phrase in phrases if phrase.complement}
            for phrase, after in pairwise(phrases):
                self._apposed(phrase, after, outer.get(id(phrase), phrase))

    def _teach(self, phrase: Phrase, reading: Reading) -> None:
        name = text_of(phrase.sentence, reading.first, reading.last)
        for k in range(reading.first, reading.last + 1):
            self._learnt.setdefault(text_of(phrase.sentence, k, reading.last).lower(), reading)
        self._learnt.setdefault(name.lower(), reading)

    def _apposed(self, phrase: Phrase, after: Phrase, office: Phrase) -> None:
        """Learn "Riek Machar, the rebel leader", "the rebel leader, Riek Machar" and "Eritrean Defence Forces (EDF)"."""
        tokens = phrase.sentence.tokens
        between = [token.lower for token in tokens[phrase.last + 1 : after.first]]
        while len(between) > 1 and between[-1] == after.determiner:
            between.pop()
        if between not in ([","], ["("]):
            return
        one, other = self._readings.get(id(phrase)), self._readings.get(id(after))
        if between == ["("]:
            if one and one.told and after.first == after.last and after.head.text.isupper():
                self._learnt.setdefault(after.head.lower, replace(one, kind="known", key=after.head.lower))
            return
        if one and one.kind == "person" and not one.told and other and other.kind == "role" and after.head.tag in ("NN", "NNP"):
            self._adopt(phrase, one, other)
        elif other and other.kind == "person" and not other.told and office.definite:
            title = self._readings.get(id(office))
            if title and title.kind == "role":
                self._adopt(after, other, title)

    def _adopt(self, phrase: Phrase, person: Reading, office: Reading) -> None:
        told = replace(person, country=office.country, role=office.role, open=office.open)
        self._readings[id(phrase)] = told
        self._teach(phrase, told)

    def _resolve(self) -> None:
        """Second pass: fill what is open and make the actors."""
        waiting: list[Phrase] = []  # the parties are known only at the end
        for number, phrases in enumerate(self._phrases):
            for phrase in phrases:
                reading = self._readings.get(id(phrase))
                if phrase.head.upos == "PROPN" and (reading is None or (reading.kind == "person" and not reading.told)):
                    reading = self._reader.read(phrase) or reading
                if reading is None or (number == self._story.dateline[0] and phrase.last < self._story.dateline[1]):
                    continue
                if reading.kind == "sides" or reading.key in _ENEMIES:
                    waiting.append(phrase)
                    continue
                self._make(phrase, self._settle(phrase, reading, number))
                if not phrase.possesses:
                    self._story.note(self._readings[id(phrase)])
        self._parties = self._opposed()
        for phrase in waiting:
            self._make(phrase, self._settle_party(self._readings[id(phrase)]))

    def _make(self, phrase: Phrase, reading: Reading) -> None:
        self._readings[id(phrase)] = reading
        self._actors[id(phrase)] = self._build(
            reading.first, reading.last, phrase.sentence, reading.country, reading.role, reading.organisation
        )

    def _settle(self, phrase: Phrase, reading: Reading, number: int) -> Reading:
        if not (reading.open or reading.key in _GROUPS):
            return reading
        longer = self._story.by_tail.get(reading.key) if reading.plain and phrase.definite and not phrase.by_pronoun else None
        if longer and reading.key in role_words().sets["short"]:
            return replace(reading, country=longer.country, role=longer.role, organisation=longer.organisation)
        armed = self._story.armed
        if armed and reading.plain and phrase.definite and not phrase.by_pronoun and reading.key in _GROUPS:
            return replace(reading, country=armed.country, role=armed.role, organisation=armed.organisation)
        uniform = self._story.uniform
        if uniform and reading.plain and reading.open and reading.key in _RANKS:
            return replace(reading, country=uniform.country, role=uniform.role)
        country = self._story.country_of(reading, phrase.definite, phrase.by_pronoun, number)
        if country is None and reading.role is not None:
            self._report(phrase, reading)
        return replace(reading, country=country)

    def _settle_party(self, reading: Reading) -> Reading:
        if reading.kind == "sides":
            return replace(reading, country=reading.country or self._common_country())
        return self._enemy(reading) if reading.plain else reading

    def _common_country(self) -> str | None:
        """The country that the two parties share: that of the armed group where one of them is one, else None."""
        parties = [self._readings[id(party)] for party in self._parties]
        armed = [party.country for party in parties if party.role in ARMED]
        return armed[0] if armed else None

    def _enemy(self, reading: Reading) -> Reading:
        """The enemy is the party that is spoken of less: who writes so tells mostly of their own side."""
        parties = [self._readings[id(party)] for party in self._parties]
        if len(parties) < 2:
            return reading
        role = parties[1].role if parties[1].role in ARMED else Role.MIL
        return replace(reading, country=parties[1].country, role=role)

    def _report(self, phrase: Phrase, reading: Reading) -> None:
        tokens = phrase.sentence.tokens
        span = self._document.span(tokens[reading.first].start, tokens[reading.last].end)
        message = f"nothing in the text tells of which country {span.quote!r} is"
        self._problems.append(Problem("actor-country-unknown", message, span, "name the country in a correction"))

    def _opposed(self) -> list[Phrase]:
        """First mentions of the two parties met most: a state by its name, or by its army or government in a war at home."""
        met: Counter[tuple[str | None, bool]] = Counter()
        first: dict[tuple[str | None, bool, bool], Phrase] = {}
        for phrase in self._in_order():
            reading = self._readings.get(id(phrase))
            if phrase.possesses or reading is None or reading.role not in _FIGHTING or id(phrase) not in self._actors:
                continue
            if reading.country:
                party = reading.country, reading.role in ARMED
                met[party] += 1
                first.setdefault((*party, reading.kind in ("country", "known")), phrase)
        parties = [party for party, _ in met.most_common(2)]
        at_home = len({country for country, _ in parties}) == 1
        return [self._party(first, country, armed, armed or not at_home) for country, armed in parties]

    def _party(
        self, first: dict[tuple[str | None, bool, bool], Phrase], country: str | None, armed: bool, by_name: bool
    ) -> Phrase:
        return first.get((country, armed, by_name)) or first[country, armed, not by_name]

    def _build(
        self, first: int, last: int, sentence: Sentence, country: str | None, role: Role | None, organisation: str | None
    ) -> Actor:
        span = self._document.span(sentence.tokens[first].start, sentence.tokens[last].end)
        return Actor(name=span.quote, country=country, role=role, organisation=organisation, span=span)


def find_actors(
    document: Document, sentences: Sequence[Sentence], places: Sequence[Where] = ()
) -> tuple[list[Actor], list[Problem]]:
    """Every actor mentioned in a document, in text order, and the mentions left open; nothing is found in no sentences."""
    context = ActorContext(document, sentences, places)
    return context.mentions(), context.problems()


def _owners(phrases: Sequence[Phrase]) -> dict[int, Phrase]:
    return {i: phrase for phrase in phrases for i in range(phrase.own, phrase.last + 1)}


def _grounds(places: Sequence[Where], uses: frozenset[Use]) -> dict[int, str]:
    """Countries (alpha-3) of the places so used, by the character each begins at."""
    found = {}
    for where in places:
        country = where.place and countries.alpha3(where.place.country)
        if country and where.span and where.use in uses:
            found[where.span.start] = country
    return found


def _conjuncts(head: Token) -> list[Token]:
    found = [head]
    for token in found:
        found.extend(token.all("conj"))
    return sorted(found, key=lambda token: token.i)

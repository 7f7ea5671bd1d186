"""Actors of a document: every mention read with all that the rest of the document tells.

The document is gone through twice: first names are gathered with the offices and groups told beside them ("rebel leader Riek
Machar", "the Eritrean Defence Forces (EDF)"), then each mention is read in text order, and what is left open is filled from the
story so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from whoholds.grounding import countries
from whoholds.grounding.actors.names import Hit, Kind, name_hits
from whoholds.grounding.actors.parties import is_party, opposed, settle_party
from whoholds.grounding.actors.phrases import Phrase, phrases_in, text_of, up_to
from whoholds.grounding.actors.reading import Reader
from whoholds.grounding.actors.settling import Settler, are_civilians, at_home, state_body
from whoholds.grounding.actors.story import story_of
from whoholds.grounding.actors.tables import Known, Option, role_words
from whoholds.grounding.actors.told import ARMED, STATE, Reading
from whoholds.grounding.actors.whereabouts import is_land, is_whereabouts
from whoholds.language.sentence import Sentence, Token
from whoholds.model import Actor, Document, Problem, Role, Use, Where


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
        self._story = story_of(document, sentences, self._hits, _grounds(places, frozenset({Use.LITERAL})))
        self._learnt: dict[str, Reading] = {}
        self._chosen: dict[int, Option] = {}
        self._reader = Reader(self._choose, self._recall, grounds)
        self._problems: list[Problem] = []
        self._readings: dict[int, Reading] = {}
        self._settler = Settler(self._story, self._hits, self._phrases, self._readings)
        self._actors: dict[int, Actor] = {}
        self._persons: set[tuple[int, int]] = set()
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
        party = is_party(reading)
        reading = self._party(reading) if party else self._settled(part, reading, number)
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
            for actor in self._told_by(phrase):
                if actor.span and end <= actor.span.start:
                    found.append(actor)
                    end = actor.span.end
        return found

    def _told_by(self, phrase: Phrase) -> Iterator[Actor]:
        """The actor a phrase names, else those named within it: "Hamas" in "Hamas tunnels", "French" in "a French draft"."""
        actor = self._actors.get(id(phrase))
        reading = self._readings.get(id(phrase))
        if actor and reading and not phrase.possesses and self._is_mention(phrase, reading):
            yield from self._sharing(phrase, actor, self._number[id(phrase.sentence)])
            yield actor
        elif not (reading and reading.told) and not phrase.possesses:
            if phrase.possessor:
                yield from self._owner_told(phrase)
            yield from self._named_within(phrase)

    def _named_within(self, phrase: Phrase) -> Iterator[Actor]:
        """The names within a phrase that stand for actors, else the body its last modifier tells: "Air Force planes"."""
        hits = [hit for i, hit in phrase.hits.items() if i == hit.first >= phrase.own and hit.last < phrase.last]
        named = [self._adjective(phrase, hit) for hit in hits if self._acts(phrase, hit)]
        yield from filter(None, named)
        if hits or phrase.own == phrase.last:
            return
        modifier = phrase.sentence.tokens[phrase.last - 1]
        words = role_words()
        if modifier.upos in ("NOUN", "PROPN") and modifier.lower not in words.sets["lands"] | words.sets["gear"]:
            inner = self._within(phrase, modifier, self._number[id(phrase.sentence)])
            if inner and inner.role in STATE | ARMED:
                yield inner

    def _owner_told(self, phrase: Phrase) -> Iterator[Actor]:
        """Whose thing it is, where that is an actor: "rebels" in "the rebels' leaflet", "Iran" in "Iran's demand"."""
        owner = phrase.possessor
        while owner:
            actor, reading = self._actors.get(id(owner)), self._readings.get(id(owner))
            deed = phrase.head.lower in role_words().sets["arms"] or phrase.head.lower in role_words().sets["acts"]
            if actor and reading and reading.told and (deed or not is_land(reading)):
                yield actor
                return
            owner = owner.possessor

    def _acts(self, phrase: Phrase, hit: Hit) -> bool:
        """Whether a name within a phrase stands for an actor: a body always, a country or people beside a deed only."""
        if hit.known:
            return True
        words = role_words()
        return any(
            token.lower in words.sets["arms"] | words.sets["acts"]
            for token in phrase.sentence.tokens[hit.last + 1 : phrase.last + 1]
        )

    def is_person(self, actor: Actor) -> bool:
        """Whether an actor of this document is a person told by name, with or without an office; False for any other."""
        return actor.span is not None and (actor.span.start, actor.span.end) in self._persons

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
        if not reading.told or (reading.kind == "people" and phrase.head.upos == "ADJ"):
            return False
        return not is_whereabouts(phrase, reading)

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
        before = self._hits[number].get(phrase.own - 2)
        if not before or before.kind is not Kind.PEOPLE or tokens[phrase.own - 1].lower != "and":
            return []
        hit = self._hits[number].get(phrase.own)
        last = tokens[before.last]
        if last.upos == "NOUN" or (hit and hit.last >= phrase.last):
            return []
        if not hit and not (last.deprel == "amod" and last.head and phrase.own <= last.head.i <= phrase.last):
            return []  # "Afghan and coalition forces" share a noun, "was Afghan and forces fled" do not
        return [self._build(before.first, before.last, phrase.sentence, before.country, actor.role, None)]

    def _adjective(self, phrase: Phrase, hit: Hit) -> Actor | None:
        """The actor that a name before a noun stands for: "Russian" in "a Russian withdrawal"."""
        words = role_words()
        reading = self._readings.get(id(phrase))
        if hit.known:
            option = self._choose(hit.known)
            body = None if hit.known.person else option.name
            country = option.country or (self._story.field_of_it if option.role in ARMED else None)
            return self._build(hit.first, hit.last, phrase.sentence, country, option.role, body)
        noun = phrase.head.lower
        told: Role | None = Role.GOV
        if noun in words.sets["hold"] or phrase.sentence.tokens[hit.last].tag in ("NNS", "NNPS"):
            told = None
        elif reading and reading.kind in ("role", "person") and reading.role in STATE:
            told = reading.role
        elif noun in words.sets["arms"]:
            told = Role.MIL
        return self._build(hit.first, hit.last, phrase.sentence, hit.country, told, None)

    def _choose(self, known: Known) -> Option:
        """What a known name stands for here: of what it may be that day, what is of the country named most."""
        found = self._chosen.get(id(known))
        if found is None:
            options = known.on(self._story.day)
            if len(options) > 1:
                named = self._story.named
                near = [option for option in options if option.country and named[option.country]]
                wide = [option for option in options if option.country is None]
                options = (max(near, key=lambda option: named[option.country or ""]),) if near else (*wide, *options)
            found = self._chosen[id(known)] = options[0]
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
            for phrase, after in pairwise([phrase for phrase in phrases if not phrase.possesses]):
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
                if is_party(reading):
                    waiting.append(phrase)
                    continue
                if reading.kind == "people" and reading.role is None and are_civilians(phrase, reading):
                    reading = replace(reading, role=Role.CVL)
                self._make(phrase, self._settled(phrase, reading, number))
                if not phrase.possesses and reading.told and not (is_land(reading) and not self._is_mention(phrase, reading)):
                    settled = self._readings[id(phrase)]
                    self._story.note(settled, number, at_home(phrase, settled))
        self._parties = opposed((phrase for phrase in self._in_order() if id(phrase) in self._actors), self._readings)
        for phrase in waiting:
            self._make(phrase, self._party(self._readings[id(phrase)]))

    def _party(self, reading: Reading) -> Reading:
        return settle_party(reading, [self._readings[id(party)] for party in self._parties])

    def _settled(self, phrase: Phrase, reading: Reading, number: int) -> Reading:
        """The reading with what was open filled in; a problem is noted where nothing tells its country."""
        settled = self._settler.settle(phrase, reading, number)
        if settled.open and settled.country is None and settled.role not in (None, Role.PPL):
            tokens = phrase.sentence.tokens
            span = self._document.span(tokens[reading.first].start, tokens[reading.last].end)
            message = f"nothing in the text tells of which country {span.quote!r} is"
            self._problems.append(Problem("actor-country-unknown", message, span, "name the country in a correction"))
        return settled

    def _make(self, phrase: Phrase, reading: Reading) -> None:
        self._readings[id(phrase)] = reading
        body = None if reading.kind == "person" else reading.organisation or state_body(reading)
        actor = self._build(reading.first, reading.last, phrase.sentence, reading.country, reading.role, body)
        self._actors[id(phrase)] = actor
        if reading.kind == "person" and actor.span:
            self._persons.add((actor.span.start, actor.span.end))

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

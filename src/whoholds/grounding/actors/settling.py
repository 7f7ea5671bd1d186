"""What an underspecified mention stands for: "the ministry", "government forces", "the group", "the country's army".

The rules are tried in order, the surest first; what none of them settles is left to the story (`Story.country_of`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from whoholds.grounding import countries
from whoholds.grounding.actors.names import Hit, Kind
from whoholds.grounding.actors.phrases import Phrase
from whoholds.grounding.actors.story import Story
from whoholds.grounding.actors.tables import role_words
from whoholds.grounding.actors.told import ARMED, STATE, Reading
from whoholds.language.sentence import Token
from whoholds.model import Role

_RANKS = frozenset({"officer", "officers"})
_VAGUE = frozenset({"force", "coalition", "network"})  # groups only where a word tells that they are armed


class Settler:
    """Settles the readings of one document in text order, by what its story has told up to there."""

    def __init__(
        self,
        story: Story,
        hits: Sequence[Mapping[int, Hit]],
        phrases: Sequence[Sequence[Phrase]],
        readings: Mapping[int, Reading],
    ) -> None:
        self._story = story
        self._hits = hits
        self._phrases = phrases
        self._readings = readings

    def settle(self, phrase: Phrase, reading: Reading, number: int) -> Reading:
        """The reading of a phrase of sentence number `number` with its country, and what goes with it, filled in where open."""
        owner = self._readings.get(id(phrase.possessor)) if phrase.possessor else None
        if owner and owner.role in ARMED and reading.role is Role.GOV and reading.kind == "role":  # "the group's leader"
            return replace(reading, country=owner.country, role=owner.role, organisation=owner.organisation)
        chief = self._subject(phrase, reading, number)
        if chief:  # "the rebels said their forces"
            role = Role.PPL if chief.role is Role.IGO else chief.role
            return replace(reading, country=chief.country, role=role, organisation=chief.organisation, open=False)
        if not (reading.open or _is_group(phrase, reading)):
            return reading
        land = self._land(phrase, reading, number)
        if land:
            return replace(reading, country=land)
        longer = self._story.by_tail.get(reading.key) if reading.plain and phrase.definite and not phrase.by_pronoun else None
        if longer and reading.key in role_words().sets["short"]:
            return replace(reading, country=longer.country, role=longer.role, organisation=longer.organisation)
        armed = self._story.armed
        if armed and phrase.definite and not phrase.by_pronoun and _is_group(phrase, reading):
            return replace(reading, country=armed.country, role=armed.role, organisation=armed.organisation)
        body = self._story.body
        if body and reading.plain and reading.key in role_words().sets["voices"]:
            return replace(reading, country=body.country, role=body.role, organisation=body.organisation)
        sender = self._sender(phrase, reading, number) or self._seated(phrase, reading, number) or self._ruling(phrase, reading)
        if sender:
            return replace(reading, country=sender)
        uniform = self._story.uniform
        if uniform and reading.plain and reading.open and reading.key in _RANKS:
            return replace(reading, country=uniform.country, role=uniform.role)
        country = self._story.country_of(reading, phrase.definite, phrase.by_pronoun, number)
        return replace(reading, country=self._other_side(phrase, reading, number, country))

    def _other_side(self, phrase: Phrase, reading: Reading, number: int, country: str | None) -> str | None:
        """Whose men they are by who harms them: those that "Russian forces" killed are not Russia's where another is told."""
        if country is None or reading.role is not Role.MIL or not reading.plain or phrase.definite:
            return country
        foe = self._harmed_by(phrase.head, number)
        return self._story.facing(country, number) if foe == country else country

    def _harmed_by(self, head: Token, number: int) -> str | None:
        """The country of the state or army whose deed the verb tells that has a token as its object."""
        first = head.head if head.deprel == "conj" and head.head else head
        verb = first.head
        if verb is None or verb.lemma not in role_words().sets["harming"]:
            return None
        if first.deprel == "obj":
            doer = verb.child("nsubj")
        elif first.deprel == "nsubj:pass":
            doer = verb.child("obl:agent") or next((by for by in verb.all("obl") if _is_by(by)), None)
        else:
            return None
        if doer is not None and doer.upos == "PRON":
            doer = self._antecedent(doer, verb, number)
        if doer is None:
            return None
        for other in self._phrases[number]:
            if other.own <= doer.i <= other.last:
                told = self._readings.get(id(other))
                if told and told.role:
                    return told.country if told.role in STATE else None
                return next((hit.country for k, hit in other.hits.items() if other.own <= k <= other.last), None)
        return None

    def _antecedent(self, pronoun: Token, verb: Token, number: int) -> Token | None:
        """What "which" before a verb stands for: the last army or state told before it in the sentence."""
        if pronoun.lower not in ("which", "who", "that") or not verb.deprel.startswith("acl"):
            return None
        for other in reversed(self._phrases[number]):
            told = self._readings.get(id(other))
            if other.last < pronoun.i and told and (told.role in STATE | ARMED or told.kind == "people"):
                return other.head
        return None

    def _subject(self, phrase: Phrase, reading: Reading, number: int) -> Reading | None:
        """Whose men and officials "its forces" are: the subject told last before them in the sentence."""
        theirs = phrase.determiner in ("its", "their") and reading.kind == "role" and reading.plain
        if not theirs or reading.role not in (Role.MIL, Role.GOV):
            return None
        for other in reversed(self._phrases[number]):
            told = self._readings.get(id(other))
            if other.last < phrase.first and told and told.told and other.head.deprel.startswith("nsubj"):
                led = told.role is Role.MIL and reading.key in role_words().agents  # "the army said its chief"
                blue = told.role in (Role.IGO, Role.PPL) and reading.role is Role.MIL  # "the mission said its soldiers"
                return told if led or blue or told.role in ARMED else None
        return None

    def _seated(self, phrase: Phrase, reading: Reading, number: int) -> str | None:
        """The state whose seat opens the sentence: "In Yerevan the defence ministry denied it"."""
        if reading.role not in STATE or not reading.plain:
            return None
        tokens = phrase.sentence.tokens
        for i, hit in self._hits[number].items():
            if hit.kind is Kind.SEAT and i == hit.first == 1 and tokens[0].lower == "in" and hit.last < phrase.first:
                return hit.country
        return None

    def _ruling(self, phrase: Phrase, reading: Reading) -> str | None:
        """Whose men "government forces" are: those of the state the story is about."""
        if reading.role is not Role.MIL or phrase.possessor or phrase.own == phrase.last:
            return None
        words = {token.lower for token in phrase.sentence.tokens[phrase.own : phrase.last]}
        return self._story.home if words & role_words().sets["ruling"] else None

    def _land(self, phrase: Phrase, reading: Reading, number: int) -> str | None:
        """What "the country" and "the country's" stand for: the country told last before in the sentence, else in the text."""
        head = phrase.possessor or phrase
        if not head.definite or head.own != head.last or head.head.lower not in role_words().sets["lands"]:
            return None
        before = [hit for i, hit in self._hits[number].items() if i == hit.first and hit.last < head.first and hit.country]
        return max(before, key=lambda hit: hit.first).country if before else self._story.nearest

    def _sender(self, phrase: Phrase, reading: Reading, number: int) -> str | None:
        """Whose men they are by the verb: the state told last before "sent troops" in the same sentence."""
        head = phrase.head
        if reading.role is not Role.MIL or phrase.definite or head.deprel not in ("obj", "iobj", "conj") or head.head is None:
            return None
        verb = head.head.head if head.deprel == "conj" and head.head.head else head.head
        if verb.lemma not in role_words().sets["sends"]:
            return None
        for other in reversed(self._phrases[number]):
            told = self._readings.get(id(other))
            if other.last < verb.i and told and told.country and (told.kind in ("country", "seat") or told.role in STATE):
                return told.country
        return None


def _is_by(token: Token) -> bool:
    return any(case.lower == "by" for case in token.all("case"))


def at_home(phrase: Phrase, reading: Reading) -> bool:
    """Whether a nationality is told of people where they live: "Armenian residents", "Armenians were leaving their homes"."""
    if reading.kind == "role":
        return reading.role in (Role.CVL, Role.REF) and not reading.plain
    homely = role_words().sets["homely"]
    return (
        reading.kind == "people"
        and phrase.head.tag in ("NNS", "NNPS")
        and any(token.lemma in homely for token in phrase.sentence.tokens)
    )


def are_civilians(phrase: Phrase, reading: Reading) -> bool:
    """Whether a people are told as inhabitants: "ethnic Armenians leaving their homes", "200 Armenians were driven out"."""
    before = phrase.sentence.tokens[phrase.own : phrase.last]
    counted = any(token.upos == "NUM" or token.lower == "ethnic" for token in before)
    harmed = role_words().sets["harmed"]
    return counted and (at_home(phrase, reading) or any(token.lemma in harmed for token in phrase.sentence.tokens))


def state_body(reading: Reading) -> str | None:
    """The canonical name of a body of a state: "Police (Belarus)"; None for what is none or of no known country."""
    body = role_words().bodies.get(reading.key) if reading.kind == "role" and reading.role in STATE else None
    return f"{body} ({_country_names()[reading.country]})" if body and reading.country in _country_names() else None


@cache
def _country_names() -> dict[str | None, str]:
    return {country.alpha3: country.name for country in countries.countries()}


def _is_group(phrase: Phrase, reading: Reading) -> bool:
    """Whether it may be what the story's armed group goes by: "the group", "the Shi'ite movement"."""
    if reading.kind != "role" or reading.key.removesuffix("s") not in role_words().sets["groups"] or phrase.possessor:
        return False
    if phrase.complement and phrase.link in ("of", "loyal"):
        return False
    if reading.key in ("force", "coalition", "network") and reading.role not in ARMED:
        return False
    return (reading.role is None or reading.role in ARMED) and (reading.country is None or reading.open)

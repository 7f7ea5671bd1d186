"""What a noun phrase tells by itself of the actor it names: role, country, and whether the country must be looked for.

The context fills in what is open; nothing here looks outside the phrase, save at names learnt from the document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from whoholds.grounding.actors.names import Hit, Kind
from whoholds.grounding.actors.phrases import Phrase, text_of, up_to
from whoholds.grounding.actors.roles import Modifier, role_of
from whoholds.grounding.actors.tables import Known, Option, RoleWords, role_words
from whoholds.grounding.actors.things import is_national, is_paired, is_thing
from whoholds.grounding.actors.told import ARMED, FOLK, NOWHERE, Reading
from whoholds.grounding.actors.whereabouts import is_land
from whoholds.language.sentence import Token
from whoholds.model import Role

_WORDS = 5  # tokens of the longest noun in the table of roles
_NAMES = frozenset({"PROPN", "X"})


Choose = Callable[[Known], Option]
Learnt = Callable[[str], Reading | None]


class Reader:
    """Reads phrases. `choose` picks country and role of a known name, `learnt` gives what the document told of a name.

    `grounds` has the country (alpha-3) of the place that begins at a character of the document.
    """

    def __init__(self, choose: Choose, learnt: Learnt, grounds: Mapping[int, str]) -> None:
        self.choose = choose
        self.learnt = learnt
        self.grounds = grounds
        self.words: RoleWords = role_words()

    def read(self, phrase: Phrase) -> Reading | None:
        """What the phrase tells, or None when it names no actor."""
        tokens = phrase.sentence.tokens
        hit = phrase.hits.get(phrase.last)
        if hit and hit.last == phrase.last and hit.first >= phrase.own:
            return self._named(phrase, hit)
        return self._person(phrase) or self._noun(phrase, phrase.last) or self._body(phrase, tokens)

    def _named(self, phrase: Phrase, hit: Hit) -> Reading | None:
        """A phrase that ends in a name of the tables or of a country."""
        first = phrase.first if hit.kind is Kind.KNOWN and not (hit.known and hit.known.person) else hit.first
        before = phrase.sentence.tokens[hit.first - 1].lower if hit.first > phrase.own else ""
        if hit.kind is Kind.KNOWN and hit.known:
            return self._known(phrase, hit, hit.known, first)
        if before in self.words.sets["parts"]:
            return None
        key = text_of(phrase.sentence, hit.first, hit.last).lower()
        if hit.kind is Kind.PEOPLE:
            return Reading(phrase.first, phrase.last, "people", hit.country, self._title_role(phrase, hit.first), key=key)
        if before == "-":
            return None
        kind = "country" if hit.kind is Kind.COUNTRY else "seat"
        return Reading(hit.first, hit.last, kind, hit.country, Role.GOV, key=key)

    def _title_role(self, phrase: Phrase, end: int) -> Role | None:
        """The role that words before a people's name give: "civilian Armenians" have one, "ethnic Armenians" none."""
        modifier = self._modifier(phrase, end)
        return modifier.role if modifier else None

    def _known(self, phrase: Phrase, hit: Hit, known: Known, first: int) -> Reading:
        option = self.choose(known)
        country, role = option.country, option.role
        if hit.first > phrase.own:  # "Syrian Hezbollah", "former FARC"; a nationality told beside a world-wide body counts
            told = self._country_before(phrase, hit.first)
            if country is None and told and role not in NOWHERE:
                country = told
        if known.person and role is not Role.IGO and self._has_office(phrase, hit.first):
            office = self._noun(phrase, hit.first - 1)
            role = office.role if office and office.role else role
        body = None if known.person else option.name
        is_open = country is None and role in ARMED
        return Reading(first, hit.last, "person" if known.person else "known", country, role, body, is_open, known.name.lower())

    def _has_office(self, phrase: Phrase, first: int) -> bool:
        """Whether an office stands before a name: "army commander Burhan"; "General" is but a rank, "former" no longer so."""
        before = phrase.sentence.tokens[phrase.own : first]
        if not before or not before[-1].text.islower() or any(token.lower in self.words.sets["past"] for token in before):
            return False
        return self._role_noun(phrase, first - 1) is not None

    def _person(self, phrase: Phrase) -> Reading | None:
        """A phrase that ends in somebody's name, with or without an office before it."""
        tokens = phrase.sentence.tokens
        last = phrase.last
        happening = tokens[last].lower in self.words.sets["happenings"]
        if tokens[last].upos not in _NAMES or happening or self._role_noun(phrase, last):
            return None
        title = self._title_end(phrase)
        first = title + 1 if title is not None else self._name_start(phrase)
        marked = tokens[last].entity == "PERSON"
        if title is None and not marked:
            found = self.learnt(text_of(phrase.sentence, first, last)) or self.learnt(
                text_of(phrase.sentence, phrase.own, last)
            )
            return replace(found, first=first, last=last) if found else None
        if title is not None:
            office = self._noun(phrase, title)
            if office and (marked or tokens[last].tag.startswith("NNP")) and tokens[last].entity != "ORG":
                return replace(office, first=first, last=last, kind="person", key=tokens[last].lower)
        found = self.learnt(text_of(phrase.sentence, first, last))
        if found:
            return replace(found, first=first, last=last)
        return Reading(first, last, "person", key=tokens[last].lower) if marked else None

    def _title_end(self, phrase: Phrase) -> int | None:
        for k in range(phrase.last - 1, phrase.own - 1, -1):
            if k in phrase.hits or phrase.sentence.tokens[k].text == "-":  # "rebel-held Donetsk" is no rebel's name
                return None
            if self._role_noun(phrase, k):
                return None if phrase.sentence.tokens[k].lower in self.words.sets["lands"] else k
        return None

    def _name_start(self, phrase: Phrase) -> int:
        tokens = phrase.sentence.tokens
        first = phrase.last
        while (
            first > phrase.own
            and first - 1 not in phrase.hits
            and (tokens[first - 1].upos in _NAMES or tokens[first - 1].text == "-")
        ):
            first -= 1
        return first

    def _role_noun(self, phrase: Phrase, end: int) -> tuple[str, str, int] | None:
        """The longest noun of the table of roles that ends at token `end`, which list it is in, and its first token."""
        for start in range(max(phrase.first, end - _WORDS + 1), end + 1):
            noun = text_of(phrase.sentence, start, end).lower()
            if noun in self.words.heads:
                return "heads", noun, start
            if noun in self.words.forces:
                return "forces", noun, start
            if noun in self.words.agents:
                return "agents", noun, start
        return None

    def _noun(self, phrase: Phrase, end: int) -> Reading | None:
        """A phrase whose head at token `end` is a common noun or office."""
        sort = self._role_noun(phrase, end)
        tokens = phrase.sentence.tokens
        if tokens[end].lower in self.words.sets["hold"]:
            held = self._held(phrase, end)
            if held:
                return held
        complement = self._complement(phrase, end)
        counted = complement and phrase.link == "of" and complement.kind in _COUNTABLE
        of_force = complement and complement.role is Role.CVL and sort and sort[0] == "forces"  # "units of the engineers"
        if (
            complement
            and counted
            and not of_force
            and not is_land(complement)
            and tokens[end].lower in self.words.sets["measures"]
        ):
            return replace(complement, first=phrase.first, last=phrase.complement.last if phrase.complement else end)
        if sort is None:
            sort = self._agents_of_known(phrase, end)
        if sort is None:
            return None
        listing, noun, begin = sort
        paired = is_paired(phrase, end)
        if not paired and is_thing(phrase, noun, begin, end, complement):
            return None
        if paired:
            owner = self._country_before(phrase, end) or self._possessor_country(phrase)
            role = self.words.heads.get(noun)
            return Reading(phrase.first, end, "sides", owner, role if role is Role.MIL else None, key=noun)
        modifier = self._modifier(phrase, begin)
        possessor = self.read(phrase.possessor) if phrase.possessor else None
        voice = phrase.link == "for" and tokens[end].lower in self.words.sets["voices"]  # "a spokesman for the army"
        of = complement if voice or phrase.link in ("of", "loyal") else None
        wears = complement.role if complement and phrase.link == "in" else None
        role = role_of(listing, noun, modifier, (of, possessor), wears)
        if noun in self.words.sets["national"] and is_national(phrase, begin, possessor):
            role = Role.MIL
        country = self._country(phrase, begin, role, possessor, complement)
        last = end if end < phrase.last or not self._named_of(phrase) else phrase.complement.last if phrase.complement else end
        plain = modifier is None and possessor is None and complement is None
        body = None if role in FOLK else self._body_of(phrase, begin, possessor, of)
        reading = Reading(phrase.first, last, "role", country, role, body, key=noun, plain=plain)
        return self._opened(phrase, reading, begin)

    def _body_of(self, phrase: Phrase, begin: int, possessor: Reading | None, of: Reading | None) -> str | None:
        """The known body that the words before token `begin`, a possessor or a complement name: "Houthi fighters"."""
        for k in range(begin - 1, phrase.own - 1, -1):
            hit = phrase.hits.get(k)
            if hit and hit.known and not hit.known.person and not self._foreign(phrase.sentence.tokens, hit.last):
                return self.choose(hit.known).name
        return next((owner.organisation for owner in (of, possessor) if owner and owner.organisation), None)

    def _agents_of_known(self, phrase: Phrase, end: int) -> tuple[str, str, int] | None:
        """People whom only the known body before them tells: "Janjaweed horsemen", "Kamajor hunters"."""
        token = phrase.sentence.tokens[end]
        hit = phrase.hits.get(end - 1)
        if not hit or not hit.known or hit.known.person or hit.last != end - 1 or token.tag != "NNS":
            return None
        word = token.lower
        return ("agents", "", end) if word.endswith(_OF_PEOPLE) and word not in self.words.sets["things"] else None

    def _opened(self, phrase: Phrase, reading: Reading, begin: int) -> Reading:
        """The reading with its country marked as to be found where that makes sense."""
        tokens = phrase.sentence.tokens
        before = [tokens[k].lower for k in range(phrase.own, begin)]
        if "ethnic" in before and reading.role in (Role.MIL, *ARMED):
            return replace(reading, country=None, role=Role.REB, open=True, ethnic=reading.country)
        separatist = reading.country is not None and reading.key in _APART and reading.role is Role.REB
        if separatist and self._country_before(phrase, begin):
            return replace(reading, country=None, open=True, ethnic=reading.country)
        if reading.country is not None or reading.role in (Role.IGO, Role.NGO):
            return reading
        before.append(reading.key)
        backed = any(word in self.words.sets["foreign"] for word in before)
        if not backed and any(word in self.words.sets["abroad"] for word in before) and reading.role not in ARMED:
            return reading
        if reading.role is Role.PPL and not phrase.definite:
            return reading
        return replace(reading, open=True)

    def _named_of(self, phrase: Phrase) -> bool:
        """Whether the complement belongs to the name: "Residents of Kherson", not "officials in Kyiv"."""
        return phrase.link == "of" and phrase.complement is not None

    def _complement(self, phrase: Phrase, end: int) -> Reading | None:
        if end != phrase.last or phrase.complement is None:
            return None
        seat = phrase.hits.get(phrase.complement.last)
        placed = phrase.link not in ("of", "loyal") and phrase.complement.head.deprel.startswith("obl")
        if placed and not (seat and seat.kind is Kind.SEAT):
            return None  # "talks with the government in Tanzania" were held there, but "the junta in Athens" is Greece's
        return self.read(phrase.complement) or self._place(phrase.complement)

    def _place(self, phrase: Phrase) -> Reading | None:
        """The country of a phrase that is a place or of a place: it tells where, or whose business it is."""
        hit = next((phrase.hits[k] for k in range(phrase.own, phrase.last + 1) if k in phrase.hits), None)
        if hit and hit.known:
            told = self.choose(hit.known)
            return Reading(phrase.first, phrase.last, "known", told.country, told.role)
        country = self._country_before(phrase, phrase.last + 1)
        return Reading(phrase.first, phrase.last, "place", country) if country else None

    def _modifier(self, phrase: Phrase, begin: int) -> Modifier | None:
        """The role that the words of the phrase before token `begin` give, nearest first, and whether a known name gives it."""
        for k in range(begin - 1, phrase.own - 1, -1):
            hit = phrase.hits.get(k)
            if hit:
                if hit.last == k and hit.kind is Kind.KNOWN and hit.known:
                    return Modifier(self.choose(hit.known).role, by_name=True)
                continue
            for start in range(max(phrase.own, k - 2), k + 1):
                words = text_of(phrase.sentence, start, k).lower()
                role = self.words.modifiers.get(words) or self.words.heads.get(words)
                if role:
                    return Modifier(role, by_name=False)
        return None

    def _country(
        self, phrase: Phrase, begin: int, role: Role | None, possessor: Reading | None, complement: Reading | None
    ) -> str | None:
        if role is Role.IGO:
            return None
        told = self._country_before(phrase, begin)
        if told:
            return told
        owner = possessor.country if possessor else self._possessor_country(phrase)
        if owner:
            return owner
        if role is Role.NGO:
            return None  # where it works is not whose it is
        near = phrase.link in ("of", "loyal") or (
            phrase.link in ("in", "from", "at", "near") and role not in (Role.MIL, Role.PPL)
        )
        return complement.country if complement and near and complement.role is not Role.IGO else None

    def _possessor_country(self, phrase: Phrase) -> str | None:
        if phrase.possessor is None:
            return None
        owner = self.read(phrase.possessor) or self._place(phrase.possessor)
        return owner.country if owner else None

    def _country_before(self, phrase: Phrase, end: int) -> str | None:
        """The country that names and places between the possessor and token `end` tell, the nearest first."""
        tokens = phrase.sentence.tokens
        for k in range(end - 1, phrase.own - 1, -1):
            hit = phrase.hits.get(k)
            if hit and hit.last != k:
                continue
            if hit and hit.known and self.choose(hit.known).country is None and self.choose(hit.known).role in NOWHERE:
                return None  # "Nigerian-led ECOMOG troops"
            country = self._hit_country(hit) if hit else self.grounds.get(tokens[k].start)
            if country and not self._foreign(tokens, k):
                return country
        return None

    def _hit_country(self, hit: Hit) -> str | None:
        return self.choose(hit.known).country if hit.known else hit.country

    def _foreign(self, tokens: list[Token], k: int) -> bool:
        """Whether the name that ends at `k` is that of a backer: "Turkish-backed"."""
        following = tokens[k + 1 : k + 3]
        return len(following) == 2 and following[0].text == "-" and following[1].lower in self.words.sets["foreign"]

    def _held(self, phrase: Phrase, end: int) -> Reading | None:
        """Whose it is: "Armenian hands" are the Armenians, "government control" is the government's."""
        for k in range(end - 1, phrase.own - 1, -1):
            hit = phrase.hits.get(k)
            if hit and not self._foreign(phrase.sentence.tokens, hit.last):
                part = Phrase(phrase.sentence, hit.first, hit.first, hit.last, phrase.hits)
                return self._named(part, hit)
            if self._role_noun(phrase, k):
                return self._noun(up_to(phrase, k), k)
        return self.read(phrase.possessor) if phrase.possessor else None

    def _body(self, phrase: Phrase, tokens: list[Token]) -> Reading | None:
        """A named organisation that nothing is known of."""
        if tokens[phrase.last].entity != "ORG" or tokens[phrase.last].upos != "PROPN":
            return None
        if tokens[phrase.last].lower in self.words.sets["happenings"]:
            return None
        found = self.learnt(text_of(phrase.sentence, phrase.own, phrase.last))
        if found:
            return replace(found, first=phrase.own, last=phrase.last)
        country = self._country_before(phrase, phrase.last)
        name = text_of(phrase.sentence, phrase.own, phrase.last)
        return Reading(phrase.first, phrase.last, "known", country, None, name, key=name.lower())


_OF_PEOPLE = ("men", "women", "ers", "ors", "ists", "ants", "ees", "iers", "ians")
_COUNTABLE = frozenset({"role", "known", "people", "person"})
_LANDS = frozenset({"country", "seat", "people"})
_APART = frozenset({"separatist", "separatists", "secessionist", "secessionists"})

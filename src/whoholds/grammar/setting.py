"""Setting: where a report plays, as far as its names tell, apart from what any one clause tells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from whoholds.grammar.clause import is_verbal, preposition
from whoholds.grammar.embedding import embedding
from whoholds.grammar.lexicon import word_classes
from whoholds.grounding.actors.tables import role_words
from whoholds.grounding.countries import by_name, country
from whoholds.language import Sentence, Token
from whoholds.model import Document, Place, Span, Use, Where

TITLE_WEIGHT = 3  # mentions that naming in the title is worth
LINES = frozenset(
    {
        "road",
        "highway",
        "motorway",
        "railway",
        "route",
        "front",
        "line",
        "frontline",
        "river",
        "border",
        "frontier",
        "boundary",
        "bank",
        "shore",
    }
)
_TOWN_RADIUS_M = 30_000  # a larger area is no town
_TELLS = frozenset({"tell", "brief", "inform"})
_WATERS = frozenset({"river", "lake", "sea", "gulf", "strait", "canal"})
_NO_SCENE = frozenset({"H", "T", "R", ""})
_IN_COUNTRY = re.compile(r"\b(?:in|across|throughout|inside)\s+((?:the\s+)?[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*){0,2})")
_DWELLERS = frozenset("resident inhabitant villager people citizen population family civilian local".split())
_TOLD_WEIGHT = 2  # mentions that something told to have happened there is worth
_LEAD = 2  # mentions that one in the first sentence is worth
_OPENING = re.compile(r"\s*[A-Z]{3}[A-Z /.,'’-]*[^\n]{0,60}?\s[-–—]\s")
_DATELINE = re.compile(r"(?:, [A-Z][\w. ]{1,40}?)?[^a-z\n]{0,40}?(?:\([^)\n]*\))?[^a-z\n]{0,12}?(?:[—–:.]|\s-\s|\n)")


class Setting:
    """The places that one document names, `order` in text order, weighed for what it is about; built once per document."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], order: Sequence[Where]) -> None:
        self.document = document
        self._sentences = sentences
        self._sentence_starts = [sentence.start for sentence in sentences]
        self._order = order
        self._starts = [where.span.start for where in order if where.span is not None]
        self._weights: tuple[Counter[Place], dict[Place, Where], set[Place]] | None = None

    def head(self, where: Where) -> Token | None:
        """The word of a name that ties it to its sentence."""
        if where.span is None or not self._sentences:
            return None
        sentence = self._sentences[max(0, bisect_right(self._sentence_starts, where.span.start) - 1)]
        tokens = sentence.at(where.span.start, where.span.end)
        inside = set(map(id, tokens))
        return next((token for token in tokens if token.head is None or id(token.head) not in inside), None)

    def literal_places(self, span: Span) -> list[Where]:
        """The names inside a run of words that are literally places, in text order."""
        inside = self._order[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
        literal = [where for where in inside if where.place is not None and where.use is Use.LITERAL]
        literal = [where for where in literal if not self._names_actor(where) and not self._water(where)]
        return [where for where in literal if not leads(self.head(where))]

    def main_place(self, told: Sequence[Where] = (), tables: Sequence[Where] = ()) -> Where | None:
        """The place that the document is about; None for none.

        Of the places named in the title or the first sentence it is the one with the most mentions and the most `told` to have
        happened there so far, the first of equals, unless another place has twice as many. Countries, waters and datelines are
        no scene, `tables` where things were only signed or talked over neither; and where the title says "in Libya" and names
        no place, no single place is.
        """
        weights, first, leading = self._weighed()
        scenes = {where.place for where in told}
        barred = {where.place for where in tables} - scenes
        weights = Counter({place: weight for place, weight in weights.items() if place not in barred})
        leading = leading - barred
        for where in told:
            if where.place is not None and where.place in weights:
                weights[where.place] += _TOLD_WEIGHT
        if not leading:
            return None
        best = max((place for place in weights if place in leading), key=lambda place: weights[place])
        return first[best] if weights[best] * 2 >= max(weights.values()) else None

    def main_country(self) -> Where | None:
        """The country that the document tells of most, as it first names it; None where it names none."""
        told = Counter(where.place.country for where in self._order if where.place and where.place.country)
        named = [where for where in self._order if is_country(where) and where.place is not None]
        for code, _ in told.most_common(1):
            return next((where for where in named if where.place and where.place.country == code), None)
        return None

    def _weighed(self) -> tuple[Counter[Place], dict[Place, Where], set[Place]]:
        """Mentions of places, first mentions, and the places of title and first sentence; worked out once."""
        if self._weights is None:
            self._weights = self._weigh()
        return self._weights

    def _weigh(self) -> tuple[Counter[Place], dict[Place, Where], set[Place]]:
        title = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", (self.document.title or "").lower()))
        lead = self._sentences[0].end if self._sentences else 0
        weights: Counter[Place] = Counter()
        first: dict[Place, Where] = {}
        leading: set[Place] = set()
        titled = False
        for where in self._order:
            place, span = where.place, where.span
            if place is None or span is None or where.use is Use.METONYM or is_country(where):
                continue
            if place.feature in _NO_SCENE or self._files(where) or self._names_actor(where) or self._water(where):
                continue
            if self._spoken(where) or leads(self.head(where)):
                continue
            if place not in first and where.name.split()[-1].lower() in title:
                weights[place] += TITLE_WEIGHT
                leading.add(place)
                titled = True
            weights[place] += _LEAD if span.start < lead else 1
            if span.start < lead:
                leading.add(place)
            first.setdefault(place, where)
        countrywide = _IN_COUNTRY.search(self.document.title or "")
        if countrywide and not titled and by_name(countrywide[1]):
            leading.clear()
        return weights, first, leading

    def _spoken(self, where: Where) -> bool:
        """Whether a name only tells where something was said: "told an audience in *New York*"."""
        token = self.head(where)
        while token is not None and token.head is not None and not is_verbal(token.head):
            token = token.head
        if token is None or token.head is None or not is_verbal(token.head) or token.i < token.head.i:
            return False
        known = embedding(token.head)
        heard = token.deprel in ("obl", "iobj") or (token.deprel == "obj" and token.head.lemma in _TELLS)
        return known is not None and known.speaker and known.effect == "said" and heard

    def _water(self, where: Where) -> bool:
        """Whether a name is that of a river or lake: "the *Dnipro* river"."""
        head = self.head(where)
        return head is not None and head.head is not None and head.head.lemma in _WATERS

    def _names_actor(self, where: Where) -> bool:
        """Whether a name only says whose somebody is: "the militia of *Darfur*", "the governor of *Kano*"."""
        head = self.head(where)
        if head is None or head.deprel != "nmod" or head.head is None or preposition(head) != "of":
            return False
        classes = word_classes()
        whose = head.head
        if whose.lemma in _DWELLERS or any(whose.lemma in classes[kind] for kind in ("place_noun", "part_noun", "building")):
            return False
        return whose.upos == "PROPN" or whose.lemma in role_words().heads

    def _files(self, where: Where) -> bool:
        """Whether a name is of the dateline, "BAMAKO, June 12 (Wire) - …": where the report was written, not where it plays."""
        span = where.span
        if span is None:
            return False
        opens = not self.document.text[: span.start].strip(" \n(•*-")
        if opens and _DATELINE.match(self.document.text, span.end) is not None:
            return True
        opening = _OPENING.match(self.document.text)
        return opening is not None and span.end <= opening.end()


def leads(token: Token | None) -> bool:
    """Whether a name only tells where a road leads: "cut the road to *Goma*"."""
    road = token.head if token is not None else None
    return token is not None and road is not None and road.lemma in LINES and preposition(token) in ("to", "from", "between")


def is_region(place: Place) -> bool:
    """Whether a place is larger than a town."""
    return place.feature in ("A", "L") and place.radius_m > _TOWN_RADIUS_M


def is_country(where: Where) -> bool:
    """Whether a place is a country as a whole."""
    place = where.place
    state = country(place.country) if place is not None and place.country and place.feature == "A" else None
    return state is not None and place is not None and (place.geonameid == state.geonameid or place.name == state.name)

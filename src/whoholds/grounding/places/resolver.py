"""Names to places in the light of one document.

A name means the same place wherever the document writes it, unless what follows a comma or a feature word tells otherwise
(`names`). All names are chosen for together by what each tells of the others (`scoring`). The choice depends on the document
alone, not on the order of its sentences but where a list or a building's town is read off it, nor on other documents.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.places import finder, kinds, outlets, problems, scoring, uses
from whoholds.grounding.places.context import Scene
from whoholds.grounding.places.datelines import datelines
from whoholds.grounding.places.features import NAMES
from whoholds.grounding.places.lexicon import lexicon
from whoholds.grounding.places.mention import Mention
from whoholds.grounding.places.names import Name, gathered, key_of, of_kind, single
from whoholds.language import Sentence
from whoholds.model import Document, Place, Problem, Span, Use, Where

_ALTERNATIVES = 4
_CLOSE = 0.35  # a lead in score so small that the choice is told as a problem
_SAME_PLACE_KM = 60.0
_AROUND_M = 60_000  # how far from its stand-in a place that no gazetteer knows may well lie
_ABOUT_KM = 100.0
_REGION_M = 300_000
_MOST = 0.55  # share of the places named: with .4 every second stand-in lies near, with .55 two of three
_SPEAKS_OF = 1_000  # characters within which a text is taken to speak of one neighbourhood
_FOREIGN = 0.1  # sum of the features that tie a place to the text, below which nothing does
_ABROAD = 5.0  # prominence from which a town is named in reports about another country
_BOUND = 0.6  # share of the names that lie in one country, from which a text is bound to it
_BOUND_NAMES = 3
_TYING = "container, country named, share of the country, country of the dateline, outlet's country, as elsewhere"
_TIES = tuple(NAMES.index(name) for name in (*_TYING.split(", "), "near", "in the neighbourhood"))
_KINDS = ("A", "P")
_ALONE = 99.0  # the lead of a candidate without a rival


@dataclass(frozen=True, slots=True)
class Choice:
    """One place a name could mean, its score and the features that it adds up from."""

    place: Place
    score: float
    features: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Ranking:
    """What a name means: the best places, the lead of the first in score, and all rows of the scene, best first."""

    places: tuple[Place, ...]
    lead: float
    rows: tuple[int, ...]


class PlaceResolver:
    """The places of one document and the means to resolve further names in its light.

    `places` are its toponyms in text order, none overlapping; `problems` tell of names unknown to the gazetteer and of choices
    that were close; `mentions` and `scene` are what they were chosen from. A resolver looks at its own document only.
    """

    def __init__(self, document: Document, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> None:
        self._document = document
        self._gazetteer = gazetteer
        self.mentions = self._find(sentences)
        self._names = gathered(self.mentions)
        self._nations = frozenset(outlets.nations(document))
        self._outlet = outlets.masthead(document, gazetteer)
        self.scene = self._scene([*self._names.values(), *([self._outlet] if self._outlet else [])])
        self._verdict = scoring.settle(self.scene)
        self._settled = {name.key: ranking for name, ranking in self._rankings(self.scene, self._verdict) if not name.outlet}
        self._known: list[Name] | None = None
        self.places: list[Where] = []
        self.problems: list[Problem] = []
        for mention in self.mentions:
            self._report(mention)

    def resolve(self, name: str, span: Span) -> Where:
        """The place that a name, written at `span`, means in this document; its `place` is None where no gazetteer knows it.

        "the", feature words ("district of X", "X region") and positions ("northern X") are looked past; `Where.name` stays
        without "the" only. Never raises for a name of any content.
        """
        for where in self.places:
            if where.span and where.span.touches(span) and where.name == name:
                return where
        bare = _bare(name)
        for shape, wanted in _shapes(bare):
            ranking = self._further(shape, wanted)
            if ranking:
                return _where(bare, ranking, Use.LITERAL, span)
        inside = [where for where in self.places if where.span and span.covers(where.span) and where.place]
        if inside:
            return Where(name=bare, place=inside[-1].place, alternatives=inside[-1].alternatives, span=span)
        candidates = self._gazetteer.variants(bare)
        if candidates:
            return _where(bare, self._choose(single(bare, candidates, "")), Use.LITERAL, span)
        return Where(name=bare, place=self._site(bare, span.start), span=span)

    def explain(self, where: Where) -> tuple[Choice, ...]:
        """The choices there were for a place of this document, best first, with their features; empty for an unknown name."""
        for mention in self.mentions:
            if where.span and mention.start == where.span.start and mention.candidates:
                ranking = self._settled[key_of(mention)]
                return tuple(self._told(row) for row in ranking.rows)
        return ()

    def _told(self, row: int) -> Choice:
        candidate = self.scene.candidate(row)
        values = self._verdict.features[row]
        features = tuple((NAMES[i], float(values[i])) for i in np.flatnonzero(values))
        return Choice(candidate.place, float(self._verdict.scores[row]), features)

    # Finding

    def _find(self, sentences: Sequence[Sentence]) -> list[Mention]:
        filed = list(datelines(self._document, sentences, self._gazetteer))
        mentions = [mention for mention in filed if not any(mention.sentence is sentence for sentence in sentences)]
        for own in finder.find(self._document, sentences, self._gazetteer, filed):
            uses.mark_uses(own)
            uses.join_containers(own)
            kinds.tell_kinds(own)
            mentions += own
        mentions.sort(key=lambda mention: mention.start)
        for mention in mentions:
            if mention.state:
                mention.state = self._state(mention.state)
        return mentions

    def _state(self, word: str) -> str:
        """The code of the division that an abbreviation after a comma tells, or the word itself."""
        found = self._gazetteer.candidates(word)
        return next((item.admin1 for item in found if item.place.feature == "A" and item.admin1), word)

    # Settling

    def _scene(self, names: list[Name]) -> Scene:
        return Scene(names, self._nations, self._outlet.group if self._outlet else "")

    def _rankings(self, scene: Scene, verdict: scoring.Verdict) -> Iterator[tuple[Name, _Ranking]]:
        for name, start in zip(scene.names, scene.starts.tolist(), strict=True):
            scores = verdict.scores[start : start + len(name.candidates)]
            order = np.argsort(-scores, kind="stable")
            lead = float(scores[order[0]] - scores[order[1]]) if len(order) > 1 else _ALONE
            best = of_kind(name, order.tolist())
            places = tuple(name.candidates[i].place for i in best[: 1 + _ALTERNATIVES])
            yield name, _Ranking(places, lead, tuple(start + i for i in best))

    def _further(self, name: str, wanted: str) -> _Ranking | None:
        """What a name means that a rule asks for: as the document has it, or chosen in its light; None for no known name."""
        candidates = self._gazetteer.candidates(name)
        if not candidates:
            return None
        asked = single(name, candidates, wanted)
        told = [(key[2], ranking) for key, ranking in self._settled.items() if key[0] == asked.group and key[2] in (wanted, "")]
        told.sort(key=lambda one: one[0] != wanted)  # what the document says of this kind comes before what it leaves open
        for feature, ranking in told:
            if feature == wanted or wanted not in _KINDS or ranking.places[0].feature not in _KINDS:
                return ranking
            if ranking.places[0].feature == wanted or all(place.feature != wanted for place in ranking.places):
                return ranking
        return self._choose(asked)

    def _choose(self, asked: Name) -> _Ranking:
        """The choice for one name more, when all others mean what they were found to."""
        if self._known is None:
            self._known = [
                replace(name, candidates=(self.scene.candidate(self._settled[name.key].rows[0]),), beside=[])
                for name in self._names.values()
            ]
        scene = self._scene([*self._known, asked])
        verdict = scoring.settle(scene)
        return [ranking for _, ranking in self._rankings(scene, verdict)][-1]

    # Reporting

    def _report(self, mention: Mention) -> None:
        span = self._document.span(mention.start, mention.end)
        ranking = self._settled[key_of(mention)] if mention.candidates else None
        if ranking and not self._foreign(ranking):
            where = _where(mention.name, ranking, mention.use, span)
            if mention.use is not Use.DEMONYM and ranking.lead < _CLOSE and _apart(*ranking.places[:2]):
                self.problems.append(problems.close(where))
        else:
            place = self._site(mention.name, mention.start)
            where = Where(name=mention.name, place=place or self._stand_in(mention.name), use=mention.use, span=span)
            if place is None:
                self.problems.append(problems.unknown(where, ranking.places[0] if ranking else None))
        self.places.append(where)

    def _foreign(self, ranking: _Ranking) -> bool:
        """Whether the best place is a small one of a country that nothing else in a text about another country speaks of.

        Villages that no gazetteer knows have namesakes: better none of these than one a continent away.
        """
        row = ranking.rows[0]
        item = self.scene.candidate(row)
        if item.is_country or item.prominence >= _ABROAD or item.place.country == self._bound_to:
            return False
        return self._bound_to is not None and float(self._verdict.features[row, _TIES].sum()) < _FOREIGN

    @cached_property
    def _bound_to(self) -> str | None:
        """The country in which most of the named places lie, or None for few names or a text about several countries."""
        countries = Counter(
            self._settled[name.key].places[0].country for name in self._names.values() if name.key in self._settled
        )
        country, count = countries.most_common(1)[0] if countries else (None, 0)
        return country if countries.total() >= _BOUND_NAMES and count >= _BOUND * countries.total() else None

    def _site(self, name: str, start: int) -> Place | None:
        """For a building or square that no gazetteer knows, the town the text speaks of, as the ground it stands on."""
        words = name.lower().split()
        if not any(word in lexicon().sites for word in (words[:1] + words[-1:])) or words[-1] in lexicon().lines:
            return None
        town = self._town(start)
        return town and Place(name=name, lat=town.lat, lon=town.lon, country=town.country, feature="S", radius_m=town.radius_m)

    def _stand_in(self, name: str) -> Place | None:
        """For a name that no gazetteer knows, the middle of the ground that most of the text is about; None for roads and
        fronts, and where the text is about no one neighbourhood. Its feature class is "": nobody knows what it is.
        """
        if name.lower().split()[-1] in lexicon().lines:
            return None
        town = self._middle
        return town and Place(name=name, lat=town.lat, lon=town.lon, country=town.country, feature="", radius_m=_AROUND_M)

    @cached_property
    def _middle(self) -> Place | None:
        """The town about which most of the places of the text lie, by how often they are named; None if there is none."""
        places = [(self._settled[name.key].places[0], name) for name in self._names.values() if not name.dateline]
        pointed = [(place, name.weight) for place, name in places if place.radius_m < _REGION_M]
        best, most = None, _MOST * sum(weight for _, weight in pointed)
        for town, _ in pointed:
            if town.feature != "P":
                continue
            about = sum(
                weight * math.exp(-kilometres(town.lat, town.lon, place.lat, place.lon) / _ABOUT_KM)
                for place, weight in pointed
            )
            if about > most:
                best, most = town, about
        return best

    def _town(self, start: int) -> Place | None:
        """The last town named before these characters, or else the first after them, if it is not far off in the text."""
        town = None
        for mention in self.mentions:
            if mention.start > start + _SPEAKS_OF or (mention.start > start and town is not None):
                break
            if mention.start >= start - _SPEAKS_OF and mention.candidates and mention.use is not Use.DEMONYM:
                place = self._settled[key_of(mention)].places[0]
                town = place if place.feature == "P" else town
        return town


def _apart(one: Place, other: Place) -> bool:
    return kilometres(one.lat, one.lon, other.lat, other.lon) > _SAME_PLACE_KM


def _where(name: str, ranking: _Ranking, use: Use, span: Span) -> Where:
    return Where(name=name, place=ranking.places[0], alternatives=ranking.places[1:], use=use, span=span)


def _bare(name: str) -> str:
    words = name.split()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    return " ".join(words)


def _shapes(name: str) -> list[tuple[str, str]]:
    """A name as it stands, then without feature words and positions, each with the feature class that was told."""
    words, features = name.split(), lexicon().features
    shapes = [(name, "")]
    if len(words) > 1 and words[-1].lower() in features:
        shapes.append((" ".join(words[:-1]), features[words[-1].lower()]))
    if len(words) > 2 and words[1].lower() == "of":
        shapes.append((" ".join(words[2:]), features.get(words[0].lower(), "")))
    if len(words) > 1 and words[0].lower() in lexicon().positions:
        shapes.append((" ".join(words[1:]), ""))
    if len(words) > 1 and (words[-1].lower() in lexicon().sites or words[0].lower() in ("downtown", "city")):
        shapes.append((" ".join(words[:-1]), ""))
    return shapes

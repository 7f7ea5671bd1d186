"""Names to places in the light of one document.

A name means the same place wherever the document writes it, unless what follows a comma tells otherwise. Names that can mean
one place only, or one far more prominent than its namesakes, are settled first; the rest are then chosen by what the document
tells of countries, states and neighbouring places (`scoring`). The choice depends on the document alone, not on its order of
sentences beyond which mention comes first, nor on other documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import Candidate, Gazetteer
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.places import finder, scoring, uses
from whoholds.grounding.places.datelines import datelines
from whoholds.grounding.places.lexicon import lexicon
from whoholds.grounding.places.mention import Mention
from whoholds.language import Sentence
from whoholds.model import Document, Place, Problem, Span, Use, Where

_CONSIDERED = 30
_ALTERNATIVES = 4
_CLEAR = 1.5  # a lead in score that settles a name in the first pass
_CLOSE = 0.35  # a lead so small that the choice is told as a problem
_SAME_PLACE_KM = 60.0
_NATION_WEIGHT = {Use.LITERAL: 1.0, Use.MODIFIER: 1.0, Use.METONYM: 0.8, Use.DEMONYM: 0.7}
_OUTSHINES = 2.0  # a name so much better known than its namesakes speaks for its country
_DATELINE_WEIGHT = 3.0
_OUTLET_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One place a name could mean, its score and the features that it adds up from."""

    place: Place
    score: float
    features: tuple[tuple[str, float], ...]


class PlaceResolver:
    """The places of one document and the means to resolve further names in its light.

    `places` are its toponyms in text order, none overlapping; `problems` tell of names unknown to the gazetteer and of choices
    that were close. A resolver looks at its own document only.
    """

    def __init__(self, document: Document, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> None:
        self._document = document
        self._gazetteer = gazetteer
        self._around = scoring.Surroundings()
        self._settled: dict[tuple[str, str, str], tuple[Choice, ...]] = {}
        self._mentions = self._find(sentences)
        self._look_around()
        self._settle()
        self.places: list[Where] = []
        self.problems: list[Problem] = []
        for mention in self._mentions:
            self._report(mention)
        self._named = {(name, feature): choices for (name, _, feature), choices in reversed(self._settled.items())}

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
            choices = self._named.get((shape, wanted)) or self._named.get((shape, ""))
            if choices is None and (candidates := self._gazetteer.candidates(shape)):
                choices = self._choose(shape, candidates, wanted)
            if choices:
                return _where(bare, choices, Use.LITERAL, span)
        inside = [where for where in self.places if where.span and span.covers(where.span) and where.place]
        if inside:
            return Where(name=bare, place=inside[-1].place, alternatives=inside[-1].alternatives, span=span)
        candidates = self._gazetteer.variants(bare)
        if candidates:
            return _where(bare, self._choose(bare, candidates, ""), Use.LITERAL, span)
        return Where(name=bare, place=self._site(bare, span.start), span=span)

    def explain(self, where: Where) -> tuple[Choice, ...]:
        """The choices there were for a place of this document, best first, with their features; empty for an unknown name."""
        for mention in self._mentions:
            if where.span and mention.start == where.span.start:
                return self._settled.get(_key(mention), ())
        return ()

    # Finding

    def _find(self, sentences: Sequence[Sentence]) -> list[Mention]:
        filed = list(datelines(self._document, sentences, self._gazetteer))
        mentions = [mention for mention in filed if not any(mention.sentence is sentence for sentence in sentences)]
        for own in finder.find(self._document, sentences, self._gazetteer, filed):
            uses.mark_uses(own)
            uses.join_containers(own)
            mentions += own
        mentions.sort(key=lambda mention: mention.start)
        return mentions

    # Surroundings

    def _look_around(self) -> None:
        around = self._around
        for nation in self._published_in():
            around.mention_nation(nation, _OUTLET_WEIGHT)
        noted: set[str] = set()
        for mention in self._mentions:
            if not mention.candidates:
                continue
            best = mention.candidates[0]
            weight = _DATELINE_WEIGHT if mention.dateline else _NATION_WEIGHT[mention.use]
            if best.is_country and (len(mention.candidates) < 2 or mention.candidates[1].prominence < best.prominence - 1):
                around.mention_nation(best.place.country, weight)
            elif mention.use is not Use.DEMONYM:
                if len(mention.candidates) < 2 or best.prominence - mention.candidates[1].prominence > _OUTSHINES:
                    around.mention_nation(best.place.country, 0.5 * weight)
                if mention.name not in noted:
                    noted.add(mention.name)
                    around.note(mention.name, mention.candidates)
            self._note_division(mention)

    def _note_division(self, mention: Mention) -> None:
        for item in mention.candidates[:1]:
            if item.admin1 and item.place.feature == "A" and item.prominence > 5:
                self._around.divisions[item.admin1] = self._around.divisions.get(item.admin1, 0.0) + 1.0
                if len(mention.candidates) == 1:
                    self._around.mention_nation(item.place.country, 0.5)
        if mention.state:
            code = self._state(mention.state)
            if code:
                mention.state = code
                self._around.divisions[code] = self._around.divisions.get(code, 0.0) + 1.0
                self._around.mention_nation("US", 0.5)

    def _state(self, word: str) -> str:
        found = self._gazetteer.candidates(word)
        code = next((item.admin1 for item in found if item.place.feature == "A" and item.admin1), "")
        return code or (word if len(word) == 2 and word.isupper() else "")

    def _published_in(self) -> list[str]:
        nations = []
        host = _host(self._document.url)
        labels = host.split(".")
        if len(labels) > 1:
            code = lexicon().domains.get(labels[-1], labels[-1].upper() if len(labels[-1]) == 2 else "")
            if countries.country(code):
                nations.append(code)
        outlet = self._document.outlet or ""
        for word in outlet.split():
            nation = countries.by_name(word) or countries.by_demonym(word) or countries.by_capital(word)
            if nation:
                nations.append(nation.alpha2)
        return nations

    # Settling

    def _settle(self) -> None:
        waiting: dict[tuple[str, str, str], Mention] = {}
        for mention in self._mentions:
            if mention.candidates:
                waiting.setdefault(_key(mention), mention)
        order = sorted(
            waiting, key=lambda key: (not waiting[key].container and not waiting[key].state, len(waiting[key].candidates))
        )
        later = []
        for key in order:
            choices = self._choices(waiting[key])
            if len(choices) == 1 or choices[0].score - choices[1].score >= _CLEAR:
                self._keep(key, choices)
            else:
                later.append(key)
        ready = {key: self._choices(waiting[key]) for key in later}
        for key in sorted(later, key=lambda key: -_lead(ready[key])):
            self._keep(key, self._choices(waiting[key]))

    def _keep(self, key: tuple[str, str, str], choices: tuple[Choice, ...]) -> None:
        self._settled[key] = choices
        place = choices[0].place
        if place.radius_m < 300_000:
            self._around.settle(place.lat, place.lon)
        self._around.mention_nation(place.country, 0.3)

    def _choices(self, mention: Mention) -> tuple[Choice, ...]:
        container = mention.container.candidates[:5] if mention.container else ()
        return self._choose(mention.name, mention.candidates, mention.feature, container, mention.state)

    def _choose(
        self, name: str, candidates: tuple[Candidate, ...], wanted: str, container: tuple[Candidate, ...] = (), state: str = ""
    ) -> tuple[Choice, ...]:
        choices = []
        for item in candidates[:_CONSIDERED]:
            parts = list(scoring.features(item, self._around, name, wanted, container, state))
            choices.append(Choice(item.place, scoring.total(parts), tuple(parts)))
        choices.sort(key=lambda choice: -choice.score)
        return tuple(choices)

    # Reporting

    def _report(self, mention: Mention) -> None:
        span = self._document.span(mention.start, mention.end)
        choices = self._settled.get(_key(mention))
        if choices:
            where = _where(mention.name, choices, mention.use, span)
            if mention.use is not Use.DEMONYM and _lead(choices) < _CLOSE and _apart(choices[0].place, choices[1].place):
                self.problems.append(_close(where, choices))
        else:
            where = Where(name=mention.name, place=self._site(mention.name, mention.start), use=mention.use, span=span)
            if where.place is None:
                self.problems.append(_unknown(where))
        self.places.append(where)

    def _site(self, name: str, start: int) -> Place | None:
        """For a building or square that no gazetteer knows, the last town named before it, as the ground it stands on."""
        words = name.lower().split()
        if not any(word in lexicon().sites for word in (words[:1] + words[-1:])) or words[-1] in lexicon().lines:
            return None
        town = None
        for mention in self._mentions:
            if mention.start > start and town is not None:
                break
            settled = self._settled.get(_key(mention))
            if settled and settled[0].place.feature == "P" and mention.use is not Use.DEMONYM:
                town = settled[0].place
        if town is None:
            return None
        return Place(name=name, lat=town.lat, lon=town.lon, country=town.country, feature="S", radius_m=town.radius_m)


def _key(mention: Mention) -> tuple[str, str, str]:
    return mention.name, mention.container.name if mention.container else mention.state, mention.feature


def _lead(choices: tuple[Choice, ...]) -> float:
    return choices[0].score - choices[1].score if len(choices) > 1 else 99.0


def _apart(one: Place, other: Place) -> bool:
    return kilometres(one.lat, one.lon, other.lat, other.lon) > _SAME_PLACE_KM


def _where(name: str, choices: tuple[Choice, ...], use: Use, span: Span) -> Where:
    alternatives = tuple(choice.place for choice in choices[1 : 1 + _ALTERNATIVES])
    return Where(name=name, place=choices[0].place, alternatives=alternatives, use=use, span=span)


def _close(where: Where, choices: tuple[Choice, ...]) -> Problem:
    first, second = choices[0].place, choices[1].place
    message = (
        f'two places fit "{where.name}": {_told(first)} and {_told(second)}; took the first, kept the other as an alternative'
    )
    return Problem("place-ambiguous", message, where.span, "a country or region named beside it would settle it")


def _unknown(where: Where) -> Problem:
    return Problem("place-unknown", f'no gazetteer entry fits "{where.name}"; it has no coordinates', where.span)


def _told(place: Place) -> str:
    return f"{place.name} ({place.country or 'no country'} {place.lat:.2f} {place.lon:.2f})"


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:  # a malformed address tells nothing
        return ""


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

"""The names of a document: each way in which it uses a name, with all its mentions, is chosen for once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from whoholds.grounding.gazetteer import Candidate, fold
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.places.mention import Mention
from whoholds.model import Use

_CONSIDERED = 30  # candidates of a name, the most prominent ones
_CONTAINERS = 5
_WEIGHT = {Use.LITERAL: 1.0, Use.MODIFIER: 1.0, Use.METONYM: 0.8, Use.DEMONYM: 0.7}
_DATELINE_WEIGHT = 3.0
_LINKS = frozenset({",", "and", "or", "&", "/"})
_KINDS = ("A", "P")
_SHORT = 3  # letters; "US" and "us" are told apart by case

Key = tuple[str, str, str]


@dataclass(slots=True, eq=False)
class Name:
    """A name with what follows it after a comma and the feature class told beside it, and what it can mean.

    `weight` is how much its mentions tell of where the document is, `governing` the share of them that stand for a
    government, `beside` the names it is listed with ("in Agdam, Fizuli and Jabrayil"). `outlet` marks the town that the
    outlet is named after, which no sentence mentions.
    """

    key: Key
    name: str
    candidates: tuple[Candidate, ...]
    feature: str = ""
    container: tuple[Candidate, ...] = ()
    state: str = ""
    weight: float = 0.0
    governing: float = 0.0
    dateline: bool = False
    outlet: bool = False
    beside: list[Name] = field(default_factory=list)

    @property
    def group(self) -> str:
        """What the names that are spelled alike have in common."""
        return self.key[0]


def key_of(mention: Mention) -> Key:
    """What the mentions of one name share: its spelling, what says where it lies, and the feature class told."""
    return _spelling(mention.name), mention.container.name if mention.container else mention.state, mention.feature


def single(name: str, candidates: tuple[Candidate, ...], feature: str) -> Name:
    """A name that stands in no sentence of its own."""
    return Name((_spelling(name), "", feature), name, candidates[:_CONSIDERED], feature)


def of_kind(name: Name, order: Sequence[int]) -> list[int]:
    """The candidates in this order (numbers, best first), but the one of the kind that the word beside the name tells before
    a namesake of another kind that lies where it does: "the town of Lachin" is not the district of Lachin, whatever else in
    the text speaks for that. A namesake elsewhere is no matter of kinds.
    """
    best = name.candidates[order[0]]
    if name.feature not in _KINDS or best.place.feature == name.feature or best.place.feature not in _KINDS or best.is_country:
        return list(order)
    told = next((at for at in order if _beside(name.candidates[at], best, name.feature)), None)
    return list(order) if told is None else [told, *(at for at in order if at != told)]


def _beside(item: Candidate, best: Candidate, kind: str) -> bool:
    """Whether the candidate is of this kind, and the town in the area of its name or the area around it."""
    one, two = item.place, best.place
    if one.feature != kind or item.is_country or one.country != two.country:
        return False
    return kilometres(one.lat, one.lon, two.lat, two.lon) <= max(one.radius_m, two.radius_m) / 1000


def gathered(mentions: Sequence[Mention]) -> dict[Key, Name]:
    """The names of these mentions, in the order of their first mention; those that can mean nothing are left out."""
    found: dict[Key, Name] = {}
    for mention in mentions:
        if not mention.candidates:
            continue
        key = key_of(mention)
        name = found.get(key)
        if name is None:
            container = mention.container.candidates[:_CONTAINERS] if mention.container else ()
            name = found[key] = Name(
                key, mention.name, mention.candidates[:_CONSIDERED], mention.feature, container, mention.state
            )
        name.weight += _DATELINE_WEIGHT if mention.dateline else _WEIGHT[mention.use]
        name.governing += mention.use is Use.METONYM
        name.dateline = name.dateline or mention.dateline
    _count(mentions, found)
    return found


def _count(mentions: Sequence[Mention], found: dict[Key, Name]) -> None:
    counts = dict.fromkeys(found, 0)
    last: Mention | None = None
    for mention in mentions:
        if not mention.candidates:
            continue
        key = key_of(mention)
        counts[key] += 1
        if last is not None and listed(last, mention):
            one, other = found[key_of(last)], found[key]
            if one is not other:
                one.beside.append(other)
                other.beside.append(one)
        last = mention
    for key, name in found.items():
        name.governing /= counts[key]


def listed(one: Mention, other: Mention) -> bool:
    """Whether the second mention follows the first in a list, rather than telling where it lies."""
    if one.sentence is not other.sentence or one.container is other or other.use is Use.DEMONYM or one.use is Use.DEMONYM:
        return False
    between = one.sentence.tokens[one.last + 1 : other.first]
    return (
        0 < len(between) <= 3
        and between[0].text in _LINKS
        and all(token.text in _LINKS or token.lower in ("the", "in") for token in between)
    )


def _spelling(name: str) -> str:
    return fold(name) or name if len(name) > _SHORT else name

"""Facets: what linking looks at in a claim, worked out once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from whoholds.model import Actor, Claim, Count, Event, EventType, Factuality, Site, Testimony, When
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.voices import Voice, voice_of

WIDE_DAYS = 31
"""A time of more days than this is that of a war or a siege, not of a happening within it: a month is still a coarse day."""

NEWS_DAYS = 7
"""What is told without a day is looked for on the day it was said and on so many days before: a daily tells of yesterday, a
weekly of its week; older things are told with their day."""

FRESH_DAYS = 3
"""A happening "by" a day that is so near to the day it was said is news of the days up to it."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDINGS = ("ings", "ing", "edly", "ed", "es", "s")
_EMPTY = frozenset(
    "the and for but nor not its his her their our this that these those with from into onto over under after before "
    "when while who whom whose which what where were was has had have been being are will would could should may "
    "might must can did does than then them they she him you all any some more most least about around near nearly "
    "almost only also still other another out off down upon between among during since until against because both "
    "each few many much said say says told according reported report reports people person man men woman women day "
    "days night week month year one two three four five six seven eight nine ten dozen dozens hundred hundreds "
    "thousand thousands several number total toll kill killed killing dead death died dying left lives injured "
    "injuring wounded wounding hurt monday tuesday wednesday thursday friday saturday sunday january february march "
    "april june july august september october november december city town village district region province area "
    "forces force troops army soldiers fighters rebels militants gunmen police military officials attack attacked "
    "attacks strike struck fighting".split()
)
_MEANS = {
    "air": "airstrike airstrikes warplane warplanes jet jets bombed bombs bomber bombers helicopter helicopters raid raids",
    "drone": "drone drones uav",
    "fire": "shell shells shelled shelling mortar mortars artillery rocket rockets missile missiles howitzer grad barrage",
    "bomb": "bomb bombing blast blew exploded explosion explosive ied suicide detonated mine landmine grenade",
    "shots": "shot shooting gunfire sniper snipers ambush ambushed gunned bullets",
    "blade": "stabbed stabbing knife machete machetes hacked beheaded",
    "arson": "torched burned burnt burning arson",
    "arrest": "arrested arrest arrests detained detention detentions jailed",
    "abduction": "kidnapped abducted abduction kidnapping hostage hostages seized",
    "blockade": "blockade blockaded curfew besieged siege checkpoint checkpoints",
}
_TARGETS = {
    "market": "market markets bazaar marketplace",
    "school": "school schools university college pupils classroom",
    "hospital": "hospital hospitals clinic clinics ward maternity ambulance ambulances",
    "worship": "mosque mosques church churches cathedral temple shrine synagogue monastery worshippers",
    "bridge": "bridge bridges",
    "bakery": "bakery bakeries bread",
    "power": "power substation electricity",
    "dam": "dam waterworks",
    "airport": "airport airfield airbase",
    "port": "port harbour docks",
    "base": "barracks garrison headquarters outpost",
    "home": "apartment apartments flats residential",
    "camp": "camp camps tents",
    "convoy": "convoy convoys bus buses train lorry truck",
    "wedding": "wedding funeral mourners",
    "station": "station",
    "prison": "prison jail",
    "embassy": "embassy consulate",
    "delay": "delay delayed delays postpone postponed postponement extend extended extension prolong prolonged",
    "truce": "truce ceasefire armistice",
    "exchange": "exchange swap swapped captives",
    "weapons": "weapons arms ammunition",
}
_MEANS_OF = {word: kind for kind, words in _MEANS.items() for word in words.split()}
_TARGET_OF = {word: kind for kind, words in _TARGETS.items() for word in words.split()}
_AREA_M = 40_000  # a "place" that reaches so far is an area: being in the same one says little


@dataclass(frozen=True, slots=True)
class Facet:
    """A claim as linking sees it. Days are ordinals, both inclusive, None where open.

    `dated` tells whether any are told; where none are, they are those that it is looked for on.
    """

    testimony: Testimony
    id: str
    type: EventType
    denied: bool
    document: str
    first: int | None
    last: int | None
    dated: bool
    wide: bool
    said: int
    site: str | None
    around: frozenset[str]
    vague: bool
    lat: float | None
    lon: float | None
    radius_m: int
    doers: frozenset[str]
    undergoers: frozenset[str]
    counts: tuple[Count | None, Count | None, Count | None]
    words: frozenset[str]
    means: frozenset[str]
    targets: frozenset[str]
    voice: Voice

    @property
    def actual(self) -> bool:
        """Whether it is told as having happened."""
        return self.testimony.claim.factuality is Factuality.ACTUAL


def facets_of(testimony: Iterable[Testimony], sides: Sides) -> list[Facet]:
    """The facets of the event claims that can tell of a happening (actual, possible, denied), once each, by claim id.

    Where a claim comes twice the testimony said first counts.
    """
    found: dict[str, Testimony] = {}
    for one in testimony:
        if not is_told(one.claim):
            continue
        id = one.claim.id
        before = found.setdefault(id, one)
        if before is not one and (one.said, one.entry, one.outlets) < (before.said, before.entry, before.outlets):
            found[id] = one
    return [facet_of(found[id], id, sides) for id in sorted(found)]


def is_told(claim: Claim) -> bool:
    """Whether a claim is of an event told as having happened, perhaps happened, or not happened."""
    return isinstance(claim.matter, Event) and claim.factuality is not Factuality.PLANNED


def facet_of(testimony: Testimony, id: str, sides: Sides) -> Facet:
    """What linking looks at in the testimony of an event, whose claim has this id."""
    claim, site = testimony.claim, testimony.site
    event = claim.matter
    assert isinstance(event, Event)
    first, last = days_of(claim.when, testimony.said)
    place = site.place if site else None
    spoken = _WORD.findall(claim.evidence.quote.casefold())
    names = [_stems_of_name(actor.name) for actor in event.actors + event.recipients]
    named = _stems_of_name(site.name).union(*names) if site else frozenset[str]().union(*names)
    day = day_of(testimony)
    return Facet(
        testimony=testimony,
        id=id,
        type=event.type,
        denied=claim.factuality is Factuality.DENIED,
        document=claim.evidence.document,
        first=first,
        last=last,
        dated=claim.when is not None,
        wide=first is None or last is None or last - first >= WIDE_DAYS,
        said=testimony.said.toordinal(),
        site=site.key if site else None,
        around=frozenset(site.within) if site else frozenset(),
        vague=_vague(site),
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_m=place.radius_m if place else 0,
        doers=keys_of(event.actors, day, sides),
        undergoers=keys_of(event.recipients, day, sides),
        counts=(event.killed, event.injured, event.crowd),
        words=frozenset([_stem(word) for word in spoken if word not in _EMPTY]) - named,
        means=frozenset(_MEANS_OF[word] for word in spoken if word in _MEANS_OF),
        targets=frozenset(_TARGET_OF[word] for word in spoken if word in _TARGET_OF),
        voice=voice_of(testimony, sides),
    )


def days_of(when: When | None, said: date) -> tuple[int | None, int | None]:
    """The first and last day, as ordinals, on which linking takes it to have been.

    An open end is the day it was said, if in the week after. What has no day, and "by the 11th"
    said about then, is news of the week up to then.
    """
    if when is None:
        return max(1, said.toordinal() - NEWS_DAYS), said.toordinal()
    first, last = when.begin.not_before, when.end.not_after
    if last is None and first is not None and 0 <= (said - first).days <= NEWS_DAYS:
        last = said
    if first is None and last is not None and abs((said - last).days) <= FRESH_DAYS:
        return max(1, last.toordinal() - NEWS_DAYS), last.toordinal()
    return first.toordinal() if first else None, last.toordinal() if last else None


def known(actor: Actor) -> bool:
    """Whether an actor is told well enough to tell sides apart: "gunmen" are not."""
    return actor.country is not None or actor.organisation is not None


def keys_of(actors: Iterable[Actor], day: date, sides: Sides) -> frozenset[str]:
    """The keys of the sides of those that are told well enough; a civilian, who fights for nobody, is left out."""
    return frozenset(sides.side_of(actor, day).key for actor in actors if known(actor))


def day_of(testimony: Testimony) -> date:
    """The day on which sides are looked up: the first it can have been, else the day it was said."""
    when = testimony.claim.when
    bounds = when.begin if when else None
    return (bounds and (bounds.not_before or bounds.not_after)) or testimony.said


def _vague(site: Site | None) -> bool:
    """Whether a site is no place for a happening: none at all, or a country or great region."""
    return site is None or (site.place is not None and site.place.radius_m >= _AREA_M)


@lru_cache(maxsize=65536)
def _stems_of_name(name: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(name.casefold()))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def ordinal(day: int) -> date:
    """The day of an ordinal, kept within the calendar."""
    return date.fromordinal(min(max(day, 1), date.max.toordinal()))

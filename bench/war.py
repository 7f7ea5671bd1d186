"""A synthetic war: reports of who took what from whom, over years and thousands of places, drawn from a seed.

Places lie on a grid; a front runs across it from north to south and moves a little every day, differently in each row, so that
places near it change hands several times and those far from it hardly ever. Every change is reported by one to five outlets in
their own words, some with a day of delay, some with a wrong day; the side that lost it sometimes concedes and sometimes denies.
What is left of the claims asked for tells who still holds places and districts, and of strikes and truces. A document holds ten
claims; its text is what its claims quote.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from whoholds.model import (
    Act,
    Action,
    Actor,
    Asserted,
    Change,
    Claim,
    Control,
    Count,
    Document,
    Event,
    EventType,
    Factuality,
    Filed,
    Matter,
    Obligation,
    Place,
    Role,
    Site,
    Step,
    When,
    Where,
    key_of,
)

FIRST_DAY = date(2019, 1, 1)
SIDES = (
    Actor(name="Northern army", country="UKR", role=Role.MIL),
    Actor(name="Southern army", country="RUS", role=Role.MIL),
)
OUTLETS = tuple(f"Outlet {number}" for number in range(40))
_PER_DOCUMENT = 10
_PER_DISTRICT = 25
_DISTRICTS_PER_REGION = 40
_STEP = 0.06  # degrees between neighbours of the grid, about 6 km
_DENIED, _CONCEDED, _MISDATED = 0.12, 0.2, 0.05
_EVENTS, _DUTIES, _WIDE = 0.2, 0.02, 0.005  # shares of the claims that tell of no change
_DRIFT = 0.3  # columns a day that the front moves in a row, one standard deviation


@dataclass(frozen=True, slots=True)
class Country:
    """The grid: its places in rows from north to south, its districts, and the areas that each lies in."""

    places: tuple[Place, ...]
    districts: tuple[Place, ...]
    columns: int
    within: dict[str, tuple[str, ...]]

    def situate(self, where: Where) -> Site:
        """The site of a place of the grid, with its district, region and country."""
        place = where.place
        if place is None:
            raise ValueError(f"{where.name} is not on the grid")
        key = key_of(place)
        return Site(key, place.name, place, self.within.get(key, ()))


def country(count: int) -> Country:
    """A country of so many places."""
    columns = max(1, round((count * 2) ** 0.5))
    places, districts, within = [], [], {}
    for number in range(count):
        row, column = divmod(number, columns)
        place = _place(f"Town {number}", 52.0 - row * _STEP, 24.0 + column * _STEP, "P", 1_000_000 + number)
        places.append(place)
        district = number // _PER_DISTRICT
        region = district // _DISTRICTS_PER_REGION
        if district == len(districts):
            districts.append(_place(f"District {district}", place.lat, place.lon, "A", 2_000_000 + district))
            within[key_of(districts[-1])] = (f"geonames:{3_000_000 + region}", "geonames:690791")
        within[key_of(place)] = (key_of(districts[-1]), *within[key_of(districts[-1])])
    return Country(tuple(places), tuple(districts), columns, within)


def documents(land: Country, claims: int, days: int, seed: int = 1) -> Iterator[list[Act]]:
    """The acts that file the reports of a war and assert about `claims` claims of them, a list a document, by day."""
    rng = random.Random(seed)
    per_day = claims / days
    owed = 0.0
    front = [land.columns / 2.0] * (len(land.places) // land.columns + 1)
    holder = [int(number % land.columns > land.columns / 2) for number in range(len(land.places))]
    waiting: list[list[_Telling]] = [[] for _ in range(days + 3)]
    for number in range(days):
        today = FIRST_DAY + timedelta(number)
        for telling in _flips(land, front, holder, today, rng):
            waiting[number + rng.choice((0, 0, 0, 1, 2))].append(telling)
        owed += per_day
        due = waiting[number]
        due += [_still(land, holder, today, rng) for _ in range(max(0, round(owed) - len(due)))]
        owed -= len(due)
        rng.shuffle(due)
        for start in range(0, len(due), _PER_DOCUMENT):
            yield _report(due[start : start + _PER_DOCUMENT], today, start, rng)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a claim will say, before it has words of a document."""

    words: str
    matter: Matter
    place: Place
    when: str
    said_by: tuple[Actor, ...] = ()
    factuality: Factuality = Factuality.ACTUAL


def _flips(land: Country, front: list[float], holder: list[int], today: date, rng: random.Random) -> Iterator[_Telling]:
    for row in range(len(front)):
        front[row] = min(land.columns - 1.0, max(0.0, front[row] + rng.gauss(0, _DRIFT)))
        for column in range(int(front[row]) - 1, int(front[row]) + 2):
            number = row * land.columns + column
            if not (0 <= column < land.columns and number < len(land.places)):
                continue
            now = int(column > front[row])
            if now != holder[number]:
                holder[number] = now
                yield from _told(land.places[number], now, today, rng)


def _told(place: Place, winner: int, today: date, rng: random.Random) -> Iterator[_Telling]:
    gainer, loser = SIDES[winner], SIDES[1 - winner]
    matter = Control(change=Change.GAINS, holder=gainer, former=loser)
    for _ in range(rng.randint(1, 5)):
        day = today + timedelta(rng.choice((-31, 30, 7))) if rng.random() < _MISDATED else today
        said_by = (gainer,) if rng.random() < 0.4 else ()
        yield _Telling(f"{gainer.name} took {place.name} on {day}", matter, place, day.isoformat(), said_by)
    if rng.random() < _CONCEDED:
        lost = Control(change=Change.LOSES, former=loser)
        yield _Telling(f"{loser.name} said it left {place.name} on {today}", lost, place, today.isoformat(), (loser,))
    elif rng.random() < _DENIED:
        words = f"{loser.name} denied that {place.name} fell on {today}"
        yield _Telling(words, matter, place, today.isoformat(), (loser,), Factuality.DENIED)


def _still(land: Country, holder: list[int], today: date, rng: random.Random) -> _Telling:
    number = rng.randrange(len(land.places))
    place, side = land.places[number], SIDES[holder[number]]
    drawn = rng.random()
    if drawn < _DUTIES:
        due = (today + timedelta(rng.randint(3, 60))).isoformat()
        duty = Obligation(step=Step.SET, action=Action.WITHDRAW, obligors=(side,), due=When(due), agreement="truce")
        return _Telling(f"{side.name} is to leave {place.name} by {due}", duty, place, today.isoformat())
    if drawn < _DUTIES + _EVENTS:
        killed = rng.randint(1, 40)
        strike = Event(type=EventType.ASSAULT, actors=(SIDES[1 - holder[number]],), killed=Count(killed, killed))
        return _Telling(f"a strike on {place.name} killed {killed} on {today}", strike, place, today.isoformat())
    holds = Control(change=Change.HOLDS, holder=side)
    if drawn > 1 - _WIDE:
        district = land.districts[number // _PER_DISTRICT]
        return _Telling(f"{side.name} holds {district.name} as of {today}", holds, district, f"../{today}")
    return _Telling(f"{side.name} holds {place.name} as of {today}", holds, place, f"../{today}")


def _report(tellings: list[_Telling], today: date, number: int, rng: random.Random) -> list[Act]:
    outlet = rng.choice(OUTLETS)
    lines = [f"{outlet}, report {number} of {today}", *(telling.words for telling in tellings)]
    text = ".\n".join(lines) + "."
    document = Document(text=text, name=f"{today}-{number}.txt", outlet=outlet, published=today)
    acts: list[Act] = [Filed(document)]
    at = len(lines[0]) + 2
    for telling in tellings:
        acts.append(Asserted(_claim(telling, document, at)))
        at += len(telling.words) + 2
    return acts


def _claim(telling: _Telling, document: Document, at: int) -> Claim:
    return Claim(
        matter=telling.matter,
        evidence=document.span(at, at + len(telling.words)),
        said_by=telling.said_by,
        factuality=telling.factuality,
        when=When(telling.when),
        where=Where(name=telling.place.name, place=telling.place),
        confidence=0.8,
    )


def _place(name: str, lat: float, lon: float, feature: str, geonameid: int) -> Place:
    return Place(name=name, lat=round(lat, 4), lon=round(lon, 4), country="UA", feature=feature, geonameid=geonameid)

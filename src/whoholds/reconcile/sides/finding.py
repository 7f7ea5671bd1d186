"""Sides on a day: affiliations followed from an actor to the end. The rules are told at the top of the package."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from whoholds.model import Actor, Affiliation, Role, Side
from whoholds.reconcile.sides.entered import entry_of
from whoholds.reconcile.sides.portraits import BY_BACKER, Kind, Naming, Painter, Portrait, covers

_KEPT = 1 << 17  # answers remembered: an actor's name and a stretch of days without change each
_TABLE = Affiliation(member=Actor(name=""), side=Actor(name="")).source
Stretch = int
"""The number of a stretch of days in which no affiliation begins or ends."""


@dataclass(frozen=True, slots=True)
class _Link:
    """An affiliation as seen from the one of its two ends that it is looked up by; `rank` sorts the first to count first."""

    rank: tuple[object, ...]
    member: Portrait
    side: Portrait
    told: Affiliation | None
    own: bool = True  # looked up by its member; False: a parting looked up by the side

    def holds_in(self, first: date, last: date) -> bool:
        if self.told is None:
            return True
        return (self.told.first is None or self.told.first <= first) and (self.told.last is None or last <= self.told.last)

    @property
    def apart(self) -> bool:
        return self.told is not None and self.told.apart


@dataclass(frozen=True, slots=True)
class _Step:
    """What is taken from a party: the link (None: it stands by itself) and what bars the way on."""

    link: _Link | None
    bars: tuple[_Link, ...]


class Sides:
    """Alliances over time, from affiliations in any order.

    `country_named` gives the alpha-3 code of the country that words name or tell of ("Turkish", "Ankara"), `organisation_named`
    the name that an organisation goes by; without them backers told by a name, and members written without codes, are known by
    their words only. Equal affiliations make equal sides, whatever their order; the only order is that of entries' numbers.
    """

    def __init__(
        self,
        affiliations: Iterable[Affiliation] = (),
        *,
        country_named: Naming | None = None,
        organisation_named: Naming | None = None,
    ) -> None:
        told = sorted(set(affiliations), key=_order)
        self._painter = Painter(_organisations(told, organisation_named), country_named, organisation_named)
        self._starts = sorted({day for affiliation in told for day in _turns(affiliation)})
        self._links: dict[tuple[Kind, str | None], list[_Link]] = {}
        for affiliation in told:
            self._add(affiliation)
        self._portrait = lru_cache(_KEPT)(self._paint)
        self._linked = lru_cache(_KEPT)(self._look_up)
        self._end = lru_cache(_KEPT)(self._find_end)

    def side_of(self, actor: Actor, day: date) -> Side:
        """The side on which an actor counts on a day."""
        return self._end(self._of(actor), self._stretch(day))

    def why(self, actor: Actor, day: date) -> tuple[Affiliation, ...]:
        """The affiliations by which an actor counts where it does, from itself on; a backer that its name tells is left out."""
        way = self._way(self._of(actor), self._stretch(day))
        return tuple(link.told for _, link in way if link and link.told)

    def _of(self, actor: Actor) -> Portrait:
        return self._portrait(actor.name, actor.country, actor.role, actor.organisation)

    def _paint(self, name: str, country: str | None, role: Role | None, organisation: str | None) -> Portrait:
        return self._painter.actor(Actor(name=name, country=country, role=role, organisation=organisation))

    def _stretch(self, day: date) -> Stretch:
        return bisect_right(self._starts, day)

    def _days(self, stretch: Stretch) -> tuple[date, date]:
        first = self._starts[stretch - 1] if stretch else date.min
        last = self._starts[stretch] - timedelta(days=1) if stretch < len(self._starts) else date.max
        return first, last

    def _add(self, told: Affiliation) -> None:
        member, side = self._painter.member(told.member), self._painter.actor(told.side)
        self._file(_Link(_rank(told, member), member, side, told))
        if told.apart:
            back = self._painter.member(told.side)
            self._file(_Link(_rank(told, back), back, self._painter.actor(told.member), told, own=False))

    def _file(self, link: _Link) -> None:
        self._links.setdefault(_drawer(link.member), []).append(link)

    def _look_up(self, party: Portrait) -> tuple[_Link, ...]:
        """The affiliations about a party at any time, the first to count first."""
        drawers = (_drawer(party), (Kind.NAMED, None))
        found = [link for drawer in drawers for link in self._links.get(drawer, ()) if covers(link.member, party)]
        if party.backer:
            found.append(_Link((1, -BY_BACKER), party, _backer_of(party.backer), None))
        return tuple(sorted(found, key=lambda link: link.rank))

    def _choice(self, party: Portrait, stretch: Stretch) -> _Step:
        """The first affiliation that holds and is not barred directly."""
        first, last = self._days(stretch)
        bars: list[_Link] = []
        for link in self._linked(party):
            if not link.holds_in(first, last):
                continue
            if link.apart:
                bars.append(link)
            elif link.side != party and not any(_bars(bar, link.side) for bar in bars):
                return _Step(link, tuple(bars))
        return _Step(None, tuple(bars))

    def _step(self, party: Portrait, stretch: Stretch) -> _Link | None:
        """What is taken from a party: its choice, unless that leads to one from whom it is apart."""
        choice = self._choice(party, stretch)
        if choice.link is None or not choice.bars:
            return choice.link
        onward = _until(self._choices(choice.link.side, stretch), party)
        for bar in choice.bars:
            if any(_bars(bar, portrait) for portrait in onward):
                return None
            if bar.own and _meet(onward, _until(self._choices(bar.side, stretch), party)):
                return None
        return choice.link

    def _choices(self, party: Portrait, stretch: Stretch) -> list[Portrait]:
        """A party and those that choices lead to, each once."""
        found = [party]
        while (link := self._choice(found[-1], stretch).link) and link.side not in found:
            found.append(link.side)
        return found

    def _way(self, party: Portrait, stretch: Stretch) -> list[tuple[Portrait, _Link | None]]:
        """The parties from one to the end, each with the link taken from it; in a circle the last link leads back."""
        way: list[tuple[Portrait, _Link | None]] = []
        seen: set[Portrait] = set()
        at: Portrait | None = party
        while at is not None and at not in seen:
            seen.add(at)
            link = self._step(at, stretch)
            way.append((at, link))
            at = link.side if link else None
        return way

    def _find_end(self, party: Portrait, stretch: Stretch) -> Side:
        way = self._way(party, stretch)
        last, link = way[-1]
        if link is None:
            return last.party
        portraits = [portrait for portrait, _ in way]
        circle = portraits[portraits.index(link.side) :]
        return min((portrait.party for portrait in circle), key=lambda side: (not side.key.isupper(), side.key))


def _order(told: Affiliation) -> tuple[str, ...]:
    days = (told.first or date.min).isoformat(), (told.last or date.max).isoformat()
    return (*map(repr, (told.side, told.member)), *days, str(told.apart), told.source)


def _rank(told: Affiliation, member: Portrait) -> tuple[object, ...]:
    entry = entry_of(told)
    if entry is not None:
        return 0, -member.narrowness, -entry
    standing = 1 if told.source == _TABLE else 2
    return standing, -member.narrowness, 0, not told.apart, *_order(told)


def _turns(told: Affiliation) -> Iterator[date]:
    """The days on which an affiliation begins to hold and no longer holds."""
    if told.first:
        yield told.first
    if told.last and told.last < date.max:
        yield told.last + timedelta(days=1)


def _organisations(told: Iterable[Affiliation], organisation_named: Naming | None) -> dict[str, str]:
    """The organisations that affiliations speak of, by key, each with one name to show."""
    found: dict[str, str] = {}
    for actor in (end for affiliation in told for end in (affiliation.member, affiliation.side)):
        name = actor.organisation
        if name is None and actor.country is None and actor.role is None and organisation_named:
            name = organisation_named(actor.name)
        if name:
            words = " ".join(name.split())
            found[words.casefold()] = min(words, found.get(words.casefold(), words))
    return found


def _drawer(portrait: Portrait) -> tuple[Kind, str | None]:
    """Where affiliations about it are filed: a party's key, and for names and unnamed groups the country."""
    if portrait.kind is Kind.NAMED:
        return Kind.NAMED, None
    return portrait.kind, portrait.country if portrait.kind is Kind.UNNAMED else portrait.party.key


def _backer_of(side: Side) -> Portrait:
    kind = Kind.STATE if side.key.isupper() else Kind.ORGANISATION
    return Portrait(kind, side, side.key if kind is Kind.STATE else None, None, frozenset(), None)


def _bars(bar: _Link, other: Portrait) -> bool:
    """Whether a parting speaks of this other party."""
    return covers(bar.side, other) or bar.side.party.key == other.party.key != ""


def _until(portraits: list[Portrait], end: Portrait) -> list[Portrait]:
    """Those before `end`; all, where it is not among them."""
    for number, portrait in enumerate(portraits):
        if _is_same(portrait, end):
            return portraits[:number]
    return portraits


def _meet(some: list[Portrait], others: list[Portrait]) -> bool:
    return any(_is_same(one, other) for one in some for other in others)


def _is_same(one: Portrait, other: Portrait) -> bool:
    """Whether two portraits are of one party, by whatever names."""
    known = one.kind is other.kind and one.kind in (Kind.ORGANISATION, Kind.STATE)
    return one == other or (known and one.party.key == other.party.key and one.backer is other.backer is None)

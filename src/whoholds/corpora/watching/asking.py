"""Asking politely: what robots.txt forbids is not asked for, each host is asked one thing at a time, and every redirect anew.

Robots Exclusion Protocol (RFC 9309): rules count for a day; an origin that has none (4xx) allows all; where they cannot be
had (5xx, 429, no answer), nothing is asked for. Crawl-delay, which is no part of it, is the least pause between two questions.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import httpx
from protego import Protego

from whoholds.articles.answers import NO_VALIDATORS, Validators
from whoholds.articles.asking import AGENT, RefusedError, checked, shown
from whoholds.articles.fetching import (
    MOST_REDIRECTS,
    Bounds,
    Declined,
    Fetched,
    LeadsOn,
    Unchanged,
    fetch_once,
)
from whoholds.corpora.watching.pace import Clock, Turns
from whoholds.corpora.watching.state import Rules, State
from whoholds.model import Problem

_KEPT = timedelta(days=1)
_TRIED_AGAIN = timedelta(minutes=15)  # rules that could not be had
_ROBOTS = Bounds(largest=1_000_000, seconds=20.0)  # RFC 9309, 2.5: at least 500 KiB are read
_LONGEST_DELAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How is asked: whom to write to, the least pause between two questions to a host, and whether private ones are asked."""

    contact: str = ""
    pause: timedelta = timedelta(seconds=2)
    allow_private: bool = False
    bounds: Bounds = field(default_factory=Bounds)


class Polite:
    """Asks for addresses; for many threads. `manners` may be replaced meanwhile.

    Raises StoppingError when the watch is to stop.
    """

    def __init__(self, manners: Manners, state: State, clock: Clock, turns: Turns) -> None:
        self.manners = manners
        self._state = state
        self._clock = clock
        self._turns = turns

    def get(
        self, address: str, *, types: frozenset[str] | None, known: Validators = NO_VALIDATORS
    ) -> Fetched | Unchanged | Problem:
        """What is at an address, as `fetch`; a Problem `robots` where its site does not want it to be asked for."""
        url, moved, permanent = address, None, True
        for _ in range(MOST_REDIRECTS + 1):
            found = self._hop(url, types, known)
            if not isinstance(found, LeadsOn):
                return found if isinstance(found, Problem) else replace(found, moved=moved)
            permanent = permanent and found.permanent
            url, moved = found.to, found.to if permanent else moved
        return Problem("redirects", f"{shown(address)} leads on more than {MOST_REDIRECTS} times", hint="check the address")

    def _hop(self, address: str, types: frozenset[str] | None, known: Validators) -> Fetched | Unchanged | LeadsOn | Problem:
        try:
            url = checked(address)
        except RefusedError as refused:
            return refused.problem
        rules = self._rules(url)
        if not rules.allowed:
            words = f"{shown(address)} is not asked for: {rules.words or 'robots.txt cannot be had'}"
            return Problem("robots-unknown", words, hint="a site is asked only once its robots.txt is known; it is tried again")
        robots = Protego.parse(rules.words)
        if not robots.can_fetch(str(url), AGENT):
            words = f"{shown(address)} is not asked for: its site's robots.txt forbids it"
            return Problem("robots", words, hint="ask the site for leave, or leave it out")
        with self._turns.turn(_host(url), max(self.manners.pause, _delay(robots))):
            return self._asked(address, self.manners.bounds, types, known)

    def _asked(
        self, address: str, bounds: Bounds, types: frozenset[str] | None, known: Validators = NO_VALIDATORS
    ) -> Fetched | Unchanged | LeadsOn | Problem:
        return fetch_once(
            address,
            bounds=bounds,
            allow_private=self.manners.allow_private,
            clock=self._clock.now,
            types=types,
            known=known,
            contact=self.manners.contact,
        )

    def _rules(self, url: httpx.URL) -> Rules:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        kept = self._state.robots(origin)
        if kept and self._count(kept):
            return kept
        with self._turns.turn(_host(url), self.manners.pause):
            kept = self._state.robots(origin)  # another may have asked for it while this one waited
            if kept and self._count(kept):
                return kept
            rules = self._fetched_rules(f"{origin}/robots.txt")
            self._state.keep_robots(origin, rules)
            return rules

    def _count(self, rules: Rules) -> bool:
        """Whether rules still count; those that would for longer than any do were kept before the clock was put back."""
        now = self._clock.now()
        return now < rules.until <= now + _KEPT

    def _fetched_rules(self, address: str) -> Rules:
        """The rules of an origin. Redirects are followed to wherever they lead (RFC 9309, 2.3.1.2)."""
        found = self._asked(address, _ROBOTS, None)
        if isinstance(found, Problem) and found.code == "private":
            return Rules(self._clock.now(), True, "")  # nothing there is asked for, and what is refused tells why
        for _ in range(MOST_REDIRECTS):
            if not isinstance(found, LeadsOn):
                break
            found = self._asked(found.to, _ROBOTS, None)
        now = self._clock.now()
        match found:
            case Fetched():
                return Rules(now + _KEPT, True, found.data.decode("utf-8-sig", "replace").replace("\x00", ""))
            case LeadsOn():
                return Rules(now + _KEPT, True, "")
            case Declined() if 400 <= found.status < 500 and found.status != 429:
                return Rules(now + _KEPT, True, "")
            case Declined() if found.again:
                return Rules(max(now + _TRIED_AGAIN, min(found.again, now + _KEPT)), False, found.message)
            case Problem():
                return Rules(now + _TRIED_AGAIN, False, found.message)
        return Rules(now + _TRIED_AGAIN, False, "")


def _host(url: httpx.URL) -> str:
    return url.netloc.decode("ascii")


def _delay(robots: Protego) -> timedelta:
    """The least time between two questions that the rules ask for."""
    told = robots.crawl_delay(AGENT) or 0.0
    return timedelta(seconds=min(max(told, 0.0), _LONGEST_DELAY.total_seconds())) if told == told else timedelta()

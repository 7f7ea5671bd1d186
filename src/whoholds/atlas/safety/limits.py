"""Limits on how often and how much at once somebody may ask, so that nobody can take the atlas away from the others.

Counted by viewer where there is a token, else by address (IPv6: by the /64, which is what one customer has). A bucket holds as
many requests as may come at once and fills again over time (token bucket, RFC 2697's idea with one rate).
"""

from __future__ import annotations

import ipaddress
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from whoholds.atlas.safety.refusing import RefusedError

_KEYS = 10_000  # buckets kept; the ones not used for longest are full again and may go

Ticks = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a minute, up to `burst` of them at once."""

    a_minute: int
    burst: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one viewer or address may do: ask, enter (which counts as asking too), and have answered at the same time."""

    asking: Rate
    entering: Rate
    at_once: int


# Nobody shares loopback: there only a program that went wild is to be stopped. A page asks 10 to 20 times when it is opened.
LOOPBACK = Allowance(Rate(120_000, 6_000), Rate(30_000, 2_000), 512)
TOKEN = Allowance(Rate(1_200, 300), Rate(240, 60), 24)
ANYBODY = Allowance(Rate(600, 200), Rate(1, 1), 12)
FAILING = Rate(10, 10)  # tokens that are none, from one address


class Buckets:
    """What is left of a rate, by key."""

    def __init__(self, ticks: Ticks = time.monotonic) -> None:
        self._ticks = ticks
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def take(self, what: str, key: str, rate: Rate) -> float:
        """Take one. Gives 0, or, where none is left, the seconds until there is one; then nothing is taken."""
        now, left = self._now(what, key, rate)
        if left < 1:
            return (1 - left) * 60 / rate.a_minute
        self._left[what, key] = (now, left - 1)
        self._left.move_to_end((what, key))
        if len(self._left) > _KEYS:
            self._left.popitem(last=False)
        return 0.0

    def wait(self, what: str, key: str, rate: Rate) -> float:
        """The seconds until one can be taken; 0 where one is left."""
        left = self._now(what, key, rate)[1]
        return 0.0 if left >= 1 else (1 - left) * 60 / rate.a_minute

    def _now(self, what: str, key: str, rate: Rate) -> tuple[float, float]:
        now = self._ticks()
        at, left = self._left.get((what, key), (now, float(rate.burst)))
        return now, min(float(rate.burst), left + (now - at) * rate.a_minute / 60)


@dataclass(slots=True)
class Limits:
    """The limits of a running program."""

    buckets: Buckets = field(default_factory=Buckets)
    running: Counter[str] = field(default_factory=Counter)

    def ask(self, key: str, allowance: Allowance, *, entering: bool) -> None:
        """Count a request. Raises RefusedError (429) where there were too many."""
        seconds = self.buckets.take("asking", key, allowance.asking)
        if entering and not seconds:
            seconds = self.buckets.take("entering", key, allowance.entering)
        if seconds:
            raise too_many("too many requests", seconds)

    @contextmanager
    def at_once(self, key: str, allowance: Allowance) -> Iterator[None]:
        """Count a request as long as it is being answered. Raises RefusedError (429) where too many are."""
        if self.running[key] >= allowance.at_once:
            raise too_many("too many requests at the same time", 1)
        self.running[key] += 1
        try:
            yield
        finally:
            self.running[key] -= 1
            if not self.running[key]:
                del self.running[key]

    def check_failures(self, address: str) -> None:
        """Raises RefusedError (429) where too many tokens from an address were none."""
        if seconds := self.buckets.wait("failing", address, FAILING):
            raise too_many("too many tokens from your address were wrong", seconds)

    def failed(self, address: str) -> None:
        """Count a token that was none."""
        self.buckets.take("failing", address, FAILING)


def too_many(what: str, seconds: float) -> RefusedError:
    """The refusal of what comes too often."""
    whole = max(1, round(seconds + 0.5))
    return RefusedError(429, what, f"wait {whole} second{'s' * (whole > 1)}", {"Retry-After": str(whole)})


def network_of(address: str) -> str:
    """What requests are counted by: an IPv4 address, or the /64 network of an IPv6 one; other words as they are."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def is_loopback(address: str) -> bool:
    """Whether an address is one of this machine's own loopback."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_loopback

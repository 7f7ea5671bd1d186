"""The clock of a watch, and turns at a host: one question at a time, with a pause after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from typing import Protocol

_GLANCE = 0.1  # seconds after which one who waits for his turn looks whether all is to stop


class StoppingError(Exception):
    """The watch is to stop: nothing more is asked."""


class Clock(Protocol):
    """Tells the time, and waits."""

    def now(self) -> datetime:
        """The instant, in UTC."""
        ...

    def wait(self, seconds: float) -> None:
        """Return once so many seconds are over. Raises StoppingError as soon as the watch is to stop."""
        ...


class WallClock:
    """The time of this machine."""

    def __init__(self, stopping: Event) -> None:
        self._stopping = stopping

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> None:
        """Return once so many seconds are over. Raises StoppingError as soon as the watch is to stop."""
        if self._stopping.wait(max(0.0, seconds)):
            raise StoppingError


class _Host:
    """Whose turn it is at a host, and from when on the next may ask."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.free: datetime | None = None


class Turns:
    """Hands out turns at hosts."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, host: str, pause: timedelta) -> Iterator[None]:
        """A turn at a host, once the one before is over and the pause after it. Raises StoppingError."""
        with self._lock:
            of = self._hosts.setdefault(host, _Host())
        while not of.lock.acquire(timeout=_GLANCE):
            self._clock.wait(0)
        try:
            left = of.free + pause - self._clock.now() if of.free else timedelta()
            self._clock.wait(max(0.0, min(left, pause).total_seconds()))  # the clock may have been put back
            try:
                yield
            finally:
                of.free = self._clock.now()
        finally:
            of.lock.release()

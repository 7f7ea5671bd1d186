"""A small register behind the API: two handovers, a battle with its dead, two duties, and a clock that tests turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.testclient import TestClient

from tests.questions.build import AZERBAIJAN, BAKHMUT, KALBAJAR, LACHIN, LACHIN_CITY, claim_of, kalbajar, say
from whoholds.atlas import Settings, create_app
from whoholds.grounding.gazetteer.around import situate
from whoholds.questions import Register
from whoholds.register.memory import MemoryStore

HOME = "http://127.0.0.1:8765"
OWN = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is turned."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: float) -> None:
        """Turn it on."""
        self.now += timedelta(**by)


@dataclass(slots=True)
class Served:
    """A register, its clock, somebody who asks, and the ids of some claims."""

    register: Register
    clock: Clock
    ask: TestClient
    claims: list[str] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> Any:
        """The JSON of an answer that is one."""
        answer = self.ask.get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def trouble(self, path: str, **headers: str) -> dict[str, Any]:
        """The problem that an address meets."""
        answer = self.ask.get(path, headers=headers)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        told: dict[str, Any] = answer.json()
        assert told["status"] == answer.status_code
        return told


@contextmanager
def served(settings: Settings | None = None, *, empty: bool = False) -> Iterator[Served]:
    """The register, served to somebody on the same machine."""
    clock = Clock()
    with Register(":memory:") as register:
        register.store = MemoryStore(situate=situate, clock=clock)
        claims = [] if empty else fill(register)
        yield Served(register, clock, asker(register, clock, settings), claims)


def asker(register: Register, clock: Clock, settings: Settings | None = None, *, address: str = "127.0.0.1") -> TestClient:
    """Somebody who asks as our own pages do, from an address."""
    app = create_app(register, settings, clock=clock)
    client = TestClient(app, base_url=HOME, client=(address, 50_000), raise_server_exceptions=False)
    page = client.get("/", headers={"Accept": "text/html"}).text
    secret = re.search(r'<meta name="csrf" content="([^"]*)"', page)
    client.headers.update({**OWN, "X-CSRF-Token": secret[1] if secret else ""})
    return client


def fill(register: Register) -> list[str]:
    """The reports; the ids of the claims on Kalbajar."""
    claims = kalbajar(register)
    owed = "hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"
    for place, due in ((KALBAJAR, "2020-11-15"), (LACHIN, "2020-12-01")):
        head = f"2020-11-10 obligation {place}: set {owed}"
        say(register, head, f"due {due}", 'under "truce of November"', on="2020-11-10")
    claims.append(claim_of(say(register, f"2020-12-01 control {LACHIN}: {AZERBAIJAN} gains", on="2020-12-01")))
    say(register, f"2022-08-26 control {LACHIN_CITY}: {AZERBAIJAN} gains", on="2022-08-26")
    battle = f"2023-05-19 event {BAKHMUT}: ASSAULT by Russian forces [RUS MIL] on Ukrainian forces [UKR MIL]"
    say(register, battle, "killed 12", on="2023-05-20")
    return claims

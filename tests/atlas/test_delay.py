"""A publication delay: what the register took in lately is not to be seen anywhere in the API, not even that it is there.

Two atlases are asked the same: one whose register has nothing but what may be seen, one that has taken in more since. Every
answer must be the same, byte for byte. The questions are made from the API's own description, so that none is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest

from tests.atlas.served import Served, asker, served
from tests.questions.build import BAKHMUT, KALBAJAR, LACHIN, claim_of, say
from whoholds.atlas import Settings
from whoholds.model import Accepted, Actor, Allied, Document, Filed, Outlined, Rejected, hash_of

DELAY = Settings(public=True, delay=timedelta(hours=6))
GOMA = "Goma (CD -1.67409 29.22845 #216281)"
RING = "[[46.0,40.0],[46.2,40.0],[46.2,40.2],[46.0,40.0]]"


@dataclass(slots=True)
class Secrets:
    """What has been taken in lately: ids to ask for, and words that no answer may have."""

    documents: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    first: int = 0
    words: tuple[str, ...] = ("Goma", "geonames:216281", "Zenith", "Overtaken", "hideout", "Secret Post", "Fenwick", "M23")

    @property
    def all(self) -> set[str]:
        """Everything that tells of them."""
        return {*self.words, *self.documents, *self.claims, *self.findings}


def hide(atlas: Served) -> Secrets:
    """Take in what is to be held back: reports, a reprint, verdicts, an alliance, an outline."""
    secrets, register = Secrets(first=atlas.register.size() + 1), atlas.register
    before = {one.id for kind in ("holding", "undertaking", "incident") for one in kept(atlas, kind)}
    for head, details in (
        (f"2024-05-01 control {GOMA}: M23 [COD REB] gains", ()),
        (f"2024-05-01 control {KALBAJAR}: Armenian forces [ARM MIL] gains", ()),
        (f"2024-05-01 event {BAKHMUT}: ASSAULT by Overtaken on civilians", ("killed 77",)),
        (f"2024-05-01 obligation {LACHIN}: set withdraw by Armenia [ARM GOV]", ("due 2024-06-01", 'under "Zenith hideout"')),
    ):
        entries = say(register, head, *details, on="2024-05-01", outlet="Secret Post")
        assert isinstance(entries[0].act, Filed)
        secrets.documents.append(entries[0].act.document.id)
        secrets.claims.append(claim_of(entries))
    known = [register.store.claim(id) for id in atlas.claims]
    shown = register.store.document(known[0].claim.evidence.document) if known[0] else None
    assert shown is not None
    reprint = Document(
        text=shown.text, name="Zenith", outlet="Secret Post", published=shown.published, url="https://zenith.example/"
    )
    ring = f'{{"type":"Polygon","coordinates":[{RING}]}}'
    register.store.append([Filed(reprint), Outlined("hideout", None, ring, "Zenith")], by="Fenwick")
    register.enter([Allied(Actor(name="Overtaken"), Actor(name="Azerbaijan", country="AZE"), None, "Zenith")], by="Fenwick")
    for told, verdict in zip(known[:2], (Accepted(), Rejected()), strict=True):
        assert told is not None
        words = hash_of(told.claim.evidence.quote)
        register.judge(told.claim.id, verdict, because="the hideout is there", words=words, by="Fenwick")
    register.withdraw(2, because="Zenith says so", by="Fenwick")
    register.settle()
    secrets.findings += sorted(
        {one.id for kind in ("holding", "undertaking", "incident") for one in kept(atlas, kind)} - before
    )
    assert len(secrets.findings) >= 3
    return secrets


def kept(atlas: Served, kind: str) -> list[Any]:
    from whoholds.register.store import Sought

    atlas.register.settle()
    return list(atlas.register.store.findings(Sought(kind=kind)))


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Served, Served, Secrets]]:
    """The atlas that knows more, the one that does not, and what it is."""
    with served(DELAY) as more, served(DELAY) as less:
        more.clock.on(hours=10)
        less.clock.on(hours=10)
        yield more, less, hide(more)


def addresses(description: dict[str, Any], atlas: Served, secrets: Secrets) -> Iterator[str]:
    """Every way in which the description lets one ask for what is known, and for what is held back."""
    shown = [kept(atlas, kind)[0].id for kind in ("holding", "undertaking", "incident")]
    documents = [next(one.act.document.id for one in atlas.register.log() if isinstance(one.act, Filed)), *secrets.documents]
    numbers = [str(number) for number in (1, 2, secrets.first - 1, secrets.first, atlas.register.size(), 99)]
    days, places = ["2020-11-20", "2024-05-02"], ["Goma", "geonames:216281", "Kalbajar", "A:39.6375,46.5469"]
    paths: dict[str, list[str]] = {
        "{id}": [*documents, *atlas.claims[:2], *secrets.claims, *shown, *secrets.findings],
        "{document}": documents,
        "{number}": numbers,
        "{key}": places,
        "{featureId}": [*places, *secrets.findings, *shown, *numbers, "geonames:216281@2024-05-01"],
    }
    queries: dict[str, list[str]] = {
        "on": days,
        "published_by": ["2020-11-20", "2030-01-01"],
        "recorded_by": ["2030-01-01", "2024-05-01T13:00:00Z", "2024-05-01T23:00:00Z"],
        "bbox": ["29,-2,30,-1"],
        "datetime": ["2024-05-01", "../.."],
        "described": ["2024-05-01", "../.."],
        "type": ["ASSAULT"],
        "limit": ["1", "1000"],
        "offset": ["1"],
        "after": ["5", str(secrets.first - 1), str(secrets.first)],
        "q": ["Goma", "hideout", "Secret", "reports", "Kalbajar"],
        "kind": ["control", "event", "obligation"],
        "document": documents,
        "place": places,
        "accepted": ["true", "false"],
        "min_confidence": ["0.5"],
        "agreement": ["Zenith", "truce"],
        "party": ["M23", "Overtaken", "Armenia", "Azerbaijan"],
        "all": ["true"],
        "first": ["2020-11-20"],
        "last": ["2024-05-02"],
        "clock": ["valid", "published", "recorded"],
    }
    for path, item in description["paths"].items():
        filled = [path]
        for name, values in (*paths.items(), *choices(description, item["get"])):
            filled = (
                [one.replace(name, quote(value, safe=":,@")) for one, value in product(filled, values)]
                if name in path
                else filled
            )
        assert "{" not in filled[0], f"{path} has a parameter that this test does not know"
        names = [one["name"] for one in item["get"].get("parameters", ()) if one["in"] == "query"]
        base = "first=2020-11-20&last=2024-05-02&" if path == "/api/diff" else ""
        for address in filled:
            yield f"{address}?{base}".rstrip("?&")
        for name in names:
            for value in queries[name]:
                if name not in base:
                    yield f"{filled[0]}?{base}{name}={quote(value, safe=':,')}"


def choices(description: dict[str, Any], operation: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The parameters of a path that the description gives all values of."""
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        named = description["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], schema)
        if parameter["in"] == "path" and "enum" in named:
            yield f"{{{parameter['name']}}}", named["enum"]


def test_no_answer_shows_what_is_held_back(both: tuple[Served, Served, Secrets]) -> None:
    more, less, secrets = both
    description = more.get("/api/openapi.json")
    asked = 0
    for address in addresses(description, more, secrets):
        seen, all_there_is = more.ask.get(address), less.ask.get(address)
        assert seen.status_code == all_there_is.status_code, address
        assert seen.content == all_there_is.content, address
        told = seen.text
        for part in address.replace("?", "/").replace("&", "/").replace("=", "/").split("/"):
            told = told.replace(part, "") if len(part) > 2 else told  # what was asked for comes back in links and problems
        named = {"Goma", "geonames:216281"} if "216281" in address or "Goma" in address else set()  # by the gazetteer
        leaked = [secret for secret in secrets.all - named if secret in told]
        assert not leaked, (address, leaked)
        asked += 1
    assert asked > 300


def pages(atlas: Served, secrets: Secrets) -> Iterator[str]:
    """The pages, and what only they ask for."""
    yield from (
        "/",
        "/agreements",
        "/agreements?agreement=Zenith",
        "/agreements?party=M23",
        "/documents",
        "/figures",
        "/search",
    )
    yield from (f"/search?q={word}" for word in ("Goma", "hideout", "Kalbajar", "Secret"))
    yield from ("/review", "/data/timeline", "/data/incidents", "/data/shapes")
    yield from (f"/claims/{id}" for id in (*atlas.claims, *secrets.claims))
    yield from (f"/documents/{id}" for id in secrets.documents)
    yield from (f"/{id.partition('-')[0]}s/{id}" for id in secrets.findings)
    yield from (f"/places/{name}" for name in ("Goma", "geonames:216281", "Kalbajar", "A:39.6375,46.5469", "geonames:713174"))


def test_no_page_shows_what_is_held_back(both: tuple[Served, Served, Secrets]) -> None:
    more, less, secrets = both
    for path, asked in product(pages(more, secrets), ("", "recorded_by=2030-01-01", "on=2024-05-02")):
        address = f"{path}{'&' if '?' in path else '?'}{asked}".rstrip("?&")
        seen, all_there_is = (one.ask.get(address, headers={"Accept": "text/html"}) for one in (more, less))
        assert seen.status_code == all_there_is.status_code < 500, address
        assert _plain(seen.text) == _plain(all_there_is.text), address
        assert seen.headers.get("etag") == all_there_is.headers.get("etag"), address


def _plain(told: str) -> str:
    """A page without its token, which every asker has another of."""
    return re.sub(r'name="csrf" (content|value)="[^"]*"', "", told)


def test_without_a_delay_it_would_be_seen(both: tuple[Served, Served, Secrets]) -> None:
    """The test above can fail: those who keep the register see all of it."""
    more, _, secrets = both
    keeper = asker(more.register, more.clock)
    told = "".join(
        keeper.get(address).text
        for address in (
            "/api/documents?limit=1000",
            "/api/claims?limit=1000",
            "/api/entries?limit=1000",
            "/api/places",
            "/api/incidents",
        )
    )
    told += "".join(
        keeper.get(f"/api/{folder}/{id}").text for id in secrets.findings for folder in ("holdings", "undertakings")
    )
    assert {secret for secret in secrets.all if secret not in told} <= set()


def test_answers_keep_their_marks_while_nothing_more_is_shown() -> None:
    with served(DELAY) as atlas:
        atlas.clock.on(hours=10)
        asked = ("/api/claims", "/api/collections/holdings/items", "/api/entries", "/api/undertakings")
        before = {address: atlas.ask.get(address).headers["etag"] for address in asked}
        hide(atlas)
        assert {address: atlas.ask.get(address).headers["etag"] for address in asked} == before


def test_what_was_held_back_is_shown_when_its_time_has_come() -> None:
    with served(DELAY) as atlas:
        atlas.clock.on(hours=10)
        secrets = hide(atlas)
        assert atlas.ask.get(f"/api/claims/{secrets.claims[0]}").status_code == 404
        atlas.clock.on(hours=7)
        assert atlas.ask.get(f"/api/claims/{secrets.claims[0]}").status_code == 200
        assert atlas.get("/api/places/Goma")["holding"]["holder"]["key"] == "COD REB"


def test_an_erasure_is_seen_at_once() -> None:
    with served(DELAY) as atlas:
        atlas.clock.on(hours=10)
        document = atlas.get(f"/api/claims/{atlas.claims[0]}")["document"]
        assert atlas.get(f"/api/documents/{document}")["text"]
        assert atlas.get("/api/documents")["numberMatched"] == 8
        atlas.register.erase(document, because="people at risk", by="keeper")
        assert atlas.ask.get(f"/api/documents/{document}").status_code == 404
        assert atlas.ask.get(f"/api/claims/{atlas.claims[0]}").status_code == 404
        assert atlas.get("/api/documents")["numberMatched"] == 7
        assert len(atlas.get("/api/claims")["claims"]) == 7

"""What every request passes: headers on every answer, names, who asks, forgery, limits, bodies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from tests.atlas.clients import HOME, OWN, client_of, csrf_of
from whoholds.atlas import Settings, create_app
from whoholds.atlas.roles import Role
from whoholds.atlas.safety import LongReading, MayKeep, MayReview, TheViewer, readings
from whoholds.atlas.safety.bodies import taken_in
from whoholds.atlas.safety.forgery import host_name
from whoholds.atlas.safety.headers import TilesError, content_policy, tile_source
from whoholds.atlas.safety.limits import Allowance, Buckets, Limits, Rate, network_of
from whoholds.atlas.safety.login import local
from whoholds.atlas.safety.refusing import RefusedError
from whoholds.questions import Register

HEADERS = {
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "cache-control",
}


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as found:
        yield found


def app_of(register: Register, settings: Settings | None = None) -> FastAPI:
    """An atlas with a few handlers more."""
    app = create_app(register, settings)

    @app.post("/api/-echo")
    async def echo(request: Request, viewer: TheViewer) -> dict[str, Any]:
        return {"length": len(await request.body()), "viewer": viewer.name}

    @app.post("/api/-review")
    def review(viewer: MayReview) -> str:
        return viewer.name

    @app.post("/api/-keep")
    def keep(viewer: MayKeep) -> str:
        return viewer.name

    @app.get("/api/-fault")
    def fault() -> None:
        raise ZeroDivisionError("secret words")

    return app


@pytest.fixture
def client(register: Register) -> TestClient:
    return client_of(app_of(register))


def entering(client: TestClient, path: str = "/api/-keep", **headers: str) -> int:
    """The status of entering something as a page of ours would, but for these headers; empty ones are left out."""
    sent = {**OWN, "X-CSRF-Token": csrf_of(client), **{name.replace("_", "-"): value for name, value in headers.items()}}
    return client.post(path, headers={name: value for name, value in sent.items() if value}).status_code


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/nowhere", 404), ("/static/icon.svg", 200), ("/static/nothing", 404), ("/api/-fault", 500), ("/login", 200)],
)
def test_every_answer_has_the_headers(client: TestClient, path: str, status: int) -> None:
    for accept in ("text/html", "application/json"):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.status_code == status
        assert set(answer.headers) >= HEADERS
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "secret words" not in answer.text
        assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Host": "127.0.0.1.evil.example"}, {"Host": ""}, {"Host": "127.0.0.2"}]
)
def test_other_names_are_not_answered_to(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.get("/", headers=headers)
    assert answer.status_code == 421
    assert set(answer.headers) >= HEADERS


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "LOCALHOST", "localhost.:80", "[::1]:8765"])
def test_names_of_loopback_are_answered_to(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_host_names() -> None:
    assert host_name("[::1]") == "[::1]"
    assert host_name("[::1]:80") == "[::1]"
    assert host_name(" Atlas.Example.:443 ") == "atlas.example"


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_a_proxy_that_nobody_announced_is_refused(client: TestClient, register: Register, name: str) -> None:
    assert client.get("/", headers={name: "1.2.3.4"}).status_code == 400
    announced = client_of(create_app(register, Settings(behind_proxy=True, public=True)))
    assert announced.get("/", headers={name: "1.2.3.4"}).status_code == 200


def test_tls_is_remembered(register: Register) -> None:
    answer = client_of(create_app(register), base_url="https://127.0.0.1").get("/")
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_a_page_of_ours_may_enter(client: TestClient) -> None:
    assert entering(client) == 200
    assert entering(client, Sec_Fetch_Site="") == 200
    assert entering(client, Origin="null") == 200  # a form of a page with the policy no-referrer


@pytest.mark.parametrize(
    "headers",
    [
        {"X_CSRF_Token": ""},
        {"X_CSRF_Token": "0" * 64},
        {"X_CSRF_Token": "ü"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "https://127.0.0.1:8765"},
        {"Origin": "http://localhost:8765"},
        {"Origin": "", "Sec_Fetch_Site": ""},
        {"Origin": "null", "Sec_Fetch_Site": ""},
    ],
)
def test_pages_elsewhere_may_not_enter(client: TestClient, headers: dict[str, Any]) -> None:
    if headers.get("X_CSRF_Token") == "ü":
        headers = {"X_CSRF_Token": "ü".encode()}
    assert entering(client, **headers) == 403


def test_another_programs_token_is_none(client: TestClient, register: Register) -> None:
    other = client_of(create_app(register))
    assert client.post("/api/-keep", headers={**OWN, "X-CSRF-Token": csrf_of(other)}).status_code == 403


def test_roles(register: Register) -> None:
    for role, review, keep in ((Role.READER, 403, 403), (Role.REVIEWER, 200, 403), (Role.KEEPER, 200, 200)):
        client = client_of(app_of(register, Settings(role=role)))
        assert (entering(client, "/api/-review"), entering(client, "/api/-keep")) == (review, keep)


def test_nothing_is_entered_in_public(register: Register) -> None:
    client = client_of(app_of(register, Settings(public=True)))
    assert client.get("/").status_code == 200
    assert [entering(client, path) for path in ("/api/-echo", "/api/-keep", "/login", "/logout")] == [403] * 4
    assert client.request("DELETE", "/", headers=OWN).status_code == 403


def test_bodies_are_limited(register: Register) -> None:
    client = client_of(app_of(register, Settings(body=1_000)))
    headers = {**OWN, "X-CSRF-Token": csrf_of(client)}
    assert client.post("/api/-echo", content=b"a" * 1_000, headers=headers).json()["length"] == 1_000
    assert client.post("/api/-echo", content=b"a" * 1_001, headers=headers).status_code == 413
    assert client.post("/api/-echo", content=iter([b"a" * 600] * 2), headers=headers).status_code == 413  # without a length
    assert client.post("/api/-echo", content=iter([b"a" * 500] * 2), headers=headers).json()["length"] == 1_000


def test_a_slow_body_is_not_waited_for() -> None:
    async def dripping() -> dict[str, Any]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"a", "more_body": True}

    with pytest.raises(RefusedError) as refused:
        asyncio.run(taken_in({"type": "http", "headers": []}, dripping, 1_000, patience=0.1))
    assert refused.value.status == 408


def test_a_body_that_is_cut_off_is_no_body() -> None:
    messages = iter([{"type": "http.request", "body": b"a", "more_body": True}, {"type": "http.disconnect"}])

    async def cut() -> dict[str, Any]:
        return next(messages)

    with pytest.raises(RefusedError) as refused:
        asyncio.run(taken_in({"type": "http", "headers": []}, cut, 1_000))
    assert refused.value.status == 400


def test_heads_are_limited(client: TestClient) -> None:
    assert client.get("/", params={"q": "a" * 9_000}).status_code == 414
    assert client.get("/", headers={"X-Long": "a" * 40_000}).status_code == 431


def test_too_many_requests_are_told_to_wait(register: Register) -> None:
    client = client_of(app_of(register, Settings(public=True)), address="203.0.113.9")
    answers = (client.get("/login") for _ in range(2_000))  # a slow machine earns some back while it asks
    statuses = []
    for refused in answers:
        statuses.append(refused.status_code)
        if refused.status_code == 429:
            break
    assert statuses[:200] == [200] * 200
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.json()["hint"].startswith("wait ")


def test_buckets_fill_again() -> None:
    now = [0.0]
    buckets, rate = Buckets(lambda: now[0]), Rate(a_minute=60, burst=2)
    assert [buckets.take("asking", "a", rate) for _ in range(3)] == [0, 0, 1]
    assert buckets.take("asking", "b", rate) == 0
    now[0] = 0.5
    assert buckets.take("asking", "a", rate) == 0.5
    now[0] = 1.0
    assert [buckets.take("asking", "a", rate) for _ in range(2)] == [0, 1]
    now[0] = 1_000.0
    assert [buckets.take("asking", "a", rate) for _ in range(3)] == [0, 0, 1]


def test_buckets_do_not_grow_for_ever() -> None:
    buckets = Buckets(lambda: 0.0)
    for number in range(20_000):
        buckets.take("asking", str(number), Rate(60, 2))
    assert len(buckets._left) == 10_000


def test_so_many_at_the_same_time() -> None:
    limits, allowance = Limits(), Allowance(Rate(60, 60), Rate(60, 60), at_once=2)
    with limits.at_once("a", allowance), limits.at_once("a", allowance), limits.at_once("b", allowance):
        with pytest.raises(RefusedError) as refused, limits.at_once("a", allowance):
            pass
        assert refused.value.status == 429
    with limits.at_once("a", allowance):
        pass
    assert limits.running == {}


def test_entering_is_limited_more_tightly() -> None:
    limits, allowance = Limits(), Allowance(Rate(60, 60), Rate(60, 1), at_once=2)
    limits.ask("a", allowance, entering=True)
    with pytest.raises(RefusedError):
        limits.ask("a", allowance, entering=True)
    limits.ask("a", allowance, entering=False)


def test_networks() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert network_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert network_of("testclient") == "testclient"


def test_a_few_long_readings_at_the_same_time(register: Register) -> None:
    app, inside, most = app_of(register), 0, 0
    release = asyncio.Event()

    @app.post("/api/-read")
    async def read(slot: LongReading) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await release.wait()
        inside -= 1

    async def all_at_once() -> list[int]:
        import httpx

        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOME) as client:
            headers = {**OWN, "X-CSRF-Token": csrf_of(client_of(app))}
            waiting = [asyncio.ensure_future(client.post("/api/-read", headers=headers)) for _ in range(readings.AT_ONCE)]
            await asyncio.sleep(0.1)
            refused = await client.post("/api/-read", headers=headers)
            assert refused.headers["retry-after"] == "5"
            release.set()
            answers = [refused, *await asyncio.gather(*waiting), await client.post("/api/-read", headers=headers)]
            return [answer.status_code for answer in answers]

    assert asyncio.run(all_at_once()) == [503, *[200] * readings.AT_ONCE, 200]
    assert most == readings.AT_ONCE


def test_tiles_widen_the_policy_to_their_host_alone() -> None:
    policy = content_policy(Settings(tiles="https://{s}.Tiles.example:8443/{z}/{x}/{y}.png?key=1"))
    assert "img-src 'self' data: blob: https://*.tiles.example:8443;" in policy
    assert policy.count("tiles.example") == 1
    assert "tiles" not in content_policy(Settings())


@pytest.mark.parametrize(
    "template",
    [
        "http://tiles.example/",
        "javascript:{z}{x}{y}",
        "//tiles.example/{z}/{x}/{y}",
        "https://user@tiles.example/{z}/{x}/{y}",
        "https://tiles.example; script-src */{z}/{x}/{y}",
        "https://*/{z}/{x}/{y}",
        "https:///{z}/{x}/{y}",
        "{z}/{x}/{y}",
    ],
)
def test_addresses_that_are_none_of_tiles(template: str) -> None:
    with pytest.raises(TilesError):
        tile_source(template)


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "",
        "evil",
        "/a\r\nSet-Cookie: b",
        "\\\\e",
    ],
)
def test_nobody_is_sent_elsewhere_after_logging_in(address: str) -> None:
    assert local(address) == "/"


def test_one_is_sent_back_to_where_one_was() -> None:
    assert local("/places/geonames:147625?on=2020-11-25#now") == "/places/geonames:147625?on=2020-11-25#now"


def test_websockets_are_closed(client: TestClient) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/"):
        pass


def test_static_files_cannot_be_left(client: TestClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/lib/leaflet/%2e%2e/%2e%2e/nicegui.py"):
        assert client.get(path).status_code == 404


def test_the_log_of_a_fault_has_it(register: Register) -> None:
    client = TestClient(app_of(register), base_url=HOME, raise_server_exceptions=True)
    with pytest.raises(ZeroDivisionError):
        client.get("/api/-fault")


def test_no_path_of_the_server_is_told(tmp_path: Path, register: Register) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text("nonsense", encoding="utf-8")
    tokens.chmod(0o600)
    client = client_of(app_of(register, Settings(tokens=tokens)))
    answer = client.get("/", headers={"Authorization": "Bearer whoholds_x"})
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text

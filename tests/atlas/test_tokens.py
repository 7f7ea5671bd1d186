"""Tokens and sessions: made once, kept as hashes, taken away at once; logging in and out."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.atlas.clients import HOME, OWN, client_of, csrf_of
from whoholds.atlas import Settings, create_app
from whoholds.atlas.roles import Role
from whoholds.atlas.safety import recognising
from whoholds.atlas.safety.sessions import LASTS, Sessions
from whoholds.atlas.safety.tokens import TokenBook, book_path
from whoholds.questions import Register
from whoholds.register.store import StoreError

DAY = date(2024, 3, 2)
NOW = datetime(2024, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def book(tmp_path: Path) -> TokenBook:
    return TokenBook(tmp_path / "war.whoholds.tokens")


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as found:
        yield found


@pytest.fixture
def now() -> list[datetime]:
    """The instant that the atlas takes for now."""
    return [NOW]


@pytest.fixture
def client(register: Register, book: TokenBook, now: list[datetime], monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(recognising, "SLOWED", 0.01)
    return client_of(create_app(register, Settings(tokens=book.path), clock=lambda: now[0]))


def log_in(client: TestClient, token: str, back: str = "/") -> int:
    return client.post("/login", data={"token": token, "next": back}, headers=OWN).status_code


def status(client: TestClient, token: str | None = None, **headers: str) -> int:
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return client.get("/", headers={"Accept": "application/json", **headers}).status_code


def test_only_the_hash_is_kept(book: TokenBook) -> None:
    token = book.add("ana", Role.REVIEWER, made=DAY)
    assert re.fullmatch(r"whoholds_[\w-]{43}", token)  # 32 bytes
    words = book.path.read_text(encoding="utf-8")
    assert token not in words
    assert token.removeprefix("whoholds_") not in words
    if os.name == "posix":
        assert book.path.stat().st_mode & 0o777 == 0o600
    assert list(book.path.parent.iterdir()) == [book.path]


def test_a_token_gives_name_and_role(book: TokenBook) -> None:
    token = book.add("ana", Role.REVIEWER, made=DAY)
    found = TokenBook(book.path).holder(token, DAY)
    assert found is not None
    assert (found.name, found.role) == ("ana", Role.REVIEWER)
    assert book.holder(token[:-1], DAY) is None
    assert book.holder("", DAY) is None
    assert book.holder("\udcff", DAY) is None


def test_a_token_is_good_to_the_end_of_its_last_day(book: TokenBook) -> None:
    token = book.add("ana", Role.READER, made=DAY, expires=DAY)
    assert book.holder(token, DAY)
    assert not book.holder(token, DAY + timedelta(1))


def test_a_name_has_one_token(book: TokenBook) -> None:
    book.add("ana", Role.READER, made=DAY, expires=DAY)
    with pytest.raises(StoreError, match="ana has a token already"):
        book.add(" ana ", Role.READER, made=DAY)
    again = book.add("ana", Role.KEEPER, made=DAY + timedelta(1))  # the first has expired
    assert [token.role for token in book.tokens()] == [Role.KEEPER]
    assert book.holder(again, DAY + timedelta(1))


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\u202eb", "a" * 101])
def test_names_that_are_none(book: TokenBook, name: str) -> None:
    with pytest.raises(StoreError):
        book.add(name, Role.READER, made=DAY)
    assert not book.path.exists()


def test_what_is_revoked_is_gone(book: TokenBook) -> None:
    token, other = book.add("ana", Role.READER, made=DAY), book.add("bo", Role.READER, made=DAY)
    elsewhere = TokenBook(book.path)
    assert elsewhere.holder(token, DAY)
    book.revoke("ana")
    assert not elsewhere.holder(token, DAY)
    assert elsewhere.holder(other, DAY)
    with pytest.raises(StoreError, match="nobody called 'ana'"):
        book.revoke("ana")


def test_no_token_is_lost_where_many_are_made(book: TokenBook) -> None:
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda number: TokenBook(book.path).add(f"n{number}", Role.READER, made=DAY), range(24)))
    assert len(book.tokens()) == 24
    assert all(book.holder(token, DAY) for token in tokens)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "nonsense",
        "[]",
        '{"tokens": 1}',
        '{"tokens": [{}]}',
        '{"tokens": [{"name": "a", "role": "god", "hash": "00", "made": ""}]}',
    ],
)
def test_a_damaged_file_lets_nobody_in(book: TokenBook, words: str) -> None:
    book.path.write_text(words, encoding="utf-8")
    book.path.chmod(0o600)
    with pytest.raises(StoreError, match="no file of tokens"):
        book.tokens()


def test_a_file_that_others_can_change_lets_nobody_in(book: TokenBook, client: TestClient) -> None:
    if os.name != "posix":
        pytest.skip("rights of files are POSIX's")
    token = book.add("ana", Role.READER, made=DAY)
    assert status(client, token) == 200
    book.path.chmod(0o620)
    with pytest.raises(StoreError, match="can be changed by others"):
        book.tokens()
    assert status(client, token) == 503
    book.path.chmod(0o640)
    assert status(client, token) == 200


def test_where_the_tokens_of_a_register_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "war.whoholds").touch()
    (tmp_path / "link").symlink_to(tmp_path / "war.whoholds")
    assert book_path(str(tmp_path / "link")) == book_path(str(tmp_path / "war.whoholds")) == tmp_path / "war.whoholds.tokens"
    monkeypatch.setenv("WHOHOLDS_DATA", str(tmp_path / "data"))
    of_database = book_path("postgresql://ana@db/war")
    assert of_database.parent == tmp_path / "data" / "tokens"
    assert of_database != book_path("postgresql://ana@db/peace")


def test_nothing_is_seen_without_a_token(client: TestClient, book: TokenBook) -> None:
    book.add("ana", Role.READER, made=DAY)
    refused = client.get("/", headers={"Accept": "application/json"})
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.headers["content-type"] == "application/problem+json"
    for path in ("/api/", "/api/openapi.json", "/data/timeline", "/nowhere", "/loginx/../"):
        assert client.get(path, headers={"Accept": "application/json"}).status_code in (401, 404)
        assert "openapi" not in client.get(path).text
    page = client.get("/places/x?on=2020-11-25", headers={"Accept": "text/html"})
    assert page.status_code == 401
    assert 'value="/places/x?on=2020-11-25"' in page.text
    assert client.get("/static/css/atlas.css").status_code == 200


def test_programs_come_with_their_token(client: TestClient, book: TokenBook) -> None:
    token = book.add("ana", Role.READER, made=DAY)
    assert status(client, token) == 200
    assert status(client, "whoholds_wrong") == 401
    assert status(client, "") == 401
    assert client.get("/", headers={"Authorization": f"Basic {token}"}).status_code == 401
    assert client.get("/", headers={"Authorization": f"bearer {token}"}).status_code == 200
    book.revoke("ana")
    assert status(client, token) == 401


def test_a_token_expires(client: TestClient, book: TokenBook, now: list[datetime]) -> None:
    token = book.add("ana", Role.READER, made=DAY, expires=DAY)
    log_in(client, token)
    assert (status(client), status(client, token)) == (200, 200)
    now[0] += timedelta(hours=12)
    assert (status(client), status(client, token)) == (401, 401)


def test_logging_in_and_out(client: TestClient, book: TokenBook) -> None:
    token = book.add("ana", Role.READER, made=DAY)
    answer = client.post("/login", data={"token": f" {token}\n", "next": "/places/x?on=2020-11-25"}, headers=OWN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/places/x?on=2020-11-25")
    cookie = answer.headers["set-cookie"]
    assert "httponly" in cookie.lower()
    assert "samesite=strict" in cookie.lower()
    assert "secure" not in cookie.lower()  # over plain HTTP, on loopback
    assert token not in cookie
    assert status(client) == 200
    assert "ana" in client.get("/login").text
    kept = dict(client.cookies)
    assert client.post("/logout", headers=OWN).status_code == 303
    assert not client.cookies
    assert status(client) == 401
    client.cookies.update(kept)  # somebody who had copied the cookie
    assert status(client) == 401


def test_cookies_are_secure_under_tls(register: Register, book: TokenBook) -> None:
    token = book.add("ana", Role.READER, made=DAY)
    client = client_of(create_app(register, Settings(tokens=book.path), clock=lambda: NOW), base_url="https://127.0.0.1")
    own = {"Origin": "https://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
    cookie = client.post("/login", data={"token": token}, headers=own).headers["set-cookie"]
    assert cookie.startswith("__Host-whoholds-")
    assert "Secure" in cookie
    assert "Path=/;" in cookie
    assert "Domain" not in cookie


def test_a_session_ends_with_its_token(client: TestClient, book: TokenBook) -> None:
    log_in(client, book.add("ana", Role.READER, made=DAY))
    assert status(client) == 200
    book.revoke("ana")
    assert status(client) == 401
    book.add("ana", Role.READER, made=DAY)  # another one of the same name
    assert status(client) == 401


def test_a_session_ends_after_a_day(client: TestClient, book: TokenBook, now: list[datetime]) -> None:
    log_in(client, book.add("ana", Role.READER, made=DAY))
    now[0] += LASTS - timedelta(seconds=1)
    assert status(client) == 200
    now[0] += timedelta(seconds=1)
    assert status(client) == 401


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://evil.example"}, {"Origin": HOME, "Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
)
def test_no_page_elsewhere_logs_anybody_in_or_out(client: TestClient, book: TokenBook, headers: dict[str, str]) -> None:
    token = book.add("ana", Role.READER, made=DAY)
    assert client.post("/login", data={"token": token}, headers=headers).status_code == 403
    assert log_in(client, token) == 303
    assert client.post("/logout", headers=headers).status_code == 403
    assert status(client) == 200


def test_what_a_session_enters_needs_the_pages_token(client: TestClient, book: TokenBook) -> None:
    token = book.add("ana", Role.KEEPER, made=DAY)
    log_in(client, token)
    csrf = csrf_of(client)
    assert client.post("/nowhere", headers=OWN).status_code == 403
    assert client.post("/nowhere", headers={**OWN, "X-CSRF-Token": csrf}).status_code == 404
    assert client.post("/nowhere", headers={"X-CSRF-Token": csrf}).status_code == 403
    client.cookies.clear()
    assert client.post("/nowhere", headers={"Authorization": f"Bearer {token}"}).status_code == 404  # no page is needed
    log_in(client, book.add("bo", Role.KEEPER, made=DAY))
    assert client.post("/nowhere", headers={**OWN, "X-CSRF-Token": csrf}).status_code == 403  # ana's


def test_wrong_tokens_are_slowed_and_counted(client: TestClient, book: TokenBook, monkeypatch: pytest.MonkeyPatch) -> None:
    token = book.add("ana", Role.READER, made=DAY)
    monkeypatch.setattr(recognising, "SLOWED", 0.1)
    began = time.monotonic()
    page = client.post("/login", data={"token": "wrong"}, headers=OWN)
    assert time.monotonic() - began >= 0.1
    assert page.status_code == 401
    assert "not known here" in page.text
    monkeypatch.setattr(recognising, "SLOWED", 0.0)
    statuses = [log_in(client, f"wrong{number}") for number in range(12)]
    assert statuses == [401] * 9 + [429] * 3
    assert log_in(client, token) == 429  # from there even the right one has to wait,
    assert status(client, token) == 429
    elsewhere = client_of(client.app, address="127.0.0.9")  # type: ignore[arg-type]
    assert status(elsewhere, token) == 200  # from elsewhere it does not


@pytest.mark.parametrize(
    ("settings", "url", "address", "forwarded", "taken"),
    [
        ({}, "http://127.0.0.1", "127.0.0.1", {}, 200),
        ({}, "http://127.0.0.1", "203.0.113.9", {}, 400),
        ({"insecure": True}, "http://127.0.0.1", "203.0.113.9", {}, 200),
        ({}, "https://127.0.0.1", "203.0.113.9", {}, 200),
        ({"behind_proxy": True}, "http://127.0.0.1", "203.0.113.9", {"X-Forwarded-For": "203.0.113.9"}, 400),
        ({"behind_proxy": True}, "https://127.0.0.1", "203.0.113.9", {"X-Forwarded-For": "203.0.113.9"}, 200),
    ],
)
def test_tokens_do_not_travel_in_clear_words(
    register: Register,
    book: TokenBook,
    settings: dict[str, bool],
    url: str,
    address: str,
    forwarded: dict[str, str],
    taken: int,
) -> None:
    token = book.add("ana", Role.READER, made=DAY)
    app = create_app(register, Settings(tokens=book.path, **settings), clock=lambda: NOW)
    assert status(client_of(app, base_url=url, address=address), token, **forwarded) == taken


@pytest.mark.parametrize(
    "cookie", ["", "a", "a.b.c", "a.b.c.d", "....", "a.b.99999999999.d", "\x7f", "é.é.é.é", "." * 1_000], ids=repr
)
def test_cookies_that_are_none(client: TestClient, book: TokenBook, cookie: str) -> None:
    book.add("ana", Role.READER, made=DAY)
    headers = {"Cookie": f"whoholds-8765={cookie}".encode(), "Accept": b"application/json"}
    assert client.get("/", headers=headers).status_code == 401  # type: ignore[arg-type]


def test_a_session_cannot_be_made_over() -> None:
    sessions = Sessions()
    cookie = sessions.begin("00" * 32, NOW)
    found = sessions.read(cookie, NOW)
    assert found is not None
    assert found.token == "00" * 32
    id, token, ends, signature = cookie.split(".")
    for changed in (f"x{id}.{token}.{ends}", f"{id}.{'11' * 32}.{ends}", f"{id}.{token}.{int(ends) + 1}"):
        assert sessions.read(f"{changed}.{signature}", NOW) is None
    assert Sessions().read(cookie, NOW) is None
    assert not sessions.is_csrf(signature, found.id)


def test_sessions_that_ended_are_forgotten() -> None:
    sessions = Sessions()
    session = sessions.read(sessions.begin("00" * 32, NOW), NOW)
    assert session
    sessions.end(session, NOW)
    other = sessions.read(sessions.begin("00" * 32, NOW + LASTS), NOW + LASTS)
    assert other
    sessions.end(other, NOW + LASTS)
    assert list(sessions.ended) == [other.id]


def test_the_page_asks_again_when_a_link_on_another_site_led_to_it(client: TestClient, book: TokenBook) -> None:
    log_in(client, book.add("ana", Role.READER, made=DAY))
    client.cookies.clear()  # SameSite=Strict: the browser keeps it back
    led = client.get("/x", headers={"Accept": "text/html", "Sec-Fetch-Site": "cross-site"})
    assert 'http-equiv="refresh"' in led.text
    asked_again = client.get("/x", headers={"Accept": "text/html", "Sec-Fetch-Site": "same-origin"})
    assert asked_again.status_code == 401
    assert "http-equiv" not in asked_again.text


def test_the_file_is_json(book: TokenBook) -> None:
    book.add("ana", Role.REVIEWER, made=DAY, expires=DAY)
    (row,) = json.loads(book.path.read_text(encoding="utf-8"))["tokens"]
    assert {key: row[key] for key in ("name", "role", "made", "expires")} == {
        "name": "ana",
        "role": "reviewer",
        "made": "2024-03-02",
        "expires": "2024-03-02",
    }

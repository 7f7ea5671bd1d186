"""Connections that hold on without asking anything, and proxies, at a server that listens."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Thread

import httpx
import pytest
import uvicorn

from whoholds.atlas import Settings, create_app
from whoholds.atlas.roles import Role
from whoholds.atlas.safety.connections import PatientProtocol
from whoholds.atlas.safety.tokens import TokenBook
from whoholds.cli import listening
from whoholds.questions import Register


class Hasty(PatientProtocol):
    """Waits for the head of a request for a moment only."""

    patience = 0.3


@contextmanager
def serving(settings: Settings) -> Iterator[int]:
    """The port of an atlas that is served meanwhile."""
    with Register(":memory:") as register, listening.bound("127.0.0.1", 0) as listener:
        options = {"proxy_headers": settings.behind_proxy, "forwarded_allow_ips": ["127.0.0.1", "::1"]}
        app = create_app(register, settings)
        server = uvicorn.Server(uvicorn.Config(app, http=Hasty, log_level="critical", **options))  # type: ignore[arg-type]
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(10)


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: "])
def test_half_a_head_is_not_waited_for(begun: bytes) -> None:
    with serving(Settings()) as port, socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(begun)
        began = time.monotonic()
        assert connection.recv(100) == b""  # closed
        assert time.monotonic() - began < 4


def test_who_asks_in_time_is_answered_more_than_once() -> None:
    with serving(Settings()) as port, httpx.Client() as client:
        for _ in range(3):
            assert client.get(f"http://127.0.0.1:{port}/login").status_code == 200
            time.sleep(0.25)  # together longer than one head is waited for


def test_a_proxy_tells_who_asks_and_that_it_speaks_tls(tmp_path: Path) -> None:
    book = TokenBook(tmp_path / "tokens")
    token = book.add("ana", Role.READER, made=date(2024, 3, 2))
    with serving(Settings(tokens=book.path, behind_proxy=True, hosts=("atlas.example",))) as port:
        address, ask = f"http://127.0.0.1:{port}/", {"Host": "atlas.example", "Authorization": f"Bearer {token}"}
        forwarded = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
        answer = httpx.get(address, headers={**ask, **forwarded})
        assert answer.status_code == 200
        assert "strict-transport-security" in answer.headers
        assert httpx.get(address, headers={**ask, **forwarded, "X-Forwarded-Proto": "http"}).status_code == 400
        assert httpx.get(address, headers=ask).status_code == 400

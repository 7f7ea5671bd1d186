"""Clients of an atlas: somebody's browser or program, without a network."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from whoholds.atlas import Settings, create_app
from whoholds.questions import Register

HOME = "http://127.0.0.1:8765"
OWN = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}


def client_of(app: FastAPI, *, base_url: str = HOME, address: str = "127.0.0.1", **headers: str) -> TestClient:
    """A client that asks at a name the atlas answers to; faults come as answers."""
    return TestClient(
        app, base_url=base_url, client=(address, 50_000), headers=headers, raise_server_exceptions=False, follow_redirects=False
    )


def browser(register: Register, settings: Settings | None = None, **options: Any) -> TestClient:
    """A client that asks as our own pages do: entering things with the token of the page."""
    client = client_of(create_app(register, settings, **options))
    client.headers.update({**OWN, "X-CSRF-Token": csrf_of(client)})
    return client


def csrf_of(client: TestClient, path: str = "/") -> str:
    """The token that a page tells."""
    found = re.search(r'<meta name="csrf" content="([^"]*)"', client.get(path, headers={"Accept": "text/html"}).text)
    assert found, "the page has no token"
    return found[1]

"""Words of documents stay words on every page: nothing runs, nothing is fetched from elsewhere, the page stays what it is.

The pages are the routes of the application: a new one is tested from the day it is there, or this module says that it does not
know what its path stands for.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.atlas.clients import client_of
from tests.atlas.hostile import ADDRESSES, ELSEWHERE, WORDS, fill, harmless
from whoholds.articles import from_bytes
from whoholds.atlas import create_app
from whoholds.atlas.pages.rendering import safe_url
from whoholds.cli import listening
from whoholds.questions import Register
from whoholds.register.store import Sought, Wanted

CHROMIUM = Path("/usr/bin/chromium")
KINDS = {"holdings": "holding", "incidents": "incident", "undertakings": "undertaking"}
NO_PAGES = ("/lib", "/static", "/logout")
# Ten of the one before in each: the last is a thousand million letters.
ENTITIES = [b'<!ENTITY a "aaaaaaaaaa">', *(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))]
SPANS = {"span", "bdi", "mark", "br", "wbr", "abbr"}  # what a page may put around words that cannot be seen or that are marked
FRAME = ("html", "head", "body", "title", "meta", "base", "link", "script", "main", "nav", "header", "form", "img", "h1")
EACH = 5  # of a register's ids for each route


def ids_of(register: Register, part: str) -> list[str]:
    """What can stand in the path of a page about `part`; none for a part that has no ids."""
    if part in KINDS:
        return [finding.id for finding in register.store.findings(Sought(kind=KINDS[part]))]
    if part == "documents":
        return [document.id for document in register.documents()]
    if part == "claims":
        return [testimony.claim.id for testimony in register.store.testimony(Wanted())]
    if part in ("places", "history"):
        return [site.key for site in register.store.sites()]
    return []


def routes(app: FastAPI) -> list[str]:
    """The paths that can be asked for with GET, pages, data and API alike."""
    found = [route.path for route in _leaves(app.routes) if "GET" in (getattr(route, "methods", None) or ())]
    return sorted({path for path in found if not path.startswith(NO_PAGES)})


def _leaves(parts: Any) -> Iterator[Any]:
    """The routes, those of included routers with their whole paths."""
    for route in parts:
        inside = getattr(route, "effective_route_contexts", None)  # newer versions of FastAPI keep routers as they are
        yield from inside() if inside else (route,)


def addresses(app: FastAPI, register: Register, each: int = EACH) -> dict[str, list[str]]:
    """The addresses to open, by route: for those with an id in them, with so many of the register's."""
    found: dict[str, list[str]] = {}
    for path in routes(app):
        if "{" not in path:
            found[path] = [path, f"{path}?on=2020-11-26"]
            continue
        parts = [part for part in path.split("/") if part in (*KINDS, "documents", "claims", "places", "history")]
        ids = ids_of(register, parts[-1]) if parts else []
        assert ids or path.startswith("/api/"), f"what stands in the path {path}?"
        step = max(1, len(ids) // each)
        found[path] = [re.sub(r"\{[^}]*\}", quote(id, safe=":,"), path) for id in ids[::step]]
    if "/search" in found:
        asked = (words.encode("utf-8", "replace")[:500] for words in ("words", *WORDS.values()))
        found["/search"] = [f"/search?q={quote(words)}" for words in asked]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    fill(made / "hostile.whoholds", hostile=True)
    fill(made / "harmless.whoholds", hostile=False)
    return made


@pytest.fixture(scope="module")
def hostile(folder: Path) -> Iterator[Register]:
    with Register(folder / "hostile.whoholds") as found:
        yield found


@pytest.fixture(scope="module")
def benign(folder: Path) -> Iterator[Register]:
    with Register(folder / "harmless.whoholds") as found:
        yield found


class Structure(HTMLParser):
    """What a page is made of: how often each element stands in it; and what no page may have."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        told = dict(attributes)
        if tag in ("iframe", "object", "embed", "base", "style", "foreignobject", "math"):
            self.wrong.append(f"<{tag}>")
        if tag == "meta" and told.get("http-equiv"):
            self.wrong.append("<meta http-equiv>")
        self.wrong += [f"<{tag} {name}>" for name in told if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "formaction", "xlink:href", "srcdoc"):
            address = (told.get(name) or "").strip()
            away = ELSEWHERE in address and not re.match(r"/[^/]|[#?]", address)
            if away or (re.match(r"[a-z+.-]*:", address, re.I) and not address.startswith(("http://", "https://"))):
                self.wrong.append(f"<{tag} {name}={address[:60]!r}>")


def structure(markup: str) -> Structure:
    found = Structure()
    found.feed(markup)
    return found


def test_the_register_is_hostile(hostile: Register, benign: Register) -> None:
    assert len(list(hostile.documents())) == len(list(benign.documents())) == len(WORDS)
    for kind in KINDS:
        assert len(ids_of(hostile, kind)) == len(ids_of(benign, kind)) >= len(WORDS), kind


def test_structure_sees_what_is_wrong() -> None:
    for words in ("script", "picture", "svg", "style", "frame", "form", "base", "link", "math"):
        found = structure(f'<p title="{WORDS[words]}">{WORDS[words]}</p>')
        assert found.wrong or found.elements != structure(f'<p title="{harmless("")}">{harmless("")}</p>').elements, words
    assert structure('<a href="javascript:1">').wrong
    assert structure('<p onclick="1">').wrong


def test_no_address_meets_a_fault(hostile: Register) -> None:
    client = client_of(create_app(hostile))
    for path, asked in addresses(client.app, hostile).items():  # type: ignore[arg-type]
        for address in asked:
            for accept in ("text/html", "application/json"):
                answer = client.get(address, headers={"Accept": accept})
                assert answer.status_code < 500, (path, address, answer.text[:300])
                kind = answer.headers.get("content-type", "")
                assert "html" not in kind or not structure(answer.text).wrong, (address, structure(answer.text).wrong)


def test_pages_have_the_structure_that_they_have_with_harmless_words(hostile: Register, benign: Register) -> None:
    """No element that is not there with harmless words, and of those that hold a page together as many.

    How many rows or bars a page has may differ: ids follow from words, and so does what comes first.
    """
    one, other = client_of(create_app(hostile)), client_of(create_app(benign))
    for path, asked in addresses(one.app, hostile).items():  # type: ignore[arg-type]
        if path.startswith(("/api", "/data")) or path == "/search":
            continue
        expected = sum((elements(other, address) for address in addresses(other.app, benign)[path]), Counter[str]())  # type: ignore[arg-type]
        found = sum((elements(one, address) for address in asked), Counter[str]())
        assert set(found) <= {*expected, *SPANS}, path
        assert {tag: found[tag] for tag in FRAME} == {tag: expected[tag] for tag in FRAME}, path


def elements(client: TestClient, address: str) -> Counter[str]:
    answer = client.get(address, headers={"Accept": "text/html"})
    return structure(answer.text).elements if "html" in answer.headers.get("content-type", "") else Counter()


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_that_are_no_links(address: str) -> None:
    assert safe_url(address) is None


def test_addresses_that_are_links() -> None:
    assert safe_url(" https://example.org/a?b=c#d ") == "https://example.org/a?b=c#d"
    assert safe_url("http://example.org") == "http://example.org"
    assert safe_url(None) is None
    assert safe_url("") is None


@pytest.mark.parametrize(
    "markup",
    [
        b"<html><body>" + b"<div>" * 50_000 + b"<p>Rebels left Old Mill on Saturday, the army said.",
        b"<html><body>" + b"<table><tr><td>" * 5_000 + b"words",
        b"<!DOCTYPE html [" + b"".join(ENTITIES) + b"]><html><body><p>&j;</p>",
        b"<html><body><p>" + b"a" * 2_000_000,
        b"<html><body " + b" ".join(b"a%d=b" % number for number in range(50_000)) + b"><p>words",
    ],
    ids=["deep", "tables", "entities", "one word", "attributes"],
)
def test_pages_that_swell_are_read_in_time(markup: bytes) -> None:
    began = time.monotonic()
    document, problems = from_bytes(markup, name="swelling.html")
    assert document is not None or problems
    assert document is None or len(document.text) < 5_000_000
    assert time.monotonic() - began < 20


@pytest.fixture(scope="module")
def served(hostile: Register) -> Iterator[tuple[FastAPI, str]]:
    """The hostile register at an address."""
    app = create_app(hostile)
    with listening.bound("127.0.0.1", 0) as socket:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
        thread.start()
        yield app, f"http://127.0.0.1:{socket.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright, which drives the browser, is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    with playwright.sync_playwright() as running:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        found = running.chromium.launch(executable_path=str(CHROMIUM), args=options)
        yield found
        found.close()


LOOK = """() => {
  const wrong = [], bidi = /[\\u202a-\\u202e\\u2066-\\u2069]/;
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on")) wrong.push(`${element.tagName} ${name}`);
      if (/^\\s*(javascript|data|vbscript):/i.test(value) && ["href", "action", "formaction"].includes(name)) wrong.push(value);
    }
    if (["IFRAME", "OBJECT", "EMBED", "BASE"].includes(element.tagName)) wrong.push(element.tagName);
    if (element.tagName === "SCRIPT" && !element.src.startsWith(location.origin)) wrong.push("SCRIPT " + element.src);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!bidi.test(walker.currentNode.data)) continue;
    let around = walker.currentNode.parentElement;
    const isolates = (element) => getComputedStyle(element).unicodeBidi.match(/isolate|plaintext/);
    while (getComputedStyle(around).display === "inline" && !isolates(around)) around = around.parentElement;
    const alone = around.textContent.trim() === walker.currentNode.data.trim(), { display } = getComputedStyle(around);
    if (alone || display === "none" || (display === "inline" && isolates(around))) continue;
    wrong.push("reorders: " + around.outerHTML.slice(0, 200));
  }
  for (const element of document.querySelectorAll("a, button, [title], li, tr, p, h1"))
    for (const kind of ["mouseover", "focus", "focusin"]) element.dispatchEvent(new Event(kind, { bubbles: true }));
  if (window.ran) wrong.push("a script ran");
  return wrong;
}"""


def test_nothing_runs_and_nothing_is_fetched_from_elsewhere(
    browser: Any, served: tuple[FastAPI, str], hostile: Register
) -> None:
    app, home = served
    seen: list[str] = []
    page = browser.new_page()
    page.on("console", lambda said: seen.append(f"{said.type}: {said.text}") if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("dialog", lambda dialog: seen.append(f"dialog: {dialog.message}"))
    page.on("request", lambda request: _check_request(request.url, home, seen))
    for path, asked in addresses(app, hostile, each=2).items():
        if path.startswith(("/api", "/data")):
            continue
        for address in asked if path != "/search" else asked[:3]:
            answer = page.goto(home + address, wait_until="networkidle")
            assert answer.status == 200, address
            wrong = page.evaluate(LOOK)
            assert (wrong, seen) == ([], []), address
    page.close()


def _check_request(address: str, home: str, seen: list[str]) -> None:
    if not address.startswith((f"{home}/", "data:", "blob:")):
        seen.append(f"request: {address}")

"""A browser before a served atlas: every page is watched for errors in its console and for requests that leave the machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from whoholds.articles import read_jsonl
from whoholds.atlas import create_app
from whoholds.questions import Register

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "reports.jsonl"
CHROMIUM = Path("/usr/bin/chromium")
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_PATIENCE = 10.0  # seconds until something must be there


def add_examples(register: Register) -> None:
    """Read the bundled example reports into a register."""
    with EXAMPLES.open("rb") as lines:
        documents = [document for document, _ in read_jsonl(lines, place=EXAMPLES.name) if document]
    for _ in register.add(documents):
        pass


@contextmanager
def served(register: Register) -> Iterator[str]:
    """The address of a register's atlas, served from a thread at a free port."""
    server = uvicorn.Server(uvicorn.Config(create_app(register), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(_PATIENCE)


@contextmanager
def launched() -> Iterator[Any]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=_OPTIONS)
        yield browser
        browser.close()


class Watched:
    """A page, and what went wrong on it: `faults` has errors of its console and addresses elsewhere that it asked for."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.address, self.faults = address, list[str]()
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **options})
        self.page = self.context.new_page()
        self.page.on("console", lambda told: self.faults.append(told.text) if told.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"asked for {url}")


def until(true: Any, patience: float = _PATIENCE) -> None:
    """Wait until something is true. Raises AssertionError where it does not become so."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, "it did not become true"
        time.sleep(0.02)

"""The page of figures in a browser: its charts are drawn and saved, nothing is said on the console, axe finds no fault."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.questions.build import KALBAJAR, LACHIN_CITY, kalbajar, say
from whoholds.atlas import create_app
from whoholds.questions import Register

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a small register is served."""
    with Register(":memory:") as register, socket.socket() as listening:
        kalbajar(register)
        say(register, f"../2020-11-20 control {LACHIN_CITY}: Armenian forces [ARM MIL] holds", on="2020-11-20")
        say(register, f"2020-11-24 event {KALBAJAR}: ASSAULT by gunmen [AZE UAF]", on="2020-11-24")
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(register), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(5)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield opened
        opened.close()


def opened(browser: Any, address: str, **options: Any) -> tuple[Any, list[str]]:
    """The page with its charts drawn, and what was said on the console and asked elsewhere."""
    page = browser.new_context(**options).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((address, "blob:")) else said.append(request.url))
    page.goto(f"{address}/figures")
    for chart in page.locator(".chart").all():
        chart.locator("svg").wait_for()
    return page, said


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_charts_are_drawn_and_faultless(browser: Any, address: str, width: int, scheme: str) -> None:
    page, said = opened(browser, address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator('section[data-name="area"] tbody tr').count() > 10, "what was worked out later has its table too"
    assert "Armenia" in page.locator('section[data-name="area"] .chart').inner_text()
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe.Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert said == []


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg "), ("png", b"\x89PNG")])
def test_pictures_are_saved(browser: Any, address: str, tmp_path: Path, kind: str, begins: bytes) -> None:
    page, _ = opened(browser, address)
    with page.expect_download() as saved:
        page.click(f'section[data-name="settlements"] [data-save="{kind}"]')
    saved.value.save_as(tmp_path / "picture")
    told = (tmp_path / "picture").read_bytes()
    assert saved.value.suggested_filename == f"settlements.{kind}"
    assert told.startswith(begins)
    assert kind == "png" or re.search(rb"Armenia", told)

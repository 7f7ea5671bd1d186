"""The atlas in a browser: how soon the map is painted, how long a step of the slider takes, and what the server answers.

The register is served by a process of its own, as `whoholds serve` does, and asked over the loopback; the map is looked at with
a headless Chromium (Playwright), without a GPU. Where there is none, the browser's figures are left out.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bench.load import served
from whoholds.atlas.api.parameters import MOST_FEATURES

HOLDINGS = f"/api/collections/holdings/items?limit={MOST_FEATURES}"
DATA = ("/data/timeline", "/data/shapes", "/data/incidents")
_ROUNDS = 10
_PAINTINGS = 5
_PATIENCE = 600.0  # seconds until a server is warm
_JUMPS = """async () => {
  const slider = document.getElementById("slider"), first = Number(slider.min), last = Number(slider.max);
  performance.clearMeasures("whoholds:step");
  for (let jump = 1; jump <= 60; jump += 1) {
    slider.value = String(Math.round(first + ((last - first) * jump) / 61));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  }
  return performance.getEntriesByName("whoholds:step").map((entry) => entry.duration);
}"""
_PAINTED = "performance.getEntriesByName('whoholds:painted').map((entry) => entry.startTime)"


@dataclass(slots=True)
class Looked:
    """What was measured: seconds until the server answers and is warm, milliseconds of answers by path, and of the browser.

    `missing` tells why there are no figures of a browser; empty where there are.
    """

    up: float = 0.0
    warm: dict[str, float] = field(default_factory=dict)
    answers: dict[str, list[float]] = field(default_factory=dict)
    painted: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    missing: str = ""
    load: float = 0.0


def looked_at(path: Path) -> Looked:
    """Serve a register, ask it, and look at its map."""
    found, began = Looked(), time.perf_counter()
    with served(path) as address, httpx.Client(base_url=address, timeout=_PATIENCE) as client:
        client.get("/static/css/base.css")
        found.up = time.perf_counter() - began
        for asked in (*DATA, HOLDINGS):
            client.get(asked).raise_for_status()
            found.warm[asked] = time.perf_counter() - began
        for asked in (HOLDINGS, *DATA):
            found.answers[asked] = [_took(client, asked) for _ in range(_ROUNDS)]
        found.missing = no_browser()
        if not found.missing:
            with _browser() as browser:
                _look(browser, address, found)
    found.load = os.getloadavg()[0]
    return found


def no_browser() -> str:
    """Why no browser can be asked; empty where one can."""
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed"
    return "" if _chromium() else "there is no chromium"


def rows(found: Looked) -> list[tuple[str, str]]:
    """The figures, as lines of a table."""
    told = [
        ("`whoholds serve`: seconds until it answers", f"{found.up:.1f}"),
        ("seconds from the start until the map's timeline is there", f"{found.warm[DATA[0]]:.1f}"),
        ("seconds from the start until all of the map's data is there", f"{found.warm[HOLDINGS]:.1f}"),
    ]
    told += [(f"`{asked}` over HTTP, median of {_ROUNDS}, ms", _median(times)) for asked, times in found.answers.items()]
    if found.missing:
        return [*told, ("in a browser", f"not measured: {found.missing}")]
    steps = statistics.quantiles(found.steps, n=20, method="inclusive")
    return [
        *told,
        (f"`/` in Chromium, first paint of the map, median of {len(found.painted)} (slowest), ms", _and_slowest(found.painted)),
        (
            f"a step of the slider, {len(found.steps)} jumps over the whole war, median / 95 % / slowest, ms",
            f"{statistics.median(found.steps):.0f} / {steps[18]:.0f} / {max(found.steps):.0f}",
        ),
    ]


def _took(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return 1000 * (time.perf_counter() - began)


def _look(browser: Any, address: str, found: Looked) -> None:
    for _ in range(_PAINTINGS):
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()  # with an empty cache
        page.goto(address)
        page.wait_for_function(f"{_PAINTED}.length > 0", timeout=_PATIENCE * 1000)
        found.painted += page.evaluate(_PAINTED)
        page.wait_for_load_state("networkidle")
        if len(found.painted) == _PAINTINGS:
            found.steps = page.evaluate(_JUMPS)
        page.context.close()


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=_chromium(), args=options)
        try:
            yield browser
        finally:
            browser.close()


def _chromium() -> str | None:
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


def _median(times: list[float]) -> str:
    return f"{statistics.median(times):,.0f}"


def _and_slowest(times: list[float]) -> str:
    return f"{_median(times)} ({max(times):,.0f})"

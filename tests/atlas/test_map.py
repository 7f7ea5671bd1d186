"""The map's page in a browser, over the bundled examples: with the mouse, without it, and when things go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient

from tests.atlas.browsing import CHROMIUM, Watched, add_examples, launched, served, until
from whoholds.atlas import Settings, create_app
from whoholds.questions import Register

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

KALBAJAR = "A:40.1068,46.0367"
Open = Callable[..., Watched]
in_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with Register(tmp_path_factory.mktemp("atlas") / "examples.whoholds") as register:
        add_examples(register)
        with served(register) as told:
            yield told


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched() as started:
        yield started


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Open]:
    """Open the map with a query, and wait until the holders are painted; at the end nothing may have gone wrong."""
    pages: list[Watched] = []

    def open_map(query: dict[str, str] | None = None, shown: dict[str, Any] | None = None, **options: Any) -> Watched:
        watched = Watched(browser, address, **options)
        pages.append(watched)
        for name, data in (shown or {}).items():
            watched.page.route(f"**/data/{name}*", partial(answer, data))
        watched.page.goto(f"{address}/?{urlencode(query or {})}")
        until(lambda: watched.page.evaluate("performance.getEntriesByName('whoholds:painted').length"))
        watched.page.wait_for_selector("#loading", state="hidden")
        return watched

    yield open_map
    for watched in pages:
        watched.context.close()
    assert [fault for watched in pages for fault in watched.faults] == []


def answer(data: dict[str, Any], route: Any) -> None:
    """Give data of the test's own in place of the server's."""
    route.fulfill(json=data)


def front(count: int) -> dict[str, Any]:
    """The data of a made-up front that moves over a grid of places, a column of them every day, with an incident in each."""
    columns = 50
    first = 18_262  # 2020-01-01
    keys = [f"geonames:{number}" for number in range(count)]
    lats = [51.5 - number // columns * 0.06 for number in range(count)]
    lons = [27.0 + number % columns * 0.12 for number in range(count)]
    falls = [first + 140 + number % columns // 2 + number // columns % 7 for number in range(count)]
    both = range(2 * count)
    spans = {
        "place": [n // 2 for n in both],
        "side": [n % 2 for n in both],
        "standing": [(n // 2) % 5 for n in both],
        "begin": [falls[n // 2] if n % 2 else None for n in both],
        "end": [None if n % 2 else falls[n // 2] - 1 for n in both],
        "inherited": [-1] * (2 * count),
    }
    places = {"key": keys, "name": keys, "lat": lats, "lon": lons, "country": ["UA"] * count, "feature": ["P"] * count}
    timeline = {
        "seq": 1,
        "known": {"published_by": None, "recorded_by": None},
        "epoch": "1970-01-01",
        "first": first,
        "last": first + 365,
        "latest": first + 365,
        "sides": [{"key": "UKR", "name": "Ukraine"}, {"key": "RUS", "name": "Russia"}],
        "standings": ["conceded", "confirmed", "claimed", "disputed", "contested"],
        "places": places,
        "spans": spans,
        "changes": [[first + 150, count]],
        "activity": [[first, 1]],
    }
    corners = [(-0.06, -0.03), (0.06, -0.03), (0.06, 0.03), (-0.06, 0.03)]
    cells = [[[lon + x, lat + y] for x, y in corners] for lat, lon in zip(lats, lons, strict=True)]
    happened = {
        "id": keys,
        "type": [0] * count,
        "lat": lats,
        "lon": lons,
        "first": falls,
        "last": falls,
        "place": list(range(count)),
    }
    more = {"killed": [[n % 30, n % 30] for n in range(count)], "name": keys}
    nothing: dict[str, Any] = {"type": "FeatureCollection", "features": []}
    return {
        "timeline": timeline,
        "incidents": {"epoch": "1970-01-01", "types": ["ASSAULT"], "incidents": happened | more},
        "shapes": {"outlines": nothing, "boundaries": nothing, "cells": {"place": keys, "rings": cells}},
    }


def asked(page: Any) -> dict[str, str]:
    """The state in the address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.evaluate("location.href")).query).items()}


def holder(page: Any) -> str:
    return str(page.inner_text("#panel .holder strong"))


def colour_in_the_middle(page: Any, frame: str = "#frame") -> str:
    """The colour of the day's canvas where the map looks, which is where the chosen place lies."""
    return str(
        page.evaluate(
            """(frame) => {
              const canvas = document.querySelector(`${frame} canvas.day`);
              const [box, map] = [canvas, document.querySelector(frame)].map((one) => one.getBoundingClientRect());
              const x = map.left + map.width / 2 - box.left, y = map.top + map.height / 2 - box.top;
              const data = canvas.getContext("2d").getImageData(Math.floor(x), Math.floor(y), 1, 1).data;
              return "#" + [...data.slice(0, 3)].map((one) => one.toString(16).padStart(2, "0")).join("");
            }""",
            frame,
        )
    )


def legend_colour(page: Any, side: str) -> str:
    return str(page.input_value(f'#legend input[aria-label="Colour of {side}"]'))


def go_to(page: Any, day: str) -> None:
    """Move the slider as a hand does."""
    page.evaluate(
        """([day]) => {
          const slider = document.getElementById("slider");
          slider.value = String(Date.parse(`${day}T00:00:00Z`) / 864e5);
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        [day],
    )


@in_browser
def test_the_slider_shows_kalbajar_change_hands(opened: Open) -> None:
    page = opened({"on": "2020-11-14", "place": KALBAJAR}).page
    seen = []
    for day in ("2020-11-14", "2020-11-20", "2020-11-25"):
        go_to(page, day)
        until(lambda day=day: asked(page)["on"] == day)  # type: ignore[misc]
        seen.append((page.inner_text("#day-now"), holder(page), colour_in_the_middle(page)))
    armenia, azerbaijan = legend_colour(page, "Armenia"), legend_colour(page, "Azerbaijan")
    assert seen == [
        ("2020-11-14", "Armenia", armenia),
        ("2020-11-20", "Armenia", armenia),
        ("2020-11-25", "Azerbaijan", azerbaijan),
    ]
    assert armenia != azerbaijan
    assert page.get_attribute("#slider", "aria-valuetext") == "25 November 2020"
    until(lambda: "Kalbajar: Azerbaijan, conceded" in page.inner_text("#live"))
    page.wait_for_selector("#panel blockquote")
    assert "The Azerbaijani army took control of the Kalbajar district" in page.inner_text("#panel")
    assert page.evaluate("performance.getEntriesByName('whoholds:step').length") == 2  # the first day was there already


@in_browser
def test_everything_by_keyboard(opened: Open) -> None:
    page = opened({"on": "2020-11-14"}).page
    keys = page.keyboard
    keys.press("/")
    keys.type("kalb")
    until(lambda: page.get_attribute("#finder", "aria-expanded") == "true")
    assert page.get_attribute("#finder", "aria-activedescendant") == "finder-0"
    keys.press("Enter")
    until(lambda: asked(page).get("place") == KALBAJAR)
    assert page.evaluate("document.activeElement.id") == "panel"
    keys.press("n")
    until(lambda: asked(page)["on"] == "2020-11-25")
    page.focus("#slider")
    keys.press("ArrowLeft")
    until(lambda: asked(page)["on"] == "2020-11-24")
    keys.press("Shift+ArrowLeft")
    until(lambda: asked(page)["on"] == "2020-11-17")
    keys.press("Shift+ArrowUp")
    until(lambda: asked(page)["on"] == "2020-12-17")
    keys.press("?")
    assert page.is_visible("#help")
    page.uncheck("#keys-on")
    keys.press("Escape")
    keys.press("p")
    page.wait_for_timeout(250)
    assert asked(page)["on"] == "2020-12-17"
    keys.press("Escape")
    assert page.is_hidden("#panel")


@in_browser
def test_single_keys_play_and_list(opened: Open) -> None:
    page = opened({"on": "2020-11-24"}).page
    page.select_option("#speed", "30")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(" ")
    assert page.get_attribute("#play", "aria-label") == "Pause"
    until(lambda: page.inner_text("#day-now") > "2020-11-25")
    page.keyboard.press(" ")
    assert page.get_attribute("#play", "aria-label") == "Play"
    page.keyboard.press("l")
    until(lambda: page.locator("#list tbody tr").count() == 4)
    assert page.get_attribute("#list-toggle", "aria-pressed") == "true"
    page.click("#list th button:has-text('Holder')")
    assert page.get_attribute("#list th[data-by=holder]", "aria-sort") == "ascending"
    holders = page.locator("#list tbody td:nth-child(3)").all_inner_texts()
    assert holders == sorted(holders, key=str.casefold) and any("Azerbaijan" in one for one in holders)
    page.click("#list .link:has-text('Kalbajar')")
    until(lambda: holder(page) == "Azerbaijan")


@in_browser
def test_two_days_compared_and_what_changed(opened: Open) -> None:
    page = opened({"on": "2020-11-25", "compare": "2020-11-14", "place": KALBAJAR}).page
    page.wait_for_selector("#changes li")
    assert page.locator("#changes li").all_inner_texts() == ["Kalbajar\n Armenia, confirmed →  Azerbaijan, conceded"]
    then, now = colour_in_the_middle(page, "#frame-then"), colour_in_the_middle(page, "#frame")
    assert (then, now) == (legend_colour(page, "Armenia"), legend_colour(page, "Azerbaijan"))
    page.click("#compare summary")
    page.check("[name=how][value=swipe]")
    page.click("#compare-form button.primary")
    until(lambda: asked(page).get("how") == "swipe")
    page.focus("#swipe")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    assert page.get_attribute("#swipe", "aria-valuenow") == "80"
    assert page.is_hidden("#frame-then")
    page.click("#changes .close")
    until(lambda: "compare" not in asked(page))
    page.go_back()
    until(lambda: asked(page).get("how") == "swipe")
    page.wait_for_selector("#changes li")


@in_browser
def test_what_was_known_on_an_earlier_day(opened: Open) -> None:
    page = opened({"on": "2020-11-26", "place": KALBAJAR, "published_by": "2020-11-24"}).page
    assert holder(page) == "Armenia"
    assert "published by 2020-11-24" in page.inner_text("#clocks-notice")
    assert "published_by=2020-11-24" in page.get_attribute(".top nav a >> nth=1", "href")
    page.click("#clocks-notice button")
    until(lambda: holder(page) == "Azerbaijan")
    assert page.is_hidden("#clocks-notice")
    assert "published_by" not in asked(page)
    page.go_back()
    until(lambda: holder(page) == "Armenia")


@in_browser
def test_a_side_is_hidden_and_coloured_as_one_likes(opened: Open) -> None:
    page = opened({"on": "2020-11-25", "place": KALBAJAR}, color_scheme="dark").page
    before = colour_in_the_middle(page)
    page.click("#legend .side:has-text('Azerbaijan')")
    until(lambda: colour_in_the_middle(page) != before)
    page.click("#legend .side:has-text('Azerbaijan')")
    page.evaluate("import('/static/js/colours.js').then((colours) => colours.choose('AZE', '#123456'))")
    until(lambda: colour_in_the_middle(page) == "#123456")
    page.reload()
    until(lambda: page.locator("#legend input[type=color]").count() and colour_in_the_middle(page) == "#123456")
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


@in_browser
def test_what_is_painted_anew_of_a_day_looks_like_the_whole_day(opened: Open) -> None:
    """Steps by a day paint what differs; hiding and showing a side paints everything: both must give the same pixels."""
    page = opened({"on": "2020-06-01", "layers": "places,cells,incidents", "at": "50,30,8"}, shown=front(2_500)).page
    until(lambda: "incidents of the last" in (page.text_content("#legend-signs") or ""))
    differing, steps = page.evaluate(
        """async () => {
          const canvas = document.querySelector("#map canvas.day");
          const read = () => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const pixels = () => new Uint32Array(read().data.buffer);
          const slider = document.getElementById("slider");
          const first = pixels();
          for (let step = 0; step < 12; step += 1) {
            slider.value = String(slider.valueAsNumber + (step % 4 === 3 ? -1 : 1));
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          }
          const stepped = pixels();
          for (let time = 0; time < 2; time += 1) document.querySelector("#legend .side").click();
          const whole = pixels();
          const differ = (one, other) => one.reduce((count, pixel, at) => count + (pixel !== other[at]), 0);
          return [differ(stepped, whole), differ(first, whole)];
        }"""
    )
    assert differing == 0
    assert steps > 100  # the steps did change the picture


@in_browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_axe_finds_nothing_serious(opened: Open, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed").Axe()
    query = {"on": "2020-11-25", "place": KALBAJAR, "compare": "2020-11-14", "published_by": "2020-12-31"}
    page = opened(query, viewport={"width": width, "height": 844}, color_scheme=scheme).page
    page.wait_for_selector("#panel blockquote")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in serious] == []


@in_browser
def test_an_empty_register_is_told_in_words(browser: Any) -> None:
    with Register(":memory:") as register, served(register) as address:
        watched = Watched(browser, address)
        watched.page.goto(address)
        watched.page.wait_for_selector("#loading h2")
        assert "No places yet" in watched.page.inner_text("#loading")
        watched.context.close()
        assert watched.faults == []


@in_browser
def test_a_server_that_is_gone_is_told_in_words(browser: Any, address: str) -> None:
    watched = Watched(browser, address)
    page = watched.page
    page.route("**/data/timeline*", lambda route: route.abort())
    page.goto(address)
    page.wait_for_selector("#trouble:not([hidden])")
    assert "The server does not answer" in page.inner_text("#trouble")
    page.unroute("**/data/timeline*")
    page.click("#trouble button")
    page.wait_for_selector("#legend .side")
    assert page.is_hidden("#trouble")
    watched.context.close()


def test_the_page_holds_no_markup_of_others() -> None:
    """What the settings hold is text in the page, and no script or style stands in it."""
    settings = Settings(
        hosts=("testserver",), tiles='https://tiles.example/{z}/{x}/{y}.png"><script>', tile_credit="<b>credit</b>"
    )
    with Register(":memory:") as register:
        page = TestClient(create_app(register, settings)).get("/").text
    assert "<b>credit" not in page and '"><script>' not in page
    assert " style=" not in page and "<style" not in page and "<script>" not in page
    assert 'data-tiles="https://tiles.example/{z}/{x}/{y}.png' in page

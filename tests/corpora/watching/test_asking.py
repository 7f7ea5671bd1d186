"""Politeness: robots.txt, one question a host at a time, pauses, and redirects that are asked for anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Lock, Thread
from time import sleep

import pytest

from tests.articles.web import Answer, Web, leads_to, says, serving
from tests.corpora.watching.site import Watched, paths
from whoholds.articles.fetching import TYPES, Fetched
from whoholds.model import Problem


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found


def robots(words: str, **headers: str) -> Answer:
    return says(words.encode(), "text/plain", **headers)


def got(watched: Watched, address: str) -> str:
    """The code of the problem, or "ok"."""
    found = watched.polite.get(address, types=TYPES)
    return found.code if isinstance(found, Problem) else "ok"


def test_what_robots_forbid_is_not_asked_for(web: Web, tmp_path: Path) -> None:
    web.answers["/robots.txt"] = robots(
        "User-agent: whoholds\nDisallow: /*?print\nDisallow: /no\nAllow: /no/yes\n\nUser-agent: *\nDisallow: /"
    )
    for path in ("/a", "/a?print=1", "/no/b", "/no/yes"):
        web.answers[path] = says(b"words", "text/plain")
    watched = Watched(tmp_path)
    assert [got(watched, web.at(path)) for path in ("/a", "/a?print=1", "/no/b", "/no/yes")] == ["ok", "robots", "robots", "ok"]
    assert paths(web) == ["/a", "/no/yes"]
    assert [path for path, _ in web.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "ok"), (403, "ok"), (410, "ok"), (500, "robots-unknown"), (503, "robots-unknown"), (429, "robots-unknown")],
)
def test_robots_that_are_not_there(web: Web, tmp_path: Path, status: int, code: str) -> None:
    web.answers.update({"/robots.txt": says(b"", status=status), "/a": says(b"words", "text/plain")})
    assert got(Watched(tmp_path), web.at("/a")) == code
    assert paths(web) == (["/a"] if code == "ok" else [])


def test_robots_that_hang(web: Web, tmp_path: Path) -> None:
    from whoholds.corpora.watching import asking

    web.answers["/robots.txt"] = lambda handler: sleep(0.6)
    watched = Watched(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "_ROBOTS", asking.Bounds(seconds=0.2))
        assert got(watched, web.at("/a")) == "robots-unknown"
    assert paths(web) == []


def test_robots_are_asked_for_again_after_a_day_and_sooner_where_they_could_not_be_had(web: Web, tmp_path: Path) -> None:
    web.answers.update({"/robots.txt": says(b"", status=500), "/a": says(b"words", "text/plain")})
    watched = Watched(tmp_path)
    assert got(watched, web.at("/a")) == "robots-unknown"
    web.answers["/robots.txt"] = robots("User-agent: *\nDisallow:")
    assert got(watched, web.at("/a")) == "robots-unknown"
    watched.clock.to(watched.clock.now() + timedelta(minutes=16))
    assert got(watched, web.at("/a")) == "ok"
    web.answers["/robots.txt"] = robots("User-agent: *\nDisallow: /")
    watched.clock.to(watched.clock.now() + timedelta(hours=23))
    assert got(watched, web.at("/a")) == "ok"
    watched.clock.to(watched.clock.now() + timedelta(hours=2))
    assert got(watched, web.at("/a")) == "robots"


def test_robots_are_remembered(web: Web, tmp_path: Path) -> None:
    web.answers["/robots.txt"] = robots("User-agent: *\nDisallow: /")
    for _ in range(2):
        watched = Watched(tmp_path)
        assert got(watched, web.at("/a")) == "robots"
        watched.state.__exit__(None, None, None)
    assert [path for path, _ in web.asked] == ["/robots.txt"]


def test_the_pause_is_kept_and_crawl_delay_makes_it_longer(web: Web, tmp_path: Path) -> None:
    web.answers["/a"] = says(b"words", "text/plain")
    watched = Watched(tmp_path, pause=3)
    for _ in range(3):
        got(watched, web.at("/a"))
    assert watched.clock.waited == [3, 3, 3]  # robots.txt was the first of four
    with serving() as slow:
        slow.answers.update({"/a": says(b"words", "text/plain"), "/robots.txt": robots("User-agent: *\nCrawl-delay: 17")})
        watched.clock.waited.clear()
        for _ in range(2):
            got(watched, slow.at("/a"))
        assert watched.clock.waited == [17, 17]


def test_a_redirect_is_asked_for_only_if_its_site_allows_it(web: Web, tmp_path: Path) -> None:
    with serving() as other:
        other.answers.update({"/robots.txt": robots("User-agent: *\nDisallow: /b"), "/c": says(b"words", "text/plain")})
        web.answers.update({"/b": leads_to(other.at("/b"), 301), "/c": leads_to(other.at("/c"), 301), "/d": leads_to("/d")})
        watched = Watched(tmp_path)
        assert got(watched, web.at("/b")) == "robots"
        found = watched.polite.get(web.at("/c"), types=TYPES)
        assert isinstance(found, Fetched)
        assert (found.url, found.moved) == (other.at("/c"), other.at("/c"))
        assert paths(other) == ["/c"]
        assert got(watched, web.at("/d")) == "redirects"


def test_a_host_is_asked_one_thing_at_a_time(web: Web, tmp_path: Path) -> None:
    lock, most, now = Lock(), [0], [0]

    def slow(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        sleep(0.05)
        with lock:
            now[0] -= 1
        says(b"words", "text/plain")(handler)

    web.answers.update({"/a": slow, "/robots.txt": slow})
    watched = Watched(tmp_path, pause=0)
    threads = [Thread(target=got, args=(watched, web.at("/a"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(paths(web)), most[0]) == (6, 1)
    assert [path for path, _ in web.asked].count("/robots.txt") == 1


def test_private_addresses_are_not_asked_for_unless_it_is_wished(web: Web, tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    watched.polite.manners = type(watched.polite.manners)()
    assert got(watched, web.at("/a")) == "private"
    assert web.asked == []
    assert got(watched, "file:///etc/passwd") == "address"


def test_who_asks_is_told(web: Web, tmp_path: Path) -> None:
    agents: set[str] = set()

    def telling(handler: BaseHTTPRequestHandler) -> None:
        agents.add(handler.headers["User-Agent"])
        says(b"words", "text/plain")(handler)

    web.answers.update({"/a": telling, "/robots.txt": telling})
    assert got(Watched(tmp_path, contact="desk@example.org"), web.at("/a")) == "ok"
    (agent,) = agents
    assert agent.startswith("whoholds/")
    assert agent.endswith(" (+desk@example.org)")


def test_a_clock_that_is_put_back_makes_nobody_wait_for_it(web: Web, tmp_path: Path) -> None:
    web.answers.update({"/robots.txt": robots("User-agent: *\nDisallow:"), "/a": says(b"words", "text/plain")})
    watched = Watched(tmp_path)
    now = watched.clock.now()
    watched.clock.to(now + timedelta(days=3_650))
    assert got(watched, web.at("/a")) == "ok"
    watched.clock.to(now)
    web.answers["/robots.txt"] = robots("User-agent: *\nDisallow: /")
    assert got(watched, web.at("/a")) == "robots"
    assert max(watched.clock.waited) <= 2.0

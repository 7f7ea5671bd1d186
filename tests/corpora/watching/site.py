"""A news site on this machine, and a clock that only waiting moves, for the tests of watching."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Lock

from tests.articles.web import Answer, Web, says
from whoholds.articles import from_bytes, from_text
from whoholds.articles.fetching import Bounds
from whoholds.corpora.records import Raw, Record
from whoholds.corpora.watching.asking import Manners, Polite
from whoholds.corpora.watching.feedlist import Feed
from whoholds.corpora.watching.pace import Turns
from whoholds.corpora.watching.polling import Item, Polled, Polling
from whoholds.corpora.watching.state import State
from whoholds.model import Document, Problem

BEGIN = datetime(2024, 3, 2, 12, tzinfo=UTC)
WORDS = "Rebels seized Goma in eastern Congo on Monday, the army said. Residents fled the town, and shelling went on."


class FakeClock:
    """A clock for which waiting takes no time."""

    def __init__(self, now: datetime = BEGIN) -> None:
        self._now = now
        self._lock = Lock()
        self.waited: list[float] = []

    def now(self) -> datetime:
        return self._now

    def wait(self, seconds: float) -> None:
        with self._lock:
            if seconds > 0:
                self.waited.append(seconds)
                self._now += timedelta(seconds=seconds)

    def to(self, instant: datetime) -> None:
        self._now = instant


def entry(number: int, *, web: Web | None = None, updated: str = "", title: str = "", text: str = WORDS) -> str:
    """An item of an RSS feed."""
    link = web.at(f"/{number}") if web else f"https://example.org/{number}"
    told = f"<atom:updated>{updated}</atom:updated>" if updated else ""
    return (
        f"<item><guid isPermaLink='false'>id-{number}</guid><title>{title or f'Report {number}'}</title><link>{link}</link>"
        f"<pubDate>Fri, 01 Mar 2024 23:30:00 -0500</pubDate>{told}<description>{escape(text)}</description></item>"
    )


def rss(entries: Sequence[str]) -> bytes:
    """An RSS feed."""
    head = "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>Wire</title>"
    return f"<?xml version='1.0' encoding='utf-8'?>{head}{''.join(entries)}</channel></rss>".encode()


def page(number: int, text: str = WORDS) -> bytes:
    """A report's page."""
    paragraph = f"<p>{escape(text)} This is report number {number}.</p>"
    return f"<html><head><title>Report {number}</title></head><body><article>{paragraph * 3}</article></body></html>".encode()


def feed_of(*entries: str, **headers: str) -> Answer:
    """An answer that is a feed."""
    return says(rss(entries), "application/rss+xml", **headers)


def tagged(answer: Answer, tag: str, sent: list[str | None]) -> Answer:
    """An answer with an ETag, 304 to who has it; `sent` gets what was asked with."""

    def conditional(handler: BaseHTTPRequestHandler) -> None:
        sent.append(handler.headers["If-None-Match"])
        (says(b"", status=304) if sent[-1] == tag else answer)(handler)

    return conditional


def paths(web: Web) -> list[str]:
    """What was asked, robots.txt left out."""
    return [path for path, _ in web.asked if path != "/robots.txt"]


def extracted(record: Record) -> tuple[Document | None, list[Problem]]:
    """A document of a record, in the plainest way."""
    if isinstance(record, Raw):
        document, problems = from_bytes(record.data, name=record.name)
        return document, problems
    return from_text(record.text, name=record.name, title=record.told.title, outlet=record.told.outlet, url=record.told.url), []


class Watched:
    """Polling with a memory in a folder and a clock of its own."""

    def __init__(self, folder: Path, *, pause: float = 2.0, seconds: float = 5.0, contact: str = "") -> None:
        self.clock = FakeClock()
        self.state = State(folder / "memory")
        manners = Manners(contact=contact, pause=timedelta(seconds=pause), allow_private=True, bounds=Bounds(seconds=seconds))
        self.polite = Polite(manners, self.state, self.clock, Turns(self.clock))
        self.polling = Polling(
            self.polite,
            self.state,
            self.clock,
            list_digest="a list",
            extract=extracted,
            relevant=lambda document: "seized" in document.text,
        )

    def poll(self, feed: Feed) -> tuple[list[Item], Polled]:
        """A poll, kept as it is for good."""
        items, polled = split(self.polling.poll(feed))
        self.state.keep_items(feed.address, {item.entry.key: item.seen for item in items})
        self.state.keep_feed(feed.address, polled.remembered)
        return items, polled


def split(found: object) -> tuple[list[Item], Polled]:
    """The entries of a poll, and its end."""
    *items, polled = list(found)  # type: ignore[call-overload]
    assert isinstance(polled, Polled)
    assert all(isinstance(item, Item) for item in items)
    return items, polled

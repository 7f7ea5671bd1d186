"""The entries of a feed (RSS, Atom, JSON Feed) as a watch needs them: what each is known by, where it leads, what it says."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any
from urllib.parse import urljoin

import feedparser

from whoholds.articles import parse_day
from whoholds.articles.fetching import Fetched
from whoholds.corpora.sources.fragments import text_of
from whoholds.model import Problem

_LONGEST_KEY = 500
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_ENDS = (b"</rss>", b"</feed>", b"</rdf:rdf>", b"</channel>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry: `key` is its guid, or else its link, or else a hash of its words.

    `updated` is the instant as the feed writes it, "" where it tells none; `published` the day in the zone that it is told in.
    `text` is what the feed itself says, of markup only the paragraphs kept.
    """

    key: str
    link: str
    title: str
    text: str
    updated: str
    published: date | None
    author: str | None

    def stamp(self, *, full: bool) -> str:
        """What changes when the entry does: `updated`, or where the feed tells none a hash of its title, and of its own text
        where that is what is taken (not `full`).
        """
        words = [self.updated] if self.updated else [self.title, "" if full else self.text]
        return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries in the order of the feed, each key once, and what is wrong with the feed all the same."""

    all: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


def entries_of(found: Fetched) -> Entries | Problem:
    """The entries of a feed; a Problem where it is none. One that breaks off gives those before the last."""
    found_in = _json_feed if found.data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" else _xml_feed
    told, broken_off = found_in(found)
    if isinstance(told, str):
        return Problem("feed", f"{found.url} is no feed that can be read: {told[:200]}", hint="check the address in a browser")
    problems: tuple[Problem, ...] = ()
    if broken_off:
        told = told[:-1]
        words = f"{found.url} breaks off: what came before its last entry is taken"
        problems = (Problem("feed", words, hint="it is asked for again later"),)
    entries: dict[str, Entry] = {}
    for one in told:
        entry = _entry(one, found.url)
        entries.setdefault(entry.key, entry)
    return Entries(tuple(entries.values()), problems)


Told = Sequence[Mapping[str, Any]]


def _xml_feed(found: Fetched) -> tuple[Told | str, bool]:
    """What the entries of a feed tell, or why there are none; and whether it breaks off."""
    if _ENTITY.search(found.data[:100_000]):
        return "it defines entities of its own, which feeds have no need of", False
    try:
        parsed = feedparser.parse(
            io.BytesIO(found.data),
            response_headers={"content-type": _media_type(found)},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, RecursionError, AssertionError) as error:  # what odd feeds do to it
        return str(error), False
    if not parsed.get("version") and not parsed.get("entries"):
        return str(parsed.get("bozo_exception", "it has neither entries nor the head of a feed")), False
    return list(parsed.entries), not any(end in found.data[-2_000:].lower() for end in _ENDS)


def _json_feed(found: Fetched) -> tuple[Told | str, bool]:
    """As `_xml_feed`, of a JSON Feed 1.1 (jsonfeed.org)."""
    try:
        told = json.loads(found.data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return str(error), False
    items = told.get("items") if isinstance(told, dict) else None
    if not isinstance(items, list):
        return "it is no JSON Feed: it has no items", False
    return [_as_of_xml(item) for item in items if isinstance(item, dict)], False


def _as_of_xml(item: Mapping[str, Any]) -> dict[str, Any]:
    plain = item.get("content_text") or item.get("summary")
    authors = item.get("authors")
    names = [one.get("name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    return {
        "id": item.get("id"),
        "title": item.get("title"),
        "link": item.get("url") or item.get("external_url"),
        "summary": item.get("content_html") or (escape(plain) if isinstance(plain, str) else None),
        "updated": item.get("date_modified"),
        "published": item.get("date_published"),
        "author": ", ".join(name for name in names if isinstance(name, str)),
    }


def _media_type(found: Fetched) -> str:
    # As XML whatever the server says: a feed sent as text/html is one all the same, and the XML tells its own encoding.
    return f"application/xml; charset={found.charset}" if found.charset else "application/xml"


def _entry(told: Mapping[str, Any], base: str) -> Entry:
    title, link = _line(told, "title"), _line(told, "link")
    if link:
        link = _joined(base, link)
    text = _text(told)
    own = _line(told, "id") or link or hashlib.sha256(json.dumps([title, text]).encode()).hexdigest()
    key = own if len(own) <= _LONGEST_KEY else hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()
    return Entry(
        key=key,
        link=link,
        title=" ".join(text_of(title).split()),
        text=text,
        updated=_line(told, "updated"),
        published=_day(_line(told, "published") or _line(told, "updated")),
        author=_line(told, "author") or None,
    )


def _line(told: Mapping[str, Any], key: str) -> str:
    value = dict.get(told, key) if isinstance(told, dict) else told.get(key)  # FeedParserDict gives published for updated
    return " ".join(_clean(value).split()) if isinstance(value, str) else ""


def _text(told: Mapping[str, Any]) -> str:
    """The longest of what the feed says of an entry, in paragraphs."""
    contents = [part.get("value", "") for part in told.get("content", ()) if isinstance(part, Mapping)]
    return max(
        (text_of(_clean(part)) for part in (*contents, told.get("summary") or "") if isinstance(part, str)), key=len, default=""
    )


def _clean(words: str) -> str:
    """Words without the halves of characters that JSON can bring and nothing can keep."""
    return words.encode("utf-8", "replace").decode("utf-8")


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _day(told: str) -> date | None:
    """The day of an instant in the zone that it is told in: that of the newsroom, where "Wednesday" is counted from."""
    try:
        return parsedate_to_datetime(told).date()
    except (ValueError, TypeError, OverflowError):
        return parse_day(told[:10]) or parse_day(told)

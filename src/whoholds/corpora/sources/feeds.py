"""Saved feeds: RSS, Atom and RDF (through feedparser) and JSON Feed 1.1, one report an item.

An item's text is the fullest it has: its content, else its summary, which often is a first paragraph only. Markup in it becomes
paragraphs. A damaged feed gives the items that could be read, and then what was wrong with it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from whoholds.articles.days import find_day, parse_day
from whoholds.articles.files import LARGEST
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Record, SetAside, Told, Written
from whoholds.corpora.sources.fragments import text_of
from whoholds.corpora.sources.names import shown
from whoholds.corpora.sources.streams import opened
from whoholds.model import Problem

KIND = "feed"
_LARGEST_FEED = LARGEST  # bytes; a feed has a few hundred thousand
_HINT = "save the feed again; the items that could be read were read"


@dataclass(frozen=True, slots=True)
class _Item:
    """What an item tells, with its markup; "" where it does not."""

    id: str
    title: str
    markup: str
    url: str
    author: str
    published: date | None


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed: its own name, its items in its order, and what is wrong with it."""

    outlet: str
    items: Sequence[_Item]
    fault: Problem | None = None


def parts(path: str, options: Options, size: int) -> Iterator[Part | SetAside]:
    """The parts of a feed, of `size` items each."""
    feed = _read(path)
    if isinstance(feed, Problem):
        yield SetAside(shown(path), feed)
        return
    starts = range(0, len(feed.items), size)
    for start in starts:
        last = start + size >= len(feed.items)
        yield Part(kind=KIND, path=path, start=start, end=None if last else start + size)
    if not starts:
        none = Problem("empty", f"{shown(path)} has no items in it", hint="give a feed that has some")
        yield SetAside(shown(path), feed.fault or none)


def records(part: Part, options: Options) -> Iterator[Record | SetAside]:
    """The items of a part, in the order of the feed."""
    name = shown(part.path)
    feed = _read(part.path)
    if isinstance(feed, Problem):
        yield SetAside(name, feed)
        return
    for number, item in [*enumerate(feed.items, 1)][part.start : part.end]:
        yield _record(item, feed.outlet, f"{name}#{number}")
    if feed.fault and part.end is None:
        yield SetAside(name, feed.fault)


def _record(item: _Item, outlet: str, place: str) -> Record | SetAside:
    title = " ".join(text_of(item.title).split())
    text = text_of(item.markup) or title  # some feeds have headlines only, and they may be all that is told
    if not any(map(str.isalnum, text)):
        message = f"{place}: the item has no text in it"
        return SetAside(place, Problem("empty", message, hint="nothing to do; its page may have the text"))
    told = Told(
        title=title or None,
        url=item.url or None,
        outlet=outlet or None,
        author=item.author or None,
        published=item.published,
    )
    return Written(place=place, name=item.id or item.url or place, text=text, told=told)


def _read(path: str) -> _Feed | Problem:
    name = shown(path)
    stream = opened(Path(path))
    if isinstance(stream, Problem):
        return stream
    with stream:
        data = stream.read(_LARGEST_FEED + 1)
        fault = stream.fault
    if len(data) > _LARGEST_FEED:
        message = f"{name} is larger than {_LARGEST_FEED // 1_000_000} MB, too large for a feed"
        return Problem("too-large", message, hint="split it into several feeds")
    if not data.strip():
        return fault or Problem("empty", f"{name} is empty", hint="give a feed with items in it")
    read = _json_feed if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") else _xml_feed
    feed = read(data, name)
    return feed if isinstance(feed, Problem) or not fault else _Feed(feed.outlet, feed.items, fault)


def _xml_feed(data: bytes, name: str) -> _Feed | Problem:
    import feedparser

    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    items = [_xml_item(entry) for entry in found.get("entries", [])]
    if not items and not found.get("version"):
        return Problem(
            "feed", f"{name} is no feed that could be read", hint="save the feed again, or read it with another --as"
        )
    fault = _fault(found, name)
    return _Feed(str(found.get("feed", {}).get("title", "")).strip(), items, fault)


def _fault(found: Mapping[str, Any], name: str) -> Problem | None:
    """What was wrong with a feed, where items may be lost by it; a wrong encoding or media type told loses none."""
    import feedparser

    error = found.get("bozo_exception") if found.get("bozo") else None
    if error is None or isinstance(error, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType):
        return None
    return Problem("damaged", f"{name} is damaged: {error}; items may be lacking", hint=_HINT)


def _xml_item(entry: Mapping[str, Any]) -> _Item:
    contents = [str(each.get("value", "")) for each in entry.get("content", ())]
    summary = str(entry.get("summary", ""))
    return _Item(
        id=str(entry.get("id", "")),
        title=str(entry.get("title", "")),
        markup=max([*contents, summary], key=len),
        url=str(entry.get("link", "")),
        author=str(entry.get("author", "")),
        published=_day(str(entry.get("published", "") or entry.get("updated", ""))),
    )


def _json_feed(data: bytes, name: str) -> _Feed | Problem:
    """JSON Feed 1.1 (jsonfeed.org)."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Problem("feed", f"{name} is no feed that could be read: {error}", hint="save the feed again")
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        return Problem(
            "feed", f"{name} is no JSON Feed: it has no items", hint="give a JSON Feed, or JSON Lines with --as jsonl"
        )
    return _Feed(_words(found, "title"), [_json_item(item if isinstance(item, dict) else {}) for item in items])


def _json_item(item: Mapping[str, Any]) -> _Item:
    authors = item.get("authors")
    names = [_words(each, "name") for each in authors if isinstance(each, dict)] if isinstance(authors, list) else []
    plain = _words(item, "content_text") or _words(item, "summary")
    return _Item(
        id=_words(item, "id"),
        title=_words(item, "title"),
        markup=_words(item, "content_html") or plain.replace("&", "&amp;").replace("<", "&lt;"),
        url=_words(item, "url") or _words(item, "external_url"),
        author=", ".join(filter(None, names)),
        published=_day(_words(item, "date_published") or _words(item, "date_modified")),
    )


def _words(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _day(words: str) -> date | None:
    """The day as it is written there, in whatever zone: RFC 822 for RSS, RFC 3339 for Atom and JSON Feed."""
    return parse_day(words) or find_day(words)

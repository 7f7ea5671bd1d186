"""Reports that are sent to the atlas by their address: fetched for who sent it, from the public network alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whoholds.articles.encoding import decode
from whoholds.articles.fetching import Fetched, fetch
from whoholds.articles.page import declared_encoding, is_page
from whoholds.atlas.desk import Desk
from whoholds.model import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What was at an address: its words, whether they are a page's, where it came from in the end, and on which day (UTC)."""

    words: str
    page: bool
    url: str
    retrieved: date


def arrived(address: str, desk: Desk) -> Arrived | Problem:
    """What is at an address; a Problem where it is not to be had or not to be asked for. Not for an event loop."""
    found = fetch(address, allow_private=desk.settings.allow_private, clock=desk.clock)
    if not isinstance(found, Fetched):
        return found if isinstance(found, Problem) else Problem("status", f"{address} gave nothing", hint="send its text")
    decoded = decode(found.data, name=address, declared=found.charset or declared_encoding(found.data))
    if isinstance(decoded, Problem):
        return decoded
    page = is_page(decoded.text[:5_000].encode("utf-8", "replace"))
    return Arrived(words=decoded.text, page=page, url=found.url, retrieved=found.retrieved.date())

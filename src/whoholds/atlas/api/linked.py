"""What the formats tell of claims, findings, places and entries, with links to the API and to the pages."""

from __future__ import annotations

from collections.abc import Iterable

from whoholds.atlas.api.answering import Asking, Json

_FOLDERS = {"holding": "holdings", "undertaking": "undertakings", "incident": "incidents"}


def linked_claim(ask: Asking, told: Json) -> Json:
    """A claim, or a word of an answer."""
    links = [
        ask.link("item", "claims", told["id"]),
        ask.page("claims", told["id"]),
        ask.link("related", "documents", told["document"], title="the document"),
    ]
    if told.get("site"):
        links.append(ask.link("related", "places", told["site"], title="the place"))
    return {**told, "links": links}


def linked_words(ask: Asking, told: Json) -> Json:
    """An answer whose words for and against, and undated ones, have links."""
    told = dict(told)
    for name in ("supporting", "opposing", "undated"):
        if name in told:
            told[name] = [linked_claim(ask, one) for one in told[name]]
    return told


def linked_finding(ask: Asking, told: Json, *, words: bool = False) -> Json:
    """A finding; with `words` its evidence are words, else ids of claims."""
    id, folder = told["id"], _FOLDERS[told["kind"]]
    links = [ask.link("item", folder, id)]
    links.append(ask.page("agreements") if told["kind"] == "undertaking" else ask.page(folder, id))
    if told.get("site"):
        links.append(ask.link("related", "places", told["site"]["key"], title="the place"))
    return {**(linked_words(ask, told) if words else told), "links": links}


def linked_site(ask: Asking, told: Json) -> Json:
    """A place."""
    key = told["key"]
    links = [
        ask.link("item", "places", key, title="who holds it"),
        ask.link("related", "history", key, title="its history"),
        ask.page("places", key),
    ]
    return {**told, "links": links}


def linked_report(ask: Asking, told: Json) -> Json:
    """A document."""
    return {**told, "links": [ask.link("item", "documents", told["id"]), ask.page("documents", told["id"])]}


def linked_entry(ask: Asking, told: Json) -> Json:
    """An entry, with the document or claim that it is about."""
    links = [ask.link("item", "entries", str(told["entry"]))]
    claim, document = told.get("claim"), told.get("document")
    if claim:
        links.append(ask.link("related", "claims", claim["id"] if isinstance(claim, dict) else claim))
    if document:
        links.append(ask.link("related", "documents", document["id"] if isinstance(document, dict) else document))
    return {**told, "links": links}


def all_linked_entries(ask: Asking, told: Iterable[Json]) -> list[Json]:
    """Entries."""
    return [linked_entry(ask, one) for one in told]

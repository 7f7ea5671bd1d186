"""A register in our own forms: claims in the notation, and everything as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from whoholds.formats.answers import duty_to_json
from whoholds.formats.findings import day as day_text
from whoholds.formats.findings import document_to_json, finding_to_json, site_to_json, testimony_to_json
from whoholds.model import Allied, Document, Parted, Testimony
from whoholds.notation import alliance_lines, claim_lines, document_lines
from whoholds.questions.extract import Extract, Reign

Json = dict[str, Any]
Lines = Iterable[list[tuple[str, str]]]


def notation_text(extract: Extract) -> Iterator[str]:
    """The claims that stand in the notation, each document told before its first; then the alliances.

    Documents are named by their ids, which no two share, so that `whoholds write` reads the text back into a register that
    holds the documents. What the notation does not hold (see `whoholds.notation.bare`) is not in it.
    """
    told: set[str] = set()
    for document, testimony in extract.by_document():
        if document.id not in told:
            told.add(document.id)
            yield _block(document_lines(document, label=document.id))
        yield from (_claim(one, document) for one in testimony)
    for entry in extract.alliances():
        if isinstance(entry.act, Allied | Parted):
            yield _block(alliance_lines(entry.act))


def json_text(what: str, extract: Extract) -> Iterator[str]:
    """All of one kind as a JSON array, one thing a line; an empty array for nothing."""
    things, to_json = _THINGS[what]
    between = "\n"
    yield "["
    for thing in things(extract):
        yield between + json.dumps(to_json(thing), ensure_ascii=False)
        between = ",\n"
    yield "\n]\n"


def _claim(told: Testimony, document: Document) -> str:
    return _block(claim_lines(told.claim, document, label=document.id))


def _block(lines: Lines) -> str:
    return "".join("".join(words for _, words in line) + "\n" for line in lines) + "\n"


def _reign(reign: Reign) -> Json:
    days = {"in_force_from": day_text(reign.first), "in_force_to": day_text(reign.last)}
    return {**finding_to_json(reign.holding), "id": reign.id, "finding": reign.finding, **days}


_THINGS: dict[str, tuple[Callable[[Extract], Iterable[Any]], Callable[[Any], Json]]] = {
    "claims": (Extract.claims, lambda cited: testimony_to_json(cited.testimony)),
    "holdings": (Extract.holdings, _reign),
    "incidents": (Extract.incidents, finding_to_json),
    "duties": (Extract.duties, duty_to_json),
    "places": (Extract.places, site_to_json),
    "documents": (Extract.documents, lambda document: document_to_json(document, text=True)),
}

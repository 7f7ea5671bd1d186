"""W3C Web Annotations (JSON-LD): each claim as an annotation of the exact words it stands on.

https://www.w3.org/TR/annotation-model/. The target is a SpecificResource with two selectors that select the same words: a
TextPositionSelector and a TextQuoteSelector with up to 32 characters before and after. The model counts positions in Unicode
code points, not code units, from 0, the end not included: just as our spans do, so offsets go over unchanged (a program whose
strings are UTF-16 has to convert). Offsets count in the text of the document as the register keeps it, not in the web page it
was taken from; so the source is the text, named by its hash, and the page's address stands beside it as `via`. Prefix and
suffix do not cut a combining sequence apart.

The body is the claim in the notation, and its kind and type as tags. The collection has one page, and its total follows it, so
that it can be written as it is read; no claims give an empty page.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from whoholds.model import Action, Control, Document, Event, Matter, Obligation, Testimony
from whoholds.notation import claim_lines
from whoholds.questions.extract import Cited

Json = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # code points of prefix and suffix
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")


def annotation(testimony: Testimony, document: Document) -> Json:
    """A claim as an annotation; `document` is the one that it quotes."""
    claim = testimony.claim
    made: Json = {
        "@context": CONTEXT,
        "id": f"urn:whoholds:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "created": _instant(testimony.recorded_at),
        "body": [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "value": "\n".join("".join(words for _, words in line) for line in claim_lines(claim)[:-1]),
            },
            *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in _tags(claim.kind, claim.matter)),
        ],
        "target": {"type": "SpecificResource", "source": _source(document), "selector": selectors(testimony, document)},
    }
    return made


def selectors(testimony: Testimony, document: Document) -> list[Json]:
    """The two selectors of a claim's words, by position and by quotation."""
    span, text = testimony.claim.evidence, document.text
    first, last = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    while first < span.start and _joined(text, first):
        first += 1
    while last > span.end and _joined(text, last):
        last -= 1
    quote = {"prefix": text[first : span.start], "suffix": text[span.end : last]}
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {"type": "TextQuoteSelector", "exact": span.quote, **quote},
    ]


def collection_text(cited: Iterable[Cited]) -> Iterator[str]:
    """The text of an AnnotationCollection, an annotation a line."""
    head = {"@context": CONTEXT, "id": "urn:whoholds:claims", "type": "AnnotationCollection", "label": "Claims of a register"}
    page = {"id": "urn:whoholds:claims:page:1", "type": "AnnotationPage", "partOf": head["id"], "startIndex": 0}
    yield f'{_dumped(head)[:-1]}, "first": {_dumped(page)[:-1]}, "items": ['
    total = 0
    for one in cited:
        if one.document is None:
            continue
        made = annotation(one.testimony, one.document)
        del made["@context"]  # that of the collection
        yield ("," if total else "") + "\n" + _dumped(made)
        total += 1
    yield f'\n]}}, "total": {total}}}\n'


def _source(document: Document) -> Json:
    source: Json = {"id": f"urn:whoholds:document:{document.id}", "type": "Text", "format": "text/plain"}
    if document.language:
        source["language"] = document.language
    if document.url and _is_address(document.url):
        source["via"] = document.url
    told = {"title": document.title, "publisher": document.outlet, "issued": document.published}
    named = {f"dcterms:{name}": str(value) for name, value in told.items() if value}
    return {**source, **named}


def _is_address(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def _tags(kind: str, matter: Matter) -> Iterator[str]:
    yield kind
    match matter:
        case Event():
            yield matter.type.value
        case Control():
            yield matter.change.value
        case Obligation():
            yield matter.step.value
            if matter.action is not Action.OTHER:
                yield matter.action.value


def _joined(text: str, place: int) -> bool:
    """Whether the characters on both sides of a place belong together."""
    if not 0 < place < len(text):
        return False
    after = text[place]
    return text[place - 1] == "\u200d" or after in _JOINERS or unicodedata.category(after).startswith("M")


def _instant(moment: datetime) -> str:
    """The model asks for UTC, written with a Z."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

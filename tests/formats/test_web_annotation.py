"""W3C Web Annotations: both selectors of a claim select its words, counted as the model counts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import documents, spans
from whoholds.formats.web_annotation import annotation, collection_text, selectors
from whoholds.model import Claim, Document, Event, EventType, Testimony
from whoholds.questions.extract import Extract


def witness(document: Document, start: int, end: int) -> Testimony:
    claim = Claim(matter=Event(type=EventType.AID), evidence=document.span(start, end))
    said = date(2020, 11, 25)
    return Testimony(claim=claim, said=said, recorded_at=datetime(2020, 11, 27, 12, tzinfo=UTC), entry=1, site=None)


def made(extract: Extract) -> dict[str, Any]:
    return dict(json.loads("".join(collection_text(extract.claims()))))


def test_each_claim_is_an_annotation_of_its_words(extract: Extract) -> None:
    items = made(extract)["first"]["items"]
    for one, item in zip(extract.claims(), items, strict=True):
        assert one.document is not None
        position, quotation = item["target"]["selector"]
        assert one.document.text[position["start"] : position["end"]] == quotation["exact"]
        assert item["id"] == f"urn:whoholds:claim:{one.testimony.claim.id}"
        assert item["target"]["source"]["id"] == f"urn:whoholds:document:{one.document.id}"
        assert item["created"].endswith("Z")


def test_the_collection_has_what_the_model_asks_for(extract: Extract, nothing: Extract) -> None:
    collection = made(extract)
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert collection["first"]["partOf"] == collection["id"]
    assert collection["total"] == len(collection["first"]["items"]) == len(list(extract.claims())) > 0
    empty = made(nothing)
    assert (empty["total"], empty["first"]["items"]) == (0, [])


def test_positions_are_code_points_not_code_units() -> None:
    document = Document(text="🏴 rebels left 👩‍👩‍👧 Old Mill")
    start = document.text.index("Old Mill")
    position, quotation = selectors(witness(document, start, start + 8), document)
    assert (position["start"], position["end"]) == (start, start + 8)
    assert len(document.text[: position["start"]].encode("utf-16-le")) // 2 > start  # what UTF-16 would count
    assert quotation["exact"] == "Old Mill"


def test_prefix_and_suffix_do_not_cut_what_belongs_together() -> None:
    text = "e\u0301" + "x" * 31 + "WORDS" + "y" * 31 + "a\u0308"
    document = Document(text=text)
    start = text.index("WORDS")
    _, quotation = selectors(witness(document, start, start + 5), document)
    assert quotation["prefix"] == "x" * 31
    assert quotation["suffix"] == "y" * 31


@given(documents().flatmap(lambda document: st.tuples(st.just(document), spans(document))))
def test_the_quotation_stands_where_the_position_says(drawn: tuple[Document, Any]) -> None:
    document, span = drawn
    position, quotation = selectors(witness(document, span.start, span.end), document)
    around = quotation["prefix"] + quotation["exact"] + quotation["suffix"]
    first = position["start"] - len(quotation["prefix"])
    assert document.text[first : first + len(around)] == around
    assert len(quotation["prefix"]) <= 32
    assert len(quotation["suffix"]) <= 32


def test_the_page_the_text_is_from_is_told_where_it_is_an_address() -> None:
    document = Document(text="words", url="https://example.org/a", language="en", outlet="Wire", published=date(2020, 1, 2))
    source = annotation(witness(document, 0, 5), document)["target"]["source"]
    assert (source["via"], source["language"], source["dcterms:publisher"]) == ("https://example.org/a", "en", "Wire")
    assert source["dcterms:issued"] == "2020-01-02"
    script = replace(document, url="javascript:alert(1)")
    assert "via" not in annotation(witness(script, 0, 5), script)["target"]["source"]
    broken = replace(document, url="http://[::1")
    assert "via" not in annotation(witness(broken, 0, 5), broken)["target"]["source"]

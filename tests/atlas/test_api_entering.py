"""Entering by the API: verdicts, documents, withdrawals; who may, what is refused, and under whose name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.atlas.served import Served, asker, served
from whoholds.atlas import Settings
from whoholds.model import Filed, hash_of


@pytest.fixture
def atlas() -> Iterator[Served]:
    with served() as opened:
        yield opened


def judged(atlas: Served, claim: str, **body: str) -> Any:
    words = atlas.get(f"/api/claims/{claim}")["words"]
    return atlas.ask.post(f"/api/claims/{claim}/verdicts", json={"words": words, "because": "I was there", **body})


def test_a_claim_is_accepted_once_and_under_a_name(atlas: Served) -> None:
    answer = judged(atlas, atlas.claims[0], verdict="accept")
    assert answer.status_code == 201
    (entry,) = answer.json()["entries"]
    assert (entry["verdict"], entry["reason"]) == ("accept", "I was there")
    assert entry["by"]
    assert atlas.get(answer.headers["location"])["entry"] == entry["entry"]
    assert atlas.get(f"/api/claims/{atlas.claims[0]}")["accepted"]
    again = judged(atlas, atlas.claims[0], verdict="accept")
    assert (again.status_code, again.json()["entries"]) == (200, [])


def test_a_rejected_claim_turns_the_map_and_a_withdrawal_turns_it_back(atlas: Served) -> None:
    address = "/api/collections/holdings/items?on=2021-01-01&bbox=46.54,39.63,46.55,39.64&limit=1"
    assert atlas.get(address)["numberMatched"] == 2
    tag = atlas.ask.get(address).headers["etag"]
    answer = judged(atlas, atlas.claims[3], verdict="reject")
    assert answer.status_code == 201
    assert atlas.ask.get(address).headers["etag"] != tag
    assert atlas.get(address)["numberMatched"] == 0
    number = answer.json()["entries"][0]["entry"]
    back = atlas.ask.post(f"/api/entries/{number}/withdrawal", json={"because": "a slip"})
    assert back.status_code == 201
    assert atlas.get(address)["numberMatched"] == 2
    assert atlas.ask.post(f"/api/entries/{number}/withdrawal", json={"because": "a slip"}).status_code == 200


def test_other_words_are_a_conflict_that_tells_the_words(atlas: Served) -> None:
    answer = judged(atlas, atlas.claims[0], verdict="accept", words="0" * 16)
    told = answer.json()
    assert (answer.status_code, told["type"]) == (409, "/api/docs#words-differ")
    assert told["words"] == hash_of(told["quote"])
    assert judged(atlas, atlas.claims[0], verdict="accept", words=told["words"]).status_code == 201


def test_an_edit_puts_another_claim_in_its_place(atlas: Served) -> None:
    from whoholds.notation.spelling import quoted

    claim = atlas.get(f"/api/claims/{atlas.claims[3]}")
    instead = (
        "2020-12-01 control Lachin district (AZ 39.6375 46.5469): Armenian forces [ARM MIL] loses\n"
        f"  own voice; actual\n  from {claim['document']} {quoted(claim['quote'])}\n"
    )
    answer = judged(atlas, claim["id"], verdict="edit", instead=instead)
    assert answer.status_code == 201, answer.text
    assert atlas.get("/api/claims?accepted=true")["claims"][0]["change"] == "loses"
    assert not atlas.get(f"/api/claims/{claim['id']}")["standing"]


@pytest.mark.parametrize(
    "body",
    [
        {"verdict": "edit"},
        {"verdict": "edit", "instead": "no notation"},
        {"verdict": "perhaps"},
        {"verdict": "accept", "because": " "},
        {"verdict": "accept", "because": "x" * 2_001},
        {"verdict": "accept", "words": "short"},
        {"verdict": "accept", "mood": "good"},
    ],
)
def test_a_verdict_that_is_none(atlas: Served, body: dict[str, str]) -> None:
    before = atlas.register.size()
    answer = judged(atlas, atlas.claims[0], **body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert atlas.register.size() == before


def test_what_is_not_there_cannot_be_judged_or_taken_back(atlas: Served) -> None:
    body = {"verdict": "accept", "because": "so", "words": "0" * 16}
    assert atlas.ask.post("/api/claims/0000000000000000/verdicts", json=body).status_code == 404
    assert atlas.ask.post("/api/entries/999/withdrawal", json={"because": "so"}).status_code == 404
    assert atlas.ask.post("/api/entries/1/withdrawal", json={"because": "so"}).status_code == 409  # a filing


def test_a_document_is_read_and_taken_in(atlas: Served) -> None:
    text = "Rebels seized Goma in eastern Congo on Monday, the army said."
    body = {"text": text, "name": "wire-1", "outlet": "Some Wire", "published": "2024-04-30", "url": "https://example.org/1"}
    answer = atlas.ask.post("/api/documents", json=body)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["became"], told["claims"] > 0) == ("new", True)
    document = atlas.get(told["links"][0]["href"])
    assert (document["text"], document["outlet"], document["published"]) == (text, "Some Wire", "2024-04-30")
    by = document["entries"][0]["by"]
    assert by.startswith("whoholds (")
    assert atlas.ask.post("/api/documents", json=body).json()["became"] == "known"
    page = f"<html><head><title>T</title></head><body><article><p>{text * 5}</p></article></body></html>"
    saved = atlas.ask.post("/api/documents", json={"html": page, "title": "Saved"})
    assert saved.status_code == 201, saved.text
    assert "<p>" not in atlas.get(saved.json()["links"][0]["href"])["text"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "a", "html": "b"},
        {"text": ""},
        {"text": "..."},
        {"text": "x" * 200_001},
        {"html": "<html></html>"},
        {"text": "Rebels seized Goma.", "published": "some day"},
        {"text": "Rebels seized Goma.", "colour": "red"},
    ],
)
def test_a_document_that_is_none(atlas: Served, body: dict[str, str]) -> None:
    before = atlas.register.size()
    answer = atlas.ask.post("/api/documents", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert atlas.register.size() == before


def test_a_body_that_is_no_json(atlas: Served) -> None:
    answer = atlas.ask.post("/api/documents", content=b"{", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_a_body_that_is_no_utf8(atlas: Served) -> None:
    answer = atlas.ask.post("/api/documents", content=b"\x01\xff", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_nothing_is_entered_in_a_public_atlas(atlas: Served) -> None:
    public = asker(atlas.register, atlas.clock, Settings(public=True))
    before = atlas.register.size()
    for path, body in (
        ("/api/documents", {"text": "Rebels seized Goma."}),
        (f"/api/claims/{atlas.claims[0]}/verdicts", {"verdict": "accept", "because": "so", "words": "0" * 16}),
        ("/api/entries/2/withdrawal", {"because": "so"}),
    ):
        assert public.post(path, json=body).status_code in (403, 405)
    assert atlas.register.size() == before
    paths = public.get("/api/openapi.json").json()["paths"]
    assert not any("post" in item for item in paths.values())
    assert "public" in public.get("/api/claims").headers["cache-control"]


def test_filings_alone_cannot_be_withdrawn(atlas: Served) -> None:
    kinds = {one.seq: isinstance(one.act, Filed) for one in atlas.register.log()}
    assert kinds[1]
    assert not kinds[2]
    assert atlas.ask.post("/api/entries/2/withdrawal", json={"because": "wrong"}).status_code == 201

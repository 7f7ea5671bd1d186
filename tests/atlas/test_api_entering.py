"""Entering by the API: verdicts, documents, withdrawals; who may, what is refused, and under whose name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.articles.web import Web, leads_to, says, serving
from tests.atlas.served import Served, asker, served
from whoholds.atlas import Settings
from whoholds.atlas.roles import Role
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
        {"text": "a", "address": "https://example.org/"},
        {"address": "example.org"},
        {"address": "file:///etc/passwd"},
        {"address": "http://user:word@example.org/"},
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


WORDS = "Rebels seized Goma in eastern Congo on Monday, the army said. Residents fled, and shelling went on in the hills."


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        paragraphs = f"<p>{WORDS}</p>" * 3
        found.answers["/"] = says(f"<html><title>Seized</title><body><article>{paragraphs}</article></body></html>".encode())
        found.answers["/text"] = says(WORDS.replace("Congo", "C\u00f6ngo").encode("latin-1"), "text/plain; charset=iso-8859-1")
        yield found


def test_a_document_comes_by_its_address(atlas: Served, web: Web) -> None:
    here = asker(atlas.register, atlas.clock, Settings(allow_private=True))
    web.answers["/short"] = leads_to("/")
    answer = here.post("/api/documents", json={"address": web.at("/short"), "outlet": "Some Wire", "published": "2024-04-30"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["claims"] > 0
    document = atlas.get(answer.json()["links"][0]["href"])
    assert (document["url"], document["outlet"], document["published"]) == (web.at("/"), "Some Wire", "2024-04-30")
    assert WORDS in document["text"]
    (filing,) = atlas.register.store.filings(document=document["id"])
    assert filing.document.retrieved == atlas.clock().date()
    body = {"address": web.at("/"), "outlet": "Some Wire", "published": "2024-04-30"}
    assert here.post("/api/documents", json=body).status_code == 200
    plain = here.post("/api/documents", json={"address": web.at("/text"), "name": "plain", "url": "https://example.org/plain"})
    assert plain.status_code == 201, plain.text
    document = atlas.get(plain.json()["links"][0]["href"])
    assert (document["url"], "C\u00f6ngo" in document["text"]) == ("https://example.org/plain", True)


def test_an_address_inside_the_network_is_not_asked(atlas: Served, web: Web) -> None:
    before = atlas.register.size()
    for address in (
        web.at("/"),
        web.at("/", "localhost"),
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://10.0.0.1/",
    ):
        answer = atlas.ask.post("/api/documents", json={"address": address})
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
        assert "not on the public network" in answer.json()["detail"] or "nothing on the network" in answer.json()["detail"]
        assert answer.json()["hint"]
    assert web.asked == []
    assert atlas.register.size() == before


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (says(b"", status=404), "status"),
        (says(b"%PDF", "application/pdf"), "pdf"),
        (says(b"<html></html>"), "no-article"),
        (says(b"word " * 50_000, "text/plain"), "too-large"),
        (says(b"\x00\x01\x02" * 99, "text/plain"), "binary"),
        (leads_to("/loop"), "redirects"),
    ],
)
def test_what_is_not_to_be_had_at_an_address_is_told(atlas: Served, web: Web, answer: Any, code: str) -> None:
    here = asker(atlas.register, atlas.clock, Settings(allow_private=True))
    web.answers.update({"/a": answer, "/loop": leads_to("/loop")})
    before = atlas.register.size()
    told = here.post("/api/documents", json={"address": web.at("/a")})
    assert told.status_code == 422
    assert [problem["code"] for problem in told.json()["problems"]] == [code]
    assert atlas.register.size() == before


def test_an_address_needs_who_may_enter_something(atlas: Served, web: Web) -> None:
    for settings in (Settings(public=True, allow_private=True), Settings(role=Role.REVIEWER, allow_private=True)):
        asking = asker(atlas.register, atlas.clock, settings)
        assert asking.post("/api/documents", json={"address": web.at("/")}).status_code in (403, 405)
    here = asker(atlas.register, atlas.clock, Settings(allow_private=True))
    del here.headers["X-CSRF-Token"]
    assert here.post("/api/documents", json={"address": web.at("/")}).status_code == 403
    assert web.asked == []

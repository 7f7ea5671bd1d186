"""The plain collections: what each gives, how it is paged, what it leads to, and how answers are kept."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import pytest

from tests.atlas.served import HOME, Served, asker, served
from whoholds.model import hash_of


@pytest.fixture(scope="module")
def atlas() -> Iterator[Served]:
    with served() as opened:
        yield opened


def walked(atlas: Served, address: str, name: str, key: str) -> list[Any]:
    """What all pages of a list have, by their next links."""
    found: list[Any] = []
    following: str | None = address
    while following:
        told = atlas.get(following)
        found += [one[key] for one in told[name]]
        following = next((one["href"] for one in told["links"] if one["rel"] == "next"), None)
    return found


def test_documents_are_listed_with_the_latest_first(atlas: Served) -> None:
    told = atlas.get("/api/documents?limit=1000")
    assert told["numberMatched"] == told["numberReturned"] == len(told["documents"]) == 8
    said = [one["said"] for one in told["documents"]]
    assert said == sorted(said, reverse=True)
    assert walked(atlas, "/api/documents?limit=3", "documents", "id") == [one["id"] for one in told["documents"]]


def test_a_search_tells_where_the_words_are(atlas: Served) -> None:
    hit = atlas.get("/api/documents?q=Bakhmut")["hits"][0]
    text = atlas.get(hit["links"][0]["href"])["text"]
    assert text[hit["start"] : hit["end"]] == "Bakhmut" == hit["words"]
    assert atlas.get("/api/documents?q=unheard")["hits"] == []
    assert atlas.trouble("/api/documents?q=%20")["status"] == 400
    assert len(walked(atlas, "/api/documents?q=reports&limit=3", "hits", "document")) == 8


def test_a_document_has_its_text_and_the_claims_in_it(atlas: Served) -> None:
    id = atlas.get(f"/api/claims/{atlas.claims[0]}")["document"]
    told = atlas.get(f"/api/documents/{id}")
    (claim,) = told["claims"]
    assert told["text"][claim["quote_start"] : claim["quote_end"]] == claim["quote"]
    assert [one["kind"] for one in told["entries"]] == ["filed"]


def test_claims_by_kind_place_document_and_period(atlas: Served) -> None:
    def ids(query: str) -> list[str]:
        return [one["id"] for one in atlas.get(f"/api/claims?{query}")["claims"]]

    assert len(ids("kind=obligation")) == 2
    assert ids("place=Kalbajar&kind=control") == atlas.claims[:3]
    assert ids("kind=control&described=2020-11-25") == atlas.claims[1:3]
    document = atlas.get(f"/api/claims/{atlas.claims[0]}")["document"]
    assert ids(f"document={document}") == atlas.claims[:1]
    assert ids("accepted=true") == []
    assert len(ids("accepted=false")) == 8
    assert len(ids("min_confidence=1")) == 8  # people wrote them: they bear no confidence
    assert atlas.trouble("/api/claims?place=Atlantis")["type"] == "/api/docs#unknown-place"


def test_claims_are_paged_by_their_entries(atlas: Served) -> None:
    whole = [one["id"] for one in atlas.get("/api/claims?limit=1000")["claims"]]
    assert walked(atlas, "/api/claims?limit=3", "claims", "id") == whole
    entries = [one["entry"] for one in atlas.get("/api/claims")["claims"]]
    assert entries == sorted(entries)


def test_a_page_of_claims_that_looked_at_enough_goes_on(atlas: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whoholds.atlas.api.claims._LOOKED_AT", 2)
    assert walked(atlas, "/api/claims?accepted=true", "claims", "id") == []
    assert len(walked(atlas, "/api/claims?accepted=false", "claims", "id")) == 8


def test_a_claim_leads_to_what_follows_from_it(atlas: Served) -> None:
    told = atlas.get(f"/api/claims/{atlas.claims[1]}")
    assert (told["standing"], told["words"]) == (True, hash_of(told["quote"]))
    assert "derivation" in told
    holdings = [one for one in told["findings"] if one["kind"] == "holding"]
    assert {one["holder"]["key"] for one in holdings} == {"ARM", "AZE"}
    full = atlas.get(holdings[0]["links"][0]["href"])
    assert atlas.claims[1] in {one["id"] for side in ("supporting", "opposing") for one in full[side]}


def test_duties_on_a_day(atlas: Served) -> None:
    told = atlas.get("/api/undertakings?on=2020-11-20")
    assert [(one["site"]["name"], one["state"], one["late"]) for one in told["duties"]] == [
        ("Kalbajar", "overdue", 5),
        ("Lachin", "pending", -11),
    ]
    assert atlas.get(f"/api/undertakings/{told['duties'][0]['id']}")["action"] == "hand_over"
    assert walked(atlas, "/api/undertakings?on=2020-11-20&limit=1", "duties", "id") == [one["id"] for one in told["duties"]]
    assert atlas.get("/api/undertakings?agreement=minsk")["instruments"] == ["truce of November"]
    assert len(atlas.get("/api/undertakings?all=true&party=Azerbaijan")["duties"]) == 2
    assert atlas.get("/api/undertakings?party=Russia&all=true")["duties"] == []


def test_incidents(atlas: Served) -> None:
    (one,) = atlas.get("/api/incidents?place=Bakhmut&datetime=2023-05-19&type=ASSAULT")["incidents"]
    full = atlas.get(f"/api/incidents/{one['id']}")
    assert full["tallies"][0]["low"] == 12
    assert full["supporting"][0]["id"] == one["supporting"][0]
    assert atlas.get("/api/incidents?place=Kalbajar")["incidents"] == []


def test_places_by_name(atlas: Served) -> None:
    assert [one["name"] for one in atlas.get("/api/places")["places"]] == ["Bakhmut", "Kalbajar", "Lachin", "Lachin"]
    assert atlas.get("/api/places?q=LACHIN&limit=1")["numberMatched"] == 2


def test_who_holds_a_place_and_its_history(atlas: Served) -> None:
    told = atlas.get("/api/places/Kalbajar?on=2020-11-25")
    assert told["holding"]["holder"]["key"] == "AZE"
    assert {one["id"] for one in told["supporting"]} == set(atlas.claims[1:3])
    history = atlas.get(f"/api/history/{told['site']['key']}")
    assert [one["holder"]["key"] for one in history["holdings"]] == ["ARM", "AZE"]
    links = {one["type"]: one["href"] for one in told["links"]}
    assert links["text/html"] == f"{HOME}/places/A:40.1068,46.0367"


def test_a_name_of_several_places_gives_those(atlas: Served) -> None:
    told = atlas.trouble("/api/places/Lachin?on=2021-01-01")
    assert (told["status"], told["type"]) == (400, "/api/docs#ambiguous-place")
    assert len(told["places"]) == 2
    for place in told["places"]:
        assert atlas.get(place["links"][0]["href"])["site"]["key"] == place["key"]
        assert place["links"][0]["href"].endswith("?on=2021-01-01")


def test_what_differs_between_two_days(atlas: Served) -> None:
    told = atlas.get("/api/diff?last=2020-11-14&first=2020-11-26")
    (shift,) = told["holdings"]
    assert (shift["before"]["holder"]["key"], shift["after"]["holder"]["key"]) == ("ARM", "AZE")
    assert atlas.trouble("/api/diff?first=2020-11-14")["where"][0]["name"] == "last"
    news = atlas.get("/api/diff?first=2020-11-14&last=2020-11-26&clock=published")
    assert news["on"] == "2020-11-26"
    assert [one["site"]["name"] for one in news["holdings"]] == ["Kalbajar"]
    register = atlas.get("/api/diff?first=2024-04-30&last=2024-05-01&clock=recorded&on=2020-11-26")
    assert [one["before"] for one in register["holdings"]] == [None]


def test_the_log(atlas: Served) -> None:
    whole = atlas.get("/api/entries?limit=1000")["entries"]
    assert [one["entry"] for one in whole] == list(range(1, atlas.register.size() + 1))
    assert walked(atlas, "/api/entries?limit=7", "entries", "entry") == [one["entry"] for one in whole]
    assert atlas.get("/api/entries/2")["kind"] == "asserted"
    assert atlas.trouble("/api/entries/99")["status"] == 404
    assert atlas.get("/api/entries?after=99")["entries"] == []


def test_annotations_select_the_words(atlas: Served) -> None:
    id = atlas.get(f"/api/claims/{atlas.claims[0]}")["document"]
    answer = atlas.ask.get(f"/api/annotations/{id}")
    assert answer.headers["content-type"] == "application/ld+json"
    told = answer.json()
    (one,) = told["first"]["items"]
    position, quote = one["target"]["selector"]
    text = atlas.get(f"/api/documents/{id}")["text"]
    assert text[position["start"] : position["end"]] == quote["exact"]


def test_an_earlier_state_of_knowledge_is_kept_in_the_links(atlas: Served) -> None:
    told = atlas.get("/api/places/Kalbajar?published_by=2020-11-20")
    assert told["holding"]["holder"]["key"] == "ARM"
    assert told["published_by"] == "2020-11-20"
    for link in told["links"]:
        assert link["href"].endswith("?published_by=2020-11-20")
    assert atlas.trouble(f"/api/claims/{atlas.claims[1]}?published_by=2020-11-20")["status"] == 404
    assert atlas.get(f"/api/claims/{atlas.claims[0]}?published_by=2020-11-20")["standing"]


def test_what_the_asker_has_is_not_sent_again(atlas: Served) -> None:
    for address in ("/api/", "/api/claims", "/api/collections/holdings/items", "/api/places/Kalbajar"):
        first = atlas.ask.get(address)
        tag = first.headers["etag"]
        again = atlas.ask.get(address, headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert (
            atlas.ask.get(f"{address}?recorded_by=2024-05-01" if address != "/api/" else "/api/conformance").headers["etag"]
            != tag
        )
    assert atlas.ask.get("/api/claims/none", headers={"If-None-Match": "*"}).status_code == 404
    assert atlas.ask.get("/api/claims", headers={"If-None-Match": "*"}).status_code == 304


def test_head_has_what_get_has_without_the_body(atlas: Served) -> None:
    whole, head = atlas.ask.get("/api/claims"), atlas.ask.head("/api/claims")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["etag"] == whole.headers["etag"]


def test_large_answers_are_packed_for_those_elsewhere(atlas: Served) -> None:
    far = asker(atlas.register, atlas.clock, address="203.0.113.7")
    with far.stream("GET", "/api/claims", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        packed = b"".join(answer.iter_raw())
    assert len(packed) < len(gzip.decompress(packed)) / 2
    assert "content-encoding" not in atlas.ask.get("/api/claims", headers={"Accept-Encoding": "gzip"}).headers


def test_words_no_utf8_can_carry_are_escaped() -> None:
    from whoholds.model import Document, Filed

    with served(empty=True) as atlas:
        (entry,) = atlas.register.store.append([Filed(Document(text="a \ud800 b", name="odd"))], by="t")
        assert isinstance(entry.act, Filed)
        assert atlas.get(f"/api/documents/{entry.act.document.id}")["text"] == "a \ud800 b"


def test_duties_about_a_place_and_what_lies_in_it(atlas: Served) -> None:
    every = atlas.get("/api/undertakings?all=true")["duties"]
    found = atlas.get("/api/undertakings?all=true&place=Kalbajar")
    assert [one["id"] for one in found["duties"]] == [one["id"] for one in every if one["site"]["name"] == "Kalbajar"]
    assert found["numberMatched"] == 1 < len(every)
    assert atlas.ask.get("/api/undertakings?place=Nowhere").status_code == 404

"""Errors: one shape for programs, a page for people, and nothing of the program's inside in either."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.atlas.served import Served, asker, served
from whoholds.atlas import Settings
from whoholds.questions import PlaceError
from whoholds.register.store import StoreError

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def atlas() -> Iterator[Served]:
    with served() as opened:
        yield opened


def test_a_problem_says_what_is_wrong_and_the_way_out(atlas: Served) -> None:
    for address, status in (("/nowhere", 404), ("/api/claims/none", 404), ("/api/claims?limit=x", 400)):
        told = atlas.trouble(address)
        assert told["status"] == status
        assert told["type"].startswith("/api/docs#")
        assert told["title"]
        assert told["detail"]
    assert atlas.trouble("/nowhere")["hint"]


def test_a_method_that_is_not_there(atlas: Served) -> None:
    answer = atlas.ask.delete("/api/claims")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.json()["type"] == "/api/docs#not-allowed"


def test_people_get_a_page(atlas: Served) -> None:
    for address in ("/nowhere", "/api/places/Lachin"):
        answer = atlas.ask.get(address, headers=PAGE)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.status_code in (400, 404)
    assert 'href="/places/geonames:147625"' in answer.text


def test_what_the_address_says_is_text_on_the_page(atlas: Served) -> None:
    answer = atlas.ask.get("/api/places/%3Cscript%3Ealert(1)%3C%2Fscript%3E?on=2020-11-25", headers=PAGE)
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_a_fault_of_the_program_tells_nothing_of_it(atlas: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the inside")

    monkeypatch.setattr(atlas.register.store, "testimony", broken)
    for headers in ({}, PAGE):
        answer = atlas.ask.get("/api/claims", headers=headers)
        assert answer.status_code == 500
        assert "inside" not in answer.text
        assert "Zero" not in answer.text
        assert "Traceback" not in answer.text
    assert atlas.trouble("/api/claims")["hint"]


def test_a_register_that_cannot_be_read_names_no_file(atlas: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise StoreError("/srv/secret/war.whoholds is locked", "close the other program")

    monkeypatch.setattr(atlas.register.store, "testimony", locked)
    answer = atlas.ask.get("/api/claims")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "secret" not in answer.text


def test_errors_are_not_kept_and_hang_on_what_is_accepted(atlas: Served) -> None:
    answer = atlas.ask.get("/nowhere")
    assert answer.headers["cache-control"] == "no-store"
    assert "Accept" in answer.headers["vary"]


def test_a_place_unknown_to_the_register(atlas: Served) -> None:
    told = atlas.trouble("/api/history/Atlantis")
    assert (told["status"], told["type"]) == (404, "/api/docs#unknown-place")
    with pytest.raises(PlaceError) as caught:
        atlas.register.site("Atlantis")
    assert told["detail"] == caught.value.message


def test_a_fault_without_a_hint_has_a_page_too(atlas: Served) -> None:
    public = asker(atlas.register, atlas.clock, Settings(public=True))
    answer = public.get("/review", headers=PAGE)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "role of a reviewer" in answer.text

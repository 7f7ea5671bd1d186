"""Coded documents taken in: once, again, recoded, changed, and against what people have said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from whoholds.model import Accepted, Asserted, Claim, Count, Document, Event, EventType, Rejected, When, hash_of
from whoholds.questions import Register
from whoholds.questions.importing import Coded, Imported, Taken, take_in
from whoholds.register.store import ConflictError, Wanted


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        yield opened


def coded(number: int = 1, *, killed: int = 4, text: str = "A town was shelled.", url: str | None = "") -> Coded:
    document = Document(
        text=f"{text}\n\nX{number}",
        name=f"X{number}",
        url=f"urn:x:{number}" if url == "" else url,
        outlet="Wire",
        published=date(2023, 1, 1),
    )
    matter = Event(type=EventType.ASSAULT, killed=Count(killed, killed))
    return Coded(document, (Claim(matter=matter, evidence=document.span(0, len(text)), when=When("2023-01-01")),))


def take(register: Register, *many: Coded, by: str = "ACLED") -> list[Imported]:
    return list(take_in(register.store, many, by=by))


def standing(register: Register) -> list[int | None]:
    told = register.store.testimony(Wanted())
    return [one.claim.matter.killed.low for one in told if isinstance(one.claim.matter, Event) and one.claim.matter.killed]


def test_new_then_known(register: Register) -> None:
    assert [one.taken for one in take(register, coded(1), coded(2))] == [Taken.NEW, Taken.NEW]
    size = register.size()
    assert {entry.by for entry in register.log()} == {"ACLED"}
    again = take(register, coded(1), coded(2))
    assert [(one.taken, one.claims) for one in again] == [(Taken.KNOWN, 0), (Taken.KNOWN, 0)]
    assert register.size() == size


def test_the_same_row_twice_in_one_file(register: Register) -> None:
    assert [one.taken for one in take(register, coded(1), coded(1))] == [Taken.NEW, Taken.KNOWN]


def test_other_codes_of_the_same_words(register: Register) -> None:
    take(register, coded(killed=4))
    (told,) = take(register, coded(killed=6))
    assert (told.taken, told.claims, told.withdrawn) == (Taken.RECODED, 1, 1)
    assert standing(register) == [6]
    (back,) = take(register, coded(killed=4))
    assert (back.taken, standing(register)) == (Taken.RECODED, [4])


def test_a_later_version_of_the_data_set(register: Register) -> None:
    take(register, coded(killed=4), by="UCDP GED 23.1")
    (told,) = take(register, coded(killed=5), by="UCDP GED 24.1")
    assert (told.withdrawn, standing(register)) == (1, [5])


def test_other_words_at_the_same_address(register: Register) -> None:
    take(register, coded())
    (told,) = take(register, coded(text="A town was shelled twice.", killed=7))
    assert (told.taken, told.claims, told.withdrawn) == (Taken.CHANGED, 1, 1)
    assert standing(register) == [7]


def test_another_coder_s_claims_stay(register: Register) -> None:
    take(register, coded(killed=4), by="ann")
    (told,) = take(register, coded(killed=5), by="ben")
    assert (told.taken, told.withdrawn) == (Taken.RECODED, 0)
    assert standing(register) == [4, 5]


@pytest.mark.parametrize("accepted", [True, False])
def test_what_people_judged_is_theirs(register: Register, accepted: bool) -> None:
    first = coded(killed=4)
    take(register, first)
    (claim,) = first.claims
    verdict = Accepted() if accepted else Rejected()
    register.judge(claim.id, verdict, because="seen", words=hash_of(claim.evidence.quote), by="ann")
    take(register, coded(killed=6))
    assert standing(register) == ([4, 6] if accepted else [6])
    take(register, first)
    assert standing(register) == ([4] if accepted else [])


def test_erased_texts_stay_out(register: Register) -> None:
    first = coded()
    take(register, first)
    register.erase(first.document.id, because="law", by="ann")
    (told,) = take(register, first)
    assert told.taken is Taken.ERASED
    assert standing(register) == []


def test_words_that_are_not_there(register: Register) -> None:
    one, other = coded(1), coded(2)
    with pytest.raises(ConflictError):
        take(register, replace(one, claims=other.claims))
    assert register.size() == 0


def test_stopped_halfway_goes_on(register: Register) -> None:
    many = [coded(number) for number in range(500)]

    def stopping() -> Iterator[Coded]:
        yield from many[:300]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(take_in(register.store, stopping(), by="ACLED"))
    kept = sum(isinstance(entry.act, Asserted) for entry in register.log())
    assert 0 < kept < 500
    counts = [one.taken for one in take(register, *many)]
    assert counts.count(Taken.KNOWN) == kept
    assert len(standing(register)) == 500


def test_a_document_without_claims(register: Register) -> None:
    (told,) = take(register, Coded(coded().document))
    assert (told.taken, told.claims) == (Taken.NEW, 0)
    (again,) = take(register, Coded(coded().document))
    assert again.taken is Taken.KNOWN

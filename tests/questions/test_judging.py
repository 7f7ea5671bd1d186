"""A person's hand: verdicts on words that were seen, entries taken back, documents erased."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.questions.build import ARMENIA, KALBAJAR, claim_of, kalbajar, say
from whoholds.model import Accepted, Edited, Rejected, hash_of
from whoholds.questions import Register
from whoholds.register.store import ConflictError, Wanted

DAY = "2020-11-26"


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        yield opened


@pytest.fixture
def claim(register: Register) -> str:
    return kalbajar(register)[1]


def holder(register: Register) -> str | None:
    holding = register.who("Kalbajar district", DAY).holding
    return holding.holder.key if holding and holding.holder else None


def test_rejecting_takes_a_claim_out_and_withdrawing_the_verdict_brings_it_back(register: Register) -> None:
    claim = claim_of(say(register, f"../2020-11-26 control {KALBAJAR}: {ARMENIA} holds", on=DAY))
    (entry,) = register.judge(claim, Rejected(), because="misread", words=register.shown(claim).words, by="ann")
    assert holder(register) is None
    register.withdraw(entry.seq, because="it was right", by="bob")
    assert holder(register) == "ARM"


def test_a_verdict_on_other_words_is_refused(register: Register, claim: str) -> None:
    size = register.size()
    with pytest.raises(ConflictError, match="the words of claim"):
        register.judge(claim, Rejected(), because="misread", words=hash_of("other words"), by="ann")
    assert register.size() == size


def test_a_verdict_needs_a_reason(register: Register, claim: str) -> None:
    with pytest.raises(ConflictError, match="no reason"):
        register.judge(claim, Accepted(), because=" ", words=register.shown(claim).words, by="ann")


def test_the_same_verdict_twice_is_one(register: Register, claim: str) -> None:
    words = register.shown(claim).words
    assert len(register.judge(claim, Accepted(), because="checked", words=words, by="ann")) == 1
    assert register.judge(claim, Accepted(), because="checked", words=words, by="ann") == ()
    assert [told.accepted for told in register.store.testimony(Wanted(claims=[claim]))] == [True]


def test_how_an_id_begins_is_enough(register: Register, claim: str) -> None:
    assert register.shown(claim[:8]).testimony.claim.id == claim
    with pytest.raises(ConflictError, match="no claim has the id"):
        register.shown("ffffffff")
    with pytest.raises(ConflictError, match="no claim has the id"):
        register.shown(claim[:2])  # too short to name anything


def test_an_edit_stands_in_the_place_of_the_claim(register: Register, claim: str) -> None:
    shown = register.shown(claim)
    assert shown.document
    text = (
        f"2020-11-24 control {KALBAJAR}: Azerbaijan's army [AZE MIL] gains from {ARMENIA}\n"
        f"  from {shown.document.id[:12]} [{shown.testimony.claim.evidence.start}:{shown.testimony.claim.evidence.end}] "
        + _quoted(shown.testimony.claim.evidence.quote)
    )
    verdict, problems = register.edited(claim, text)
    assert problems == []
    assert isinstance(verdict, Edited)
    register.judge(claim, verdict, because="the day before", words=shown.words, by="ann")
    standing = {told.claim.id: told for told in register.store.testimony(Wanted())}
    assert claim not in standing
    assert standing[verdict.instead.id].accepted
    assert standing[verdict.instead.id].site == shown.testimony.site


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no claims are written"),
        ("not the notation", "cannot stand"),
        ('2020 control X: A gains\n  from nowhere "words"', "no document is called"),
    ],
)
def test_what_is_no_edit_is_a_problem(register: Register, claim: str, text: str, message: str) -> None:
    verdict, problems = register.edited(claim, text)
    assert verdict is None
    assert message in problems[0].message or problems[0].code == "notation"


def test_erasing_destroys_a_document_and_leaves_a_tombstone(register: Register, claim: str) -> None:
    shown = register.shown(claim)
    assert shown.document
    (entry,) = register.erase(shown.document.id[:12], because="court order 12/2021", by="ann")
    assert entry.kind == "erased"
    assert register.store.document(shown.document.id) is None
    assert register.store.claim(claim) is None
    assert {found.kind for found in register.log()} >= {"tombstone", "erased"}
    assert all(shown.document.text not in str(found.act) for found in register.log())
    with pytest.raises(ConflictError, match="no document is called"):
        register.erase(shown.document.id, because="again", by="ann")


def test_a_document_is_erased_by_its_name_too(register: Register, claim: str) -> None:
    shown = register.shown(claim)
    assert shown.document
    assert len(register.erase(shown.document.name, because="court order", by="ann")) == 1


def test_there_is_no_entry_to_withdraw(register: Register) -> None:
    with pytest.raises(ConflictError, match="no entry 99"):
        register.withdraw(99, because="test", by="ann")


def _quoted(words: str) -> str:
    from whoholds.notation.spelling import quoted

    return quoted(words)

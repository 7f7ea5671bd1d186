"""The queue of claims to look at, what hangs on each, and how far reviewers agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.questions.build import ARMENIA, AZERBAIJAN, KALBAJAR, LACHIN, claim_of, kalbajar, say
from whoholds.model import Accepted, Rejected, Verdict
from whoholds.questions import Register
from whoholds.questions.reviewing import Order


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as found:
        yield found


def judge(register: Register, claim: str, verdict: Verdict, by: str) -> None:
    register.judge(claim, verdict, because="read", words=register.shown(claim).words, by=by)


def ids(register: Register, order: Order, by: str = "ann", *, again: bool = False) -> list[str]:
    return [one.word.claim.id for one in register.queue(by, order=order, again=again).claims]


def test_what_turns_a_place_over_comes_first(register: Register) -> None:
    handed_over = kalbajar(register)
    alone = claim_of(say(register, f"2020-12-01 control {LACHIN}: {AZERBAIJAN} gains from {ARMENIA}", on="2020-12-01"))
    first, *others = register.queue("ann", order=Order.CONSEQUENCE).claims
    assert first.word.claim.id == alone  # Kalbajar's change is told by two
    assert {one.word.claim.id for one in others} == set(handed_over)
    (flip, *more) = [flip for flip in first.flips if flip.last >= date(2020, 12, 1)]
    assert not more
    assert flip.before and flip.before.holder and flip.before.holder.key == "AZE"
    assert flip.after is None
    assert (flip.site.name, flip.first) == ("Lachin", date(2020, 12, 1))
    assert first.days > 0


def test_the_tenth_report_of_a_capture_turns_nothing_over(register: Register) -> None:
    for number in range(5):
        head = f"2020-11-25 control {KALBAJAR}: {AZERBAIJAN} gains from {ARMENIA}"
        say(register, head, on="2020-11-25", outlet=f"Outlet {number}")
    assert [one.days for one in register.queue("ann", order=Order.CONSEQUENCE).claims] == [0] * 5


def test_what_has_a_verdict_waits_no_longer(register: Register) -> None:
    one, two, three = kalbajar(register)
    judge(register, one, Accepted(), "ben")
    judge(register, two, Rejected(), "ann")
    assert ids(register, Order.NEWEST) == [three]
    assert ids(register, Order.NEWEST, again=True) == [three, one]  # what was rejected stands no more
    assert register.queue("ann", order=Order.NEWEST).waiting == 1


def test_only_what_was_said_in_a_period(register: Register) -> None:
    claims = kalbajar(register)
    asked = register.queue("ann", order=Order.NEWEST, said=(date(2020, 11, 25), date(2020, 11, 25)))
    assert [one.word.claim.id for one in asked.claims] == claims[1:2]
    assert register.queue("ann", kind="event").claims == ()


def test_agreement_is_krippendorffs_alpha(register: Register) -> None:
    """The nominal example for two coders in Krippendorff's "Computing Krippendorff's Alpha-Reliability" has alpha .095."""
    claims = [
        claim_of(say(register, f"2020-11-{day:02} control {KALBAJAR}: {ARMENIA} holds", on=f"2020-11-{day:02}"))
        for day in range(1, 11)
    ]
    ann, ben = "0100000010", "1110010000"
    for claim, one, other in zip(claims, ann, ben, strict=True):
        judge(register, claim, Accepted() if one == "1" else Rejected(), "ann")
        judge(register, claim, Accepted() if other == "1" else Rejected(), "ben")
    found = register.agreement()
    assert found.alpha == pytest.approx(0.095, abs=0.001)
    assert (found.both, found.same) == (10, 6)
    assert found.judged == {"ann": 10, "ben": 10}


def test_a_person_counts_with_the_last_verdict(register: Register) -> None:
    one, two, _ = kalbajar(register)
    for claim in (one, two):
        judge(register, claim, Accepted(), "ann")
    judge(register, one, Rejected(), "ben")
    judge(register, one, Accepted(), "ben")
    judge(register, two, Rejected(), "ben")
    found = register.agreement()
    assert (found.both, found.same) == (2, 1)


def test_one_reviewer_says_nothing_about_agreement(register: Register) -> None:
    judge(register, kalbajar(register)[0], Accepted(), "ann")
    found = register.agreement()
    assert (found.alpha, found.both, found.judged) == (None, 0, {"ann": 1})


def test_an_empty_register_has_nothing_to_look_at(register: Register) -> None:
    assert register.queue("ann").claims == ()
    assert register.agreement().judged == {}

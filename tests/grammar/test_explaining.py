"""A derivation names the rule and the words behind every slot."""

from __future__ import annotations

from tests.grammar.build import claim_at, told


def test_every_step_of_a_claim() -> None:
    text = "Rebels attacked Sake on Monday, residents said."
    derivation = claim_at(told(text), "attacked").derivation
    assert derivation is not None
    steps = [(step.rule, step.span.quote if step.span else "", step.value) for step in derivation.parts]
    assert ("predicate 'attack'", "attacked", "ASSAULT") in steps
    assert ("time: told in its clause", "Monday", "2024-06-10") in steps
    assert any(
        rule == "place: is what it is done to" and words == "Sake" and value.startswith("Sake, CD")
        for rule, words, value in steps
    )
    assert ("speaker", "residents", "residents") in steps


def test_a_place_no_gazetteer_knows_says_so() -> None:
    claim = claim_at(told("Belarus massed troops on the border with Ukraine."), "massed")
    assert claim.derivation is not None
    assert [step.value for step in claim.derivation.parts if step.rule.startswith("place: ")] == [
        "border with Ukraine, unknown to the gazetteer"
    ]


def test_a_claim_joined_of_two_shows_both() -> None:
    claim = claim_at(told("Rebels shelled Sake on Monday, killing two nurses."), "shelled")
    assert claim.derivation is not None
    joined = [step for step in claim.derivation.parts if step.rule.startswith("joined: ")]
    assert len(joined) == 1 and joined[0].parts

"""What is kept comes back equal, whatever is in it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import actors, claims, days, names, places, readings, spans, texts, whens
from whoholds.model import (
    Accepted,
    Action,
    Actor,
    Allied,
    Asserted,
    Bounds,
    Claim,
    Count,
    Deadline,
    Derivation,
    Document,
    Edited,
    Erased,
    EventType,
    Filed,
    Holding,
    Incident,
    Judged,
    Obligation,
    Offset,
    Outlined,
    Parted,
    Rejected,
    Side,
    Site,
    Span,
    Standing,
    State,
    Step,
    Tally,
    Tombstone,
    Turn,
    Undertaking,
    Withdrawn,
)
from whoholds.register import codec

any_text = (
    st.text(st.characters(), max_size=12)
    | names
    | st.sampled_from(["\ud83d", "a\udfffb", "\0", "\ufdd0", "\ufdd0[1]", "\u202e"])
)
bounds = st.builds(Bounds, st.none() | days, st.none() | days)
sides = st.builds(Side, any_text, any_text)
sites = st.builds(Site, any_text, any_text, st.none() | places, st.lists(any_text, max_size=3).map(tuple))
ids = st.lists(st.integers(0, 2**64 - 1).map("{:016x}".format), max_size=3).map(tuple)
standings = st.sampled_from(Standing)
counts = st.builds(Count, st.none() | st.integers(0, 5), st.integers(5, 10**9))


@st.composite
def trees(draw: st.DrawFn, depth: int = 2) -> Derivation:
    span = draw(
        st.none()
        | st.builds(
            lambda start, quote: Span("d" * 64, start, start + len(quote), quote), st.integers(0, 9), any_text.filter(bool)
        )
    )
    parts = draw(st.lists(trees(depth=depth - 1), max_size=2)) if depth else []
    return Derivation(draw(any_text), span, draw(any_text), tuple(parts))


deadlines = st.builds(
    Deadline, due=st.none() | whens, since=days, supporting=ids, asked_by=st.none() | sides, reason=st.none() | any_text,
    counted_from=any_text, superseded=st.booleans(),
)  # fmt: skip
turns = st.builds(Turn, since=days, state=st.sampled_from(State), supporting=ids, days=st.none() | st.integers(0, 99))
tallies = st.builds(
    Tally, what=st.just("killed"), count=counts, voice=any_text, said=days, claim=any_text, corrected=st.booleans()
)
findings = st.one_of(
    st.builds(
        Holding, site=sites, holder=st.none() | sides, begin=bounds, end=bounds, told=days, retold=days, standing=standings,
        supporting=ids, opposing=ids, rivals=st.lists(sides, max_size=2).map(tuple), inherited=st.none() | sites,
        derivation=st.none() | trees(),
    ),
    st.builds(
        Undertaking, action=st.sampled_from(Action), obligors=st.lists(sides, max_size=2).map(tuple), beneficiaries=st.just(()),
        site=st.none() | sites, names=st.lists(any_text, max_size=2).map(tuple),
        deadlines=st.lists(deadlines, max_size=2).map(tuple),
        turns=st.lists(turns, max_size=2).map(tuple), supporting=ids, opposing=ids, standing=standings,
        derivation=st.none() | trees(), root=any_text,
    ),
    st.builds(
        Incident, type=st.sampled_from(EventType), when=bounds, site=st.none() | sites, actors=st.just(()),
        recipients=st.lists(sides, max_size=2).map(tuple), tallies=st.lists(tallies, max_size=2).map(tuple), standing=standings,
        supporting=ids, opposing=ids, derivation=st.none() | trees(), voices=st.lists(any_text, max_size=2).map(tuple),
    ),
)  # fmt: skip


@st.composite
def full_claims(draw: st.DrawFn) -> Claim:
    """Claims with spans of their parts inside the evidence, elsewhere in the document, and in another one."""
    document, other = Document(text=draw(texts())), Document(text=draw(texts()))
    claim = draw(claims(document))
    span = draw(spans(document) | spans(other) | spans(Document(text=claim.evidence.quote)))
    actor = draw(actors)
    duty = Obligation(
        step=Step.SET, action=Action.PAY, obligors=(replace(actor, span=span),), due_after=Offset("P14D", draw(any_text)),
    )  # fmt: skip
    tree = draw(st.none() | trees())
    return replace(
        claim, derivation=tree, **draw(st.sampled_from([{}, {"matter": duty}, {"said_by": (replace(actor, span=span),)}]))
    )


@settings(max_examples=40, deadline=None)
@given(full_claims())
def test_claims_come_back(claim: Claim) -> None:
    packed = codec.pack_claim(claim)
    tree = codec.pack_derivation(claim)
    assert codec.unpack_claim(packed, claim.evidence.document) == replace(claim, derivation=None)
    assert codec.unpack_claim(packed, claim.evidence.document).id == claim.id, "worked out of what came back"
    assert codec.unpack_claim(packed, claim.evidence.document, id="0" * 16).id == "0" * 16, "not worked out where it is known"
    assert (tree and codec.unpack_derivation(tree, claim.evidence)) == claim.derivation
    assert codec.decode(Claim, codec.encode(claim)) == claim
    assert codec.id_of(codec.number_of(claim.id)) == claim.id


@settings(max_examples=40, deadline=None)
@given(findings)
def test_findings_come_back(finding: Holding | Undertaking | Incident) -> None:
    assert codec.unpack(type(finding), codec.pack(finding)) == finding


@settings(max_examples=20, deadline=None)
@given(readings(), any_text, actors, st.none() | whens, st.integers(1, 10**12))
def test_acts_come_back(read: tuple[Document, list[Claim]], text: str, actor: Actor, period: object, number: int) -> None:
    document, found = read
    acts = [
        Filed(document, text), *map(Asserted, found), Withdrawn(number, text), Judged(text, Accepted(), text, text),
        Judged(text, Rejected(), text, text), *(Judged(text, Edited(claim), text, text) for claim in found),
        Allied(actor, actor, None, text), Parted(actor, actor, period, text), Erased(text, text), Tombstone("filed", number),
        Outlined(text, text, text, text), Outlined(text, None, text, text),
    ]  # fmt: skip
    for act in acts:
        assert codec.decode(type(act), codec.encode(act)) == act


@settings(deadline=None)
@given(any_text)
def test_any_string_can_be_stored_as_text(text: str) -> None:
    kept = codec.storable(text)
    assert "\0" not in kept
    kept.encode()
    assert codec.stored(kept) == text
    assert codec.unpack_text(codec.pack_text(text)) == text


@given(st.lists(st.integers(0, 2**64 - 1), min_size=2, max_size=2))
def test_numbers_of_claims_are_in_the_order_of_their_ids(pair: list[int]) -> None:
    one, other = (f"{number:016x}" for number in pair)
    assert (codec.number_of(one) < codec.number_of(other)) == (one < other)
    assert -(2**63) <= codec.number_of(one) < 2**63


def test_a_claim_takes_a_fraction_of_its_json(capsys: pytest.CaptureFixture[str]) -> None:
    text = "The army has entered the Kalbajar region, Azerbaijan's defence ministry said on Wednesday."
    document = Document(text=text, published=date(2020, 11, 25))
    claim = Claim(
        matter=Obligation(step=Step.MET, action=Action.HAND_OVER, obligors=(Actor(name="The army", span=document.span(0, 8)),)),
        evidence=document.span(0, len(text)),
        said_by=(Actor(name="Azerbaijan's defence ministry", country="AZE", span=document.span(42, 71)),),
    )
    by_name = json.dumps(
        {"quote": text, "said_by": ["Azerbaijan's defence ministry", "AZE", 42, 71], "obligors": ["The army", 0, 8]}
    )
    assert len(codec.pack_claim(claim)) < len(by_name)


def test_damaged_bytes_are_refused() -> None:
    for kind, data in (
        (Site, b'["key"]'),
        (Span, b'["d",3,""]'),
        (Side, b'["a","b"] 7'),
        (Allied, b'[["a"],["b"],["2020-13"],""]'),
    ):
        with pytest.raises((TypeError, ValueError)):
            codec.decode(kind, data)


def test_what_is_no_noun_of_the_model_is_refused() -> None:
    with pytest.raises(TypeError):
        codec.encode(sys)

"""Confidence is a probability that rests on the claim alone."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from whoholds.grammar.confidence import features, probability, weights, with_confidence
from whoholds.model import Actor, Claim, Derivation, Document, Event, EventType, Role

LEXICONS = Path(str(files("whoholds.grammar"))) / "lexicons"
DOCUMENT = Document(text="Rebels shelled the town of Goma on Tuesday, the army said.")


def claim(**changes: object) -> Claim:
    made = Claim(
        matter=Event(type=EventType.ASSAULT, actors=(Actor(name="Rebels", country="COD", role=Role.REB),)),
        evidence=DOCUMENT.span(0, 42),
        derivation=Derivation("violence: shell", parts=(Derivation("argument <subject>"), Derivation("argument <object>"))),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@given(st.data())
def test_any_claim_has_a_probability(data: st.DataObject) -> None:
    document, claims = data.draw(strategies.readings())
    assert document is not None
    told = list(with_confidence(claims))
    bare = [replace(one, confidence=None, derivation=None) for one in claims]
    assert [replace(one, confidence=None, derivation=None) for one in told] == bare
    for one, before in zip(told, claims, strict=True):
        assert one.confidence is not None and 0 <= one.confidence <= 1
        assert (one.derivation is None) == (before.derivation is None)
        if one.derivation:
            assert one.derivation.parts[-1].value.startswith(f"{one.confidence:.2f}")
    assert [one.id for one in told] == [one.id for one in claims]


def test_features_tell_what_is_missing() -> None:
    told = features(claim())
    assert {"event ASSAULT", "family violence", "no other party", "no place", "no time"} <= set(told)
    assert not {"no doer", "doer unknown", "embedded", "somebody says so"} & set(told)
    unknown = features(claim(matter=Event(type=EventType.ASSAULT, actors=(Actor(name="it"),))))
    assert "doer unknown" in unknown


def test_the_words_of_cues_count_as_embedding() -> None:
    cues = (Derivation("factuality", value="planned"), Derivation("factuality", value="possible"))
    told = features(claim(derivation=Derivation("violence: shell", parts=cues)))
    assert told["embedded"] == 1.0
    assert told["embedded twice or more"] == 1.0
    assert told["arguments"] == 0.0


def test_the_weights_are_those_of_features_that_can_be() -> None:
    families = {name.removeprefix("family ") for name in weights() if name.startswith("family ")}
    written = {path.stem for path in LEXICONS.iterdir()}
    assert "always" in weights()
    assert len(families & written) > len(written) / 2
    assert families - written <= {"echo", "listed in a timetable", "deal", ""}


def test_more_arguments_move_the_probability_as_their_weight_says() -> None:
    surer = probability(claim(derivation=Derivation("violence: shell", parts=(Derivation("argument <subject>"),) * 4)))
    assert (surer > probability(claim())) == (weights().get("arguments", 0.0) > 0)

"""Confidence: how likely a claim is one that a careful human coder would make from the same words.

A logistic model over features of the claim and its derivation. The weights are in `confidence.toml`, fitted on the development
gold by `python -m training.confidence`, where "right" means what the scorer counts as a match (kind, words, and type, place
and change, or action); docs/evaluation.md has its reliability table. The features are read off the claim alone, so that the
confidence of a claim can be worked out, and explained, without its document.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from whoholds.model import Actor, Claim, Control, Derivation, Event, Factuality, Obligation, Span

_SHORT, _LONG = 25, 160  # characters of evidence
_DIGITS = 2
_REASONS = 2
_WORTH_TELLING = -0.15


def with_confidence(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims with their confidence, a probability rounded to two digits, told in their derivation too; none for none."""
    for claim in claims:
        known = features(claim)
        sure = round(_probability(known), _DIGITS)
        derivation = claim.derivation
        if derivation is not None:
            told = Derivation("confidence", None, f"{sure:.2f}{_reasons(known)}")
            derivation = replace(derivation, parts=(*derivation.parts, told))
        yield replace(claim, confidence=sure, derivation=derivation)


def _reasons(known: Mapping[str, float]) -> str:
    """The features that speak most against the claim, at most two."""
    told = weights()
    against = sorted((told.get(name, 0.0) * value, name) for name, value in known.items() if name != "always")
    names = [name for weight, name in against[:_REASONS] if weight < _WORTH_TELLING]
    return f", less for: {', '.join(names)}" if names else ""


def probability(claim: Claim) -> float:
    """The probability, in (0, 1), that the claim is right."""
    return _probability(features(claim))


def _probability(known: Mapping[str, float]) -> float:
    told = weights()
    score = sum(told.get(name, 0.0) * value for name, value in known.items())
    return 1 / (1 + math.exp(-score))


def features(claim: Claim) -> dict[str, float]:
    """What speaks for and against a claim, by the names of `confidence.toml`; a feature that is left out is 0."""
    return dict([("always", 1.0), *_kind(claim), *_frame(claim), *_parties(claim), *_circumstances(claim), *_words(claim)])


@cache
def weights() -> dict[str, float]:
    """The weight of each feature: what it adds to the logarithm of the odds."""
    table = tomllib.loads(files(__package__).joinpath("confidence.toml").read_text("utf-8"))
    return {name: float(weight) for name, weight in table["weights"].items()}


def _kind(claim: Claim) -> Iterator[tuple[str, float]]:
    match claim.matter:
        case Event() as event:
            yield f"event {event.type}", 1.0
        case Control() as control:
            yield f"control {control.change}", 1.0
        case Obligation() as obligation:
            yield f"obligation {obligation.step}", 1.0
            if obligation.due:
                yield "deadline told", 1.0
            if obligation.agreement:
                yield "agreement named", 1.0


def _frame(claim: Claim) -> Iterator[tuple[str, float]]:
    if claim.derivation is None:
        return
    family = claim.derivation.rule.partition(":")[0]
    yield f"family {family}", 1.0
    arguments = [part for part in claim.derivation.parts if part.rule.startswith("argument")]
    yield "arguments", math.log1p(len(arguments))
    cues = sum(part.rule == "factuality" for part in claim.derivation.parts)
    if cues:
        yield "embedded", 1.0
        yield "embedded twice or more", float(cues > 1)


def _parties(claim: Claim) -> Iterator[tuple[str, float]]:
    doers, others = _sides(claim)
    yield from _side("doer", doers)
    yield from _side("other party", others)
    names = [actor.name for actor in (*doers, *others)]
    if len(set(names)) < len(names):
        yield "one name on both sides", 1.0
    if isinstance(claim.matter, Event) and (claim.matter.killed or claim.matter.injured or claim.matter.crowd):
        yield "number told", 1.0


def _sides(claim: Claim) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    match claim.matter:
        case Event() as event:
            return event.actors, event.recipients
        case Control() as control:
            return _given(control.holder), _given(control.former)
        case Obligation() as obligation:
            return obligation.obligors, obligation.beneficiaries


def _given(actor: Actor | None) -> tuple[Actor, ...]:
    return (actor,) if actor else ()


def _side(name: str, actors: tuple[Actor, ...]) -> Iterator[tuple[str, float]]:
    if not actors:
        yield f"no {name}", 1.0
    elif all(actor.country is None and actor.role is None for actor in actors):
        yield f"{name} unknown", 1.0
    elif any(actor.country is None or actor.role is None for actor in actors):
        yield f"{name} half known", 1.0


def _circumstances(claim: Claim) -> Iterator[tuple[str, float]]:
    if claim.factuality is not Factuality.ACTUAL:
        yield f"told as {claim.factuality}", 1.0
    if claim.said_by:
        yield "somebody says so", 1.0
    if claim.where is None:
        yield "no place", 1.0
    elif not _inside(claim, claim.where.span):
        yield "place from elsewhere", 1.0
    if claim.when is None:
        yield "no time", 1.0
    elif not _inside(claim, claim.when.span):
        yield "time from elsewhere", 1.0


def _inside(claim: Claim, span: Span | None) -> bool:
    return span is not None and claim.evidence.covers(span)


def _words(claim: Claim) -> Iterator[tuple[str, float]]:
    length = len(claim.evidence.quote)
    if length < _SHORT:
        yield "few words", 1.0
    if length > _LONG:
        yield "many words", 1.0

"""Derivations: how a claim came about, as a tree down to the words."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.model.span import Span


@dataclass(frozen=True, slots=True)
class Derivation:
    """One step: the rule that fired, the words it saw, the value it gave, and the steps it rests on."""

    rule: str
    span: Span | None = None
    value: str = ""
    parts: tuple[Derivation, ...] = ()

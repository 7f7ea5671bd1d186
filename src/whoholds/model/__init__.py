"""The nouns of whoholds: frozen, slotted, standard library only."""

from whoholds.model.actor import Actor, Role
from whoholds.model.claim import (
    Action,
    Change,
    Claim,
    Control,
    Count,
    Event,
    EventType,
    Factuality,
    Matter,
    Obligation,
    Step,
)
from whoholds.model.derivation import Derivation
from whoholds.model.document import Document
from whoholds.model.problem import Problem
from whoholds.model.span import Span
from whoholds.model.when import Bounds, When
from whoholds.model.where import Place, Use, Where

__all__ = [
    "Action",
    "Actor",
    "Bounds",
    "Change",
    "Claim",
    "Control",
    "Count",
    "Derivation",
    "Document",
    "Event",
    "EventType",
    "Factuality",
    "Matter",
    "Obligation",
    "Place",
    "Problem",
    "Role",
    "Span",
    "Step",
    "Use",
    "When",
    "Where",
]

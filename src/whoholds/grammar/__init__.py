"""Sentences to claims: rules by family over one engine."""

from whoholds.grammar.confidence import with_confidence
from whoholds.grammar.reading import read_claims

__all__ = ["read_claims", "with_confidence"]

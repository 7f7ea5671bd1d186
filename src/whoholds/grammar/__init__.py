"""Sentences to claims: rules by family over one engine."""

from whoholds.grammar.reading import read_claims

__all__ = ["read_claims"]

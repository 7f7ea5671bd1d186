"""Exports and imports: forms that other programs read and write."""

from whoholds.formats.contract import claim_to_json, grounding_to_json, problem_to_json, reading_to_json
from whoholds.formats.imported import claim_from_json

__all__ = ["claim_from_json", "claim_to_json", "grounding_to_json", "problem_to_json", "reading_to_json"]

"""Comparisons of two coders as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from whoholds.model import Claim
from whoholds.questions.agreement import Agreement
from whoholds.questions.comparing import Comparison, Disagreement


def comparison_to_json(comparison: Comparison) -> dict[str, Any]:
    """What two coders made of the same documents; shares from 0 to 1, distances in days or kilometres."""
    return {
        "kind": comparison.kind,
        "first": asdict(comparison.first),
        "second": asdict(comparison.second),
        "documents": comparison.documents,
        "fields": [_field(field) for field in comparison.fields],
        "errors": [_error(error) for error in comparison.errors],
    }


def _field(field: Agreement) -> dict[str, Any]:
    return {**asdict(field), "share": field.share}


def _error(error: Disagreement) -> dict[str, Any]:
    return {
        "field": error.field,
        "document": error.document.id,
        "name": error.document.name,
        "first": _claim(error.first, error.values[0]),
        "second": _claim(error.second, error.values[1]),
    }


def _claim(claim: Claim | None, value: str) -> dict[str, Any] | None:
    if claim is None:
        return None
    evidence = claim.evidence
    return {"claim": claim.id, "value": value, "quote": evidence.quote, "start": evidence.start, "end": evidence.end}

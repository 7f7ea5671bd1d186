"""What the survey tells of a report for the search for twins, and the JSON of it and of the groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from whoholds.corpora.signatures import Signature, signature_from_json, signature_to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """A relevant report: where it stands in the run, where it came from, and its signature. None: not told."""

    partition: int
    number: int
    id: str
    published: date | None
    outlet: str | None = None
    url: str | None = None
    signature: Signature


def surveyed_to_json(report: Surveyed) -> dict[str, Any]:
    """The report as an object of JSON, with `signature` as an object of base64 strings."""
    return {**reference_to_json(report), "signature": signature_to_json(report.signature)}


def surveyed_from_json(row: Mapping[str, Any]) -> Surveyed:
    """The report of such an object; other keys are left alone. Raises KeyError or ValueError for anything else."""
    return Surveyed(
        partition=int(row["partition"]),
        number=int(row["number"]),
        id=str(row["id"]),
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        outlet=row.get("outlet"),
        url=row.get("url"),
        signature=signature_from_json(row["signature"]),
    )


def reference_to_json(report: Surveyed) -> dict[str, Any]:
    """The report without its signature, as a line of twins.jsonl names it."""
    return {
        "partition": report.partition,
        "number": report.number,
        "id": report.id,
        "published": report.published.isoformat() if report.published else None,
        "outlet": report.outlet,
        "url": report.url,
    }

"""Gold documents and predictions: reading the files, and running the product over them in this process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from whoholds.articles import from_record
from whoholds.formats import grounding_to_json, reading_to_json
from whoholds.model import Document
from whoholds.pipeline import Reader

OWN_GOLD = Path(__file__).parent.parent / "tests" / "gold"


def load(path: Path) -> list[dict[str, Any]]:
    """The documents of a folder of .json files, of one .json file, or of a .jsonl file (one a line); sorted by file name."""
    if path.is_dir():
        return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(path.glob("*.json"))]
    if path.suffix == ".json":
        return [json.loads(path.read_text(encoding="utf-8"))]
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def document(row: dict[str, Any]) -> Document:
    """The document of a gold row, made as `--jsonl` makes it. A day of publication that is not a full date is left out.

    Raises ValueError when the row is refused.
    """
    record = {key: row.get(key) for key in ("id", "text", "title", "outlet", "url")}
    with suppress(ValueError):
        told = str(row.get("published") or row.get("dct") or row.get("date"))[:10]
        record["published"] = date.fromisoformat(told).isoformat()
    made, problems = from_record(record, place=row["id"])
    if made is None:
        raise ValueError(f"{row['id']}: {'; '.join(problem.message for problem in problems)}")
    return made


def read(rows: Iterable[dict[str, Any]], reader: Reader) -> Iterator[dict[str, Any]]:
    """What `whoholds read --jsonl` prints for each row, in order."""
    rows = list(rows)
    for row, reading in zip(rows, reader.read_many(map(document, rows)), strict=True):
        yield {**reading_to_json(reading), "id": row["id"]}


def ground(rows: Iterable[dict[str, Any]], reader: Reader) -> Iterator[dict[str, Any]]:
    """What `whoholds ground --jsonl` prints for each row, in order."""
    rows = list(rows)
    for row, grounding in zip(rows, reader.ground_many(map(document, rows)), strict=True):
        yield {**grounding_to_json(grounding), "id": row["id"]}


def write_lines(rows: Iterable[dict[str, Any]], path: Path) -> None:
    """Write JSON Lines."""
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")

"""Gold toponyms to examples: for each name of a document, which of its candidates the annotators meant.

Corpora are JSON Lines of documents with `toponyms`: `start` and `end` (half-open, code points), `lat` and `lon` (degrees, null
where nobody knew), and where the corpus has them `geonameid` and `fcode` (GeoNames).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from whoholds.articles import blocks
from whoholds.grounding.gazetteer import Candidate, Gazetteer
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.places import resolver_for
from whoholds.grounding.places.context import Scene
from whoholds.grounding.places.features import Array
from whoholds.grounding.places.names import key_of
from whoholds.language import Sentence, parse_many
from whoholds.model import Document

NEAR_KM = 161.0  # a hundred miles, the field's measure of a right answer
_TIE_KM = 25.0  # candidates that much farther off than the nearest are as right as it

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """One name of a scene and the rows that are right for it, for as many mentions as `count` tells."""

    name: int
    right: tuple[int, ...]
    near: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Example:
    """A document's scene and the gold of its names; names whose gold the gazetteer does not have teach nothing."""

    corpus: str
    document: str
    scene: Scene
    gold: tuple[Gold, ...]

    def weight(self) -> Array:
        """How much each gold counts: the square root of its mentions, as they are not independent."""
        return np.sqrt([gold.count for gold in self.gold])


def rows_of(path: Path) -> list[Row]:
    """The documents of a corpus. Raises ValueError, naming the line, for a line that is no document with toponyms."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["id"], row["text"], row["toponyms"]
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: no document with id, text and toponyms ({error})") from error
        rows.append(row)
    return rows


def read(rows: Sequence[Row]) -> Iterator[tuple[Row, Document, Sequence[Sentence]]]:
    """The rows with their documents, parsed."""
    documents = [
        Document(text=row["text"], title=row.get("title"), url=row.get("url"), outlet=row.get("outlet")) for row in rows
    ]
    parsed = parse_many((document, blocks(document)) for document in documents)
    for row, (document, sentences) in zip(rows, parsed, strict=True):
        yield row, document, sentences


def examples(
    corpus: str, parsed: Iterable[tuple[Row, Document, Sequence[Sentence]]], gazetteer: Gazetteer
) -> Iterator[Example]:
    """The example of each parsed document; documents without any gold that could be learnt from are left out."""
    for row, document, sentences in parsed:
        resolver = resolver_for(document, sentences, gazetteer)
        scene = resolver.scene
        at = {name.key: i for i, name in enumerate(scene.names) if not name.outlet}
        told: dict[tuple[int, tuple[int, ...], tuple[int, ...]], int] = {}
        for mention in resolver.mentions:
            toponym = _annotated(mention.start, mention.end, row["toponyms"])
            if toponym is None or not mention.candidates:
                continue
            number = at[key_of(mention)]
            name = scene.names[number]
            right, near = _right(name.candidates, toponym)
            if right and len(name.candidates) > 1:
                first = int(scene.starts[number])
                key = number, tuple(first + i for i in right), tuple(first + i for i in near)
                told[key] = told.get(key, 0) + 1
        if told:
            yield Example(corpus, str(row["id"]), scene, tuple(Gold(*key, count) for key, count in told.items()))


def _annotated(start: int, end: int, toponyms: Sequence[Row]) -> Row | None:
    """The located toponym that the span touches, the one with the same ends if there is one."""
    touching = [row for row in toponyms if start < row["end"] and row["start"] < end and row.get("lat") is not None]
    return min(touching, key=lambda row: (row["start"], row["end"]) != (start, end), default=None)


def _right(candidates: Sequence[Candidate], toponym: Row) -> tuple[list[int], list[int]]:
    """The candidates that are right, as narrowly as the annotation tells, and all that are near enough to be counted so."""
    far = [kilometres(item.place.lat, item.place.lon, toponym["lat"], toponym["lon"]) for item in candidates]
    near = [i for i, km in enumerate(far) if km <= NEAR_KM]
    same = [i for i in near if toponym.get("geonameid") and candidates[i].place.geonameid == toponym["geonameid"]]
    if same or not near:
        return same, near
    code = str(toponym.get("fcode") or "")
    of_class = [i for i in near if _is_of(candidates[i], code)]
    left = of_class or near
    least = min(far[i] for i in left)
    return [i for i in left if far[i] <= least + _TIE_KM], near


def _is_of(candidate: Candidate, code: str) -> bool:
    """Whether the candidate is of a feature code ("PPLC", "ADM1"; "PCLI" and its like are countries)."""
    if candidate.is_country or code.startswith("PCL"):
        return candidate.is_country and code.startswith("PCL")
    feature = {"PPL": "P", "ADM": "A"}.get(code[:3])
    return candidate.place.feature == feature

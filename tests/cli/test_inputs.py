"""Inputs keep their order, however far ahead the pipeline reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from whoholds.cli.inputs import Input, from_records, in_order
from whoholds.model import Document


def batches(size: int) -> object:
    def through(documents: Iterable[Document]) -> Iterator[str]:
        batch: list[str] = []
        for document in documents:
            batch.append(document.text)
            if len(batch) == size:
                yield from batch
                batch = []
        yield from batch

    return through


@given(st.lists(st.booleans(), max_size=12), st.integers(1, 5))
def test_results_come_in_input_order(good: list[bool], size: int) -> None:
    inputs = [Input(str(i), Document(text=f"text {i}") if fine else None, ()) for i, fine in enumerate(good)]
    found = list(in_order(inputs, batches(size)))  # type: ignore[arg-type]
    assert [item for item, _ in found] == inputs
    assert [result for _, result in found] == [f"text {i}" if fine else None for i, fine in enumerate(good)]


def test_places_of_records_count_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('\n{"id": "a", "text": "Rebels left."}\n\n[]\n', encoding="utf-8")
    assert [item.place for item in from_records(str(path), None)] == [f"{path}:2", f"{path}:4"]

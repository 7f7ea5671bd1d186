"""Phase 1: the records of a partition become documents, and of each is told what it is: language, relevance, signature."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoholds.corpora import sources
from whoholds.corpora.extracting import document_of
from whoholds.corpora.glance import READ_LANGUAGES, glance
from whoholds.corpora.keeping import json_line, keep_json, kept_lines
from whoholds.corpora.layout import Layout
from whoholds.corpora.parts import Part
from whoholds.corpora.records import Record, SetAside
from whoholds.corpora.relevance import RELEVANT, relevance
from whoholds.corpora.rows import glanced_line, to_line
from whoholds.corpora.signatures import signature
from whoholds.corpora.tasks import Done, Phase
from whoholds.corpora.terms import Terms
from whoholds.corpora.work import Item, Result
from whoholds.formats import problem_to_json
from whoholds.model import Problem


class Survey:
    """The survey of a partition: `documents/NNNNN.jsonl.gz`, a line for each record."""

    def __init__(self, layout: Layout, terms: Terms, part: Part, partition: int) -> None:
        self._layout, self._terms, self._part, self._partition = layout, terms, part, partition

    def prepare(self) -> None:
        """Nothing is to be loaded."""

    def items(self) -> Iterator[Item]:
        """The records of the partition, and what its source sets aside."""
        for record in sources.records(self._part, self._terms.options):
            yield Item(record.place, record)

    def results(self, items: Iterator[Item]) -> Iterator[Result]:
        """What each record is."""
        return (self._result(item.value) for item in items)

    def aside(self, place: str | None, problem: Problem) -> Result:
        """A record that is set aside."""
        return {"place": place or f"{self._part.path}, partition {self._partition}", "aside": problem_to_json(problem)}

    def finish(self, results: Iterator[Result]) -> Done:
        """Write the lines, and then the counts."""
        records = foreign = relevant = 0
        aside: list[dict[str, Any]] = []
        with kept_lines(self._layout.documents(self._partition)) as file:
            for result in results:
                file.write(json_line({"number": records, **result}))
                records += 1
                relevant += "text" in result
                foreign += "document" in result and result["language"] not in READ_LANGUAGES
                if "aside" in result:
                    aside.append({"place": result["place"], **result["aside"]})
        counts = {"records": records, "foreign": foreign, "relevant": relevant}
        keep_json(self._layout.done(Phase.SURVEY, self._partition), {**counts, "aside": aside})
        return Done(partition=self._partition, records=records, aside=len(aside), foreign=foreign, relevant=relevant)

    def _result(self, record: Record | SetAside) -> Result:
        if isinstance(record, SetAside):
            return self.aside(record.place, record.problem)
        if not self._terms.all and (seen := glance(record)) is not None:
            return glanced_line(record, seen)
        document, problems = document_of(record, self._terms.options)
        if document is None:
            return self.aside(record.place, problems[-1])
        score = relevance(document) if document.language in READ_LANGUAGES else 0.0
        read = document.language in READ_LANGUAGES and (self._terms.all or score >= RELEVANT)
        return to_line(record.place, document, problems, score, signature(document) if read else None)

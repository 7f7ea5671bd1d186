"""Phase 3: the documents of a partition that stand are read: their claims for people, and without loss for the register."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from whoholds.corpora.elsewhere import elsewhere
from whoholds.corpora.keeping import json_line, keep_json, kept_lines, lines
from whoholds.corpora.layout import Layout
from whoholds.corpora.output import Claims
from whoholds.corpora.rows import Line, document_in
from whoholds.corpora.tasks import Done, Phase
from whoholds.corpora.terms import Terms
from whoholds.corpora.work import Item, Result
from whoholds.formats import problem_to_json, reading_to_json
from whoholds.model import Claim, Document, Problem
from whoholds.register.codec import decode, encode

if TYPE_CHECKING:
    from whoholds.pipeline import Reader, Reading

_WARMING = "Government troops entered the town of Homs on Monday, the defence ministry said."


class Read:
    """The reading of a partition: `claims/NNNNN.jsonl` and `readings/NNNNN.jsonl.gz`."""

    def __init__(self, layout: Layout, terms: Terms, partition: int) -> None:
        self._layout, self._terms, self._partition = layout, terms, partition

    def prepare(self) -> None:
        """Load the language model and the gazetteer. Raises ModelError, sqlite3.DatabaseError or OSError."""
        ready()

    def items(self) -> Iterator[Item]:
        """The documents that stand: relevant, and not printed elsewhere before."""
        for line in standing(self._layout, self._partition, keep_twins=self._terms.keep_twins):
            yield Item(line["place"], line, len(line["text"]))

    def results(self, items: Iterator[Item]) -> Iterator[Result]:
        """What is read in each document."""
        waiting: deque[Line] = deque()

        def documents() -> Iterator[Document]:
            for item in items:
                waiting.append(item.value)
                yield document_in(item.value)

        for reading in ready().read_many(documents()):
            yield _result(waiting.popleft(), reading)

    def aside(self, place: str | None, problem: Problem) -> Result:
        """A document that is set aside."""
        return {"place": place or f"partition {self._partition}", "aside": problem_to_json(problem)}

    def finish(self, results: Iterator[Result]) -> Done:
        """Write what was read, and then the counts."""
        records = claims = 0
        aside: list[dict[str, Any]] = []
        also = elsewhere(self._layout, self._partition).also
        with (
            kept_lines(self._layout.readings(self._partition)) as file,
            Claims(self._layout.claims(self._partition, self._terms.ending)) as shown,
        ):
            for position, result in enumerate(results):
                records += 1
                if "aside" in result:
                    aside.append({**self._number(position), "place": result["place"], **result["aside"]})
                    continue
                claims += len(result["kept"])
                file.write(json_line({"number": result["number"], "claims": result["kept"]}))
                shown.add({**result["shown"], "also_published_by": [one.to_json() for one in also.get(result["number"], ())]})
        keep_json(self._layout.done(Phase.READ, self._partition), {"records": records, "claims": claims, "aside": aside})
        return Done(partition=self._partition, records=records, aside=len(aside), claims=claims)

    def _number(self, position: int) -> dict[str, int]:
        """The number of the document at a position among those that stand; nothing past the last that can be had."""
        lines = standing(self._layout, self._partition, keep_twins=self._terms.keep_twins)
        line = next(islice(lines, position, None), None)
        return {"number": line["number"]} if line else {}


def standing(layout: Layout, partition: int, *, keep_twins: bool) -> Iterator[Line]:
    """The surveyed documents of a partition that are read, in order."""
    reprints = frozenset() if keep_twins else elsewhere(layout, partition).reprints
    return (line for line in lines(layout.documents(partition)) if "text" in line and line["number"] not in reprints)


def claims_kept(layout: Layout, partition: int) -> Iterator[tuple[int, tuple[Claim, ...]]]:
    """The number of each document of a partition that was read, with its claims as the reader gave them, in order."""
    for line in lines(layout.readings(partition)):
        kept = (one.encode("utf-8", "surrogatepass") for one in line["claims"])
        yield line["number"], tuple(decode(Claim, one) for one in kept)


def _result(line: Line, reading: Reading) -> Result:
    told = reading_to_json(reading)
    shown = {
        "id": told["id"],
        "place": line["place"],
        "document": line["document"],
        "published": line["published"],
        "outlet": line["outlet"],
        "url": line["url"],
        "claims": told["claims"],
        "problems": [*line.get("problems", ()), *told["problems"]],
    }
    kept = [encode(claim).decode("utf-8", "surrogatepass") for claim in reading.claims]
    return {"number": line["number"], "shown": shown, "kept": kept}


@cache
def ready() -> Reader:
    """The reader of this process, loaded: the model and the gazetteer stay, and the garbage collector lets them be."""
    from whoholds.pipeline import Reader  # brings in the language model; surveys do without

    reader = Reader()
    reader.read(Document(text=_WARMING, language="en"))
    gc.collect()
    gc.freeze()  # looking through what is loaded again and again took 5 to 10 % of the time
    return reader

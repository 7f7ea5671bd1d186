"""A run from the sources to the summary: the phases in order, each where it is not done yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from whoholds.corpora.elsewhere import elsewhere, find_twins
from whoholds.corpora.keeping import clear_drafts, json_line, keep_json, kept_lines, locked, read_json
from whoholds.corpora.layout import Layout
from whoholds.corpora.plan import changed, make_plan, partitions, set_aside
from whoholds.corpora.records import NO_LOSS
from whoholds.corpora.standing_in import stand_in
from whoholds.corpora.tasks import Done, Phase, StoppedError, Task, Workforce
from whoholds.corpora.terms import Terms, agree, refuse_others

Json = dict[str, Any]


class Tell(Protocol):
    """Hears how far a run is."""

    def begin(self, words: str, *, of: int | None = None, documents: int | None = None) -> None:
        """Something begins: how many partitions and documents it has to do; None where that is not known."""
        ...

    def step(self, done: Done) -> None:
        """A partition is done."""
        ...

    def remark(self, message: str, hint: str) -> None:
        """Something people should know, which stops nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished run: its summary, and whether there was nothing left to do."""

    summary: Json
    already: bool


def run(layout: Layout, terms: Terms, workforce: Workforce, tell: Tell) -> Ran:
    """Read what the terms name into the folder, from where an earlier run on the same terms ended, if one did.

    The files are the same, byte for byte, whoever does the tasks and however often it was interrupted. Raises StoppedError
    where it cannot go on, and OSError where the folder cannot be written.
    """
    refuse_others(layout)
    with locked(layout.lock) as ours:
        if not ours:
            hint = "wait for it to end; one run at a time reads into a folder"
            raise StoppedError(f"another process is reading into {layout.folder}", hint)
        _forget_empty(layout, terms)
        agree(layout, terms)
        clear_drafts([layout.folder, *layout.parted])
        if layout.summary.exists():
            _tell_changes(layout, tell)
            return Ran(read_json(layout.summary), True)
        tell.begin("looking at the sources")
        make_plan(layout, terms)
        count = partitions(layout)
        _survey(layout, terms, count, workforce, tell)
        if not layout.twins.exists():
            tell.begin("looking for twins")
        find_twins(layout, count)
        _read(layout, terms, count, workforce, tell)
        return Ran(_sum_up(layout, terms, count), False)


def _forget_empty(layout: Layout, terms: Terms) -> None:
    """Begin anew where nothing that could be read was named: a name or column told right is worth no other folder."""
    if layout.plan.exists() and not partitions(layout):
        layout.summary.unlink(missing_ok=True)
        layout.twins.unlink(missing_ok=True)
        keep_json(layout.run, terms.to_json())
        layout.plan.unlink()


def _survey(layout: Layout, terms: Terms, count: int, workforce: Workforce, tell: Tell) -> None:
    if all(layout.done(Phase.SURVEY, partition).exists() for partition in range(count)):
        _tell_changes(layout, tell)  # they are needed no more
        return
    changed(layout)
    _perform(Phase.SURVEY, layout, terms, count, workforce, tell)


def _read(layout: Layout, terms: Terms, count: int, workforce: Workforce, tell: Tell) -> None:
    _perform(Phase.READ, layout, terms, count, workforce, tell)
    while not terms.keep_twins and stand_in(layout, count):
        _perform(Phase.READ, layout, terms, count, workforce, tell)


def _tell_changes(layout: Layout, tell: Tell) -> None:
    try:
        changed(layout)
    except StoppedError as error:
        tell.remark(f"{error.message}, and what was read is not", "to read what there is now, name another folder with --out")


def _perform(phase: Phase, layout: Layout, terms: Terms, count: int, workforce: Workforce, tell: Tell) -> None:
    """Do a phase of the partitions of which it is not done."""
    left = [partition for partition in range(count) if not layout.done(phase, partition).exists()]
    if not left:
        return
    words = {Phase.SURVEY: "surveying", Phase.READ: "reading"}[phase]
    documents = _to_read(layout, left, keep_twins=terms.keep_twins) if phase is Phase.READ else None
    tell.begin(words, of=len(left), documents=documents)
    for done in workforce.perform(Task(str(layout.folder), phase, partition) for partition in left):
        tell.step(done)


def _to_read(layout: Layout, left: list[int], *, keep_twins: bool) -> int:
    """How many documents stand to be read in some partitions."""
    relevant = (int(read_json(layout.done(Phase.SURVEY, partition))["relevant"]) for partition in left)
    return sum(relevant) - (0 if keep_twins else sum(len(elsewhere(layout, partition).reprints) for partition in left))


def _sum_up(layout: Layout, terms: Terms, count: int) -> Json:
    """Gather what was set aside, and count; the summary is written last, and where it stands the run is finished."""
    reasons: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    with kept_lines(layout.aside) as file:
        for aside in _aside(layout, count, counts.update):
            reasons[aside["code"]] += 1
            file.write(json_line(aside))
    passed_over = sum(told["code"] in NO_LOSS for told in set_aside(layout))
    surveyed = counts["survey records"] - counts["survey aside"]
    summary = {
        "partitions": count,
        "records": counts["survey records"],
        "documents": surveyed,
        "other_languages": counts["survey foreign"],
        "not_relevant": surveyed - counts["survey foreign"] - counts["survey relevant"],
        "relevant": counts["survey relevant"],
        "printed_elsewhere": sum(len(elsewhere(layout, partition).reprints) for partition in range(count)),
        "read": counts["read records"] - counts["read aside"],
        "claims": counts["read claims"],
        "passed_over": passed_over,
        "set_aside": {"total": reasons.total(), "reasons": dict(sorted(reasons.items()))},
    }
    keep_json(layout.summary, summary)
    return summary


def _aside(layout: Layout, count: int, add: Callable[[dict[str, int]], None]) -> Iterator[Json]:
    """What was set aside, by phase and partition; counts are handed to `add` on the way."""
    for told in set_aside(layout):
        if told["code"] not in NO_LOSS:
            yield {"phase": "plan", **told}
    for phase in Phase:
        for partition in range(count):
            done = read_json(layout.done(phase, partition))
            aside = done.pop("aside")
            add({f"{phase.value} {name}": number for name, number in done.items()} | {f"{phase.value} aside": len(aside)})
            for told in aside:
                yield {"phase": phase.value, "partition": partition, **told}

"""Reprints that stand in: where the report that was to be read for others was set aside, the others are read after all.

What a process dies over need not be in every copy: the first may have a headline or a paragraph more. So those of a group that
were not set aside are looked at again among themselves, and their first ones are read. What is worked out hangs on nothing but
the groups of twins and what was set aside, so that it is the same after any interruption.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from whoholds.corpora.elsewhere import Elsewhere, elsewhere, keep_elsewhere
from whoholds.corpora.keeping import lines, read_json
from whoholds.corpora.layout import Layout
from whoholds.corpora.rows import Line, Printed, surveyed_in
from whoholds.corpora.tasks import Phase
from whoholds.corpora.twins import twins

Place = tuple[int, int]  # partition and number


def stand_in(layout: Layout, partitions: int) -> bool:
    """Let reprints stand in for reports that were set aside in reading; whether there are partitions to be read again."""
    lost = {(partition, number) for partition in range(partitions) for number in _set_aside(layout, partition)}
    if not lost:
        return False
    standing: dict[int, dict[int, tuple[Printed, ...]]] = defaultdict(dict)
    for group in lines(layout.twins):
        first, *others = ((told["partition"], told["number"]) for told in (group["first"], *group["others"]))
        if first in lost:
            for (partition, number), also in _regrouped(layout, [other for other in others if other not in lost]):
                standing[partition][number] = also
    return sum(_told(layout, partition, found) for partition, found in sorted(standing.items())) > 0


def _set_aside(layout: Layout, partition: int) -> Iterator[int]:
    return (told["number"] for told in read_json(layout.done(Phase.READ, partition))["aside"] if "number" in told)


def _regrouped(layout: Layout, reprints: Iterable[Place]) -> Iterator[tuple[Place, tuple[Printed, ...]]]:
    """Which of some reprints are read when their first is not, and where each of these stands as well."""
    found = {(partition, line["number"]): line for partition, line in _lines(layout, reprints)}
    surveyed = (surveyed_in(partition, line) for (partition, _), line in found.items())
    for group in twins(surveyed, layout.folder):
        others = [(twin.report.partition, twin.report.number) for twin in group.others]
        yield (group.first.partition, group.first.number), tuple(Printed.of(found.pop(other)) for other in others)
        del found[group.first.partition, group.first.number]
    yield from ((place, ()) for place in found)


def _lines(layout: Layout, places: Iterable[Place]) -> Iterator[tuple[int, Line]]:
    numbers: dict[int, set[int]] = defaultdict(set)
    for partition, number in places:
        numbers[partition].add(number)
    for partition in sorted(numbers):
        surveyed: Iterator[dict[str, Any]] = lines(layout.documents(partition))
        yield from ((partition, line) for line in surveyed if line["number"] in numbers[partition])


def _told(layout: Layout, partition: int, standing: dict[int, tuple[Printed, ...]]) -> bool:
    """Keep what stands in of a partition, which is to be read again; False where that is so already."""
    before = elsewhere(layout, partition)
    also = before.also | {number: others for number, others in standing.items() if others}
    now = Elsewhere(before.reprints - standing.keys(), also)
    if now == before:
        return False
    layout.done(Phase.READ, partition).unlink(missing_ok=True)  # first: what was read before is not all of it
    keep_elsewhere(layout, partition, now)
    return True

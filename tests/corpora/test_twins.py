"""Groups of reports of which one tells all."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.articles import from_text
from whoholds.corpora.signatures import signature
from whoholds.corpora.surveyed import Surveyed
from whoholds.corpora.twins import DAYS_APART, Group, group_to_json, twins

DAY = date(2025, 1, 28)
SENTENCES = [
    "Rebels entered the town of Sake on Monday, two officers said.",
    "The army denied that it had lost the airport of Goma.",
    "At least 40 people were killed by shells in the camp near the lake.",
    "Rwanda must withdraw its troops by March 15 under the deal, the mediator said.",
    "Talks in Doha were put off for a week at the request of Kinshasa.",
    "Peacekeepers from South Africa guard the road to the north.",
]


def surveyed(text: str, number: int = 0, *, partition: int = 0, published: date | None = DAY, **told: str) -> Surveyed:
    document = from_text(text)
    return Surveyed(
        partition=partition, number=number, id=document.id, published=published, signature=signature(document), **told
    )


def places(groups: list[Group]) -> list[tuple[int, list[int]]]:
    return [(group.first.number, [twin.report.number for twin in group.others]) for group in groups]


def long(*numbers: int) -> str:
    return "\n\n".join(SENTENCES[number] for number in numbers)


def test_the_earliest_is_read_and_tells_where_else_it_stands() -> None:
    text = long(0, 1, 2)
    reports = [
        surveyed(text, 7, partition=1, published=DAY + timedelta(days=1), outlet="Late Post", url="https://late.example/1"),
        surveyed(text, 3, partition=2, outlet="Second", url="https://second.example/1"),
        surveyed(text, 9, partition=1, outlet="First", url="https://first.example/1"),
        surveyed(long(3, 4), 5),
    ]
    (group,) = twins(reports)
    assert group_to_json(group)["first"] == {
        "partition": 1,
        "number": 9,
        "id": reports[0].id,
        "published": "2025-01-28",
        "outlet": "First",
        "url": "https://first.example/1",
    }
    assert [(other["outlet"], other["likeness"]) for other in group_to_json(group)["others"]] == [
        ("Second", 1),
        ("Late Post", 1),
    ]


def test_of_one_day_the_one_that_tells_most_is_read() -> None:
    assert places(list(twins([surveyed(long(0, 1, 2, 3), 1), surveyed(long(0, 1, 2, 3, 4), 2)]))) == [(2, [1])]


def test_a_longer_report_of_a_later_day_is_read_too() -> None:
    later = DAY + timedelta(days=1)
    assert places(list(twins([surveyed(long(0, 1, 2), 1), surveyed(long(0, 1, 2, 3), 2, published=later)]))) == []


def test_an_updated_report_is_no_twin() -> None:
    text = long(0, 1, 2, 3, 4, 5)
    assert places(list(twins([surveyed(text, 1), surveyed(text.replace("40", "43"), 2)]))) == []


@pytest.mark.parametrize(("days", "twin"), [(0, True), (DAYS_APART, True), (DAYS_APART + 1, False)])
def test_a_copy_is_a_twin_as_long_as_the_weekdays_mean_the_same(days: int, twin: bool) -> None:
    found = list(twins([surveyed(long(0, 1), 1), surveyed(long(0, 1), 2, published=DAY + timedelta(days=days))]))
    assert bool(found) is twin


def test_an_undated_copy_is_a_twin_of_a_dated_one_and_never_its_first() -> None:
    text = long(0, 1)
    assert places(list(twins([surveyed(text, 1, published=None), surveyed(text, 2), surveyed(text, 3, published=None)]))) == [
        (2, [1, 3])
    ]


def test_a_twin_of_a_twin_published_too_late_for_the_first_is_read() -> None:
    whole, shorter = long(0, 1, 2, 3, 4), long(0, 1, 2, 3)
    reports = [surveyed(whole, 1), surveyed(shorter, 2, published=DAY + timedelta(days=4))]
    late = surveyed(shorter, 3, published=DAY + timedelta(days=8))
    found = list(twins([*reports, late]))
    assert places(found) == [(1, [2])]


def test_nothing_gives_nothing(tmp_path: Path) -> None:
    assert list(twins([], tmp_path)) == []
    assert list(twins([surveyed("", 1), surveyed("", 2)], tmp_path)) == []
    assert list(tmp_path.iterdir()) == []


def test_many_of_one_pattern_are_told_apart_quickly() -> None:
    pattern = long(*range(6))
    reports = [surveyed(pattern.replace("40", str(100 + i)), i) for i in range(200)]
    assert places(list(twins([*reports, surveyed(pattern.replace("40", "250"), 400)]))) == [(150, [400])]


stories = st.lists(st.sampled_from(range(len(SENTENCES))), min_size=1, max_size=6, unique=True)
days = st.none() | st.integers(0, 12).map(lambda count: DAY + timedelta(days=count))


@settings(max_examples=35, deadline=None)
@given(st.lists(st.tuples(stories, days), max_size=12), st.randoms(use_true_random=False))
def test_the_order_in_which_they_come_does_not_matter_and_nothing_told_is_lost(
    made: list[tuple[list[int], date | None]], order: random.Random
) -> None:
    told = {number: set(story) for number, (story, _) in enumerate(made)}
    reports = [surveyed(long(*story), number, published=day) for number, (story, day) in enumerate(made)]
    found = list(twins(reports))
    order.shuffle(reports)
    assert list(twins(reports)) == found
    for group in found:
        for twin in group.others:
            assert told[twin.report.number] <= told[group.first.number]
    members = [report.number for group in found for report in (group.first, *(twin.report for twin in group.others))]
    assert len(members) == len(set(members))

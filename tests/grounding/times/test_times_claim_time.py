"""The time of a claim from the expressions of its clause, as the gold guide settles it."""

from __future__ import annotations

import pytest

from tests.grounding.times.reading import times_in
from whoholds.grounding.times import Relation, claim_time


@pytest.mark.parametrize(
    ("clause", "edtf"),
    [
        ("held since 1994", "1994/.."),
        ("held since mid-October", "2020-10-15~/.."),
        ("held since late August", "2020-08-21~/.."),
        ("fell two weeks ago", "2020-11-11~"),
        ("fell last week", "2020-11-16/2020-11-22"),
        ("shelled overnight", "2020-11-24/2020-11-25"),
        ("shelled from Monday to Wednesday", "2020-11-23/2020-11-25"),
        ("shelled between 2 and 5 May", "2020-05-02/2020-05-05"),
        ("shelled from 2 May until 5 May", "2020-05-02/2020-05-05"),
        ("shelled on 11 and 12 November", "2020-11-11/2020-11-12"),
        ("shelled on 3, 4 and 5 May 2020", "2020-05-03/2020-05-05"),
        ("shelled November 11-12", "2020-11-11/2020-11-12"),
        ("the war of 1914-18", "1914/1918"),
        ("stays until December 1", "../2020-12-01"),
        ("left by November 15", "../2020-11-15"),
        ("left before 10 May 2019", "../2019-05-10"),
        ("came early on Friday", "2020-11-20"),
        ("came before dawn on Wednesday", "2020-11-25"),
        ("came by noon", "2020-11-25"),
        ("held since the early hours of Tuesday", "2020-11-24/.."),
        ("lost seven km in the past day", "2020-11-24/2020-11-25"),
        ("they hold it now", "../2020-11-25"),
        ("it fell in 2011, on 5 May 2011", "2011-05-05"),
        ("after 2014 it was theirs", "2014/.."),
        ("on Monday they moved the day to June 2021", "2020-11-23"),
        ("about 5 May 2020 it fell", "2020-05-05~"),
        ("freed two weeks after 10 November 2020", "2020-11-24"),
        ("on the night of November 14-15", "2020-11-14/2020-11-15"),
        ("in the second half of 2019 it fell", "2019-07/2019-12"),
    ],
)
def test_time_of_a_clause(clause: str, edtf: str) -> None:
    when = claim_time(times_in(clause))
    assert when is not None
    assert when.edtf == edtf


@pytest.mark.parametrize("clause", ["", "it fell", "for five years", "every Monday", "several years ago"])
def test_no_resolved_time_is_none(clause: str) -> None:
    assert claim_time(times_in(clause)) is None


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("since 1994", Relation.SINCE),
        ("till Monday", Relation.UNTIL),
        ("no later than 5 May", Relation.BY),
        ("prior to 2014", Relation.BEFORE),
        ("following 5 May 2019", Relation.AFTER),
        ("within 30 days", Relation.WITHIN),
        ("for nearly five years", Relation.FOR),
        ("throughout 2015", Relation.DURING),
        ("over the past week", Relation.DURING),
        ("since early on Friday", Relation.SINCE),
        ("put off to 5 May 2021", Relation.TO),
        ("in 2014", Relation.NONE),
        ("they came and on Monday left", Relation.NONE),
    ],
)
def test_relation_is_the_word_before(text: str, relation: Relation) -> None:
    assert [time.relation for time in times_in(text)] == [relation]

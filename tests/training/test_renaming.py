"""Other names in the same sentences: everything stays aligned, and trees keep their length."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.examples import Example, Syntax
from training.renaming import Names, mentions, renamed


def example(words: str, tags: str, tree: bool = False) -> Example:
    forms = tuple(words.split())
    syntax = Syntax(forms, forms, tuple(range(len(forms))), forms) if tree else None
    return Example(forms, tuple(tags.split()), (True, *(False for _ in forms[1:])), syntax)


OWN = [
    example("Free Army men met Jon Snow", "B-ORG I-ORG O O B-PERSON I-PERSON"),
    example("UN men met Ann", "B-ORG O O B-PERSON"),
    example("on Monday", "O B-DATE"),
    example("in Minova", "O B-LOC"),
]


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(OWN)


def test_mentions() -> None:
    assert mentions(OWN[0]) == [(0, 2, "ORG"), (4, 6, "PERSON")]
    assert mentions(example("Homs Hama City fell", "B-LOC B-LOC I-LOC O")) == [(0, 1, "LOC"), (1, 3, "LOC")]
    assert mentions(replace(OWN[1], tags=(None, "O", "I-ORG", "B-PERSON"))) == [(3, 4, "PERSON")]


def test_names_come_from_the_texts_and_places_from_the_towns_of_the_world_too(names: Names) -> None:
    rng = random.Random(0)
    assert {names.other("PERSON", None, rng) for _ in range(60)} == {("Jon", "Snow"), ("Ann",)}
    assert {names.other("ORG", 2, rng) for _ in range(20)} == {("Free", "Army")}
    assert names.other("ORG", 5, rng) is None
    towns = {names.other("LOC", 2, rng) for _ in range(400)}
    assert len(towns) > 100
    assert {len(town) for town in towns if town} == {2}


def test_a_name_without_a_tree_may_change_its_length(names: Names) -> None:
    found = {renamed(OWN[1], names, random.Random(seed), share=1.0) for seed in range(40)}
    assert {other.words for other in found} == {
        (*org, "men", "met", *person) for org in (("UN",), ("Free", "Army")) for person in (("Ann",), ("Jon", "Snow"))
    }
    longest = max(found, key=len)
    assert longest.tags == ("B-ORG", "I-ORG", "O", "O", "B-PERSON", "I-PERSON")
    assert longest.starts == (True, *[False] * 5)


def test_capitals_stay_capitals(names: Names) -> None:
    shouted = example("MINOVA fell", "B-LOC O")
    assert all(renamed(shouted, names, random.Random(seed), share=1.0).words[0].isupper() for seed in range(20))


def test_dates_and_what_nobody_marked_stay(names: Names) -> None:
    for kept in (OWN[2], replace(OWN[2], tags=("O", None))):
        assert renamed(kept, names, random.Random(0), share=1.0) == kept


def test_about_the_share_is_renamed(names: Names) -> None:
    place = example("Qamishli", "B-LOC", tree=True)
    other = sum(renamed(place, names, random.Random(seed)) != place for seed in range(1000))
    assert 250 < other < 350


@given(
    st.lists(
        st.tuples(st.sampled_from(["Goma", "ARMY", "x"]), st.sampled_from([None, "O", "B-LOC", "I-LOC", "B-ORG", "B-PERSON"]))
    ),
    st.booleans(),
    st.sampled_from([0.3, 1.0]),
    st.integers(0, 999),
)
def test_words_and_tags_stay_aligned(
    names: Names, rows: list[tuple[str, str | None]], tree: bool, share: float, seed: int
) -> None:
    before = replace(example(" ".join(word for word, _ in rows), "", tree), tags=tuple(tag for _, tag in rows))
    after = renamed(before, names, random.Random(seed), share)
    assert len(after.words) == len(after.tags)
    assert after.starts is not None
    assert len(after.starts) == max(len(after), 1)
    assert [label for _, _, label in mentions(after)] == [label for _, _, label in mentions(before)]
    if tree:
        assert after.syntax is before.syntax
        assert len(after) == len(before)


def test_a_name_that_begins_a_sentence_still_does(names: Names) -> None:
    two = replace(example("Go . UN men left", "O O B-ORG O O"), starts=(True, False, True, False, False))
    for seed in range(20):
        other = renamed(two, names, random.Random(seed), share=1.0)
        assert other.starts is not None
        assert [i for i, start in enumerate(other.starts) if start] == [0, 2]
        assert len(other.starts) == len(other)

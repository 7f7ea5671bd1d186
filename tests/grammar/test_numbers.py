"""Counts as ranges, from digits and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grammar.build import parsed, word
from whoholds.grammar.numbers import casualties, count, counts, number, phrase_count
from whoholds.model import Count


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("7", 7),
        ("1,200", 1_200),
        ("1\u00a0200", 1_200),
        ("30 thousand", 30_000),
        ("1.5 million", 1_500_000),
        ("zero", 0),
        ("nineteen", 19),
        ("twenty-three", 23),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("three dozen", 36),
        ("a hundred", 100),
        ("two hundred and five", 205),
        ("two hundred thousand", 200_000),
        ("one million two hundred thousand and six", 1_200_006),
        ("Forty", 40),
        ("several", None),
        ("and", None),
        ("", None),
        ("rebels", None),
    ],
)
def test_number(words: str, value: int | None) -> None:
    assert number(words) == value


@given(st.integers(0, 10**9))
def test_digits_with_commas_are_read_back(value: int) -> None:
    assert number(f"{value:,}") == number(str(value)) == value


@given(st.integers(1, 999_999).filter(lambda value: not 1800 <= value <= 2099))
def test_counts_of_digits_are_read_back(value: int) -> None:
    assert count(f"{value:,} people") == Count(value, value)
    assert count(f"at least {value:,} people") == Count(value, None)
    assert count(f"up to {value:,} people") == Count(None, value)


@given(st.text(max_size=60))
def test_any_text_gives_counts_in_order_inside_it(words: str) -> None:
    last = 0
    for start, end, _ in counts(words):
        assert last <= start < end <= len(words)
        last = end


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("14 people", Count(14, 14)),
        ("more than 100 soldiers", Count(100, None)),
        ("no fewer than 108 people", Count(108, None)),
        ("as many as 20 fighters", Count(None, 20)),
        ("nearly 50 people", Count(None, 50)),
        ("about 300 men", Count(300, 300)),
        ("between 30 and 40 people", Count(30, 40)),
        ("between three and five farmers", Count(3, 5)),
        ("two hundred and five farmers", Count(205, 205)),
        ("30 to 35 soldiers", Count(30, 35)),
        ("five or six men", Count(5, 6)),
        ("dozens of villagers", Count(24, 99)),
        ("scores of men", Count(40, 199)),
        ("hundreds and possibly thousands of people", Count(200, 9_999)),
        ("tens of thousands of people", Count(20_000, 99_999)),
        ("several people", None),
        ("some villagers", None),
        ("in 2012", None),
        ("5 percent of them", None),
        ("a 3 km march", None),
        ("", None),
    ],
)
def test_count(words: str, told: Count | None) -> None:
    assert count(words) == told


GAPS = [
    ("twenty-three people", Count(23, 23), "the hyphen is read as that of a range"),
    ("a 12-year-old boy", None, "the digit before '2-year' is counted"),
    ("55 percent of them", None, "the digit before '5 percent' is counted"),
]


@pytest.mark.parametrize(
    ("words", "told"), [pytest.param(w, t, marks=pytest.mark.xfail(reason=why, strict=False)) for w, t, why in GAPS]
)
def test_counts_not_read_yet(words: str, told: Count | None) -> None:
    assert count(words) == told


def test_counts_give_their_characters() -> None:
    words = "killed 12 people and wounded at least 30"
    assert [(words[start:end].strip(), told) for start, end, told in counts(words)] == [
        ("12", Count(12, 12)),
        ("at least 30", Count(30, None)),
    ]


@pytest.mark.parametrize(
    ("words", "killed", "injured"),
    [
        ("20 fighters killed", Count(20, 20), None),
        ("2,600 injured", None, Count(2_600, 2_600)),
        ("killing 12 and wounding 30", Count(12, 12), Count(30, 30)),
        ("between 20 and 30 people died", Count(20, 30), None),
        ("12 people were killed in Bor", Count(12, 12), None),
        ("at least 4 dead", Count(4, None), None),
        ("12 villages burned", None, None),
        ("", None, None),
        pytest.param(
            "five people and wounded dozens",
            None,
            Count(24, 99),
            marks=pytest.mark.xfail(reason="the number is tied over 'and' to the next verb", strict=False),
        ),
    ],
)
def test_casualties_by_position(words: str, killed: Count | None, injured: Count | None) -> None:
    assert casualties(words) == (killed, injured)


@pytest.mark.parametrize(
    ("line", "head", "told"),
    [
        ("killed/VBD/root>0 14/CD/nummod>3 people/NNS/obj>1", "people", Count(14, 14)),
        ("killed/VBD/root>0 a/DT/det>3 soldier/NN/obj>1", "soldier", Count(1, 1)),
        ("killed/VBD/root>0 soldiers/NNS/obj>1", "soldiers", None),
        ("killed/VBD/root>0 a/DT/det>3 crowd/NN/obj>1", "crowd", None),
        ("killed/VBD/root>0 him/PRP/obj>1", "him", Count(1, 1)),
        ("killed/VBD/root>0 dozens/NNS/obj>1 of/IN/case>4 people/NNS/nmod>2", "dozens", Count(24, 99)),
        (
            "killed/VBD/root>0 people/NNS/obj>1 in/IN/case>5 14/CD/nummod>5 towns/NNS/nmod>2",
            "people",
            None,
        ),
        (
            "at/IN/case>2 least/JJS/advmod>5 14/CD/nummod>4 people/NNS/nsubj>5 died/VBD/root>0",
            "people",
            Count(14, None),
        ),
    ],
)
def test_phrases(line: str, head: str, told: Count | None) -> None:
    sentence = parsed(line)
    text = " ".join(token.text for token in sentence.tokens)
    assert phrase_count(word(sentence, head), text) == told

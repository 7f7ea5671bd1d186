"""Histories: the year that a month or season gets, and what only histories are read for."""

from __future__ import annotations

from datetime import date

import pytest

from tests.grounding.times.reading import parsed, sentences_of
from whoholds.grounding.times import find_times
from whoholds.grounding.times.chronology import Chronology, is_heading, looks_back, year_ahead
from whoholds.language.sentence import Sentence
from whoholds.model import Document

PUBLISHED = date(2015, 3, 1)
FOREWORD = "It began in 1890. It was settled in 1895. By 1896 all was quiet. In 1897 it ended."


def told(story: str) -> list[tuple[str, str]]:
    """Words and values of the times in a history, without those of its foreword, which makes it one."""
    text = f"{FOREWORD}\n\n{story}"
    found, _ = find_times(Document(text=text, published=PUBLISHED), sentences_of(text))
    return [(time.span.quote, time.value) for time in found if time.span.start > len(FOREWORD)]


@pytest.mark.parametrize(
    ("story", "words", "value"),
    [
        ("War came in May 1914. In August the town fell.", "August", "1914-08"),
        ("War came in October 1914. In February the town fell.", "February", "1915-02"),
        ("War came in March 1917. The party rose in November.", "November", "1917-11"),
        ("In May 1914 war came. A pact (1902) bound them. In August the town fell.", "August", "1914-08"),
        (
            "On 2 May 1914 war came. They had met on 3 June 1902 and on 4 July 1902. On 9 August it fell.",
            "9 August",
            "1902-08-09",
        ),
        ("In December 1914 they came, and in winter many died.", "winter", "1915-WI"),
        ("The winter of 1915 was cold.", "The winter of 1915", "1915-WI"),
        ("War came in 1914. In the spring of 1915 they lost; in May the line broke.", "May", "1915-05"),
        ("They fought in August and September 1916.", "August", "1916-08"),
        ("They fought from December to January 1916.", "December", "1915-12"),
        ("Campaign of 1920\n\nIn July the front broke.", "July", "1920-07"),
        ("In 1915 they came. Later in the year they left.", "Later in the year", "1915"),
        ("In October 1915 they came. The club of '99 was gone.", "'99", "1899"),
    ],
)
def test_year_of_the_story(story: str, words: str, value: str) -> None:
    assert (words, value) in told(story)


def test_an_aside_in_brackets_weighs_less_than_the_story() -> None:
    text = "On 3 May they met (April 1790)."
    chronology = Chronology()
    sentence = sentences_of(text)[0]
    chronology.mark(text, sentence, 3, 8, 1793, 5, back=False)
    chronology.mark(text, sentence, 19, 29, 1790, 4, back=False)
    found = chronology.year_of(8, 0)
    assert found is not None
    assert found[0] == 1793
    assert (found[1].year, found[1].month) == (1793, 5)


def test_no_year_before_any_is_told() -> None:
    assert Chronology().year_of(5, 0) is None


@pytest.mark.parametrize(
    ("text", "month", "year"),
    [
        (" and September 1914", 8, 1914),
        ("–January 1946", 12, 1945),
        (" - 4 August 1952", 6, 1952),
        (" and January 16, 1936", 1, 1936),
        (" to the 3rd of May 1920", 4, 1920),
        (". May 1920", 4, None),
        (" and may 1920 times", 4, None),
        (" 1920", 4, None),
    ],
)
def test_year_told_at_the_end_of_a_range(text: str, month: int, year: int | None) -> None:
    assert year_ahead(text, 0, month) == year


@pytest.mark.parametrize(
    ("text", "heading"),
    [("Campaign of 1905\n\nIt went on.", True), ("It went on.", False), ("He said:", False), ("", False)],
)
def test_headings(text: str, heading: bool) -> None:
    sentence = next(iter(sentences_of(text)), Sentence([], []))
    assert is_heading(text, sentence) is heading


ATTRIBUTE = "the/DET/DT/det/3 {}/ADJ/JJ/amod/3 minister/NOUN/NN/nsubj/4 left/VERB/VBD/root/0"


@pytest.mark.parametrize(("word", "value"), [("former", "PAST_REF"), ("future", "FUTURE_REF"), ("present", "PRESENT_REF")])
def test_adjectives_of_time_are_read_in_histories_only(word: str, value: str) -> None:
    text, sentence = parsed(ATTRIBUTE.format(word))
    news, _ = find_times(Document(text=text, published=PUBLISHED), [sentence])
    assert news == []
    history = f"{text} {FOREWORD}"
    found, _ = find_times(Document(text=history, published=PUBLISHED), [sentence])
    assert [(time.span.quote, time.value) for time in found] == [(word, value)]


def test_seasons_in_names_are_of_the_story_and_before_things_of_any_year() -> None:
    def values(tagged: str) -> list[str]:
        text, sentence = parsed(tagged)
        document = Document(text=f"{text} {FOREWORD}", published=PUBLISHED)
        return [time.value for time in find_times(document, [sentence])[0]]

    told = "In/ADP/IN/case/2 1918/NUM/CD/obl/5 the/DET/DT/det/5"
    assert values(f"{told} Spring/PROPN/NNP/compound/5 Offensive/PROPN/NNP/root/0") == ["1918", "1918-SP"]
    assert values(f"{told} winter/NOUN/NN/compound/5 quarters/NOUN/NNS/root/0") == ["1918", "1918-WI"]
    assert values("They/PRON/PRP/nsubj/2 left/VERB/VBD/root/0 winter/NOUN/NN/compound/4 quarters/NOUN/NNS/obj/2") == ["XXXX-WI"]


@pytest.mark.parametrize(
    ("tagged", "back"),
    [
        ("they/PRON/PRP/nsubj/3 had/AUX/VBD/aux/3 left/VERB/VBN/root/0 in/ADP/IN/case/5 May/PROPN/NNP/obl/3", True),
        ("by/ADP/IN/case/2 May/PROPN/NNP/obl/5 they/PRON/PRP/nsubj/5 had/AUX/VBD/aux/5 left/VERB/VBN/root/0", False),
        ("they/PRON/PRP/nsubj/2 left/VERB/VBD/root/0 in/ADP/IN/case/4 May/PROPN/NNP/obl/2", False),
    ],
)
def test_a_past_perfect_looks_back_unless_it_tells_a_result(tagged: str, back: bool) -> None:
    text, sentence = parsed(tagged)
    start = text.index("May")
    assert looks_back(text, sentence, start, start + 3) is back


def test_what_looks_back_may_lie_before_the_story() -> None:
    text = "On 3 May 1876 they met."
    chronology = Chronology()
    chronology.mark(text, sentences_of(text)[0], 3, 13, 1876, 5, back=False)
    forwards, backwards = chronology.year_of(1, 0), chronology.year_of(1, 0, back=True)
    assert forwards is not None
    assert backwards is not None
    assert (forwards[0], backwards[0]) == (1877, 1876)

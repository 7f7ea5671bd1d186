"""Which reports are worth reading, before they are read."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.articles import from_text
from whoholds.corpora.relevance import RELEVANT, passages, relevance, words
from whoholds.model import Document

ROOT = Path(__file__).parent.parent.parent
IRRELEVANT = tomllib.loads((Path(__file__).parent / "irrelevant.toml").read_text("utf-8"))
WAR = "Rebels seized the town of Sake on Monday after two days of fighting in which 40 soldiers were killed, the army said."
DULL = IRRELEVANT["business"]["earnings"].strip()


def is_relevant(text: str) -> bool:
    return relevance(from_text(text)) >= RELEVANT


def with_claims() -> list[str]:
    rows = [json.loads(line) for path in sorted((ROOT / "examples").glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    return [
        row["text"] for row in [*rows, *(json.loads(path.read_text("utf-8")) for path in (ROOT / "tests/gold").glob("*.json"))]
    ]


@pytest.mark.parametrize("text", with_claims())
def test_the_projects_own_reports_are_relevant(text: str) -> None:
    assert is_relevant(text)


@pytest.mark.parametrize(
    "text",
    [
        WAR,
        WAR.upper(),
        "Kherson falls to Russian army",
        "ARMENIA MUST LEAVE LACHIN BY DECEMBER 1",
        "The deadline for the withdrawal of troops from the valley was extended to November 25.",
        "Both sides agreed to a ceasefire from midnight.",
        "9.14am\n\nDrone strike on bus depot kills two\n\n9.02am\n\nGood morning and welcome to our live blog.",
        "Oil markets rallied after the attack on the refinery, in which Houthi rebels fired 12 missiles and killed three men.",
        "Protesters stormed the parliament in Colombo and demanded that the president resign.",
    ],
)
def test_one_sentence_is_enough(text: str) -> None:
    assert is_relevant(text)


def test_a_paragraph_of_war_in_a_long_review_is_not_lost() -> None:
    assert not is_relevant(DULL)
    review = [DULL] * 100
    assert not is_relevant("\n\n".join(review))
    review.insert(50, WAR)
    assert is_relevant("\n\n".join(review))


def test_a_title_that_is_not_in_the_text_counts() -> None:
    assert relevance(Document(text=DULL)) < RELEVANT <= relevance(Document(text=DULL, title=WAR))


def test_more_is_asked_of_a_longer_text() -> None:
    stray = "The visitors seized the lead late in the game and held off one attack after another until the final whistle blew."
    assert is_relevant(stray)
    assert not is_relevant("\n\n".join([stray] * 5))
    assert is_relevant("\n\n".join([WAR] * 5))


def test_a_title_with_which_the_text_begins_counts_once() -> None:
    text = f"Kherson falls to Russian army\n\n{DULL}\n\n{DULL}"
    assert relevance(Document(text=text, title="Kherson falls to Russian army")) == relevance(Document(text=text))


@pytest.mark.parametrize(
    "text",
    [
        IRRELEVANT["sport"]["cycling"],
        IRRELEVANT["sport"]["boxing"],
        IRRELEVANT["sport"]["basketball"],
        IRRELEVANT["entertainment"]["film"],
        "The striker shot from the edge of the box in the second half and the ball flew past the goalkeeper for the only goal.",
        IRRELEVANT["business"]["shares"],
    ],
)
def test_words_of_war_in_sport_and_films_are_told_apart(text: str) -> None:
    assert not is_relevant(text)


def test_of_other_sections_no_more_than_a_quarter_is_read() -> None:
    reports = [text for section in IRRELEVANT.values() for text in section.values()]
    assert sum(map(is_relevant, reports)) <= len(reports) / 4


@pytest.mark.parametrize("text", ["", " \n", "1994 – 2020", "👩‍🚀", "\x00"])
def test_no_words_no_relevance(text: str) -> None:
    assert relevance(Document(text=text)) == 0.0


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab. \n", max_size=3000) | st.text(max_size=300))
def test_passages_cover_a_text_without_gaps(text: str) -> None:
    found = list(passages(text))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(0 < end - start <= 800 for start, end in found)
    assert 0.0 <= relevance(Document(text=text)) <= 1.0


def test_the_parts_of_a_hyphenated_word_count() -> None:
    assert words("Kalashnikov-armed Men") == {"kalashnikov-armed", "kalashnikov", "armed", "men"}


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_the_beginning_of_a_report_is_enough(count: int) -> None:
    text = (ROOT / "examples" / "handover.txt").read_text("utf-8")
    assert relevance(from_text("\n\n".join(text.split("\n\n")[:count]))) >= RELEVANT

"""Every rule against its corpus lines: what must be read, and how, and what must be left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.grounding.times.reading import times_in
from whoholds.grounding.times.finder import all_rules

CORPUS = tomllib.loads(Path(__file__).with_name("corpus.toml").read_text("utf-8"))
MUST = [(rule, *line) for rule, lines in CORPUS.items() for line in lines["must"] if line[3] != "none"]
UNREADABLE = [line[0] for lines in CORPUS.values() for line in lines["must"] if line[3] == "none"]
MUST_NOT = [text for lines in CORPUS.values() for text in lines.get("must_not", [])]


@pytest.mark.parametrize(("rule", "text", "words", "value", "edtf"), MUST, ids=[f"{line[0]}: {line[1]}" for line in MUST])
def test_wording_is_read(rule: str, text: str, words: str, value: str, edtf: str) -> None:
    found = {time.span.quote: time for time in times_in(text)}
    assert words in found
    time = found[words]
    assert (time.derivation.rule, time.value, time.when.edtf if time.when else "") == (rule, value, edtf)


@pytest.mark.parametrize("text", MUST_NOT)
def test_wording_is_left_alone(text: str) -> None:
    assert [time.span.quote for time in times_in(text)] == []


@pytest.mark.parametrize("text", UNREADABLE)
def test_times_outside_the_calendar_have_no_date(text: str) -> None:
    assert all(time.when is None for time in times_in(text))


def test_every_rule_has_corpus_lines() -> None:
    assert sorted({rule.name for rule in all_rules()}) == sorted(CORPUS)

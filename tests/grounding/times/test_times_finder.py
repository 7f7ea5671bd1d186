"""Finding as a whole: anchors, narratives, names, missing dates, and what holds for any text."""

from __future__ import annotations

import ast
import os
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grounding.times.reading import PUBLISHED, sentences_of, times_in
from whoholds.grounding import times
from whoholds.grounding.times import TimeExpression, find_times
from whoholds.grounding.times.narrative import is_narrative
from whoholds.model import Document

HISTORY = (
    "War broke out in 1904. The fleet sailed on 9 May 1904.\n\nOn 1 August the siege began. Two days later a fort fell."
    "\n\nIn January 1905 the town gave in. The treaty of 1905 ended it. By 1906 all had left."
)
NEWS = (
    "Troops left on Monday. War began in 1991 and by 1994 was over. A truce of 1994 held until 2016. They came back on 9 May."
)
WORDS = (
    "on the of in 31 5 11 2020 1994 1-2 , . November may May Monday early late last next this two weeks ago later year decades "
    "century first quarter noon 5:30 p.m. 24-hour overnight dawn a an and to until by half couple 99999999999 \n\n winter "
    "Easter Ramadan Eid al-Fitr GMT 0600 after before from the ceasefire months nights ( ) soon Spring fall former '99 "
    "'90s BC 15/11 é 😀 מחר night end mid- since within for hundred thousand 0 9999 1000 years' every each Christmas ² ٣ İ"
)
TEXTS = st.one_of(st.lists(st.sampled_from(WORDS.split(" ")), max_size=14).map(" ".join), st.text(max_size=60))
DAYS = st.one_of(st.none(), st.dates(), st.sampled_from([date.min, date.max]))


def values(found: list[TimeExpression]) -> dict[str, str]:
    return {expression.span.quote: expression.value for expression in found}


def test_a_history_hangs_dates_on_those_told() -> None:
    assert is_narrative(Document(text=HISTORY, published=date(2009, 12, 19)))
    found = values(times_in(HISTORY, date(2009, 12, 19)))
    assert found["1 August"] == "1904-08-01"
    assert found["Two days later"] == "1904-08-03"


def test_news_with_background_hangs_dates_on_publication() -> None:
    assert not is_narrative(Document(text=NEWS, published=PUBLISHED))
    assert values(times_in(NEWS))["9 May"] == "2020-05-09"


def test_without_publication_relative_times_stay_open_and_one_problem_says_so() -> None:
    document = Document(
        text="They left on Monday. They came last week, on 5 May. It fell on 6 June 2014; two days later they left."
    )
    found, problems = find_times(document, sentences_of(document.text))
    assert [problem.code for problem in problems] == ["no-publication-date"]
    assert values(found)["Monday"] == "XXXX-WXX-1"
    assert values(found)["last week"] == "XXXX-WXX"
    assert values(found)["5 May"] == "XXXX-05-05"
    assert values(found)["two days later"] == "2014-06-08"
    assert [expression.span.quote for expression in found if expression.when] == ["6 June 2014", "two days later"]


def test_absolute_dates_need_no_publication() -> None:
    document = Document(text="It fell on 6 June 2014.")
    found, problems = find_times(document, sentences_of(document.text))
    assert [expression.value for expression in found] == ["2014-06-06"]
    assert problems == []


def test_nothing_to_read() -> None:
    assert find_times(Document(text="", published=PUBLISHED), []) == ([], [])


def test_names_are_no_times() -> None:
    document = Document(text="Theresa May met them in May.", published=PUBLISHED)
    sentences = sentences_of(document.text)
    for token in sentences[0].tokens[:2]:
        token.entity = "PERSON"
    found, _ = find_times(document, sentences)
    assert [expression.span.start for expression in found] == [24]


def test_derivation_tells_rule_and_grounds() -> None:
    [found] = times_in("They left on Monday.")
    assert found.derivation.rule == "<day>"
    assert [(part.rule, part.value) for part in found.derivation.parts] == [
        ("day of publication", "2020-11-25"),
        ("tense", "unknown"),
    ]


def test_a_match_does_not_cross_paragraphs() -> None:
    assert values(times_in("They left in May\n\n2019 was worse.")) == {"May": "2020-05", "2019": "2019"}


@given(text=TEXTS, published=DAYS)
@settings(max_examples=250, deadline=None)
def test_any_text_gives_quoted_spans_in_order(text: str, published: date | None) -> None:
    document = Document(text=text, published=published)
    found, _ = find_times(document, sentences_of(text))
    ends = 0
    for expression in found:
        assert expression.span.quote == text[expression.span.start : expression.span.end]
        assert expression.span.start >= ends
        ends = expression.span.end


@given(texts=st.lists(TEXTS, min_size=2, max_size=3), published=DAYS)
@settings(max_examples=60, deadline=None)
def test_other_documents_and_their_order_do_not_matter(texts: list[str], published: date | None) -> None:
    documents = [Document(text=text, published=published) for text in texts]
    forwards = [find_times(document, sentences_of(document.text)) for document in documents]
    backwards = [find_times(document, sentences_of(document.text)) for document in reversed(documents)]
    assert forwards == backwards[::-1]


def test_no_module_asks_the_clock() -> None:
    """Names that read the clock or the local zone; `context.today()` is the day of publication."""
    clocks = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("date", "fromtimestamp")}
    for module in sorted(Path(times.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert (node.value.id, node.attr) not in clocks, f"{module.name}:{node.lineno}"
            if isinstance(node, ast.Import):
                assert not {alias.name for alias in node.names} & {"time", "datetime", "zoneinfo"}, module.name


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the platform cannot change its time zone")
@given(text=TEXTS)
@settings(max_examples=40, deadline=None)
def test_the_local_time_zone_does_not_matter(text: str) -> None:
    before, readings = os.environ.get("TZ"), []
    try:
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
            os.environ["TZ"] = zone
            time.tzset()
            readings.append(times_in(text))
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()
    assert readings[0] == readings[1]

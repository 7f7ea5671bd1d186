"""No parse, however odd, makes actors raise; every name is a quotation."""

from __future__ import annotations

import os
import time
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import report
from whoholds.grounding.actors import ActorContext

_WORDS = [
    "the",
    "Armenian",
    "army",
    "of",
    "Sudan",
    "'s",
    "RSF",
    "and",
    "two",
    "sides",
    "enemy",
    "group",
    "-",
    "backed",
    "Putin",
    ",",
    "(",
    "UN",
]
_WORDS += [
    "ministry",
    "members",
    "ethnic",
    "hands",
    "in",
    "its",
    "Wednesday",
    "rebel",
    "leader",
    "–",
    "😀",
    "الجيش",
    "General",
    "Smith",
    ".",
]
_WORDS += [
    "Taliban",
    "Hayat",
    "Tahrir",
    "al-Sham",
    "Azov",
    "Soviet",
    "troops",
    "sent",
    "refugees",
    "homes",
    "country",
    "spokesman",
    "2022",
    "police",
    "Janjaweed",
    "horsemen",
]
_UPOS = ["NOUN", "PROPN", "ADJ", "VERB", "DET", "PART", "PUNCT", "ADP", "NUM", "PRON", "X", "ADV", "CCONJ"]
_RELATIONS = ["nsubj", "obj", "amod", "compound", "flat", "conj", "case", "nmod", "nmod:poss", "root", "appos", "det", "punct"]
_LABELS = ["", "PERSON", "ORG", "LOC", "NORP"]


@st.composite
def lines(draw: st.DrawFn) -> str:
    count = draw(st.integers(1, 12))
    made = []
    for i in range(1, count + 1):
        word = draw(
            st.sampled_from(_WORDS)
            | st.text(st.characters(exclude_categories=("Z", "C"), exclude_characters="/="), min_size=1, max_size=5)
        )
        head = draw(st.integers(0, i - 1) | st.integers(0, count)) if i > 1 else 0
        label = draw(st.sampled_from(_LABELS))
        made.append(
            f"{word}/{draw(st.sampled_from(_UPOS))}/{draw(st.sampled_from(_RELATIONS))}>{head if head < i else 0}/{label}"
        )
    return " ".join(made)


@settings(max_examples=30, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=4))
def test_no_parse_raises_and_names_quote_the_text(drawn):
    document, sentences = report(*drawn)
    context = ActorContext(document, sentences)
    found = list(context.mentions())
    for sentence in sentences:
        for token in sentence.tokens:
            found += context.actors(token, sentence)
            found += filter(None, [context.actor(token, sentence)])
    for actor in found:
        assert actor.span is not None
        assert document.text[actor.span.start : actor.span.end] == actor.name
    starts = [actor.span.start for actor in context.mentions() if actor.span]
    assert starts == sorted(starts)
    assert all(problem.span and problem.span.quote for problem in context.problems())


@settings(max_examples=30, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=3))
def test_reading_twice_gives_the_same(drawn):
    document, sentences = report(*drawn)
    assert ActorContext(document, sentences).mentions() == ActorContext(document, sentences).mentions()


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[str], date | None, str | None]:
    days = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
    titles = st.none() | st.sampled_from(["", "Syria: army enters Idlib", "  ", "'s"])
    return draw(st.lists(lines(), min_size=1, max_size=3)), draw(days), draw(titles)


def _read(drawn: tuple[list[str], date | None, str | None]) -> tuple[list[object], list[object]]:
    document, sentences = report(*drawn[0], published=drawn[1], title=drawn[2])
    context = ActorContext(document, sentences)
    return list(context.mentions()), list(context.problems())


@settings(max_examples=30, deadline=None)
@given(documents(), documents())
def test_the_order_of_documents_does_not_matter(one, other):
    first = _read(one)
    _read(other)
    assert _read(one) == first


@settings(max_examples=30, deadline=None)
@given(documents(), st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"]))
def test_the_time_zone_does_not_matter(drawn, zone):
    before, told = os.environ.get("TZ"), _read(drawn)
    os.environ["TZ"] = zone
    time.tzset()
    try:
        assert _read(drawn) == told
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def test_the_clock_is_not_asked(monkeypatch):
    def no_clock(*_: object) -> float:
        raise AssertionError("the clock was asked")

    drawn = ["The/DET/det>2 Taliban/PROPN/nsubj>3/ORG ordered/VERB/root>0 schools/NOUN/obj>3"], None, None
    told = _read(drawn)
    for name in ("time", "time_ns", "localtime", "gmtime"):
        monkeypatch.setattr(time, name, no_clock)
    assert _read(drawn) == told


@settings(max_examples=30, deadline=None)
@given(documents())
def test_every_country_is_a_code_and_no_mention_overlaps_another(drawn):
    document, sentences = report(*drawn[0], published=drawn[1], title=drawn[2])
    found = ActorContext(document, sentences).mentions()
    assert all(actor.country is None or (len(actor.country) == 3 and actor.country.isupper()) for actor in found)
    ends = [(actor.span.start, actor.span.end) for actor in found if actor.span]
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))

"""No parse, however odd, makes actors raise; every name is a quotation."""

from __future__ import annotations

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


@settings(max_examples=150, deadline=None)
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


@settings(max_examples=50, deadline=None)
@given(st.lists(lines(), min_size=1, max_size=3))
def test_reading_twice_gives_the_same(drawn):
    document, sentences = report(*drawn)
    assert ActorContext(document, sentences).mentions() == ActorContext(document, sentences).mentions()

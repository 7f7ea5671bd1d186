"""Evidence: the words of the clause, without what is set beside it, always quoted from the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import report, token_of
from whoholds.grammar.clause import Clause, verb_clause
from whoholds.grammar.evidence import evidence

# sentence, predicate, quote
QUOTES = {
    "a whole sentence": ("Rebels/NNS/nsubj>2 seized/VBD/root>0 Bor/NNP/obj>2 ././punct>2", "seized", "Rebels seized Bor"),
    "without a coordinated clause": (
        "Rebels/NNS/nsubj>2 seized/VBD/root>0 Bor/NNP/obj>2 and/CC/cc>5 burned/VBD/conj>2 homes/NNS/obj>5",
        "seized",
        "Rebels seized Bor",
    ),
    "the second clause alone": (
        "Rebels/NNS/nsubj>2 seized/VBD/root>0 Bor/NNP/obj>2 and/CC/cc>5 burned/VBD/conj>2 homes/NNS/obj>5",
        "burned",
        "burned homes",
    ),
    "without a speaker at the end": (
        "Rebels/NNS/nsubj>2 seized/VBD/root>0 Bor/NNP/obj>2 ,/,/punct>6 Juba/NNP/nsubj>6 said/VBD/parataxis>2",
        "seized",
        "Rebels seized Bor",
    ),
    "without its complementiser": (
        "Juba/NNP/nsubj>2 said/VBD/root>0 that/IN/mark>5 rebels/NNS/nsubj>5 seized/VBD/ccomp>2 Bor/NNP/obj>5",
        "seized",
        "rebels seized Bor",
    ),
    "a relative clause with its noun": (
        "They/PRP/nsubj>2 fled/VBD/root>0 the/DT/det>4 town/NN/obj>2 rebels/NNS/nsubj>6 seized/VBD/acl:relcl>4",
        "seized",
        "the town rebels seized",
    ),
    "an infinitive with what governs it": (
        "Rebels/NNS/nsubj>2 began/VBD/root>0 to/TO/mark>4 seize/VB/xcomp>2 Bor/NNP/obj>4",
        "seize",
        "Rebels began to seize Bor",
    ),
    "what somebody denies doing": (
        "Juba/NNP/nsubj>2 denied/VBD/root>0 seizing/VBG/xcomp>2 Bor/NNP/obj>3",
        "seizing",
        "seizing Bor",
    ),
}


def _clause(line: str, verb: str) -> Clause:
    _, sentences = report(line)
    return verb_clause(*token_of(sentences, verb))


@pytest.mark.parametrize(("line", "verb", "quote"), QUOTES.values(), ids=QUOTES)
def test_quotes(line: str, verb: str, quote: str) -> None:
    document, sentences = report(line)
    assert evidence(verb_clause(*token_of(sentences, verb)), document).quote == quote


_WORDS = st.sampled_from("rebels/NNS seized/VBD Bor/NNP the/DT “/`` ,/, said/VBD to/TO leave/VB !/.".split())
_RELATIONS = st.sampled_from(["nsubj", "obj", "punct", "conj", "parataxis", "xcomp", "advcl", "acl:relcl", "mark", "cc", "det"])


@given(st.data())
def test_any_tree_gives_words_of_the_text_with_the_predicate_in_them(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 8))
    words = [data.draw(_WORDS) for _ in range(size)]
    heads = [0, *(data.draw(st.integers(1, i)) for i in range(1, size))]  # each under a word before it: a tree
    line = " ".join(f"{word}/{data.draw(_RELATIONS)}>{head}" for word, head in zip(words, heads, strict=True))
    document, (sentence,) = report(line)
    verbs = [token for token in sentence.tokens if token.upos == "VERB"]
    for verb in verbs:
        span = evidence(verb_clause(verb, sentence), document)
        assert document.text[span.start : span.end] == span.quote
        assert span.start <= verb.start and verb.end <= span.end

"""Blocks to sentences: offsets, order, batches, and what a model sees; with a pipeline by rule and with the shipped one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from whoholds.articles import blocks, from_text
from whoholds.language import english, parse, parse_many
from whoholds.language.english import pipeline, visible
from whoholds.language.manifest import ModelError
from whoholds.language.parsed import Parsed
from whoholds.language.tokens import tokenize

TEXT = "Rebels seized the town of Sake on Monday, the U.N. said. It doesn't hold Goma."


class ByRule:
    """A pipeline that takes each text for one sentence, hangs all on its first word and every capitalised run for a name."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def read_texts(self, texts: Sequence[str]) -> Iterator[list[Parsed]]:
        self.read.append(len(texts))
        for text in texts:
            yield [self._parsed(text, tokenize(text))] if text.strip() else []

    def read_words(self, paragraphs: Sequence[Sequence[Sequence[str]]]) -> Iterator[list[Parsed]]:
        for sentences in paragraphs:
            text = " ".join(word for sentence in sentences for word in sentence)
            yield [self._parsed(text, [(0, len(text))])]

    def _parsed(self, text: str, spans: list[tuple[int, int]]) -> Parsed:
        names = [text[start].isupper() for start, _ in spans]
        entities = ["O" if not name else "I-LOC" if i and names[i - 1] else "B-LOC" for i, name in enumerate(names)]
        count = len(spans)
        return Parsed(
            spans, [-1, *[0] * (count - 1)], ["root", *["dep"] * (count - 1)], ["NOUN"] * count, ["NN"] * count, entities
        )


@pytest.fixture
def by_rule(monkeypatch: pytest.MonkeyPatch) -> ByRule:
    pipeline = ByRule()
    monkeypatch.setattr(english, "pipeline", lambda: pipeline)
    return pipeline


@pytest.mark.parametrize("text", ["a\x00b\u202ec", "tab\there", "x" * 5_000, "one\r\ntwo", "\ud800"])
def test_visible_keeps_every_offset(text: str) -> None:
    seen = visible(text)
    assert len(seen) == len(text)
    assert not any(character in seen for character in "\x00\u202e\t\r\n\ud800")


def test_offsets_quote_the_document(by_rule: ByRule) -> None:
    document = from_text(f"  \u202a{TEXT}\n\nSecond\u00a0paragraph stands\there.")
    first, second = parse(document, blocks(document))
    for token in [*first.tokens, *second.tokens]:
        assert document.text[token.start : token.end] == token.text
    assert [sentence.paragraph for sentence in (first, second)] == [0, 1]
    assert [(token.text, token.space_after) for token in second.tokens][-2:] == [("here", False), (".", False)]


def test_tokens_know_their_dependants_and_names(by_rule: ByRule) -> None:
    document = from_text("Rebels of North Kivu left Sake.")
    (sentence,) = parse(document, blocks(document))
    assert sentence.root is sentence.tokens[0]
    assert sentence.root.children == sentence.tokens[1:]
    assert [(name.label, name.first, name.last) for name in sentence.entities] == [("LOC", 0, 0), ("LOC", 2, 3), ("LOC", 5, 5)]


def test_documents_come_in_order_and_the_first_alone(by_rule: ByRule) -> None:
    documents = [from_text(f"Report number {i}.") for i in range(100)]
    taken: list[int] = []

    def pairs() -> Iterator[tuple[object, object]]:
        for i, document in enumerate(documents):
            taken.append(i)
            yield document, blocks(document)

    results = parse_many(pairs())  # type: ignore[arg-type]
    assert next(results)[0] is documents[0]
    assert taken == [0]
    assert [document for document, _ in results] == documents[1:]
    assert by_rule.read == [1, 2, 4, 8, 16, 32, 32, 5]


def test_a_document_without_blocks_has_no_sentences(by_rule: ByRule) -> None:
    documents = [from_text("One."), from_text("Two.")]
    results = parse_many([(documents[0], []), (documents[1], blocks(documents[1]))])
    assert [len(sentences) for _, sentences in results] == [0, 1]


def test_a_model_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOHOLDS_MODEL", "/no/such/folder")
    english.pipeline.cache_clear()
    try:
        with pytest.raises(ModelError, match="there is no language model"):
            parse(from_text(TEXT), blocks(from_text(TEXT)))
    finally:
        english.pipeline.cache_clear()


def test_the_shipped_model_makes_trees() -> None:
    document = from_text(TEXT)
    sentences = parse(document, blocks(document))
    assert [sentence.tokens[0].text for sentence in sentences] == ["Rebels", "It"]
    for sentence in sentences:
        assert sum(token.head is None for token in sentence.tokens) == 1
        assert all(token.head is None or token in token.head.children for token in sentence.tokens)
        assert all(first.end <= second.start for first, second in pairwise(sentence.tokens))
    first = {token.text: token for token in sentences[0].tokens}
    assert (first["Rebels"].deprel, first["town"].deprel, first["seized"].lemma) == ("nsubj", "obj", "seize")
    assert (first["U.N."].entity, first["Monday"].entity) == ("ORG", "DATE")


def test_the_shipped_model_reads_given_words() -> None:
    given = [["Rebels", "seized", "Sake", "."], ["It", "does", "n't", "hold", "Goma"]]
    (sentences,) = pipeline().read_words([given])
    words = [word for sentence in given for word in sentence]
    text = " ".join(words)
    assert [[text[start:end] for start, end in sentence.spans] for sentence in sentences] == given
